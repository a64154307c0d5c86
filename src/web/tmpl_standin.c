/* Stands in for pages whose template is not written yet: shows the model as it is. */
#include <stdlib.h>

#include "web/tmpl.h"

void tmpl_show_model(const char *name, json_t *model, json_t *frame, struct buf *out)
{
	char *text = json_dumps(model, JSON_INDENT(1)), *rest = json_dumps(frame, JSON_INDENT(1));
	buf_printf(out, "<!doctype html><title>%s</title><pre>", name);
	buf_html(out, text);
	buf_text(out, "\n");
	buf_html(out, rest);
	free(text);
	free(rest);
}
