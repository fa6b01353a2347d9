/*
 * do_progress.c - progress: what is done, lesson by lesson
 */
#include "base/escape.h"
#include "course/progress.h"
#include "course/teach.h"
#include "session/show.h"

static void say_lesson(struct amm *a, struct json name, const struct kept *k)
{
	struct text id = { 0 };

	(void)json_string(name, &id);
	escape_name(&a->out, text_string(&id), NAME_COLUMNS);
	text_addf(&a->out, ": %s, step %u of %u, %u of %u points, %u hint%s\n",
		  k->done ? "done" : "open", (unsigned)k->step,
		  (unsigned)k->steps, (unsigned)k->score, (unsigned)k->max,
		  (unsigned)k->hints, k->hints == 1 ? "" : "s");
	text_free(&id);
}

static void say_all(struct amm *a, struct json all)
{
	struct json item = { 0 }, name;
	unsigned n = 0, done = 0;

	while (json_next(all, &item, &name)) {
		struct kept k;

		progress_read(item, &k);
		say_lesson(a, name, &k);
		done += k.done;
		n++;
	}
	if (n == 0)
		text_add(&a->out, "No lesson was begun. 'lesson list' lists "
				  "them.\n");
	else
		text_addf(&a->out, "%u of %u done.\n", done, n);
}

/* As it is in the file, but for the blanks between: one object, one line. */
static void json_all(struct amm *a, struct json all)
{
	bool quoted = false;

	text_add(&a->members, ",\"lessons\":");
	if (json_kind(all) != JSON_OBJECT)
		text_add(&a->members, "{}");
	for (size_t i = 0; i < all.length; i++) {
		bool escape = quoted && all.at[i] == '\\';

		if (all.at[i] == '"')
			quoted = !quoted;
		if (quoted || (unsigned char)all.at[i] > ' ')
			text_append(&a->members, all.at + i, 1 + escape);
		i += escape;
	}
}

bool do_progress(struct amm *a, const struct call *c, struct error *e)
{
	bool ours = a->course && a->course->progress;
	struct text notes = { 0 };
	struct progress *p = ours ? a->course->progress : progress_open(&notes);
	struct json all = { 0 };

	(void)c;
	(void)e;
	if (p)
		all = progress_all(p);
	if (a->form == FORM_JSON)
		json_all(a, all);
	else
		say_all(a, all);
	if (!ours)
		progress_close(p);
	text_free(&notes);
	return true;
}
