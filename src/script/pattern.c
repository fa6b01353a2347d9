/*
 * pattern.c - a matcher that goes back, and counts each step
 */
#include "script/pattern.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

struct matcher {
	const char *start, *end; /* the subject */
	const char *pattern_end;
	struct match *match;
	uint64_t *steps;
	unsigned depth;
	enum pattern_result failed; /* PATTERN_NO: it goes on */
};

static const char *try(struct matcher *m, const char *s, const char *p);

static const char *bad(struct matcher *m, const char *error)
{
	if (!m->failed)
		m->match->error = error;
	m->failed = PATTERN_BAD;
	return NULL;
}

/* False when this was one step too many, or something failed before. */
static bool step(struct matcher *m)
{
	if (m->failed)
		return false;
	if (*m->steps > 0) {
		--*m->steps;
		return true;
	}
	m->failed = PATTERN_SPENT;
	return false;
}

/* --- one character ------------------------------------------------------------ */

static bool in_class(int c, int letter)
{
	bool in;

	switch (tolower(letter)) {
	case 'a':
		in = isalpha(c);
		break;
	case 'c':
		in = iscntrl(c);
		break;
	case 'd':
		in = isdigit(c);
		break;
	case 'g':
		in = isgraph(c);
		break;
	case 'l':
		in = islower(c);
		break;
	case 'p':
		in = ispunct(c);
		break;
	case 's':
		in = isspace(c);
		break;
	case 'u':
		in = isupper(c);
		break;
	case 'w':
		in = isalnum(c);
		break;
	case 'x':
		in = isxdigit(c);
		break;
	case 'z':
		in = c == 0;
		break;
	default:
		return letter == c;
	}
	return isupper(letter) ? !in : in;
}

/* Behind the set that begins at @p with '['; a first ] is one of its own. */
static const char *set_end(struct matcher *m, const char *p)
{
	p++;
	if (p < m->pattern_end && *p == '^')
		p++;
	do {
		if (p == m->pattern_end)
			return bad(m, "malformed pattern (missing ']')");
		if (*p++ == '%') {
			if (p == m->pattern_end)
				return bad(m, "malformed pattern (missing "
					      "']')");
			p++;
		}
	} while (p == m->pattern_end || *p != ']');
	return p + 1;
}

/* Behind the item at @p: a character, a %class or a [set]. */
static const char *item_end(struct matcher *m, const char *p)
{
	if (*p == '[')
		return set_end(m, p);
	if (*p++ != '%')
		return p;
	if (p == m->pattern_end)
		return bad(m, "malformed pattern (ends with '%')");
	return p + 1;
}

/* Is @c in the set from @p, its '[', to @end, behind its ']'? */
static bool in_set(int c, const char *p, const char *end)
{
	bool inside = true;

	end--;
	if (*++p == '^') {
		inside = false;
		p++;
	}
	for (; p < end; p++) {
		if (*p == '%') {
			p++;
			if (in_class(c, (unsigned char)*p))
				return inside;
		} else if (p + 2 < end && p[1] == '-') {
			if ((unsigned char)*p <= c && c <= (unsigned char)p[2])
				return inside;
			p += 2;
		} else if ((unsigned char)*p == c) {
			return inside;
		}
	}
	return !inside;
}

static bool matches(struct matcher *m, const char *s, const char *p,
		    const char *end)
{
	int c;

	if (!step(m) || s >= m->end)
		return false;
	c = (unsigned char)*s;
	switch (*p) {
	case '.':
		return true;
	case '%':
		return in_class(c, (unsigned char)p[1]);
	case '[':
		*m->steps -= *m->steps < (size_t)(end - p) ? *m->steps
							   : (size_t)(end - p);
		return in_set(c, p, end);
	default:
		return (unsigned char)*p == c;
	}
}

/* --- repetitions -------------------------------------------------------------- */

static const char *most(struct matcher *m, const char *s, const char *p,
			const char *end)
{
	size_t n = 0;

	while (matches(m, s + n, p, end))
		n++;
	for (;; n--) {
		const char *to = try(m, s + n, end + 1);

		if (to || m->failed || n == 0)
			return to;
	}
}

static const char *fewest(struct matcher *m, const char *s, const char *p,
			  const char *end)
{
	for (;; s++) {
		const char *to = try(m, s, end + 1);

		if (to || !matches(m, s, p, end))
			return to;
	}
}

/* --- captures, %b, %f, %1 -------------------------------------------------------- */

static const char *open_capture(struct matcher *m, const char *s, const char *p)
{
	struct match *x = m->match;
	const char *to;

	if (x->captures == PATTERN_CAPTURES)
		return bad(m, "too many captures");
	x->capture[x->captures].at = (size_t)(s - m->start);
	x->capture[x->captures].length = 0;
	x->capture[x->captures].kind = CAPTURE_OPEN;
	if (p < m->pattern_end && *p == ')') {
		x->capture[x->captures].kind = CAPTURE_PLACE;
		p++;
	}
	x->captures++;
	to = try(m, s, p);
	if (!to)
		x->captures--;
	return to;
}

static const char *close_capture(struct matcher *m, const char *s,
				 const char *p)
{
	struct match *x = m->match;
	unsigned i = x->captures;
	const char *to;

	while (i > 0 && x->capture[i - 1].kind != CAPTURE_OPEN)
		i--;
	if (i == 0)
		return bad(m, "invalid pattern capture");
	x->capture[i - 1].kind = CAPTURE_CLOSED;
	x->capture[i - 1].length =
		(size_t)(s - m->start) - x->capture[i - 1].at;
	to = try(m, s, p);
	if (!to)
		x->capture[i - 1].kind = CAPTURE_OPEN;
	return to;
}

