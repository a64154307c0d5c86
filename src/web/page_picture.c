/* Pictures for posts. */
#include "app/picture.h"
#include "web/pages.h"

void pictures_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, picture_list_page(&r->use, &model))) reply_page(r, "pictures", model);
}

void picture_look(struct request *r)
{
	const struct value *file = request_file(r, "picture");
	struct picture_read *read = ARENA_NEW(r->arena, struct picture_read);
	if (reply_outcome(r, picture_read(&r->use, file->text, file->bytes, file->bytes_count, read))) r->prepared = read;
}

void picture_new(struct request *r)
{
	json_t *picture;
	if (!reply_outcome(r, picture_keep(&r->use, r->prepared, &picture))) return;
	if (r->wants_json) {
		reply_page(r, "pictures", json_pack("{so}", "picture", picture));
		return;
	}
	json_decref(picture);
	reply_flash(r, "saved");
	reply_redirect(r, "/pictures");
}

void picture_show(struct request *r)
{
	struct picture_row picture;
	if (!reply_outcome(r, picture_see(&r->use, request_id(r, "picture"), &picture))) return;
	reply_bytes(r, picture.content_type, NULL, picture.bytes, picture.n);
	reply_forever(r);
}

void picture_remove(struct request *r)
{
	if (!reply_outcome(r, picture_away(&r->use, request_id(r, "picture")))) return;
	reply_flash(r, "deleted");
	reply_redirect(r, "/pictures");
}
