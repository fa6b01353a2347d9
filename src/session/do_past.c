/*
 * do_past.c - bookmarks and branches of the time line
 */
#include <string.h>

#include "session/commands.h"
#include "session/keep.h"
#include "session/run.h"
#include "session/say.h"
#include "session/show.h"

void say_mark(struct amm *a, const struct mark *m)
{
	if (a->form == FORM_JSON) {
		struct text members = { 0 };

		text_add(&members, ",\"bookmark\":");
		show_quoted(&members, m->name);
		text_add(&members, ",\"at\":\"");
		show_moment(&members, m->at);
		text_add(&members, "\"");
		say_json(a, text_string(&members));
		text_free(&members);
		return;
	}
	text_addf(&a->out, "%s: ", m->name);
	show_moment(&a->out, m->at);
	text_add(&a->out, "\n");
}

static void say_branch(struct amm *a, uint32_t n, const struct branch *b)
{
	if (a->form == FORM_JSON) {
		struct text members = { 0 };

		text_addf(&members, ",\"branch\":\"alt-%u\",\"lines\":", n);
		show_quoted(&members, text_string(&b->lines));
		say_json(a, text_string(&members));
		text_free(&members);
		return;
	}
	text_addf(&a->out, "alt-%u: from ", n);
	show_moment(&a->out, b->from);
	text_addf(&a->out, ", %u command%s:\n", b->count,
		  b->count == 1 ? "" : "s");
	for (const char *at = text_string(&b->lines); *at;) {
		size_t length = strcspn(at, "\n");

		text_addf(&a->out, "  %.*s\n", (int)length, at);
		at += length + (at[length] == '\n');
	}
}

bool look_info_bookmarks(struct amm *a, const struct call *c, struct error *e)
{
	const struct shelf *s = a->shelf;

	(void)c;
	(void)e;
	for (uint32_t i = 0; i < s->marks; i++)
		say_mark(a, &s->mark[i]);
	for (uint32_t i = 0; i < s->branches; i++)
		say_branch(a, i + 1, &s->branch[i]);
	if (s->marks + s->branches == 0 && a->form != FORM_JSON)
		text_add(&a->out, "no bookmarks, no branches\n");
	return true;
}
