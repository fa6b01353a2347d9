/*
 * trouble.c - refusals, complaints, broken invariants
 */
#include "session/trouble.h"

#include <assert.h>

#include "session/show.h"

/* --- refused -------------------------------------------------------------- */

static const struct {
	const char *code, *text, *help;
} refusals[] = {
	[REFUSED_NOT] = { "", "", "" },
#define REFUSAL(id, code, text, help) [REFUSED_##id] = { code, text, help },
#include "engine/refusal.def"
#undef REFUSAL
};

static void add_path(struct text *out, const struct program *p,
		     enum path_id path)
{
	if (path == PATH_NONE)
		text_add(out, "a kernel path");
	else
		show_function(out, p, path);
}

/* The first kernel of this machine that has @path. */
static const char *who_has(const struct program *p, enum path_id path)
{
	const struct profile *other;

	for (uint32_t i = 0; (other = profile_at(i)) != NULL; i++) {
		const struct path *paths[PATHS] = { NULL };

		other->paths(paths);
		if (other->arch == p->profile.arch && paths[path])
			return other->name;
	}
	return "6.12";
}

static void add_refused_letter(struct text *out, const struct world *w,
			       const struct program *p, const struct verdict *v,
			       char letter)
{
	switch (letter) {
	case 't':
		text_add(out, "'");
		show_comm(out, w, v->task);
		text_addf(out, "' (PID %u)", world_task_shown(w, v->task)->pid);
		break;
	case 'c':
		text_addf(out, "%u", v->cpu);
		break;
	case 'm':
		show_mm(out, w, v->mm);
		break;
	case 'n':
		text_addf(out, "%u", v->number);
		break;
	case 'K':
		text_add(out, who_has(p, v->path));
		break;
	case 'p':
		add_path(out, p, v->path);
		break;
	default:
		text_add(out, p->profile.name);
		break;
	}
}

static void expand(struct text *out, const struct world *w,
		   const struct program *p, const struct verdict *v,
		   const char *template)
{
	for (; *template; template ++)
		if (*template == '%' && template[1])
			add_refused_letter(out, w, p, v, *++template);
		else
			text_addc(out, *template, 1);
}

bool trouble_refused(struct error *e, const struct world *w,
		     const struct program *p, const struct verdict *v)
{
	struct text message = { 0 }, hint = { 0 };
	enum status s = status_find(refusals[v->why].code);

	assert(v->why != REFUSED_NOT && s != STATUS_OK);
	expand(&message, w, p, v, refusals[v->why].text);
	expand(&hint, w, p, v, refusals[v->why].help);
	error_set(e, s, "%s", text_string(&message));
	error_hint(e, "%s", text_string(&hint));
	text_free(&message);
	text_free(&hint);
	return false;
}

/* --- the simulated kernel complains --------------------------------------- */

