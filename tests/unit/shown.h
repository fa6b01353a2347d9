/*
 * shown.h - a byte automaton that knows what a terminal may be sent
 *
 * Written apart from base/unicode.c, from the list of what must never pass,
 * so that a mistake there is not repeated here.
 */
#ifndef UNIT_SHOWN_H
#define UNIT_SHOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the character @c is on the list of what is never shown. */
static inline bool shown_forbids(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad ||
	       c == 0x061c || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
	       c == 0xfeff || (c >= 0xd800 && c <= 0xf8ff) ||
	       (c >= 0xfe00 && c <= 0xfe0f) || c >= 0xe0000 ||
	       (c & 0xfffe) == 0xfffe;
}

/* The states: at a character's start, or with 1 to 3 bytes still to come;
 * after some leads the next byte has a narrower range. */
struct shown {
	unsigned left;
	unsigned char low, high;
	uint32_t c;
};

static inline bool shown_start(struct shown *s, unsigned char b)
{
	s->low = 0x80;
	s->high = 0xbf;
	if (b < 0x80) {
		s->c = b;
		return true;
	}
	s->left = b >= 0xf0 ? 3 : b >= 0xe0 ? 2 : 1;
	s->c = b & (0x3f >> s->left);
	if (b == 0xe0)
		s->low = 0xa0;
	if (b == 0xed)
		s->high = 0x9f;
	if (b == 0xf0)
		s->low = 0x90;
	if (b == 0xf4)
		s->high = 0x8f;
	return b >= 0xc2 && b <= 0xf4;
}

static inline bool shown_next(struct shown *s, unsigned char b)
{
	if (b < s->low || b > s->high)
		return false;
	s->low = 0x80;
	s->high = 0xbf;
	s->c = s->c << 6 | (b & 0x3f);
	s->left--;
	return true;
}

/* Whether @bytes may be sent to a terminal; @newlines: '\n' may be among. */
static inline bool shown_accepts(const char *bytes, size_t length,
				 bool newlines)
{
	struct shown s = { 0 };

	for (size_t i = 0; i < length; i++) {
		unsigned char b = (unsigned char)bytes[i];

		if (s.left == 0 && b == '\n' && newlines)
			continue;
		if (!(s.left == 0 ? shown_start(&s, b) : shown_next(&s, b)))
			return false;
		if (s.left == 0 && shown_forbids(s.c))
			return false;
	}
	return s.left == 0;
}

/* What a hostile file, name or lesson may hold, one attack each. */
static const char *const shown_attacks[] = {
	"\033]0;title\a",
	"\033]2;title\033\\",
	"\033]52;c;eA==\a",
	"\033]8;;http://x\033\\link\033]8;;\033\\",
	"\033]4;1;rgb:00/00/00\a",
	"\033P$qm\033\\",
	"\033[6n",
	"\033[c",
	"\033[>c",
	"\033[21t",
	"\005",
	"\033[?1049h",
	"\033[2;5r",
	"\033[?1000h",
	"\033[201~rm -r x\n",
	"\033[1A\033[2Kforged",
	"real\rforged",
	"ab\b\bcd",
	"a\tb",
	"line\nforged line",
	"\x9b"
	"2J",
	"\xc2\x9b"
	"2J",
	"unfinished \033[",
	"unfinished \xe2\x80",
	"\016shift out\017",
	"\177",
	"\xc0\x9b",
	"\xe0\x82\x9b",
	"\xed\xa0\x80",
	"\xf4\x90\x80\x80",
	"\xff\xfe",
	"\xe2\x80\xae"
	"gnp.exe",
	"\xe2\x81\xa6x\xe2\x81\xa9",
	"\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c",
	"a\xe2\x80\x8b\xe2\x80\x8c\xe2\x80\x8d\xe2\x81\xa0\xef\xbb\xbf"
	"b",
	"a\xe2\x80\xa8"
	"b\xe2\x80\xa9",
	"\xf3\xa0\x80\x81\xf3\xa0\x81\x81",
	"\xef\xb8\x8f\xf3\xa0\x84\x80",
	"a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
	"\xcc\xb8",
	"\xee\x80\x80\xf3\xb0\x80\x80\xf4\x80\x80\x80",
	"%s%n%99999999d",
};

#define SHOWN_ATTACKS (sizeof shown_attacks / sizeof *shown_attacks)

#endif
