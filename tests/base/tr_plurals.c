/* The plural form of each number from 0, one a line: tools/po.mjs holds it to the rule that the catalogues state. */
#include "base/tr.h"

#include <stdio.h>

int main(void)
{
	for (int n = 0; n <= 2000; n++) printf("%d\n", tr_plural(LANG_UK, n));
	return 0;
}
