/* candidates.c - the words that fit each kind of argument */
#include <stdio.h>
#include <string.h>

#include "base/listing.h"
#include "base/text.h"
#include "engine/check.h"
#include "session/complete.h"
#include "session/expr.h"
#include "session/fields.h"
#include "session/keep.h"
#include "session/topic.h"

void candidate_offer(const struct partial *p, const char *word,
		     const char *about)
{
	if (strncmp(word, p->word, strlen(p->word)) == 0)
		p->to->offer(p->to->context, word, about);
}

static void offer_aliases(const struct partial *p)
{
	const struct shelf *shelf = p->scene->shelf;

	for (uint32_t i = 0; shelf != NULL && i < shelf->aliases; i++)
		candidate_offer(p, shelf->alias[i].name, shelf->alias[i].text);
}

void candidates_command(const struct partial *p, bool actions_only)
{
	char head[64];
	size_t length, last = 0;

	for (enum cmd i = 0; i < CMD_COUNT; i++) {
		const struct command *c = command_get(i);
		bool family = c->name[command_head(c)] == ' ';

		length = command_head(c);
		/* Members of a family follow each other: one will do. */
		if (length == last && strncmp(head, c->name, length) == 0)
			continue;
		if (actions_only && !(c->traits & TRAIT_ACTS))
			continue;
		(void)snprintf(head, sizeof head, "%.*s", (int)length, c->name);
		last = length;
		candidate_offer(p, head,
				family ? "takes a second word" : c->summary);
	}
	if (!actions_only)
		offer_aliases(p);
}

/* A name as it must be typed. */
static void offer_name(const struct partial *p, const char *name,
		       const char *about)
{
	char quoted[64];

	if (strpbrk(name, " ;#|>\"'") == NULL && name[0] != '\0') {
		candidate_offer(p, name, about);
		return;
	}
	(void)snprintf(quoted, sizeof quoted,
		       strchr(name, '\'') ? "\"%s\"" : "'%s'", name);
	if (strncmp(name, p->word, strlen(p->word)) == 0)
		p->to->offer(p->to->context, quoted, about);
}

static const char *task_about(const struct world *w, task_id t)
{
	const struct task *task = world_task(w, t);

	if (task->exit_state != 0 || task->state == TASK_DEAD)
		return "dead";
	if (task->on_cpu)
		return "running";
	return task->on_rq ? "runnable" : "asleep";
}

static bool may_switch(const struct scene *s, task_id t)
{
	const struct input in = { .kind = IN_VERB,
				  .verb = VERB_switch,
				  .actor = (uint16_t)s->view.cpu,
				  .arg = { t } };

	return engine_check(s->view.world, s->program, &in).why == REFUSED_NOT;
}

/*
 * A name that others have too would be refused: then the PID is offered.
 * PID 1 and PID 2 are such, as long as they are called like idle tasks.
 */
static void offer_task(const struct partial *p, task_id t)
{
	const struct world *w = p->scene->view.world;
	char comm[NAME_WORDS * 4], pid[16], about[64];
	struct error ignored;
	task_id found;

	name_unpack(comm, world_task_shown(w, t)->name, NAME_WORDS);
	(void)snprintf(pid, sizeof pid, "%u", world_task_shown(w, t)->pid);
	if (name_task(&p->scene->view, comm, &found, &ignored) && found == t) {
		(void)snprintf(about, sizeof about, "PID %s, %s", pid,
			       task_about(w, t));
		offer_name(p, comm, about);
	} else {
		(void)snprintf(about, sizeof about, "%s, %s", comm,
			       task_about(w, t));
		candidate_offer(p, pid, about);
	}
}

/* Those that may be switched to come first; for other commands, all. */
static void offer_tasks(const struct partial *p)
{
	const struct world *w = p->scene->view.world;

	for (int legal = 1; legal >= 0; legal--)
		for (task_id t = 1; t < w->max.tasks; t++)
			if (world_task(w, t)->slot == SLOT_LIVE &&
			    may_switch(p->scene, t) == (legal == 1))
				offer_task(p, t);
	candidate_offer(p, "idle", "the idle task of this CPU");
	candidate_offer(p, "%", "what runs on this CPU");
}

