/*
 * outlet.c - > file, >> file, | command, ! command
 */
#include "session/outlet.h"

#include <string.h>

#include "base/file.h"
#include "base/save.h"
#include "base/shell.h"
#include "session/keep.h"
#include "session/say.h"
#include "session/show.h"

static bool read_old(const char *name, struct text *contents, struct text *why)
{
	int fd;

	if (!file_exists(AT_FDCWD, name))
		return true;
	fd = file_open(AT_FDCWD, name, FILE_ANY, (uint64_t)1 << 30, why);
	if (fd < 0)
		return false;
	if (!file_read(fd, name, contents, why)) {
		file_close(fd);
		return false;
	}
	file_close(fd);
	return true;
}

static bool to_file(const struct line *line, const struct text *said,
		    struct text *why)
{
	struct text whole = { 0 };
	bool ok = line->outlet == OUTLET_FILE ||
		  read_old(line->target, &whole, why);

	text_add(&whole, text_string(said));
	ok = ok && save_over(AT_FDCWD, line->target, &whole, why);
	text_free(&whole);
	return ok;
}

/* In JSON what a command of the shell printed is one string. */
static void say_printed(struct amm *a, const char *command, bool ok,
			const struct text *printed)
{
	struct text m = { 0 };

	if (a->form != FORM_JSON) {
		text_add(&a->out, text_string(printed));
		return;
	}
	text_clear(&a->typed);
	text_add(&a->typed, command);
	text_add(&m, ",\"printed\":");
	show_quoted(&m, text_string(printed));
	if (ok)
		say_json(a, text_string(&m));
	else
		say_json_failed(a, text_string(&m));
	text_free(&m);
}

/* A command that fails answers no; the session is none the worse. */
static bool to_shell(struct amm *a, const char *command, const char *input)
{
	struct text printed = { 0 }, why = { 0 };
	bool ok = shell_run(command, input, &printed, &why);

	if (!ok) {
		text_addf(&printed, "%s\n", text_string(&why));
		keep_outcome(a, OUTCOME_NO);
	}
	say_printed(a, command, ok, &printed);
	text_free(&printed);
	text_free(&why);
	return ok;
}

bool outlet_send(struct amm *a, const struct line *line, size_t from,
		 struct error *e)
{
	struct text said = { 0 }, why = { 0 };
	bool ok;

	if (line->outlet == OUTLET_NONE)
		return true;
	text_add(&said, text_string(&a->out) + from);
	text_cut(&a->out, from);
	if (line->outlet == OUTLET_SHELL) {
		ok = to_shell(a, line->target, text_string(&said));
	} else {
		ok = to_file(line, &said, &why);
		if (!ok) {
			error_set(e, STATUS_FILE, "%s", text_string(&why));
			text_add(&a->out, text_string(&said));
		}
	}
	text_free(&said);
	text_free(&why);
	return ok;
}

bool outlet_shell(struct amm *a, const char *command)
{
	return to_shell(a, command, "");
}
