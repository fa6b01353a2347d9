/*
 * tab.c - completion in the line editor
 */
#include "repl/tab.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "repl/wide.h"

enum { LISTED_MAX = 40 };

struct found {
	struct text common; /* what all words share */
	struct text list;
	unsigned count;
};

static void gather(void *context, const char *word, const char *about)
{
	struct found *f = context;
	size_t n = 0;

	if (f->count++ == 0) {
		text_add(&f->common, word);
	} else {
		while (n < f->common.length && f->common.bytes[n] == word[n])
			n++;
		text_cut(&f->common, n);
	}
	if (f->count <= LISTED_MAX)
		text_addf(&f->list, "  %-24s %s\n", word, about ? about : "");
}

static void list(struct found *f, struct out *out)
{
	out_puts(out, "\n");
	out_text(out, &f->list);
	if (f->count > LISTED_MAX)
		out_printf(out, "  ... and %u more\n", f->count - LISTED_MAX);
	out_flush(out);
}

/* What stands there already is never taken back. */
static bool insert(EditLine *edit, struct found *f, const char *typed,
		   size_t length)
{
	const char *word = text_string(&f->common);
	wchar_t *wide;
	bool ok;

	if (f->common.length < length || memcmp(word, typed, length) != 0)
		return false;
	if (f->common.length == length && f->count > 1)
		return false;
	if (f->count == 1)
		text_add(&f->common, " ");
	wide = wide_from(text_string(&f->common) + length);
	ok = wide && el_winsertstr(edit, wide) == 0;
	am_free(wide);
	return ok;
}

unsigned char tab_complete(EditLine *edit, struct amm *a, struct out *out)
{
	const LineInfoW *line = el_wline(edit);
	size_t at, from;
	struct found f = { .count = 0 };
	struct text typed = { 0 };
	unsigned char answer = CC_ERROR;

	wide_add(&typed, line->buffer, (size_t)(line->cursor - line->buffer));
	at = typed.length;
	from = amm_complete(a, text_string(&typed), at, gather, &f);
	if (f.count &&
	    insert(edit, &f, text_string(&typed) + from, at - from)) {
		answer = CC_REFRESH;
	} else if (f.count > 1) {
		list(&f, out);
		answer = CC_REDISPLAY;
	}
	text_free(&typed);
	text_free(&f.common);
	text_free(&f.list);
	return answer;
}