/* `sh.`: the mms of what stands before the dot */
static void offer_members(const struct partial *p, size_t dot)
{
	char word[128];
	bool cpu = strncmp(p->word, "cpu", 3) == 0;

	if (dot + sizeof ".active_mm" >= sizeof word)
		return;
	(void)snprintf(word, sizeof word, "%.*s.%s", (int)dot, p->word,
		       cpu ? "loaded_mm" : "mm");
	candidate_offer(p, word, cpu ? "what CR3 points at" : "its own mm");
	(void)snprintf(word, sizeof word, "%.*s.%s", (int)dot, p->word,
		       cpu ? "prev_mm" : "active_mm");
	candidate_offer(p, word,
			cpu ? "what finish_task_switch() will drop"
			    : "what it runs on");
}

static void offer_mms(const struct partial *p)
{
	const struct world *w = p->scene->view.world;
	const char *dot = strrchr(p->word, '.');
	char name[32], about[64];

	if (dot != NULL) {
		offer_members(p, (size_t)(dot - p->word));
		return;
	}
	for (mm_id m = MM_INIT; m < w->max.mms; m++) {
		const struct mm *mm = world_mm(w, m);

		if (mm->slot != SLOT_LIVE)
			continue;
		(void)snprintf(name, sizeof name, "mm%u",
			       world_mm_shown(w, m)->serial);
		(void)snprintf(about, sizeof about, "users %u, count %u",
			       mm->mm_users, mm->mm_count);
		candidate_offer(p, m == MM_INIT ? "init_mm" : name, about);
	}
}

static void offer_cpus(const struct partial *p)
{
	const struct world *w = p->scene->view.world;
	char number[16], comm[NAME_WORDS * 4];

	for (cpu_id c = 0; c < w->max.cpus; c++) {
		(void)snprintf(number, sizeof number, "%u", c);
		name_unpack(comm,
			    world_task_shown(w, world_cpu(w, c)->current)->name,
			    NAME_WORDS);
		candidate_offer(p, number, comm);
	}
}

static void offer_fields_list(const struct partial *p)
{
	const char *comma = strrchr(p->word, ','), *name;
	int head = comma != NULL ? (int)(comma + 1 - p->word) : 0;
	char word[256];

	for (unsigned i = 0;
	     (name = field_name(p->scene->view.world, VALUE_TASK, i)); i++) {
		(void)snprintf(word, sizeof word, "%.*s%s", head, p->word,
			       name);
		candidate_offer(p, word, "a field of a task");
	}
}

struct directory {
	const struct partial *partial;
	int length; /* of the directory in the word */
};

static void offer_file(void *context, const char *name, bool is_directory)
{
	const struct directory *d = context;
	struct text path = { 0 };

	text_addf(&path, "%.*s%s%s", d->length, d->partial->word, name,
		  is_directory ? "/" : "");
	if (!path.failed && strpbrk(path.bytes, " ;#|>\"'") == NULL)
		candidate_offer(d->partial, path.bytes,
				is_directory ? "directory" : "file");
	text_free(&path);
}

static void offer_files(const struct partial *p)
{
	const char *slash = strrchr(p->word, '/');
	struct directory d = { p,
			       slash != NULL ? (int)(slash + 1 - p->word) : 0 };
	struct text path = { 0 };

	text_addf(&path, "%.*s", d.length, p->word);
	if (d.length == 0)
		text_add(&path, ".");
	if (!path.failed)
		listing_each(path.bytes, offer_file, &d);
	text_free(&path);
}

static void offer_profiles(const struct partial *p)
{
	const struct profile *profile;

	for (uint32_t i = 0; (profile = profile_at(i)) != NULL; i++)
		candidate_offer(p, profile->name, "a kernel");
}

static void offer_functions(const struct partial *p)
{
	const struct program *program = p->scene->program;

	for (int i = PATH_NONE + 1; i < PATHS; i++) {
		enum path_id id = (enum path_id)i;
		const char *name = path_name(program, id);

		if (path_find(program, name) == id)
			candidate_offer(p, name, path_file(program, id));
	}
}

static void offer_words(const struct partial *p, const char *list,
			const char *about)
{
	char word[32];

	while (*list != '\0') {
		size_t length = strcspn(list, " ");

		(void)snprintf(word, sizeof word, "%.*s", (int)length, list);
		candidate_offer(p, word, about);
		list += length + (list[length] == ' ');
	}
}

