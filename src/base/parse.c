#include "base/parse.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>

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
	if (!text || !*text || isspace((unsigned char)*text)) return false;
	char *end;
	double value = strtod(text, &end);
	if (*end || !isfinite(value)) return false;
	*ret = value;
	return true;
}
