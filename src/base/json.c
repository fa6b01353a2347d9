/*
 * json.c - JSON text, read where it lies
 */
#include "base/json.h"

#include <ctype.h>
#include <string.h>

#include "base/unicode.h"

struct cursor {
	const char *at, *end;
	unsigned depth;
};

static bool pass_value(struct cursor *c);

static char peek(const struct cursor *c)
{
	return c->at < c->end ? *c->at : '\0';
}

static bool pass(struct cursor *c, char byte)
{
	if (peek(c) != byte || c->at == c->end)
		return false;
	c->at++;
	return true;
}

static void pass_blanks(struct cursor *c)
{
	while (c->at < c->end && strchr(" \t\r\n", *c->at) && *c->at)
		c->at++;
}

static bool pass_word(struct cursor *c, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(c->end - c->at) < n || memcmp(c->at, word, n) != 0)
		return false;
	c->at += n;
	return true;
}

static bool pass_digits(struct cursor *c)
{
	const char *from = c->at;

	while (isdigit((unsigned char)peek(c)))
		c->at++;
	return c->at > from;
}

static bool pass_number(struct cursor *c)
{
	(void)pass(c, '-');
	if (!pass(c, '0') && !pass_digits(c))
		return false;
	if (pass(c, '.') && !pass_digits(c))
		return false;
	if (pass(c, 'e') || pass(c, 'E')) {
		if (!pass(c, '+'))
			(void)pass(c, '-');
		return pass_digits(c);
	}
	return true;
}

/* The four digits behind \u; -1 when they are not there. */
static int32_t hex4(const char *at, const char *end)
{
	int32_t code = 0;

	if (end - at < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		unsigned char d = (unsigned char)at[i];

		if (!isxdigit(d))
			return -1;
		code = code * 16 +
		       (isdigit(d) ? d - '0' : tolower(d) - 'a' + 10);
	}
	return code;
}

static bool pass_escape(struct cursor *c)
{
	char kind = peek(c);

	if (c->at == c->end)
		return false;
	c->at++;
	if (kind == 'u') {
		if (hex4(c->at, c->end) < 0)
			return false;
		c->at += 4;
		return true;
	}
	return kind && strchr("\"\\/bfnrt", kind);
}

static bool pass_string(struct cursor *c)
{
	if (!pass(c, '"'))
		return false;
	while (c->at < c->end && *c->at != '"') {
		unsigned char byte = (unsigned char)*c->at;
		size_t used;

		if (byte < 0x20)
			return false;
		if (byte == '\\') {
			c->at++;
			if (!pass_escape(c))
				return false;
			continue;
		}
		if (unicode_decode(c->at, (size_t)(c->end - c->at), &used) ==
		    UNICODE_INVALID)
			return false;
		c->at += used;
	}
	return pass(c, '"');
}

static bool pass_items(struct cursor *c, char close, bool named)
{
	pass_blanks(c);
	if (pass(c, close))
		return true;
	for (;;) {
		pass_blanks(c);
		if (named) {
			if (!pass_string(c))
				return false;
			pass_blanks(c);
			if (!pass(c, ':'))
				return false;
		}
		if (!pass_value(c))
			return false;
		if (pass(c, close))
			return true;
		if (!pass(c, ','))
			return false;
	}
}

static bool pass_list(struct cursor *c)
{
	bool named = peek(c) == '{', ok;

	if (++c->depth > JSON_DEPTH_MAX)
		return false;
	c->at++;
	ok = pass_items(c, named ? '}' : ']', named);
	c->depth--;
	return ok;
}

/* A value and the blanks around it. */
static bool pass_value(struct cursor *c)
{
	bool ok;

	pass_blanks(c);
	if (peek(c) == '{' || peek(c) == '[')
		ok = pass_list(c);
	else if (peek(c) == '"')
		ok = pass_string(c);
	else
		ok = pass_word(c, "true") || pass_word(c, "false") ||
		     pass_word(c, "null") || pass_number(c);
	pass_blanks(c);
	return ok;
}

static struct json trimmed(const char *from, const char *end)
{
	while (from < end && isspace((unsigned char)*from))
		from++;
	while (end > from && isspace((unsigned char)end[-1]))
		end--;
	return (struct json){ from, (size_t)(end - from) };
}

