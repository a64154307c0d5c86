#include <string.h>

#include "base/rng.h"
#include "check.h"
#include "exchange/image.h"

/* Pictures as bytes: whole in structure, empty in content. What must not be kept holds SECRET. */
#define SECRET "50.4501N,30.5234E"

struct made {
	struct buf bytes;
};

static void begin(struct made *m, const char *head, size_t n)
{
	buf_init(&m->bytes, 1 << 20);
	buf_add(&m->bytes, head, n);
}

static void be(struct made *m, uint32_t n, int bytes)
{
	while (bytes--) buf_char(&m->bytes, (char)(n >> 8 * bytes));
}

static void le(struct made *m, uint32_t n, int bytes)
{
	for (int i = 0; i < bytes; i++) buf_char(&m->bytes, (char)(n >> 8 * i));
}

static void png_chunk(struct made *m, const char *name, const char *data, size_t n)
{
	be(m, (uint32_t)n, 4);
	buf_add(&m->bytes, name, 4);
	buf_add(&m->bytes, data, n);
	be(m, 0x12345678, 4);
}

static void png_make(struct made *m)
{
	begin(m, "\x89PNG\r\n\x1a\n", 8);
	png_chunk(m, "IHDR", "\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0", 13);
	png_chunk(m, "eXIf", SECRET, sizeof SECRET);
	png_chunk(m, "tEXt", SECRET, sizeof SECRET);
	png_chunk(m, "iCCP", "profile", 7);
	png_chunk(m, "IDAT", "pixels", 6);
	png_chunk(m, "tIME", "1234567", 7);
	png_chunk(m, "IEND", "", 0);
	buf_text(&m->bytes, SECRET);
}

static void jpeg_segment(struct made *m, int marker, const char *data, size_t n)
{
	be(m, 0xff00u | (unsigned)marker, 2);
	be(m, (uint32_t)n + 2, 2);
	buf_add(&m->bytes, data, n);
}

static void jpeg_make(struct made *m, int orientation)
{
	char exif[64] = "Exif\0\0II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x04\0\0\0ABC\0\x12\x01\x03\0\x01\0\0\0";
	exif[6 + 8 + 2 + 12 + 8] = (char)orientation;
	begin(m, "\xff\xd8", 2);
	jpeg_segment(m, 0xe0, "JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01RGB", 17);
	jpeg_segment(m, 0xfe, SECRET, sizeof SECRET);
	jpeg_segment(m, 0xe1, exif, sizeof exif);
	jpeg_segment(m, 0xe1, "http://ns.adobe.com/xap/1.0/\0" SECRET, 29 + sizeof SECRET);
	jpeg_segment(m, 0xe2, "ICC_PROFILE\0\x01\x01" "colours", 21);
	jpeg_segment(m, 0xe2, "MPF\0" SECRET, 4 + sizeof SECRET);
	jpeg_segment(m, 0xed, "Photoshop 3.0\0" SECRET, 14 + sizeof SECRET);
	jpeg_segment(m, 0xdb, "tables", 6);
	jpeg_segment(m, 0xc2, "\x08\x01\xe0\x02\x80\x01\x11\0\0", 9);
	jpeg_segment(m, 0xda, "\x01\x01\0\0\x3f\0", 6);
	buf_add(&m->bytes, "coded\xff\0\xff\xd0more", 13);
	jpeg_segment(m, 0xda, "\x01\x01\0\0\x3f\0", 6);
	buf_add(&m->bytes, "again\xff\xd9", 7);
	buf_text(&m->bytes, SECRET);
}

static void gif_make(struct made *m)
{
	begin(m, "GIF89a\x80\x02\xe0\x01\x80\0\0", 13);
	buf_add(&m->bytes, "\0\0\0\xff\xff\xff", 6);
	buf_add(&m->bytes, "\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", 19);
	buf_add(&m->bytes, "\x21\xff\x0bXMP DataXMP\x11" SECRET "\0", 14 + 1 + 17 + 1);
	buf_add(&m->bytes, "\x21\xfe\x11" SECRET "\0", 3 + 17 + 1);
	buf_add(&m->bytes, "\x21\xf9\x04\0\0\0\0\0", 8);
	buf_add(&m->bytes, "\x2c\0\0\0\0\x80\x02\xe0\x01\0\x02\x03" "abc\0\x3b", 17);
	buf_text(&m->bytes, SECRET);
}

static void webp_chunk(struct made *m, const char *name, const char *data, size_t n)
{
	buf_add(&m->bytes, name, 4);
	le(m, (uint32_t)n, 4);
	buf_add(&m->bytes, data, n);
	if (n & 1) buf_char(&m->bytes, '\0');
}

static void webp_make(struct made *m)
{
	begin(m, "RIFF\0\0\0\0WEBP", 12);
	webp_chunk(m, "VP8X", "\x2c\0\0\0\x7f\x02\0\xdf\x01\0", 10);
	webp_chunk(m, "ICCP", "colours", 7);
	webp_chunk(m, "VP8 ", "\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01", 10);
	webp_chunk(m, "EXIF", SECRET, sizeof SECRET);
	webp_chunk(m, "XMP ", SECRET, sizeof SECRET);
	uint32_t size = (uint32_t)m->bytes.used - 8;
	for (int i = 0; i < 4; i++) m->bytes.bytes[4 + i] = (char)(size >> 8 * i);
	buf_text(&m->bytes, SECRET);
}

static bool holds(const struct buf *bytes, const char *text)
{
	return bytes->used && memmem(bytes->bytes, bytes->used, text, strlen(text));
}

