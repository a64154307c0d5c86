#include "store/claim.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* One byte far behind every one that the file has or that SQLite locks (those are at 1 GiB). The lock belongs to the open file, not to the
 * process: SQLite's own locks, which are the process's, neither meet it nor drop it. */
enum err claim_take(const char *path, struct error *err, int *ret_claim)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = (off_t)1 << 62, .l_len = 1};
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0) return err_set(err, ERR_IO, "cannot open the data file %s: %s", path, strerror(errno));
	if (!fcntl(fd, F_OFD_SETLK, &lock)) {
		*ret_claim = fd;
		return ERR_NONE;
	}
	enum err kind = errno == EAGAIN || errno == EACCES ? err_set(err, ERR_CONFLICT, "another server is running on the data file %s", path)
							   : err_set(err, ERR_IO, "cannot lock the data file %s: %s", path, strerror(errno));
	close(fd);
	return kind;
}

void claim_drop(int claim)
{
	close(claim);
}
