/*
 * look_model.c - info model, context, export json
 */
#include <fcntl.h>
#include <string.h>

#include "base/save.h"
#include "session/do_files.h"
#include "session/look.h"
#include "session/say.h"
#include "session/show.h"
#include "session/state.h"
#include "session/wrap.h"

/* --- info model ----------------------------------------------------------- */

#define SIMULATED_ON_ALL \
	"task_struct mm and active_mm, mm_users and mm_count, the " \
	"scheduler's " \
	"borrow, hand-on and release, exit, exec, fork, vfork, threads, " \
	"kernel threads with kthread_use_mm, outside holders, CPU up and "

static const char *const simulated[ARCHES] = {
	[ARCH_X86_64] = SIMULATED_ON_ALL
	"down, loaded_mm, is_lazy, mm_cpumask, flushes with their "
	"interrupts: each kernel statement that another CPU can "
	"observe, one at a time, on any CPU.",
	[ARCH_ALPHA] = SIMULATED_ON_ALL
	"down; for each task a hardware PCB with page-table base "
	"(PTBR) and ASN; swpctx, which loads them with the registers "
	"in one statement; context[cpu], cpu_last_asn, asn_lock and "
	"need_new_asn; ASNs up to 127 (EV5), then tbiap and a new "
	"version; flushes with their interrupts: there is no lazy flag "
	"and no mm_cpumask, each CPU is asked and gives the mm a new "
	"ASN, or none until it runs there. Each kernel statement that "
	"another CPU can observe, one at a time, on any CPU.",
};

static const struct {
	const char *name, *text;
} model[] = {
	{ "simplified",
	  "One run queue order, chosen by you. Page tables are there or not; "
	  "no walk yet. A flush is by mm, its range does not matter. Locks are "
	  "words. Memory is always found until a limit of the machine." },
	{ "left out",
	  "Contents of TLBs, PCIDs, ASIDs; files, signals but for exit; "
	  "priorities, time slices; RCU and PREEMPT_RT variants; io_uring." },
};

/* Kernel 2.2: what is simulated of it. */
static const char one_count[] =
	"task_struct mm, the one count of an mm_struct, init_mm as the mm of "
	"kernel threads, the switch with its load of CR3 and flush of the "
	"whole TLB, exit, exec, fork, vfork, threads, outside holders, "
	"flush_tlb_mm with its interrupts: each kernel statement that another "
	"CPU can observe, one at a time, on any CPU.";

bool look_info_model(struct amm *a, const struct call *c, struct error *e)
{
	const struct profile *p = &a->program->profile;
	struct text members = { 0 };

	(void)c;
	(void)e;
	text_addf(&members,
		  ",\"arch\":\"%s\",\"kernel\":\"%s\",\"source\":\"%s\","
		  "\"refcount\":%s,"
		  "\"shootdown\":%s",
		  profile_machine(p), p->name, p->kernel,
		  p->lazy_refcount ? "true" : "false",
		  p->lazy_shootdown ? "true" : "false");
	if (a->form == FORM_JSON) {
		say_json(a, text_string(&members));
		text_free(&members);
		return true;
	}
	text_free(&members);
	text_addf(&a->out, "kernel %s, after the source of %s, on %s\n",
		  p->name, p->kernel, profile_machine(p));
	if (p->note)
		wrap_text(&a->out, p->note, 2);
	text_add(&a->out, "simulated:\n");
	wrap_text(&a->out, p->one_count ? one_count : simulated[p->arch], 2);
	for (size_t i = 0; i < sizeof model / sizeof *model; i++) {
		text_addf(&a->out, "%s:\n", model[i].name);
		wrap_text(&a->out, model[i].text, 2);
	}
	text_add(&a->out, "'list' shows the functions and their sources.\n");
	return true;
}

/* --- context -------------------------------------------------------------- */

static void section_tasks(struct amm *a)
{
	static const struct chosen_tasks all;

	look_tasks(a, &all);
}

static void section_list(struct amm *a)
{
	const struct flat_op *op = actor_op(amm_live(a), a->program, a->cpu);

	if (op)
		look_list_of(a, (enum path_id)op->path, a->cpu);
	else if (a->form != FORM_JSON)
		text_addf(&a->out, "cpu%u is inside no kernel path\n", a->cpu);
}

static void section_log(struct amm *a)
{
	static const struct call all;
	struct error e = { 0 };

	look_log(a, &all, &e);
}

static const struct {
	const char *name;
	void (*show)(struct amm *a);
} sections[] = {
	{ "cpus", look_cpus },  { "tasks", section_tasks },
	{ "mms", look_mms },    { "list", section_list },
	{ "log", section_log },
};

enum { SECTIONS = sizeof sections / sizeof *sections };

static int section_find(const char *name)
{
	for (int i = 0; i < SECTIONS; i++)
		if (strcmp(sections[i].name, name) == 0)
			return i;
	return -1;
}

static void show_section(struct amm *a, int i)
{
	if (a->form == FORM_HUMAN)
		text_addf(&a->out, "--- %s\n", sections[i].name);
	sections[i].show(a);
}

bool look_context(struct amm *a, const struct call *c, struct error *e)
{
	bool all = c->args == 0;

	for (unsigned i = 0; i < c->args; i++) {
		if (strcmp(c->arg[i].text, "all") == 0) {
			all = true;
		} else if (section_find(c->arg[i].text) < 0) {
			error_set(e, STATUS_NOT_A_CHOICE,
				  "there is no section '%s'", c->arg[i].text);
			error_hint(e, "cpus, tasks, mms, list, log or all");
			error_at(e, c->arg[i].column, c->arg[i].length);
			return false;
		}
	}
	for (int i = 0; i < SECTIONS && all; i++)
		show_section(a, i);
	for (unsigned i = 0; i < c->args && !all; i++)
		show_section(a, section_find(c->arg[i].text));
	return true;
}

/* --- export json ---------------------------------------------------------- */

static void export_state(struct amm *a)
{
	look_cpus(a);
	section_tasks(a);
	look_mms(a);
}

static bool export_what(struct amm *a, const char *what, struct error *e)
{
	static const struct call all;

	if (strcmp(what, "timeline") == 0)
		return look_timeline(a, &all, e);
	if (strcmp(what, "ledger") == 0)
		return look_ledger(a, &all, e);
	export_state(a);
	return true;
}

/* What the commands say as JSON, taken back from the output. */
static bool collect(struct amm *a, const char *what, struct text *to,
		    struct error *e)
{
	enum form form = a->form;
	size_t from = a->out.length;
	bool ok;

	a->form = FORM_JSON;
	ok = export_what(a, what, e);
	a->form = form;
	text_append(to, text_string(&a->out) + from, a->out.length - from);
	text_cut(&a->out, from);
	return ok;
}

bool do_export_json(struct amm *a, const struct call *c, struct error *e)
{
	const struct arg *what = call_flag(c, "--what");
	struct text file = { 0 }, why = { 0 };
	bool ok = collect(a, what ? what->text : "state", &file, e);

	if (ok && !save_over(AT_FDCWD, c->arg[0].text, &file, &why))
		ok = file_failed(e, &why);
	if (ok && a->form == FORM_JSON)
		say_json(a, "");
	else if (ok)
		text_addf(&a->out, "wrote %s\n", c->arg[0].text);
	text_free(&file);
	text_free(&why);
	return ok;
}
