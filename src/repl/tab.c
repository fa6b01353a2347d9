/*
 * tab.c - completion in the line editor
 */
#include "repl/tab.h"

#include "base/mem.h"
#include "repl/offer.h"
#include "repl/wide.h"

enum { LISTED_MAX = 40 };

struct found {
	struct offer offer;
	struct text list;
};

static void gather(void *context, const char *word, const char *about)
{
	struct found *f = context;

	offer_add(&f->offer, word);
	if (f->offer.count <= LISTED_MAX)
		text_addf(&f->list, "  %-24s %s\n", word, about ? about : "");
}

static void list(struct found *f, struct out *out)
{
	unsigned count = f->offer.count;

	out_puts(out, "\n");
	out_text(out, &f->list);
	if (count > LISTED_MAX)
		out_printf(out, "  ... and %u more\n", count - LISTED_MAX);
	out_flush(out);
}

static bool insert(EditLine *edit, const char *rest)
{
	wchar_t *wide = *rest ? wide_from(rest) : NULL;
	bool ok = wide && el_winsertstr(edit, wide) == 0;

	am_free(wide);
	return ok;
}

unsigned char tab_complete(EditLine *edit, struct amm *a, struct out *out)
{
	const LineInfoW *line = el_wline(edit);
	struct found f = { .offer = { .count = 0 } };
	struct text typed = { 0 };
	unsigned char answer = CC_ERROR;
	size_t from;

	wide_add(&typed, line->buffer, (size_t)(line->cursor - line->buffer));
	from = amm_complete(a, text_string(&typed), typed.length, gather, &f);
	if (insert(edit, offer_rest(&f.offer, text_string(&typed) + from,
				    typed.length - from))) {
		answer = CC_REFRESH;
	} else if (f.offer.count > 1) {
		list(&f, out);
		answer = CC_REDISPLAY;
	}
	text_free(&typed);
	text_free(&f.list);
	offer_free(&f.offer);
	return answer;
}