bool json_read(const char *bytes, size_t length, struct json *out)
{
	struct cursor c = { .at = bytes, .end = bytes + length };

	if (!pass_value(&c) || c.at != c.end)
		return false;
	*out = trimmed(bytes, c.end);
	return true;
}

enum json_kind json_kind(struct json j)
{
	if (!j.at)
		return JSON_NONE;
	switch (j.at[0]) {
	case '{':
		return JSON_OBJECT;
	case '[':
		return JSON_ARRAY;
	case '"':
		return JSON_STRING;
	case 't':
		return JSON_TRUE;
	case 'f':
		return JSON_FALSE;
	case 'n':
		return JSON_NULL;
	default:
		return JSON_NUMBER;
	}
}

bool json_next(struct json list, struct json *item, struct json *name)
{
	enum json_kind kind = json_kind(list);
	struct cursor c = { .depth = 0 };
	const char *from;

	if (kind != JSON_ARRAY && kind != JSON_OBJECT)
		return false;
	c.end = list.at + list.length;
	c.at = item->at ? item->at + item->length : list.at + 1;
	pass_blanks(&c);
	(void)pass(&c, ',');
	pass_blanks(&c);
	if (c.at + 1 >= c.end)
		return false; /* the bracket that closes */
	if (kind == JSON_OBJECT) {
		from = c.at;
		(void)pass_string(&c);
		if (name)
			*name = trimmed(from, c.at);
		pass_blanks(&c);
		(void)pass(&c, ':');
	}
	from = c.at;
	(void)pass_value(&c);
	*item = trimmed(from, c.at);
	return true;
}

/* Is the string @j, which may have escapes, the word @name? */
static bool says(struct json j, const char *name)
{
	struct text word = { 0 };
	bool same = json_string(j, &word) && !word.failed &&
		    strcmp(text_string(&word), name) == 0;

	text_free(&word);
	return same;
}

struct json json_member(struct json object, const char *name)
{
	struct json item = { 0 }, found = { 0 };

	if (json_kind(object) != JSON_OBJECT)
		return found;
	while (json_next(object, &item, &found))
		if (says(found, name))
			return item;
	return (struct json){ 0 };
}

bool json_number(struct json j, uint64_t *number)
{
	uint64_t n = 0;

	if (json_kind(j) != JSON_NUMBER)
		return false;
	for (size_t i = 0; i < j.length; i++) {
		unsigned digit = (unsigned)(j.at[i] - '0');

		if (digit > 9 || n > (UINT64_MAX - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*number = n;
	return true;
}

static void add_character(struct text *out, uint32_t code)
{
	char bytes[4];

	text_append(out, bytes, unicode_encode(code, bytes));
}

/* What stands behind a backslash; *@at is moved past it. */
static bool add_escape(struct text *out, const char **at, const char *end)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *simple = strchr(from, **at);
	int32_t code, low;

	if (**at != 'u') {
		text_append(out, simple ? to + (simple - from) : *at, 1);
		*at += 1;
		return true;
	}
	code = hex4(*at + 1, end);
	*at += 5;
	if (code >= 0xd800 && code < 0xdc00 && end - *at > 6 &&
	    (*at)[0] == '\\' && (*at)[1] == 'u') {
		low = hex4(*at + 2, end);
		if (low >= 0xdc00 && low < 0xe000) {
			*at += 6;
			code = 0x10000 + ((code - 0xd800) << 10) +
			       (low - 0xdc00);
		}
	}
	if (code <= 0 || (code >= 0xd800 && code < 0xe000))
		return false;
	add_character(out, (uint32_t)code);
	return true;
}

bool json_string(struct json j, struct text *out)
{
	const char *at, *end;

	if (json_kind(j) != JSON_STRING)
		return false;
	at = j.at + 1;
	end = j.at + j.length - 1;
	while (at < end) {
		if (*at != '\\') {
			text_append(out, at++, 1);
			continue;
		}
		at++;
		if (!add_escape(out, &at, end))
			return false;
	}
	return !out->failed;
}
