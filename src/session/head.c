/*
 * head.c - who does what
 */
#include "session/head.h"

#include <string.h>

#include "base/escape.h"
#include "session/fault_words.h"
#include "session/show.h"
#include "session/trouble.h"

/* --- a path begins -------------------------------------------------------- */

static const struct event *begun_path(const struct statement *s)
{
	const struct event *e = statement_events(s);

	for (size_t i = 0; i < s->count; i++)
		if (e[i].kind == EV_STACK &&
		    e[i].new &&e[i].field == FIELD_OF(stack, pc))
			return &e[i];
	return NULL;
}

static void add_next_name(struct text *out, const struct world *w, task_id t)
{
	char name[NAME_WORDS * 4];

	name_unpack(name, world_task_shown(w, t)->next_name, NAME_WORDS);
	escape_name(out, name[0] ? name : "itself", NAME_COLUMNS);
}

static void add_switch(struct text *out, const struct statement *s,
		       const struct event *e, bool plain)
{
	const struct stack *stack = world_stack(s->w, e->object);

	text_addf(out, plain ? "CPU %u switches from " : "cpu%u ", e->actor);
	show_task(out, s->w, stack->task[0]);
	text_add(out, plain ? " to " : " -> ");
	show_task(out, s->w, stack->task[1]);
}

static void add_exec(struct text *out, const struct statement *s,
		     const struct event *e, bool plain)
{
	task_id t = world_cpu(s->w, e->actor)->current;

	if (!plain)
		text_addf(out, "cpu%u ", e->actor);
	show_task(out, s->w, t);
	text_add(out, plain ? " executes " : " -> ");
	add_next_name(out, s->w, t);
	if (plain)
		text_addf(out, " on CPU %u, as the same task %u", e->actor,
			  world_task_shown(s->w, t)->pid);
	else
		text_addf(out, " (same task %u)",
			  world_task_shown(s->w, t)->pid);
}

static void add_exit(struct text *out, const struct statement *s,
		     const struct event *e, bool plain)
{
	task_id t = world_cpu(s->w, e->actor)->current;

	if (!plain)
		text_addf(out, "cpu%u ", e->actor);
	show_task(out, s->w, t);
	text_add(out, " exits");
	if (plain)
		text_addf(out, " on CPU %u", e->actor);
}

/* A holder may be gone by now: its label was kept. */
static void add_who(struct text *out, const struct statement *s,
		    const struct event *e)
{
	if (s->label[0]) {
		escape_name(out, s->label, NAME_COLUMNS);
		return;
	}
	show_actor(out, s->w, e->actor);
	if (e->actor < s->w->max.cpus) {
		text_add(out, " ");
		show_task(out, s->w, world_cpu(s->w, e->actor)->current);
	}
}

static void add_other(struct text *out, const struct statement *s,
		      const struct event *e, enum path_id path)
{
	static const char system_call[] = "sys_";
	const char *name = path_name(s->p, path);

	if (strncmp(name, system_call, sizeof system_call - 1) == 0) {
		add_who(out, s, e);
		text_addf(out, ": %s", name + sizeof system_call - 1);
	} else if (path == PATH_ipi_flush || path == PATH_ipi_shoot) {
		text_addf(out, "cpu%u takes the IPI of ", e->actor);
		show_actor(out, s->w, world_stack(s->w, e->object)->number[0]);
	} else if (path == PATH_release_task) {
		add_who(out, s, e);
		text_add(out, ": reaps ");
		show_task(out, s->w, world_stack(s->w, e->object)->task[0]);
	} else if (path == PATH_cpu_down) {
		text_addf(out, "cpu%u goes offline",
			  world_stack(s->w, e->object)->number[0]);
	} else if (path == PATH_start_secondary) {
		text_addf(out, "cpu%u comes online", e->actor);
	} else {
		add_who(out, s, e);
		text_add(out, ": ");
		show_function(out, s->p, path);
	}
}

/* A new thread says what it is itself; boot has a summary of its own. */
static bool has_head(const struct effects *out, enum path_id path)
{
	switch (path) {
	case PATH_kthread_create:
	case PATH_user_mode_thread:
	case PATH_start_kernel:
	case PATH_idle_task_exit:
		return false;
	case PATH_ipi_flush:
	case PATH_ipi_shoot:
		return out->count == 0;
	default:
		return true;
	}
}

