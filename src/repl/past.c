/*
 * past.c - the history file
 */
#include "repl/past.h"

#include <string.h>

#include "base/append.h"
#include "base/dirs.h"
#include "base/file.h"
#include "base/lines.h"
#include "base/mem.h"
#include "base/save.h"
#include "repl/wide.h"

struct past {
	int dir;
	struct append file;
};

static const char name[] = "history";

void past_enter(HistoryW *h, const char *line)
{
	wchar_t *wide = *line ? wide_from(line) : NULL;
	HistEventW ev;

	if (wide && wcslen(wide) <= PAST_CHARACTERS)
		history_w(h, &ev, H_ENTER, wide);
	am_free(wide);
}

/* A damaged line is skipped: it is only a memory. */
static uint64_t load(HistoryW *h, const struct text *contents, size_t from)
{
	const char *at = text_string(contents) + from;
	struct text line = { 0 };
	uint64_t n = 0;

	while (*at) {
		size_t length = strcspn(at, "\n");

		text_clear(&line);
		text_append(&line, at, length);
		past_enter(h, text_string(&line));
		at += length + (at[length] == '\n');
		n++;
	}
	text_free(&line);
	return n;
}

/* Where the newest @keep lines begin. */
static size_t newest(const struct text *contents, uint64_t keep)
{
	const char *bytes = text_string(contents);
	size_t at = contents->length;
	uint64_t n = 0;

	while (at > 0 && !(bytes[at - 1] == '\n' && n++ == keep))
		at--;
	return at;
}

static bool read_file(int dir, struct text *contents, struct text *notes)
{
	int fd;

	if (!file_exists(dir, name))
		return true;
	fd = file_open(dir, name, FILE_OWN, 1 << 24, notes);
	if (fd < 0)
		return false;
	if (!file_read(fd, name, contents, notes)) {
		file_close(fd);
		return false;
	}
	file_close(fd);
	return true;
}

static bool open_file(struct past *p, HistoryW *h, struct text *notes)
{
	struct text contents = { 0 }, kept = { 0 };
	size_t from;
	bool ok = read_file(p->dir, &contents, notes);

	if (ok) {
		from = newest(&contents, PAST_LINES);
		load(h, &contents, from);
		text_add(&kept, text_string(&contents) + from);
		if (from > 0 || !file_exists(p->dir, name))
			ok = save_over(p->dir, name, &kept, notes);
	}
	ok = ok && append_open(&p->file, p->dir, name, kept.length, notes);
	text_free(&contents);
	text_free(&kept);
	return ok;
}

struct past *past_open(HistoryW *h, struct text *notes)
{
	struct past *p = am_calloc(1, sizeof *p);
	struct text path = { 0 };
	bool ok = p && dirs_find(DIRS_STATE, &path, notes);

	if (ok) {
		p->dir = dirs_open(text_string(&path), notes);
		ok = p->dir >= 0 && open_file(p, h, notes);
		if (!ok && p->dir >= 0)
			dirs_close(p->dir);
	}
	text_free(&path);
	if (ok)
		return p;
	text_add(notes, notes->length ? "; lines are not remembered\n" : "");
	am_free(p);
	return NULL;
}

void past_add(struct past *p, const char *line)
{
	struct text piece = { 0 }, why = { 0 };

	if (!p)
		return;
	for (; *line; line++)
		if (line[0] == '\\' && line[1] == '\n')
			line++; /* it was one line all along */
		else
			text_addc(&piece, *line, 1);
	text_add(&piece, "\n");
	append_piece(&p->file, &piece, false, &why);
	text_free(&piece);
	text_free(&why);
}

void past_close(struct past *p)
{
	if (!p)
		return;
	append_close(&p->file);
	dirs_close(p->dir);
	am_free(p);
}
