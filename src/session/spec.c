/* spec.c - reads what a command takes */
#include "session/spec.h"

#include <assert.h>
#include <string.h>

static const struct {
	const char *name, *written, *meaning;
} kinds[ARG_KIND_COUNT] = { [ARG_NONE] = { "", "", "" },
			    [ARG_CHOICE] = { "", "", "" },
#define X(kind, w, m) [ARG_##kind] = { #kind, w, m },
			    ARG_KINDS(X)
#undef X
};

_Static_assert(ARG_KIND_COUNT <= 64, "kinds are bits of 64");

const char *arg_name(enum arg_kind kind)
{
	return kinds[kind].name;
}

const char *arg_written(enum arg_kind kind)
{
	return kinds[kind].written;
}

const char *arg_meaning(enum arg_kind kind)
{
	return kinds[kind].meaning;
}

static size_t length_to(const char *from, const char *end, char stop)
{
	const char *p = from;

	while (p < end && *p != stop)
		p++;
	return (size_t)(p - from);
}

/* The bit of one alternative; small letters are a choice. */
enum arg_kind spec_kind(const char *word, size_t length)
{
	if (*word < 'A' || *word > 'Z')
		return ARG_CHOICE;
	for (enum arg_kind k = ARG_CHOICE + 1; k < ARG_KIND_COUNT; k++)
		if (kinds[k].written[0] == word[0] &&
		    strlen(kinds[k].written) == length &&
		    memcmp(kinds[k].written, word, length) == 0)
			return k;
	return ARG_CHOICE;
}

static uint64_t kind_of(const char *word, size_t length)
{
	return ARG_BIT(spec_kind(word, length));
}

static void read_value(struct spec_item *item, const char *at, const char *end)
{
	item->value = at;
	item->value_length = (size_t)(end - at);
	while (at < end) {
		size_t length = length_to(at, end, '|');

		item->kinds |= kind_of(at, length);
		at += length + 1;
	}
}

/* What is between the brackets: `X`, `--flag=X`, `-f X`, `if X`, `-k`. */
static void read_inside(struct spec_item *item, const char *at, const char *end)
{
	size_t blank = length_to(at, end, ' ');
	size_t equals = length_to(at, end, '=');

	if (at + blank < end) {
		item->flag = at;
		item->flag_length = blank;
		read_value(item, at + blank + 1, end);
	} else if (*at == '-' && at + equals < end) {
		item->flag = at;
		item->flag_length = equals;
		read_value(item, at + equals + 1, end);
	} else if (*at == '-') {
		item->flag = at;
		item->flag_length = (size_t)(end - at);
	} else {
		read_value(item, at, end);
	}
}

static const char *to_end(const char *at, char mark)
{
	while (*at != mark && *at != '\0')
		at++;
	return at;
}

const char *spec_next(const char *spec, struct spec_item *item)
{
	const char *at, *end;

	memset(item, 0, sizeof *item);
	while (*spec == ' ')
		spec++;
	if (*spec == '\0')
		return NULL;
	item->optional = *spec == '[';
	end = to_end(spec, item->optional ? ']' : ' ');
	at = spec + item->optional;
	assert(!item->optional || *end == ']');
	item->written = spec;
	item->length = (size_t)(end - spec) + item->optional;
	if (end - at > 3 && memcmp(end - 3, "...", 3) == 0 && end[-4] != ',') {
		item->repeated = true;
		read_inside(item, at, end - 3);
	} else {
		read_inside(item, at, end);
	}
	return spec + item->length;
}

bool spec_choice(const struct spec_item *item, const char *word)
{
	const char *at = item->value, *end = at + item->value_length;

	while (at < end) {
		size_t length = length_to(at, end, '|');

		if (kind_of(at, length) == ARG_BIT(ARG_CHOICE) &&
		    strlen(word) == length && memcmp(at, word, length) == 0)
			return true;
		at += length + 1;
	}
	return false;
}
