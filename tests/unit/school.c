/*
 * school.c - a small lesson, written in C
 */
#include "test.h"

#include "school.h"

struct lesson *(*school_lesson)(uint32_t seed) = small_lesson;

static void add_lines(struct lesson *l, struct lesson_lines *to,
		      const char *const *lines)
{
	for (; *lines; lines++)
		lesson_line(l, to, *lines);
}
#define LINES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static struct step *add_step(struct lesson *l, enum step_kind kind,
			     const char *id, const char *text)
{
	struct step *s = lesson_step(l);

	*s = (struct step){ .kind = kind, .id = id, .text = text };
	return s;
}

static void add_fact(struct lesson *l, struct step *s, struct fact fact)
{
	*lesson_fact(l, s) = fact;
}

static void add_hint(struct lesson *l, struct step *s, struct hint hint)
{
	*lesson_hint(l, s) = hint;
}

static void add_question(struct lesson *l, const char *boot)
{
	struct step *s = add_step(l, STEP_PREDICT, "after-exit",
				  "mm_count of $A's mm right after exit?");

	s->expr = "mm('A')->mm_count";
	s->run = "@0 exit";
	s->because = "$K borrows it, and $A itself.";
	s->points = 2;
	s->boot = boot;
	s->of = 2;
	*lesson_misconception(l, s) = (struct misconception){
		"1", "Who is *running* on CPU 0? Try `ps -r`."
	};
}

static void add_task(struct lesson *l)
{
	struct step *s =
		add_step(l, STEP_TASK, "free", "Get $A's mm freed. No oops.");

	add_fact(l, s,
		 (struct fact){ "mm('A').freed", "$A's mm is freed",
				"mm('A')->mm_count", 4, false });
	add_fact(l, s,
		 (struct fact){ "never('oops')", "nothing went wrong", NULL, 1,
				false });
	add_fact(l, s,
		 (struct fact){ "count('event') <= 3", "in three commands",
				NULL, 1, true });
	add_hint(l, s, (struct hint){ 1, false, NULL, "Look: `why mm1`." });
	add_hint(l, s,
		 (struct hint){ 2, false, "current(0)->mm == NULL",
				"A borrower keeps it." });
	add_hint(l, s,
		 (struct hint){ 2, false,
				"current(0)->name == name('A') && "
				"current(0)->mm == NULL",
				"CPU 0 still runs $A." });
	add_hint(l, s,
		 (struct hint){ 3, false, NULL, "Both run a user task." });
	add_hint(l, s, (struct hint){ 4, false, NULL, "`@0 switch B`" });
	add_lines(l, &s->solution, LINES("@0 switch B", "@1 switch C"));
	add_lines(l, lesson_alt(l, s),
		  LINES("@0 idle", "@1 switch C", "@0 switch B"));
	add_lines(l, lesson_wrong(l, s), LINES("@0 idle", "@1 idle"));
}

struct lesson *small_lesson(uint32_t seed)
{
	struct lesson *l = lesson_new();
	struct step *s;

	l->id = "small";
	l->title = "A *small* one";
	l->kernel = "--kernel=6.12";
	l->format = l->version = 1;
	l->cpus = 2;
	l->minutes = 3;
	lesson_label(l, "A", seed == 7 ? "cc" : "sh");
	lesson_label(l, "K", "kw");
	lesson_line(l, &l->deny, "load");
	lesson_line(l, &l->goals, "zombie");
	add_lines(l, &l->setup,
		  LINES("spawn $A; spawn B; spawn C; kthread $K",
			"@1 switch $A; @1 switch $K; @0 switch $A"));
	add_step(l, STEP_SAY, NULL, "CPU 1 borrowed $A's mm. What now?");
	s = add_step(l, STEP_TRY, NULL, "Look around:");
	add_lines(l, &s->suggest, LINES("ps", "why $A.mm"));
	s->need = 1;
	add_question(l, NULL);
	add_task(l);
	add_question(l, "--kernel=6.12-shoot");
	s = add_step(l, STEP_RECAP, NULL, "A zombie is kept by borrowers.");
	lesson_line(l, &s->see, "kernel/exit.c: exit_mm");
	assert_false(l->failed);
	return l;
}

static struct lesson *load(void *context, const char *path, uint32_t seed,
			   char *cause, size_t size)
{
	(void)context;
	if (strcmp(path, "small.lua") == 0)
		return school_lesson(seed);
	snprintf(cause, size, "it is not small");
	return NULL;
}

static void heard(void *context, uint32_t first)
{
	(void)context;
	(void)first;
}

void school_with(const struct amm_config *config)
{
	static const struct amm_script script = { .lesson = load,
						  .committed = heard };

	talk_with(config);
	amm_set_script(amm, &script);
}

void school(enum form form)
{
	school_with(&(struct amm_config){ .json = form == FORM_JSON,
					  .plain = form == FORM_PLAIN });
}

void go_to_step(unsigned n)
{
	static const char *const lines[] = {
		"lesson small.lua --new",   "lesson next",
		"ps; lesson next",          "predict 2",
		"@0 switch B; @1 switch C", "predict 0"
	};

	for (unsigned i = 0; i < n; i++)
		expect_ok(lines[i]);
	assert_int_equal(amm->course->step + 1, n);
}
