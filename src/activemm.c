/*
 * activemm.c - the public API over the session and the layers above it
 */
#include "activemm.h"

#include "course/teach.h"
#include "explore/do_explore.h"
#include "session/complete.h"
#include "session/conversation.h"
#include "session/do_files.h"
#include "session/do_lua.h"
#include "session/glance.h"
#include "session/luaname.h"
#include "session/show.h"
#include "trace/do_import.h"

_Static_assert((int)AMM_NO == OUTCOME_NO && (int)AMM_USAGE == OUTCOME_USAGE &&
		       (int)AMM_LUA == OUTCOME_LUA &&
		       (int)AMM_BROKEN == OUTCOME_BROKEN &&
		       (int)AMM_FILE == OUTCOME_FILE &&
		       (int)AMM_LIMIT == OUTCOME_LIMIT &&
		       (int)AMM_INTERNAL == OUTCOME_INTERNAL &&
		       (int)AMM_INTERRUPTED == OUTCOME_INTERRUPTED,
	       "one list of statuses");

static const struct upper upper = {
	.teaching = &course_teaching,
	.explore = do_explore,
	.import_trace = do_import_trace,
	.import_position = recording_position,
	.recording_free = recording_free,
};

struct amm *amm_new(const struct amm_config *config, const char **why)
{
	const struct session_config c = {
		.cpus = config->cpus,
		.kernel = config->kernel,
		.seed = config->seed,
		.json = config->json,
		.plain = config->plain,
		.batch = config->batch,
		.no_shell = config->no_shell,
		.journal = config->journal,
	};

	return session_new(&c, &upper, why);
}

void amm_free(struct amm *a)
{
	session_free(a);
}

enum amm_status amm_source(struct amm *a, const char *name)
{
	return (enum amm_status)session_do_file(a, name);
}

enum amm_status amm_do(struct amm *a, const char *line, size_t length)
{
	return (enum amm_status)session_do(a, line, length);
}

const char *amm_text(const struct amm *a)
{
	return text_string(&a->out);
}

bool amm_wants_more(const char *line, size_t length)
{
	return lex_wants_more(line, length);
}

bool amm_verb_at(unsigned n, struct amm_verb *verb)
{
	return n < CMD_COUNT && luaname_verb((enum cmd)n, verb);
}

bool amm_item_at(unsigned n, unsigned item, struct amm_item *out)
{
	return luaname_item((enum cmd)n, item, out);
}

void amm_set_script(struct amm *a, const struct amm_script *script)
{
	a->script = script;
}

enum amm_status amm_run(struct amm *a, const struct amm_request *r)
{
	return (enum amm_status)script_run(a, r);
}

void amm_effects(struct amm *a)
{
	script_effects(a);
}

void amm_complain(struct amm *a, const char *why)
{
	text_clear(&a->complaint);
	text_add(&a->complaint, why);
}

enum amm_status amm_eval(struct amm *a, const char *expression, size_t length)
{
	return (enum amm_status)script_eval(a, expression, length);
}

const char *amm_now(struct amm *a)
{
	text_clear(&a->prompt);
	show_moment(&a->prompt, history_now(a->history));
	return text_string(&a->prompt);
}

uint32_t amm_generation(const struct amm *a)
{
	return a->boots;
}

const char *amm_said(const struct amm *a)
{
	return text_string(&a->said);
}

const char *amm_code(const struct amm *a)
{
	return a->code;
}

void amm_say(struct amm *a, const char *bytes, size_t length)
{
	script_say(a, bytes, length);
}

bool amm_interrupted(const struct amm *a)
{
	return a->interrupted != 0;
}

bool amm_leave(struct amm *a)
{
	return session_leave(a);
}

const char *amm_prompt(struct amm *a)
{
	return session_prompt(a);
}

bool amm_quits(const struct amm *a)
{
	return a->quit;
}

void amm_finish(struct amm *a)
{
	session_finish(a);
}

void amm_interrupt(struct amm *a)
{
	a->interrupted = 1;
}

void amm_watch(struct amm *a, void (*tick)(void *context), void *context)
{
	a->tick = tick;
	a->tick_context = context;
}

void amm_set_tui(struct amm *a, enum amm_tui tui)
{
	a->tui = tui;
}

enum amm_tui amm_tui(const struct amm *a)
{
	return a->tui;
}

const struct world *amm_world(const struct amm *a)
{
	return amm_live(a);
}

uint64_t amm_events(const struct amm *a)
{
	return history_events(a->history);
}

uint64_t amm_since(const struct amm *a)
{
	return session_since(a);
}

bool amm_scan(const struct amm *a, uint64_t first,
	      bool (*seen)(void *context, uint64_t number,
			   const struct event *e),
	      void *context)
{
	return history_scan(a->history, first, UINT64_MAX, seen, context);
}

struct amm_model amm_model(const struct amm *a)
{
	const struct profile *p = &a->program->profile;
	bool alpha = p->arch == ARCH_ALPHA;

	return (struct amm_model){
		.base = alpha          ? "ptbr"
			: p->one_count ? "CR3"
				       : "loaded",
		.one_count = p->one_count,
		.cpumask = !alpha && !p->one_count,
		.asn = alpha,
	};
}

void amm_say_task(const struct amm *a, struct text *out, task_id t)
{
	glance_task(out, amm_live(a), t);
}

void amm_say_comm(const struct amm *a, struct text *out, task_id t)
{
	show_comm(out, amm_live(a), t);
}

void amm_say_mm(const struct amm *a, struct text *out, mm_id mm)
{
	show_mm(out, amm_live(a), mm);
}

void amm_say_function(const struct amm *a, struct text *out, uint32_t pc)
{
	show_function(out, a->program, (enum path_id)a->program->flat[pc].path);
}

char amm_state_letter(uint32_t state, uint32_t exit_state)
{
	return show_state_letter(state, exit_state);
}

cpu_id amm_selected(const struct amm *a)
{
	return a->selected;
}

void amm_holders(const struct amm *a, mm_id mm,
		 bool (*seen)(void *context, const char *name, uint32_t counts),
		 void *context)
{
	bool users = amm_model(a).one_count;

	glance_holders(amm_live(a), mm, users ? OWNS_USER : OWNS_COUNT, seen,
		       context);
}

size_t amm_complete(struct amm *a, const char *line, size_t at,
		    void (*offer)(void *context, const char *word,
				  const char *about),
		    void *context)
{
	const struct scene scene = {
		.view = { .world = amm_live(a), .cpu = a->selected },
		.program = a->program,
		.shelf = a->shelf,
	};
	const struct offers to = { offer, context };

	return complete_line(&scene, line, at, &to);
}

const char *amm_unfinished(struct amm *a)
{
	return session_unfinished(a);
}

enum amm_status amm_resume(struct amm *a)
{
	session_resume(a);
	return (enum amm_status)a->outcome;
}

void amm_discard(struct amm *a)
{
	session_discard(a);
}
