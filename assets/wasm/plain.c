/* Plain: the parts of base/err that the core needs in the browser, without printing; and the call that makes it a library for the linker, which would otherwise wrap every
 * export as a program of its own that starts libc and ends it. */
#include "base/err.h"

void __wasm_call_ctors(void);
__attribute__((export_name("_initialize"))) void _initialize(void);

void _initialize(void)
{
	__wasm_call_ctors();
}

enum err err_set(struct error *err, enum err kind, const char *format, ...)
{
	(void)format;
	if (err) err->kind = kind;
	return kind;
}

_Noreturn void err_bug(const char *file, int line, const char *format, ...)
{
	(void)file, (void)line, (void)format;
	__builtin_trap();
}
