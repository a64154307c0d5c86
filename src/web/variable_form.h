/* Variable form: the form of a trade variable, the same on a deal's table and in the library. */
#ifndef STURGEON_WEB_VARIABLE_FORM_H
#define STURGEON_WEB_VARIABLE_FORM_H

#include "app/deal_bargain.h"
#include "web/request.h"

/* As it was typed; the texts are the request's. */
struct bargain_variable_form variable_form_read(const struct request *r);

#endif
