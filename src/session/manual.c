/* manual.c - the commands as a section of the man page */
#include <string.h>

#include "base/text.h"
#include "session/command.h"
#include "session/help.h"

/* Text as roff takes it: no dash becomes a hyphen, no line a request. */
static void add_roff(struct text *out, const char *text, bool line_start)
{
	for (; *text != '\0'; text++) {
		if (line_start && (*text == '.' || *text == '\''))
			text_add(out, "\\&");
		line_start = *text == '\n';
		if (*text == '\\')
			text_add(out, "\\e");
		else if (*text == '-')
			text_add(out, "\\-");
		else
			text_append(out, text, 1);
	}
}

/* Paragraphs; those that begin with two blanks are set as they are. */
static void add_body(struct text *out, const char *body)
{
	while (*body != '\0') {
		size_t length = strcspn(body, "\n");
		struct text paragraph = { 0 };
		bool verbatim = strncmp(body, "  ", 2) == 0;

		text_append(&paragraph, body, length);
		if (verbatim)
			text_add(out, ".br\n");
		add_roff(out, text_string(&paragraph), true);
		text_add(out, "\n");
		text_free(&paragraph);
		body += length + (body[length] == '\n');
	}
}

static void add_command(struct text *out, const struct command *c)
{
	text_add(out, ".TP\n.B ");
	if (c->traits & TRAIT_ACTS)
		text_add(out, "[@CPU] ");
	add_roff(out, c->name, false);
	if (c->spec[0] != '\0') {
		text_add(out, " ");
		add_roff(out, c->spec, false);
	}
	text_add(out, "\n");
	if (c->aliases[0] != '\0') {
		text_add(out, "(short: ");
		add_roff(out, c->aliases, false);
		text_add(out, ")\n");
	}
	add_roff(out, c->summary, true);
	text_add(out, ".\n");
	if (c->body[0] != '\0')
		add_body(out, c->body);
}

void help_roff(struct text *out)
{
	text_add(out, ".SH COMMANDS\n");
	for (enum command_group g = 0; g < GROUP_COUNT; g++) {
		text_add(out, ".SS ");
		add_roff(out, group_heading(g), false);
		text_add(out, "\n");
		for (enum cmd i = 0; i < CMD_COUNT; i++)
			if (command_get(i)->group == g)
				add_command(out, command_get(i));
	}
}
