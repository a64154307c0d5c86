#include "core/top/vote_weight.h"

double vote_weight(bool own, int n, double base)
{
	return own ? 0 : base / n;
}
