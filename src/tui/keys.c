/*
 * keys.c - keys of a terminal as the characters that libedit knows them by
 */
#include "tui/keys.h"

#include <curses.h>

struct known {
	int code;
	const wchar_t *emacs;
	wchar_t vi; /* 0: nothing */
	const wchar_t *function;
};

/* clang-format off */

/* 0x88, 0x8c and 0x9f have a meaning in emacs mode. */
static const struct known known[] = {
	{ KEY_UP,        L"\033[A",   0x81, L"ed-prev-history" },
	{ KEY_DOWN,      L"\033[B",   0x82, L"ed-next-history" },
	{ KEY_RIGHT,     L"\033[C",   0x83, L"ed-next-char" },
	{ KEY_LEFT,      L"\033[D",   0x84, L"ed-prev-char" },
	{ KEY_HOME,      L"\033[H",   0x85, L"ed-move-to-beg" },
	{ KEY_END,       L"\033[F",   0x86, L"ed-move-to-end" },
	{ KEY_DC,        L"\033[3~",  0x87, L"ed-delete-next-char" },
	{ KEY_BACKSPACE, L"\177",     0x7f, NULL },
	{ KEY_ENTER,     L"\n",       '\n', NULL },
	{ KEY_IC,        L"\033[2~",  0, NULL },
	{ KEY_PPAGE,     L"\033[5~",  0, NULL },
	{ KEY_NPAGE,     L"\033[6~",  0, NULL },
	{ KEY_BTAB,      L"\033[Z",   0, NULL },
	{ KEY_F(1),      L"\033OP",   0, NULL },
	{ KEY_F(2),      L"\033OQ",   0, NULL },
	{ KEY_F(3),      L"\033OR",   0, NULL },
	{ KEY_F(4),      L"\033OS",   0, NULL },
	{ KEY_F(5),      L"\033[15~", 0, NULL },
	{ KEY_F(6),      L"\033[17~", 0, NULL },
	{ KEY_F(7),      L"\033[18~", 0, NULL },
	{ KEY_F(8),      L"\033[19~", 0, NULL },
	{ KEY_F(9),      L"\033[20~", 0, NULL },
	{ KEY_F(10),     L"\033[21~", 0, NULL },
	{ KEY_F(11),     L"\033[23~", 0, NULL },
	{ KEY_F(12),     L"\033[24~", 0, NULL },
};

/* clang-format on */

enum { KNOWN = sizeof known / sizeof *known };

static size_t known_characters(const struct known *k, bool vi, wchar_t *out)
{
	size_t n = 0;

	if (vi) {
		out[0] = k->vi;
		return k->vi != 0;
	}
	for (; k->emacs[n]; n++)
		out[n] = k->emacs[n];
	return n;
}

size_t keys_characters(const struct press *p, bool vi,
		       wchar_t out[static KEYS_CHARACTERS])
{
	if (!p->code) {
		out[0] = (wchar_t)p->value;
		return p->value < 0x80 || p->value > 0x9f;
	}
	for (int i = 0; i < KNOWN; i++)
		if ((wint_t)known[i].code == p->value)
			return known_characters(&known[i], vi, out);
	return 0;
}

const wchar_t *keys_private(int nth, wchar_t *code)
{
	if (nth >= KNOWN || !known[nth].function)
		return NULL;
	*code = known[nth].vi;
	return known[nth].function;
}