/* Cleans it; the clean one is clean already. */
static struct image cleaned(struct made *m, struct buf *out)
{
	struct image image, again;
	struct buf twice;
	buf_init(out, 1 << 20);
	buf_init(&twice, 1 << 20);
	assert_true(holds(&m->bytes, SECRET));
	assert_true(image_clean(m->bytes.bytes, m->bytes.used, &image, out));
	assert_false(holds(out, SECRET));
	assert_true(image_clean(out->bytes, out->used, &again, &twice));
	assert_int_equal(twice.used, out->used);
	assert_memory_equal(twice.bytes, out->bytes, out->used);
	assert_int_equal(again.width, image.width);
	buf_done(&twice);
	buf_done(&m->bytes);
	return image;
}

static void image_clean__png(void **state)
{
	struct made m;
	struct buf out;
	(void)state;
	png_make(&m);
	struct image image = cleaned(&m, &out);
	assert_string_equal(image_content_type(image.kind), "image/png");
	assert_int_equal(image.width, 640);
	assert_int_equal(image.height, 480);
	assert_true(holds(&out, "pixels") && holds(&out, "profile"));
	assert_false(holds(&out, "tIME"));
	buf_done(&out);
}

static void image_clean__jpeg_keeps_which_side_is_up(void **state)
{
	(void)state;
	for (int orientation = 0; orientation <= 9; orientation++) {
		struct made m;
		struct buf out;
		jpeg_make(&m, orientation);
		struct image image = cleaned(&m, &out);
		bool lies = orientation >= 5 && orientation <= 8, turned = orientation >= 2 && orientation <= 8;
		assert_string_equal(image_content_type(image.kind), "image/jpeg");
		assert_int_equal(image.width, lies ? 480 : 640);
		assert_int_equal(image.height, lies ? 640 : 480);
		assert_true(holds(&out, "colours") && holds(&out, "more") && holds(&out, "again"));
		assert_int_equal(holds(&out, "Exif"), turned);
		assert_false(holds(&out, "MPF") || holds(&out, "ABC") || holds(&out, "adobe") || holds(&out, "RGB"));
		buf_done(&out);
	}
}

static void image_clean__gif_keeps_its_loop(void **state)
{
	struct made m;
	struct buf out;
	(void)state;
	gif_make(&m);
	struct image image = cleaned(&m, &out);
	assert_string_equal(image_content_type(image.kind), "image/gif");
	assert_int_equal(image.width, 640);
	assert_int_equal(image.height, 480);
	assert_true(holds(&out, "NETSCAPE2.0") && holds(&out, "abc"));
	assert_false(holds(&out, "XMP"));
	buf_done(&out);
}

static void image_clean__webp_says_no_more_that_it_has_exif(void **state)
{
	struct made m;
	struct buf out;
	(void)state;
	webp_make(&m);
	struct image image = cleaned(&m, &out);
	assert_string_equal(image_content_type(image.kind), "image/webp");
	assert_int_equal(image.width, 640);
	assert_int_equal(image.height, 480);
	assert_int_equal(out.bytes[20], 0x20);
	assert_int_equal((uint8_t)out.bytes[4] + ((uint8_t)out.bytes[5] << 8), out.used - 8);
	buf_done(&out);
}

static void image_clean__refuses_what_is_none(void **state)
{
	static const char *const others[] = {"", "GIF89a", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", "%PDF-1.7 and so on and on", "BM and so on and on and on",
					     "\x89PNG\r\n\x1a\n and nothing more of it", "\xff\xd8\xff and nothing more of it"};
	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct image image;
		struct buf out;
		buf_init(&out, 1 << 16);
		assert_false(image_clean(others[i], strlen(others[i]), &image, &out));
		buf_done(&out);
	}
}

/* Broken off at any byte, and with any byte another: refused or clean, and never read beyond its end (the sanitizers look). */
static void image_clean__of_what_is_broken(void **state)
{
	void (*const makes[])(struct made *) = {png_make, gif_make, webp_make};
	struct rng rng;
	(void)state;
	rng_init(&rng, 3);
	for (size_t k = 0; k < 4; k++) {
		struct made m;
		if (k < 3) makes[k](&m);
		else jpeg_make(&m, 6);
		size_t whole = m.bytes.used - sizeof SECRET + 1;
		for (size_t n = 0; n < whole; n++) {
			struct image image;
			struct buf out;
			char *copy = malloc(n ? n : 1);
			memcpy(copy, m.bytes.bytes, n);
			buf_init(&out, 1 << 20);
			assert_false(image_clean(copy, n, &image, &out));
			buf_done(&out);
			free(copy);
		}
		for (int i = 0; i < 20000; i++) {
			struct image image;
			struct buf out;
			size_t at = rng_below(&rng, whole);
			char was = m.bytes.bytes[at];
			m.bytes.bytes[at] = (char)rng_next(&rng);
			buf_init(&out, 1 << 20);
			image_clean(m.bytes.bytes, m.bytes.used, &image, &out);
			buf_done(&out);
			m.bytes.bytes[at] = was;
		}
		buf_done(&m.bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(image_clean__png),
		cmocka_unit_test(image_clean__jpeg_keeps_which_side_is_up),
		cmocka_unit_test(image_clean__gif_keeps_its_loop),
		cmocka_unit_test(image_clean__webp_says_no_more_that_it_has_exif),
		cmocka_unit_test(image_clean__refuses_what_is_none),
		cmocka_unit_test(image_clean__of_what_is_broken),
	};
	return cmocka_run_group_tests_name("exchange/image", tests, NULL, NULL);
}