static void offer_settings(const struct partial *p)
{
	for (enum setting s = 0; s < SET_COUNT; s++)
		candidate_offer(p, setting_name(s), setting_about(s));
}

/* The values of the setting that is named before. */
static void offer_values(const struct partial *p)
{
	enum setting which;
	struct error ignored;
	const char *word;
	char choice[32];
	int length;

	if (!setting_find(p->before, &which, &ignored))
		return;
	for (unsigned i = 0; (word = setting_word(which, i, &length)); i++) {
		(void)snprintf(choice, sizeof choice, "%.*s", length, word);
		candidate_offer(p, choice, setting_about(which));
	}
}

static void offer_topics(const struct partial *p)
{
	const struct topic *topic;

	candidates_command(p, false);
	for (size_t i = 0; (topic = topic_get(i)) != NULL; i++)
		candidate_offer(p, topic->name, topic->summary);
}

static void offer_invariants(const struct partial *p)
{
	const struct shelf *shelf = p->scene->shelf;

	for (uint32_t i = 0; i < invariant_count(); i++)
		candidate_offer(p, invariant_name(i), invariant_text(i));
	for (uint32_t i = 0; shelf != NULL && i < shelf->rules; i++)
		candidate_offer(p, shelf->rule[i].name, shelf->rule[i].text);
}

static void offer_times(const struct partial *p)
{
	const struct shelf *shelf = p->scene->shelf;

	candidate_offer(p, "@start", "the first moment");
	candidate_offer(p, "@end", "the last moment");
	candidate_offer(p, ".", "now");
	candidate_offer(p, "^", "one command back");
	for (uint32_t i = 0; shelf != NULL && i < shelf->marks; i++)
		candidate_offer(p, shelf->mark[i].name, "a bookmark");
}

void candidates_expression(const struct partial *p)
{
	char call[64];
	const char *name;

	offer_mms(p);
	offer_tasks(p);
	for (unsigned i = 0; (name = function_name(i)); i++) {
		(void)snprintf(call, sizeof call, "%s(", name);
		candidate_offer(p, call, "a function");
	}
	candidate_offer(p, "NULL", "no task, no mm");
}

static void offer_choices(const struct partial *p, const struct spec_item *item)
{
	const char *at = item->value, *end = at + item->value_length;
	char word[32];

	while (at < end) {
		size_t length = strcspn(at, "|]. ");

		if (at + length > end)
			length = (size_t)(end - at);
		(void)snprintf(word, sizeof word, "%.*s", (int)length, at);
		if (spec_choice(item, word))
			candidate_offer(p, word, "");
		at += length + 1;
	}
}

/* What is a fixed list of words. */
static const struct {
	enum arg_kind kind;
	const char *words, *about;
} fixed[] = {
	{ ARG_EVENT, "borrow release zombie free fault ipi flush warn oops",
	  "an event" },
	{ ARG_SECTION, "all cpus tasks mms list log", "a section" },
	{ ARG_WORDS, "EXIT CLONE FORK EXEC USEMM PT", "an operation" },
	{ ARG_OPTION, "MMU_LAZY_TLB_REFCOUNT", "count the borrowers: y or n" },
};

static const struct {
	enum arg_kind kind;
	void (*offer)(const struct partial *p);
} sources[] = {
	{ ARG_TASK, offer_tasks },
	{ ARG_MM, offer_mms },
	{ ARG_CPU, offer_cpus },
	{ ARG_FIELDS, offer_fields_list },
	{ ARG_FILE, offer_files },
	{ ARG_PROFILE, offer_profiles },
	{ ARG_FUNCTION, offer_functions },
	{ ARG_SETTING, offer_settings },
	{ ARG_VALUE, offer_values },
	{ ARG_TOPIC, offer_topics },
	{ ARG_INVARIANT, offer_invariants },
	{ ARG_TIME, offer_times },
};

void candidates_kind(const struct partial *p, const struct spec_item *item)
{
	if (item->kinds & ARG_BIT(ARG_CHOICE))
		offer_choices(p, item);
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (item->kinds & ARG_BIT(fixed[i].kind))
			offer_words(p, fixed[i].words, fixed[i].about);
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
		if (item->kinds & ARG_BIT(sources[i].kind))
			sources[i].offer(p);
}
