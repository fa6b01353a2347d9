/* scan.c - a cursor over one line of text, moved from either end */
#include "trace/scan.h"

bool scan_long_decimal(struct scan *s, uint64_t *value)
{
	const char *p = s->at;
	uint64_t v = 0;

	for (; p < s->end && scan_digit(*p); p++) {
		unsigned digit = (unsigned)(*p - '0');

		if (v > (UINT64_MAX - digit) / 10)
			return false;
		v = v * 10 + digit;
	}
	s->at = p;
	*value = v;
	return true;
}

static int hex_digit(char c)
{
	if (scan_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool scan_hex(struct scan *s, uint64_t *value)
{
	const char *p = s->at;
	uint64_t v = 0;

	for (; p < s->end && hex_digit(*p) >= 0; p++) {
		if (p - s->at == 16)
			return false;
		v = v << 4 | (unsigned)hex_digit(*p);
	}
	if (p == s->at)
		return false;
	s->at = p;
	*value = v;
	return true;
}

/* The magnitude of a negative number fits when its complement does. */
static bool negate(uint64_t *value)
{
	if (*value > (uint64_t)INT64_MAX + 1)
		return false;
	*value = 0 - *value;
	return true;
}

bool scan_number(struct scan *s, uint64_t *value)
{
	struct scan rest = scan_copy(s);
	bool good;

	if (scan_is(&rest, "0x"))
		good = scan_hex(&rest, value);
	else if (scan_is(&rest, "-"))
		good = scan_decimal(&rest, value) && negate(value);
	else
		good = scan_decimal(&rest, value);
	if (good)
		s->at = rest.at;
	return good;
}

bool scan_back_odd_number(struct scan *s, uint64_t *value)
{
	struct scan digits = { s->end, s->end };

	while (digits.at > s->at && scan_digit(digits.at[-1]))
		digits.at--;
	if (digits.at > s->at && digits.at[-1] == '-')
		digits.at--;
	s->end = digits.at;
	if (scan_number(&digits, value) && digits.at == digits.end)
		return true;
	s->end = digits.end;
	return false;
}

bool scan_until(struct scan *s, char mark, struct scan *before)
{
	const char *p = memchr(s->at, mark, scan_left(s));

	if (!p)
		return false;
	before->at = s->at;
	before->end = p;
	s->at = p + 1;
	return true;
}
