/*
 * offer.c - what completion can put in by itself
 */
#include "repl/offer.h"

#include <string.h>

/* Never a part of a character. */
static void cut(struct text *common, size_t n)
{
	while (n > 0 && n < common->length &&
	       ((unsigned char)common->bytes[n] & 0xc0) == 0x80)
		n--;
	text_cut(common, n);
}

void offer_add(struct offer *o, const char *word)
{
	size_t n = 0;

	if (o->count++ == 0) {
		text_add(&o->common, word);
		return;
	}
	while (n < o->common.length && o->common.bytes[n] == word[n])
		n++;
	cut(&o->common, n);
}

const char *offer_rest(struct offer *o, const char *typed, size_t length)
{
	struct text *common = &o->common;

	if (o->count == 0 || common->length < length ||
	    memcmp(text_string(common), typed, length) != 0)
		return "";
	if (o->count == 1 && common->length > 0 &&
	    common->bytes[common->length - 1] != '=')
		text_add(common, " ");
	return text_string(common) + length;
}

void offer_free(struct offer *o)
{
	text_free(&o->common);
}
