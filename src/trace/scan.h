/*
 * scan.h - a cursor over one line of text, moved from either end
 *
 * A scan is a stretch of bytes that shrinks.  Each function either takes what
 * it names and says true, or takes nothing and says false.  Taking from the
 * back matters where a line holds a name that anybody may choose: what stands
 * behind the name is counted from the end of the line, so that nothing inside
 * the name can pass for it.
 *
 * A recording has millions of lines: what each of them asks for many times
 * stands here, so that the compiler knows the literal that is asked for.
 */
#ifndef TRACE_SCAN_H
#define TRACE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct scan {
	const char *at;
	const char *end;
};

/*
 * scan_copy - the same stretch once more
 *
 * Word by word: a copy of both at once would wait until the cursor, which was
 * mostly just moved, is written.
 */
static inline struct scan scan_copy(const struct scan *s)
{
	const char *at = s->at, *end = s->end;

	__asm__("" : "+r"(at)); /* keeps compilers from joining the two */
	return (struct scan){ at, end };
}

static inline size_t scan_left(const struct scan *s)
{
	return (size_t)(s->end - s->at);
}

static inline void scan_blanks(struct scan *s)
{
	while (s->at < s->end && *s->at == ' ')
		s->at++;
}

/* scan_is - take @literal from the front, or from the back */
static inline bool scan_is(struct scan *s, const char *literal)
{
	size_t length = strlen(literal);

	if (scan_left(s) < length || memcmp(s->at, literal, length) != 0)
		return false;
	s->at += length;
	return true;
}

static inline bool scan_back_is(struct scan *s, const char *literal)
{
	size_t length = strlen(literal);

	if (scan_left(s) < length ||
	    memcmp(s->end - length, literal, length) != 0)
		return false;
	s->end -= length;
	return true;
}

static inline bool scan_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Any number of so many digits fits. */
enum { SCAN_SAFE_DIGITS = 19 };

/* scan_decimal - take a run of digits; false when it does not fit 64 bits */
bool scan_long_decimal(struct scan *s, uint64_t *value);
static inline bool scan_decimal(struct scan *s, uint64_t *value)
{
	const char *p = s->at;
	uint64_t v = 0;

	for (; p < s->end && scan_digit(*p); p++)
		v = v * 10 + (unsigned)(*p - '0');
	if (p - s->at > SCAN_SAFE_DIGITS)
		return scan_long_decimal(s, value);
	if (p == s->at)
		return false;
	s->at = p;
	*value = v;
	return true;
}

/* scan_hex - take up to 16 hexadecimal digits without any 0x */
bool scan_hex(struct scan *s, uint64_t *value);

/*
 * scan_number - take 0xHEX, N or -N
 *
 * A negative number is kept as the two's complement of 64 bits.
 */
bool scan_number(struct scan *s, uint64_t *value);

/* scan_back_number - the same, N and -N only, from the back */
bool scan_back_odd_number(struct scan *s, uint64_t *value);
static inline bool scan_back_number(struct scan *s, uint64_t *value)
{
	const char *p = s->end;
	uint64_t v = 0, unit = 1;

	for (; p > s->at && scan_digit(p[-1]); p--, unit *= 10)
		v += unit * (unsigned)(p[-1] - '0');
	if (p == s->end || s->end - p > SCAN_SAFE_DIGITS ||
	    (p > s->at && p[-1] == '-'))
		return scan_back_odd_number(s, value);
	s->end = p;
	*value = v;
	return true;
}

/* scan_until - take up to and with @mark; *before is what stands before it */
bool scan_until(struct scan *s, char mark, struct scan *before);

#endif