void head_start(struct effects *out, const struct statement *s)
{
	const struct event *e = begun_path(s);
	enum path_id path = e ? chain_root(s->p, e->new) : PATH_NONE;
	bool plain = out->form == FORM_PLAIN;

	if (!e || out->form == FORM_JSON || !has_head(out, path))
		return;
	out->actor = e->actor;
	effects_add(out, ITEM_HEAD, path);
	if (path == PATH___schedule)
		add_switch(&out->words, s, e, plain);
	else if (path == PATH_do_execve)
		add_exec(&out->words, s, e, plain);
	else if (path == PATH_do_exit)
		add_exit(&out->words, s, e, plain);
	else if (path == PATH_exc_page_fault)
		fault_head(&out->words, s, e->actor, e->object, plain);
	else
		add_other(&out->words, s, e, path);
	effects_why(out);
	effects_end(out);
}

void head_actor(struct effects *out, const struct statement *s)
{
	const struct event *e = statement_events(s);
	bool changes = out->actor != ACTOR_NOBODY && out->actor != e->actor;

	out->actor = e->actor;
	if (!changes || out->form == FORM_JSON)
		return;
	effects_add(out, ITEM_HEAD, PATH_NONE);
	add_who(&out->words, s, e);
	if (s->chain.depth) {
		text_add(&out->words, ", in ");
		show_function(&out->words, s->p,
			      (enum path_id)s->chain.frame[0].path);
	}
	effects_why(out);
	effects_end(out);
}

/* --- a new task ----------------------------------------------------------- */

static void add_no_mm(struct text *out, bool plain)
{
	text_add(out, plain ? "mm NULL, active_mm NULL, not running"
			    : "mm NULL, active_mm NULL (not running)");
}

static void add_new_task(struct text *out, const struct statement *s, task_id t,
			 bool plain)
{
	mm_id mm = ref_mm(world_task(s->w, t)->mm);

	text_addf(out, plain ? "New task %u " : "task %u ",
		  world_task_shown(s->w, t)->pid);
	show_comm(out, s->w, t);
	text_add(out, ": ");
	if (mm == MM_NONE) {
		add_no_mm(out, plain);
		return;
	}
	show_mm(out, s->w, mm);
	if (has_one_count(s->w))
		text_addf(out, plain ? ", count %u" : "   count %u",
			  world_mm(s->w, mm)->mm_users);
	else
		text_addf(out,
			  plain ? ", users %u, count %u"
				: "   users %u  count %u",
			  world_mm(s->w, mm)->mm_users,
			  world_mm(s->w, mm)->mm_count);
}

static void add_new_task_json(struct text *out, const struct statement *s,
			      task_id t)
{
	mm_id mm = ref_mm(world_task(s->w, t)->mm);

	text_addf(out, "{\"event\":\"new\",\"obj\":\"task:%u\",\"name\":\"",
		  world_task_shown(s->w, t)->pid);
	show_comm(out, s->w, t);
	text_add(out, "\",\"mm\":");
	if (mm == MM_NONE) {
		text_add(out, "null}");
		return;
	}
	text_add(out, "\"");
	show_mm(out, s->w, mm);
	if (has_one_count(s->w))
		text_addf(out, "\",\"count\":%u}",
			  world_mm(s->w, mm)->mm_users);
	else
		text_addf(out, "\",\"mm_users\":%u,\"mm_count\":%u}",
			  world_mm(s->w, mm)->mm_users,
			  world_mm(s->w, mm)->mm_count);
}

void head_new_task(struct effects *out, const struct statement *s, task_id t)
{
	effects_add(out, out->count ? ITEM_LINE : ITEM_HEAD, PATH_NONE);
	if (out->form == FORM_JSON)
		add_new_task_json(&out->words, s, t);
	else
		add_new_task(&out->words, s, t, out->form == FORM_PLAIN);
	effects_why(out);
	effects_end(out);
}

/* --- notes ---------------------------------------------------------------- */

/* Its number is only in the events by now. */
static uint32_t freed_serial(const struct statement *s, mm_id mm)
{
	const struct event *e = statement_events(s);

	for (size_t i = 0; i < s->count; i++)
		if (e[i].kind == EV_MM_SHOWN && e[i].object == mm &&
		    e[i].field == FIELD_OF(mm_shown, serial))
			return e[i].old;
	return 0;
}

