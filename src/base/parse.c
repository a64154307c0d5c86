#include "base/parse.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool parse_int(const char *text, int64_t *ret)
{
	if (!text || !(isdigit((unsigned char)text[0]) || (text[0] == '-' && isdigit((unsigned char)text[1])))) return false;
	char *end;
	errno = 0;
	long long value = strtoll(text, &end, 10);
	if (errno || *end) return false;
	*ret = value;
	return true;
}

bool parse_double(const char *text, double *ret)
{
	if (!text || !*text || strspn(text, "0123456789.eE+-") != strlen(text)) return false; /* no "nan", no "0x10" */
	char *end;
	double value = strtod(text, &end);
	if (*end || !isfinite(value)) return false;
	*ret = value;
	return true;
}
