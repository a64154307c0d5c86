#include "web/variable_form.h"

struct bargain_variable_form variable_form_read(const struct request *r)
{
	return (struct bargain_variable_form){
		.name = request_text(r, "name"), .family = request_text(r, "family"), .unit = request_text(r, "unit"), .hint = request_text(r, "hint"), .step = request_text(r, "step"),
		.price = request_flag(r, "price"), .options = request_list(r, "option"), .names = request_list(r, "option_name"), .ours = request_list(r, "ours"),
		.lows = request_list(r, "low"), .highs = request_list(r, "high"), .starts = request_int(r, "starts", 0),
	};
}
