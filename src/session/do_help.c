/*
 * do_help.c - help, apropos and --help: pages in the form that was asked for
 */
#include "session/commands.h"
#include "session/help.h"
#include "session/say.h"
#include "session/show.h"

/* A page as it is, or as one string of JSON. */
void say_page(struct amm *a, const char *name, struct text *page)
{
	struct text members = { 0 };

	if (a->form == FORM_JSON) {
		text_addf(&members, ",\"%s\":", name);
		show_quoted(&members, text_string(page));
		say_json(a, text_string(&members));
		text_free(&members);
	} else {
		text_add(&a->out, text_string(page));
	}
	text_free(page);
}

bool look_help(struct amm *a, const struct call *c, struct error *e)
{
	struct text page = { 0 };

	if (c->args == 0) {
		help_list(&page);
	} else if (!help_about(&page, c->arg, c->args, e)) {
		text_free(&page);
		return false;
	}
	say_page(a, "help", &page);
	return true;
}

bool look_apropos(struct amm *a, const struct call *c, struct error *e)
{
	struct text page = { 0 };

	(void)e;
	for (unsigned i = 0; i < c->args; i++)
		help_apropos(&page, c->arg[i].text);
	if (page.length == 0)
		text_add(&page, "nothing appropriate\n");
	say_page(a, "apropos", &page);
	return true;
}

bool session_help(struct amm *a, const struct command *c)
{
	struct text page = { 0 };

	help_page(&page, c);
	say_page(a, "help", &page);
	return true;
}