/* %t the task of the event, %m the mm. */
static const struct {
	const char *code, *message, *hint;
} complaints[TROUBLE_COUNT] = {
	[TROUBLE_NONE] = { "none", "nothing", NULL },
	[TROUBLE_USE_MM_NOT_KTHREAD] = { "WARN kthread_use_mm",
					 "current task '%t' is not a kernel "
					 "thread (PF_KTHREAD)",
					 "the kernel warns here and goes on" },
	[TROUBLE_USE_MM_HAS_MM] = { "WARN kthread_use_mm",
				    "current task '%t' has an mm already",
				    "kthread_unuse_mm comes first" },
	[TROUBLE_UNUSE_MM_NO_MM] = { "WARN kthread_unuse_mm",
				     "current task '%t' uses no mm",
				     "kthread_use_mm comes first" },
	[TROUBLE_DROP_INIT_MM] = { "BUG __mmdrop",
				   "the last reference of init_mm is dropped",
				   "init_mm is never freed: somebody gave back "
				   "too much" },
	[TROUBLE_DROP_CURRENT_MM] = { "WARN __mmdrop",
				      "%m is freed while the current task has "
				      "it "
				      "as mm",
				      "a count is missing: ledger shows who "
				      "gave it back" },
	[TROUBLE_DROP_CURRENT_ACTIVE] = { "WARN __mmdrop",
					  "%m is freed while the current task "
					  "runs on "
					  "it (active_mm)",
					  "a borrower did not count: why and "
					  "ledger show it" },
	[TROUBLE_EXIT_ACTIVE] = { "BUG exit_mm",
				  "active_mm of '%t' is not its mm", NULL },
	[TROUBLE_IDLE_NOT_IDLE] = { "BUG idle_task_exit",
				    "'%t' is not the idle task of a dying "
				    "CPU",
				    NULL },
	[TROUBLE_SHOOT_HAS_MM] = { "WARN do_shoot_lazy_tlb",
				   "'%t' has an mm: it is no borrower", NULL },
	[TROUBLE_FAULT] = { "page_fault_oops",
			    "a bad access of the kernel, in '%t': no entry in "
			    "the exception table",
			    "user memory is for copy_from_user(): --fixup" },
	[TROUBLE_FAULT_NO_MM] = { "page_fault_oops",
				  "'%t' has no mm and touches a user address "
				  "through a plain pointer",
				  "a borrowed mm is not the borrower's; "
				  "copy_from_user() would get -EFAULT" },
	[TROUBLE_VMA_OF_NULL] = { "NULL pointer",
				  "VMAs of mm NULL are looked up: '%t' was "
				  "taken for a task with an mm",
				  "a borrower is known by !current->mm" },
	[TROUBLE_IDLE_NOT_INIT_MM] = { "WARN finish_cpu",
				       "the idle task of a dead CPU does not "
				       "borrow init_mm",
				       "sched_force_init_mm comes first" },
	[TROUBLE_TLB_OTHER] = { "BUG switch_mm",
				"cpu_tlbstate.active_mm is another mm than the "
				"one that '%t' runs on",
				NULL },
	[TROUBLE_PREV_BORROWS_NONE] = { "BUG schedule",
					"'%t' runs and has no active_mm",
					NULL },
	[TROUBLE_NEXT_BORROWS] = { "BUG schedule",
				   "next has no mm, is on no CPU, and borrows",
				   "active_mm is cleared when it is switched "
				   "away" },
	[TROUBLE_NEXT_NOT_OWN] = { "BUG schedule",
				   "next has an mm and another active_mm",
				   NULL },
	[TROUBLE_LEAVE_NOT_LAZY] = { "WARN leave_mm",
				     "the CPU of '%t' is not lazy", NULL },
	[TROUBLE_DEAD_MM] = { "use-after-free",
			      "a counter of a freed mm is touched",
			      "go one statement back: why and ledger name who "
			      "held it" },
};

const char *trouble_code(const struct event *e)
{
	return complaints[e->arg < TROUBLE_COUNT ? e->arg : 0].code;
}

static const char *trouble_hint(const struct event *e)
{
	return complaints[e->arg < TROUBLE_COUNT ? e->arg : 0].hint;
}

void trouble_message(struct text *out, const struct world *w,
		     const struct event *e)
{
	const char *s = complaints[e->arg < TROUBLE_COUNT ? e->arg : 0].message;

	for (; *s; s++)
		if (*s != '%')
			text_addc(out, *s, 1);
		else if (*++s == 't')
			show_comm(out, w, e->object);
		else
			show_mm(out, w, e->object);
}

void trouble_show(struct text *out, const struct world *w,
		  const struct event *e, enum form form)
{
	struct text message = { 0 };
	struct complaint c = { .oops = e->kind == EV_OOPS,
			       .code = trouble_code(e),
			       .hint = trouble_hint(e) };

	trouble_message(&message, w, e);
	c.message = text_string(&message);
	complaint_show(out, &c, form);
	text_free(&message);
}

/* --- a broken invariant --------------------------------------------------- */

static void add_broken_object(struct text *out, const struct world *w,
			      const struct broken *b)
{
	switch (invariant_about(b->invariant)) {
	case EV_MM:
		show_mm(out, w, b->object);
		break;
	case EV_TASK:
		show_task(out, w, b->object);
		break;
	default:
		text_addf(out, "cpu%u", b->object);
		break;
	}
}

static void broken_json(struct text *out, const struct broken *b,
			const char *object, const char *where)
{
	text_addf(out, "{\"broken\":{\"invariant\":\"%s\",\"text\":",
		  invariant_name(b->invariant));
	show_quoted(out, invariant_text(b->invariant));
	text_add(out, ",\"object\":");
	show_quoted(out, object);
	text_addf(out, ",\"expected\":%u,\"found\":%u,\"t\":\"%s\"}}\n",
		  b->expected, b->found, where);
}

void trouble_broken(struct text *out, const struct world *w,
		    const struct broken *b, const char *where, enum form form)
{
	struct text object = { 0 };

	add_broken_object(&object, w, b);
	if (form == FORM_JSON)
		broken_json(out, b, text_string(&object), where);
	else
		text_addf(out,
			  form == FORM_PLAIN
				  ? "Broken invariant %s at %s, about %s: %s. "
				    "Expected %u, found %u.\n"
				  : "broken[%s] at %s: %s\n  %s\n"
				    "  expected %u, found %u\n",
			  invariant_name(b->invariant), where,
			  text_string(&object), invariant_text(b->invariant),
			  b->expected, b->found);
	text_free(&object);
}
