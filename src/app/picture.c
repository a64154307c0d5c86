#include "app/picture.h"

#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "base/id.h"
#include "base/text.h"
#include "base/tr.h"
#include "exchange/image.h"

enum { ALT_LONGEST = 80 };

/* "наша вітрина.jpg" → "наша вітрина": better than nothing for who cannot see it; what a camera or a messenger calls its files says nothing. */
static const char *alt_of(struct use *use, const char *file_name)
{
	const char *dot = strrchr(file_name, '.');
	char *alt = text_clean(use->arena, dot && dot > file_name ? arena_strndup(use->arena, file_name, (size_t)(dot - file_name)) : file_name);
	size_t digits = 0;
	for (char *p = alt; *p; p++) {
		if (strchr("[]()!\\`*_<>\n", *p)) *p = ' ';
		digits += *p >= '0' && *p <= '9';
	}
	static const char *const machine[] = {"image", "img", "dsc", "screenshot", "photo", "picture", "file", "blob", "знімок екрана"};
	const char *fold = text_fold(use->arena, alt);
	for (size_t i = 0; i < sizeof machine / sizeof *machine; i++)
		if (!strncmp(fold, machine[i], strlen(machine[i]))) return "";
	if (2 * digits > strlen(alt) || text_length(alt) > ALT_LONGEST) return "";
	return text_clean(use->arena, alt);
}

static const char *markdown_of(struct use *use, const char *alt, long long id, long long width, long long height)
{
	return arena_printf(use->arena, "![%s](/pictures/%lld#%lldx%lld)", alt, id, width, height);
}

enum outcome picture_read(struct use *use, const char *file_name, const char *bytes, size_t n, struct picture_read *r)
{
	struct image image;
	struct buf clean;
	unsigned char hash[32];
	if (n > PICTURE_MAX) return use_mistake(use, "picture", N_("A picture may have at most 2 MB"));
	buf_init(&clean, PICTURE_MAX + 64);
	if (!image_clean(bytes, n, &image, &clean)) use_mistake(use, "picture", N_("This is no whole picture: PNG, JPEG, GIF or WebP is wanted"));
	else if ((uint64_t)image.width * image.height > PICTURE_PIXELS_MAX) use_mistake(use, "picture", N_("A picture may have at most 40 megapixels"));
	if (use_valid(use)) {
		*r = (struct picture_read){.row = {0, use->who.member_id, image_content_type(image.kind), arena_strndup(use->arena, clean.bytes, clean.used), clean.used, image.width, image.height},
					   .alt = alt_of(use, file_name)};
		crypto_generichash(hash, sizeof hash, (const unsigned char *)clean.bytes, clean.used, NULL, 0);
		sodium_bin2hex(r->digest, sizeof r->digest, hash, sizeof hash);
	}
	buf_done(&clean);
	return use_valid(use) ? DONE : INVALID;
}

enum outcome picture_keep(struct use *use, const struct picture_read *r, json_t **ret_picture)
{
	int64_t kept, all;
	struct picture_row row = r->row;
	if (picture_bytes(use->db, use->who.member_id, &all, &use->error)) return FAILED;
	if (all + (int64_t)row.n > PICTURES_BYTES_MAX) return use_mistake(use, "picture", N_("You have brought very many pictures: delete those that no post shows"));
	row.picture_id = id_new(use->now);
	if (picture_put(use->db, &row, r->alt, r->digest, use->now, &kept, &use->error)) return FAILED;
	*ret_picture = json_pack("{sI sI sI ss ss}", "id", (json_int_t)kept, "width", (json_int_t)row.width, "height", (json_int_t)row.height, "alt", r->alt, "markdown",
				 markdown_of(use, r->alt, (long long)kept, (long long)row.width, (long long)row.height));
	return DONE;
}

enum outcome picture_see(struct use *use, int64_t picture_id, struct picture_row *picture)
{
	int64_t member_id;
	bool shown, found;
	if (picture_shown(use->db, picture_id, &member_id, &shown, &use->error)) return FAILED;
	if (!member_id || (!shown && member_id != use->who.member_id)) return ABSENT;
	if (picture_load(use->db, use->arena, picture_id, picture, &found, &use->error)) return FAILED;
	return found ? DONE : ABSENT;
}

enum outcome picture_list_page(struct use *use, json_t **ret_model)
{
	json_t *pictures, *one;
	size_t i;
	if (picture_list(use->db, use->who.member_id, PICTURES_LISTED, &pictures, &use->error)) return FAILED;
	json_array_foreach(pictures, i, one) {
		json_object_set_new(one, "markdown", json_string(markdown_of(use, json_string_value(json_object_get(one, "alt")), json_integer_value(json_object_get(one, "id")),
									      json_integer_value(json_object_get(one, "width")), json_integer_value(json_object_get(one, "height")))));
	}
	*ret_model = json_pack("{so}", "pictures", pictures);
	return DONE;
}

enum outcome picture_away(struct use *use, int64_t picture_id)
{
	int64_t member_id;
	bool shown, dropped;
	if (picture_shown(use->db, picture_id, &member_id, &shown, &use->error)) return FAILED;
	if (!member_id || member_id != use->who.member_id) return ABSENT;
	if (picture_drop(use->db, use->who.member_id, picture_id, &dropped, &use->error)) return FAILED;
	return dropped ? DONE : use_mistake(use, "picture", N_("A post shows this picture"));
}