static void note_free(struct effects *out, const struct statement *s,
		      const struct event *e)
{
	uint32_t serial = freed_serial(s, e->object);

	effects_add(out, ITEM_LINE, chain_last(&s->chain));
	text_addf(&out->words,
		  out->form == FORM_JSON
			  ? "{\"event\":\"free\",\"obj\":\"mm%u\"}"
			  : "mm%u is freed",
		  serial);
	effects_why(out);
	if (out->form != FORM_JSON)
		text_add(&out->words,
			 has_one_count(s->w)
				 ? "mmput: memory, page tables and struct"
				 : "__mmdrop: its struct and its pgd");
	effects_end(out);
}

static void note_tbi(struct effects *out, const struct statement *s,
		     const struct event *e)
{
	bool all = e->arg == 2;

	effects_add(out, ITEM_LINE, chain_last(&s->chain));
	text_addf(&out->words,
		  out->form == FORM_JSON
			  ? "{\"event\":\"tbi\",\"obj\":\"cpu%u\",\"all\":%s}"
			  : "cpu%u empties its TB",
		  e->object, all ? "true" : "false");
	effects_why(out);
	if (out->form != FORM_JSON)
		text_add(&out->words,
			 all ? "tbia: of everything" : "tbiap: ASNs ran out");
	effects_end(out);
}

static void note_sleep(struct effects *out, const struct statement *s,
		       const struct event *e, bool sleeps)
{
	effects_add(out, ITEM_LINE, chain_last(&s->chain));
	if (out->form == FORM_JSON) {
		text_addf(&out->words, "{\"event\":\"%s\",\"obj\":\"task:%u\"}",
			  sleeps ? "sleep" : "wake",
			  world_task_shown(s->w, e->object)->pid);
		effects_why(out);
		effects_end(out);
		return;
	}
	show_task(&out->words, s->w, e->object);
	text_add(&out->words, sleeps ? " sleeps" : " wakes");
	effects_why(out);
	text_add(&out->words,
		 sleeps ? "vfork: until the child leaves its mm"
			: "complete_vfork_done, before mm is left");
	effects_end(out);
}

static void note_trouble(struct effects *out, const struct statement *s,
			 const struct event *e)
{
	effects_add(out, ITEM_TROUBLE, chain_last(&s->chain));
	trouble_show(&out->words, s->w, e, out->form);
	if (out->form == FORM_JSON && !out->words.failed)
		text_cut(&out->words, out->words.length - 1);
	effects_why(out);
	effects_end(out);
}

/* exec of a sole user, before 2.6: the mm is emptied and used again. */
static void note_emptied(struct effects *out, const struct statement *s,
			 const struct event *e)
{
	if (!chain_has(&s->chain, PATH_exec_mmap) ||
	    chain_has(&s->chain, PATH_mmput))
		return;
	head_actor(out, s);
	effects_add(out, ITEM_LINE, chain_last(&s->chain));
	text_add(&out->words, out->form == FORM_JSON
				      ? "{\"event\":\"emptied\",\"obj\":\""
				      : "");
	show_mm(&out->words, s->w, e->object);
	text_add(&out->words, out->form == FORM_JSON ? "\"}" : " is emptied");
	effects_why(out);
	if (out->form != FORM_JSON)
		text_add(&out->words, "exec_mmap: its sole user goes on "
				      "with it");
	effects_end(out);
}

void head_note(struct effects *out, const struct statement *s,
	       const struct event *e)
{
	switch ((enum event_kind)e->kind) {
	case EV_TBI:
		head_actor(out, s);
		note_tbi(out, s, e);
		break;
	case EV_UNMAPPED:
		note_emptied(out, s, e);
		break;
	case EV_FREE:
		head_actor(out, s);
		note_free(out, s, e);
		break;
	case EV_SLEEP:
	case EV_WAKE:
		head_actor(out, s);
		note_sleep(out, s, e, e->kind == EV_SLEEP);
		break;
	case EV_FAULT:
	case EV_FAULTED:
		fault_note(out, s, e);
		break;
	case EV_WARN:
	case EV_OOPS:
		head_actor(out, s);
		note_trouble(out, s, e);
		break;
	default:
		break;
	}
}
