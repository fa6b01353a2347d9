/*
 * progress.c - progress.json: read, written, put aside
 */
#include "course/progress.h"

#include <errno.h>
#include <string.h>

#include "base/dirs.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/save.h"
#include "course/record.h"
#include "session/do_files.h"

enum { KEEP = 3, FILE_MAX = 16 << 20 };
static const char file_name[] = "progress.json";
static const char lock_name[] = "progress.lock";

struct progress {
	int dir, lock;    /* -1: none */
	struct text file; /* as it is on the disk; empty: none */
	struct json root;
	bool complained;
};

/* --- read --------------------------------------------------------------------- */

static bool is_ours(struct json root)
{
	uint64_t format;

	return json_number(json_member(root, "format"), &format) &&
	       format == 1 &&
	       json_kind(json_member(root, "lessons")) == JSON_OBJECT;
}

/* Why file @name cannot be used goes to @why, when it is there. */
static bool read_file(struct progress *p, const char *name, struct text *why)
{
	int fd = file_open(p->dir, name, FILE_OWN, FILE_MAX, why);
	bool ok;

	text_clear(&p->file);
	p->root = (struct json){ 0 };
	if (fd < 0)
		return false;
	ok = file_read(fd, name, &p->file, why);
	file_close(fd);
	if (ok && json_read(text_string(&p->file), p->file.length, &p->root) &&
	    is_ours(p->root))
		return true;
	if (ok)
		text_addf(why, "'%s' is not what activemm wrote", name);
	text_clear(&p->file);
	p->root = (struct json){ 0 };
	return false;
}

static void put_aside(struct progress *p, struct text *why, struct text *notes)
{
	struct text aside = { 0 };

	text_addf(notes, "note: %s\n", text_string(why));
	text_clear(why);
	if (save_aside(p->dir, file_name, &aside, why)) {
		text_addf(notes, "note: it is kept as %s\n",
			  text_string(&aside));
	} else {
		text_addf(notes, "note: %s\n", text_string(why));
		p->complained = true;
	}
	text_free(&aside);
}

/* The newest of the kept ones that is whole. */
static void read_older(struct progress *p, struct text *notes)
{
	for (unsigned n = 1; n <= KEEP; n++) {
		struct text name = { 0 }, why = { 0 };
		bool ok;

		text_addf(&name, "%s.%u", file_name, n);
		ok = file_exists(p->dir, text_string(&name)) &&
		     read_file(p, text_string(&name), &why);
		if (ok)
			text_addf(notes, "note: going on from %s\n",
				  text_string(&name));
		text_free(&name);
		text_free(&why);
		if (ok)
			return;
	}
}

static void read_all(struct progress *p, struct text *notes)
{
	struct text why = { 0 };
	bool there = file_exists(p->dir, file_name);

	if (!there || !read_file(p, file_name, &why)) {
		if (there && p->lock >= 0)
			put_aside(p, &why, notes);
		else if (there)
			text_addf(notes, "note: %s\n", text_string(&why));
		read_older(p, notes);
	}
	text_free(&why);
}

static void open_dir(struct progress *p, struct text *why)
{
	struct text path = { 0 };

	if (dirs_find(DIRS_STATE, &path, why))
		p->dir = dirs_open(text_string(&path), why);
	text_free(&path);
}

struct progress *progress_open(struct text *notes)
{
	struct progress *p = am_calloc(1, sizeof *p);
	struct text why = { 0 };

	if (!p)
		return NULL;
	p->dir = p->lock = -1;
	open_dir(p, &why);
	if (p->dir >= 0)
		p->lock = file_lock(p->dir, lock_name, &why);
	if (p->lock < 0)
		text_addf(notes, "note: progress is not kept: %s\n",
			  text_string(&why));
	text_free(&why);
	if (p->dir >= 0)
		read_all(p, notes);
	return p;
}

void progress_close(struct progress *p)
{
	if (!p)
		return;
	if (p->lock >= 0)
		file_close(p->lock);
	if (p->dir >= 0)
		dirs_close(p->dir);
	text_free(&p->file);
	am_free(p);
}

struct json progress_all(const struct progress *p)
{
	return json_member(p->root, "lessons");
}

void progress_read(struct json lesson, struct kept *out)
{
	struct text state = { 0 };

	*out = (struct kept){ .known = json_kind(lesson) == JSON_OBJECT };
	(void)json_string(json_member(lesson, "state"), &state);
	out->done = strcmp(text_string(&state), "done") == 0;
	text_free(&state);
	(void)json_number(json_member(lesson, "version"), &out->version);
	(void)json_number(json_member(lesson, "seed"), &out->seed);
	(void)json_number(json_member(lesson, "step"), &out->step);
	(void)json_number(json_member(lesson, "steps"), &out->steps);
	(void)json_number(json_member(lesson, "score"), &out->score);
	(void)json_number(json_member(lesson, "max"), &out->max);
	(void)json_number(json_member(lesson, "hints_given"), &out->hints);
	out->path = json_member(lesson, "path");
}

void progress_find(const struct progress *p, const char *id, struct kept *out)
{
	progress_read(json_member(progress_all(p), id), out);
}

/* --- written ------------------------------------------------------------------ */

static void add_piece(struct text *out, struct json j)
{
	text_append(out, j.at, j.length);
}

/* The lessons that are there, but for @id, as they are. */
static void add_others(struct text *out, const struct progress *p,
		       const char *id)
{
	struct json all = progress_all(p), item = { 0 }, name;

	while (json_next(all, &item, &name)) {
		struct text plain = { 0 };

		(void)json_string(name, &plain);
		if (strcmp(text_string(&plain), id) != 0) {
			add_piece(out, name);
			text_add(out, ":");
			add_piece(out, item);
			text_add(out, ",\n  ");
		}
		text_free(&plain);
	}
}

static void compose(struct text *out, const struct amm *a,
		    const struct progress *p)
{
	text_add(out, "{\"format\":1,\"engine\":\"" ENGINE_VERSION "\",\n"
		      " \"student\":{\"id\":null,\"name\":null},\n"
		      " \"lessons\":{\n  ");
	add_others(out, p, a->course->lesson->id);
	record_lesson(out, a->course);
	text_add(out, "}}\n");
}

void progress_write(struct amm *a)
{
	struct progress *p = a->course->progress;
	struct text contents = { 0 }, why = { 0 };
	bool ok;

	if (!p || p->lock < 0 || a->replaying || p->complained)
		return;
	compose(&contents, a, p);
	ok = save_keeping(p->dir, file_name, KEEP, &p->file, &contents, &why);
	if (ok) {
		text_free(&p->file);
		p->file = contents;
		(void)json_read(text_string(&p->file), p->file.length,
				&p->root);
	} else {
		text_addf(&a->out, a->form == FORM_JSON ? "" : "note: %s\n",
			  text_string(&why));
		text_free(&contents);
		p->complained = true;
	}
	text_free(&why);
}