/* %1: what was captured stands here again */
static const char *again(struct matcher *m, const char *s, int digit)
{
	unsigned i = (unsigned)(digit - '1');
	const struct capture *c = &m->match->capture[i];

	if (digit == '0' || i >= m->match->captures || c->kind == CAPTURE_OPEN)
		return bad(m, "invalid capture index");
	if (c->kind == CAPTURE_PLACE)
		return NULL;
	*m->steps -= *m->steps < c->length / 16 ? *m->steps : c->length / 16;
	if ((size_t)(m->end - s) < c->length ||
	    memcmp(m->start + c->at, s, c->length) != 0)
		return NULL;
	return s + c->length;
}

/* %bxy: from an x to the y that balances it */
static const char *balance(struct matcher *m, const char *s, const char *p)
{
	size_t depth = 1;

	if (m->pattern_end - p < 2)
		return bad(m, "malformed pattern (missing arguments to '%b')");
	if (s == m->end || *s != p[0])
		return NULL;
	while (++s < m->end && step(m)) {
		if (*s == p[1]) {
			if (--depth == 0)
				return s + 1;
		} else if (*s == p[0]) {
			depth++;
		}
	}
	return NULL;
}

/* %f[set]: the set begins here; true at the place between */
static bool at_frontier(struct matcher *m, const char *s, const char *p,
			const char *end)
{
	int before = s == m->start ? 0 : (unsigned char)s[-1];
	int after = s == m->end ? 0 : (unsigned char)*s;

	return step(m) && !in_set(before, p, end) && in_set(after, p, end);
}

/* --- the pattern, item by item ---------------------------------------------------- */

/*
 * What begins with '%' and is no class: goes on behind it.  False: it is a
 * class.
 */
static bool special(struct matcher *m, const char **s, const char **p)
{
	const char *end;
	int c = *p + 1 < m->pattern_end ? (unsigned char)(*p)[1] : 0;

	if (isdigit(c)) {
		*s = again(m, *s, c);
		*p += 2;
		return true;
	}
	if (c == 'b') {
		*s = balance(m, *s, *p + 2);
		*p += 4;
		return true;
	}
	if (c != 'f')
		return false;
	*p += 2;
	if (*p == m->pattern_end || **p != '[') {
		*s = bad(m, "missing '[' after '%f' in pattern");
		return true;
	}
	end = set_end(m, *p);
	if (!end || !at_frontier(m, *s, *p, end))
		*s = NULL;
	*p = end;
	return true;
}

/* One item and what repeats it.  NULL with *@p set: it goes on at *@s. */
static const char *item(struct matcher *m, const char **s, const char **p)
{
	const char *end = item_end(m, *p), *to;
	char suffix;

	if (!end) {
		*p = NULL;
		return NULL;
	}
	suffix = end < m->pattern_end ? *end : '\0';
	if (suffix == '*' || suffix == '-') {
		to = suffix == '*' ? most(m, *s, *p, end)
				   : fewest(m, *s, *p, end);
		*p = NULL;
		return to;
	}
	if (!matches(m, *s, *p, end)) {
		*p = suffix == '?' ? end + 1 : NULL;
		return NULL;
	}
	if (suffix == '+') {
		to = most(m, *s + 1, *p, end);
		*p = NULL;
		return to;
	}
	if (suffix == '?' && (to = try(m, *s + 1, end + 1)) != NULL) {
		*p = NULL;
		return to;
	}
	*s += suffix != '?';
	*p = suffix == '?' ? end + 1 : end;
	return NULL;
}

static const char *walk(struct matcher *m, const char *s, const char *p)
{
	while (s && p != m->pattern_end) {
		const char *to;

		if (m->failed || !step(m))
			return NULL;
		if (*p == '(')
			return open_capture(m, s, p + 1);
		if (*p == ')')
			return close_capture(m, s, p + 1);
		if (*p == '$' && p + 1 == m->pattern_end)
			return s == m->end ? s : NULL;
		if (*p == '%' && special(m, &s, &p))
			continue;
		to = item(m, &s, &p);
		if (!p)
			return to;
	}
	return s;
}

/* Where the match of the rest of the pattern, from @p on, ends; or NULL. */
static const char *try(struct matcher *m, const char *s, const char *p)
{
	const char *to;

	if (m->depth == PATTERN_DEPTH)
		return bad(m, "pattern too complex");
	m->depth++;
	to = walk(m, s, p);
	m->depth--;
	return m->failed ? NULL : to;
}

enum pattern_result pattern_match(struct bytes subject, size_t from,
				  struct bytes pattern, struct match *match,
				  uint64_t *steps)
{
	struct matcher m = {
		.start = subject.at,
		.end = subject.at + subject.length,
		.pattern_end = pattern.at + pattern.length,
		.match = match,
		.steps = steps,
	};
	const char *to;

	match->captures = 0;
	match->error = NULL;
	match->from = from;
	to = try(&m, subject.at + from, pattern.at);
	if (m.failed)
		return m.failed;
	if (!to)
		return PATTERN_NO;
	for (unsigned i = 0; i < match->captures; i++)
		if (match->capture[i].kind == CAPTURE_OPEN) {
			match->error = "unfinished capture";
			return PATTERN_BAD;
		}
	match->to = (size_t)(to - subject.at);
	return PATTERN_YES;
}

enum pattern_result pattern_find(struct bytes subject, size_t from,
				 struct bytes pattern, struct match *match,
				 uint64_t *steps)
{
	bool anchored = pattern.length && pattern.at[0] == '^';
	struct bytes rest = { pattern.at + anchored,
			      pattern.length - anchored };
	enum pattern_result r;

	do {
		r = pattern_match(subject, from, rest, match, steps);
	} while (r == PATTERN_NO && !anchored && from++ < subject.length);
	return r;
}
