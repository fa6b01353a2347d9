/*
 * wide.c - UTF-8 and the wide characters of libedit
 */
#include "repl/wide.h"

#include <string.h>

#include "base/mem.h"
#include "base/unicode.h"

enum { REPLACEMENT = 0xfffd };

static bool is_character(wchar_t c)
{
	return c >= 0 && c <= 0x10ffff && !(c >= 0xd800 && c < 0xe000);
}

void wide_add(struct text *out, const wchar_t *wide, size_t count)
{
	char bytes[4];

	for (size_t i = 0; i < count; i++) {
		wchar_t c = is_character(wide[i]) ? wide[i] : REPLACEMENT;

		text_append(out, bytes, unicode_encode((uint32_t)c, bytes));
	}
}

wchar_t *wide_from(const char *bytes)
{
	size_t length = strlen(bytes), used, n = 0;
	wchar_t *wide = am_alloc((length + 1) * sizeof *wide);

	if (!wide)
		return NULL;
	for (size_t i = 0; i < length; i += used) {
		uint32_t c = unicode_decode(bytes + i, length - i, &used);

		wide[n++] = c == UNICODE_INVALID ? REPLACEMENT : (wchar_t)c;
	}
	wide[n] = 0;
	return wide;
}
