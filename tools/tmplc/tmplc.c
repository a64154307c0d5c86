/* tmplc --root DIR [--icons DIR] [--labels FILE] [--squeeze] --symbol NAME -o FILE TEMPLATE… */
#include "tmplc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCE_MAX = 256 << 10, OUTPUT_MAX = 64 << 20 };

void tmplc_error(struct compiler *tc, const struct template *template, int line, int column, const char *format, ...)
{
	fprintf(stderr, "%s:%d:%d: error: ", template->path, line, column);
	va_list args;
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	tc->errors++;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct template *)a)->name, ((const struct template *)b)->name);
}

struct template *tmplc_find(struct compiler *tc, const char *name)
{
	struct template key = {.name = name};
	return bsearch(&key, tc->templates, tc->count, sizeof *tc->templates, by_name);
}

static bool read_file(struct arena *arena, const char *path, const char **ret_text, size_t *ret_length)
{
	FILE *file = fopen(path, "rb");
	if (!file) return false;
	char *text = arena_alloc(arena, SOURCE_MAX + 1);
	size_t length = fread(text, 1, SOURCE_MAX + 1, file);
	bool good = !ferror(file) && length <= SOURCE_MAX;
	fclose(file);
	if (!good) return false;
	*ret_text = arena_strndup(arena, text, length);
	*ret_length = length;
	return strlen(*ret_text) == length;
}

/* "templates/client/list.html" under "templates" → "client/list". */
static const char *name_of(struct arena *arena, const char *root, const char *path)
{
	size_t n = strlen(root);
	if (strncmp(path, root, n) == 0) {
		path += n;
		while (*path == '/') path++;
	}
	size_t length = strlen(path);
	if (length > 5 && strcmp(path + length - 5, ".html") == 0) length -= 5;
	return arena_strndup(arena, path, length);
}

static int complain(const char *what, const char *which)
{
	fprintf(stderr, "tmplc: %s %s\n", what, which);
	return 2;
}

static int compile(struct compiler *tc, int argc, char **argv)
{
	const char *root = "", *symbol = "tmpl_pages", *output = NULL, *prefix = "templates", *labels = NULL;
	tc->templates = ARENA_ARRAY(tc->arena, struct template, argc);
	for (int i = 1; i < argc; i++) {
		const char *arg = argv[i];
		if (strcmp(arg, "--squeeze") == 0) {
			tc->squeeze = true;
			continue;
		}
		if (arg[0] != '-') {
			struct template *template = &tc->templates[tc->count++];
			template->name = name_of(tc->arena, root, arg);
			template->path = arena_printf(tc->arena, "%s/%s.html", prefix, template->name);
			if (!read_file(tc->arena, arg, &template->source, &template->length)) return complain("cannot read", arg);
			continue;
		}
		if (i + 1 >= argc) return complain("a value is missing after", arg);
		const char *value = argv[++i];
		if (strcmp(arg, "--root") == 0) root = value;
		else if (strcmp(arg, "--prefix") == 0) prefix = value;
		else if (strcmp(arg, "--symbol") == 0) symbol = value;
		else if (strcmp(arg, "--icons") == 0) tc->icons = value;
		else if (strcmp(arg, "--labels") == 0) labels = value;
		else if (strcmp(arg, "-o") == 0) output = value;
		else return complain("does not know", arg);
	}
	if (!output) return complain("needs", "-o FILE");
	size_t length;
	if (labels && !read_file(tc->arena, labels, &tc->labels, &length)) return complain("cannot read", labels);

	qsort(tc->templates, tc->count, sizeof *tc->templates, by_name);
	for (size_t i = 1; i < tc->count; i++) {
		if (strcmp(tc->templates[i - 1].name, tc->templates[i].name) == 0) return complain("was given twice:", tc->templates[i].name);
	}
	for (size_t i = 0; i < tc->count; i++) parse_template(tc, &tc->templates[i]);
	/* A tree with a section left open would only make more noise. */
	if (!tc->errors) {
		for (size_t i = 0; i < tc->count; i++) check_template(tc, &tc->templates[i]);
	}
	if (tc->errors) return 1;

	struct buf out;
	buf_init(&out, OUTPUT_MAX);
	emit_templates(tc, symbol, &out);
	FILE *file = fopen(output, "wb");
	bool good = file && !out.overflow && fwrite(out.bytes, 1, out.used, file) == out.used;
	if (file && fclose(file) != 0) good = false;
	buf_done(&out);
	return good ? 0 : complain("cannot write", output);
}

int main(int argc, char **argv)
{
	struct compiler tc = {.arena = arena_new((size_t)2 << 30)};
	int code = compile(&tc, argc, argv);
	arena_free(tc.arena);
	return code;
}
