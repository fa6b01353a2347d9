/*
 * scan.h - a cursor over one line of text, moved from either end
 *
 * A scan is a stretch of bytes that shrinks.  Each function either takes what
 * it names and says true, or takes nothing and says false.  Taking from the
 * back matters where a line holds a name that anybody may choose: what stands
 * behind the name is counted from the end of the line, so that nothing inside
 * the name can pass for it.
 */
#ifndef TRACE_SCAN_H
#define TRACE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scan {
	const char *at;
	const char *end;
};

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
bool scan_is(struct scan *s, const char *literal);
bool scan_back_is(struct scan *s, const char *literal);

/* scan_decimal - take a run of digits; false when it does not fit 64 bits */
bool scan_decimal(struct scan *s, uint64_t *value);

/* scan_hex - take up to 16 hexadecimal digits without any 0x */
bool scan_hex(struct scan *s, uint64_t *value);

/*
 * scan_number - take 0xHEX, N or -N
 *
 * A negative number is kept as the two's complement of 64 bits.
 */
bool scan_number(struct scan *s, uint64_t *value);

/* scan_back_number - the same, N and -N only, from the back */
bool scan_back_number(struct scan *s, uint64_t *value);

/* scan_until - take up to and with @mark; *before is what stands before it */
bool scan_until(struct scan *s, char mark, struct scan *before);

#endif
