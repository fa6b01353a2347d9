/*
 * do_machine.c - boot, reset, config, cpu: which machine this is
 */
#include "session/do_machine.h"

#include <string.h>

#include "base/mem.h"
#include "engine/world_alpha.h"
#include "session/commands.h"
#include "session/keep.h"
#include "session/names.h"
#include "session/narrate.h"
#include "session/say.h"
#include "session/stops.h"

enum { CPUS_MAX = 4096 };

static bool out_of_memory(struct error *e)
{
	error_set(e, STATUS_NO_ROOM, "out of memory for this machine");
	error_hint(e, "boot with fewer CPUs");
	return false;
}

/* The first entry: start_kernel on CPU 0, then the start of each other CPU. */
static bool power_on(struct history *h, const struct boot *b, const char *line)
{
	struct input in;

	if (!history_begin(h, line, 0))
		return false;
	for (uint32_t i = 0;
	     i < b->cpus && drive_boot(history_world(h), i, &in); i++) {
		uint32_t actor = history_input(h, &in).actor;

		while (history_healthy(h) &&
		       drive_next(history_world(h), history_program(h), actor,
				  true, &in))
			history_input(h, &in);
	}
	history_commit(h, false);
	return history_healthy(h);
}

static void boot_line(struct text *line, const struct boot *b)
{
	text_add(line, "boot");
	if (b->profile->arch != ARCH_X86_64)
		text_addf(line, " --arch=%s", arch_name(b->profile->arch));
	text_addf(line, " --cpus=%u --kernel=%s --seed=%u", b->cpus,
		  b->profile->name, b->seed);
}

static void replace_machine(struct amm *a, struct program *p, struct history *h,
			    const struct boot *b)
{
	session_forget_recording(a);
	history_free(a->history);
	am_free(a->program);
	a->history = h;
	a->program = p;
	a->seed = b->seed;
	a->boots++;
	a->cpu = a->selected = 0;
	a->broken = 0;
	a->shelf->marks = 0;
	a->shelf->predicted = false;
	a->reset_from = (struct moment){ 0, 0 };
	a->origin = 0;
	a->line_event = a->changed_event = history_events(h);
	stops_refresh(a);
}

bool machine_boot(struct amm *a, const struct boot *b, struct error *e)
{
	struct limits max =
		b->recording ? limits_trace(b->cpus) : limits_class(b->cpus);
	struct program *p = am_calloc(1, sizeof *p);
	struct history *h = NULL;
	struct text line = { 0 };
	bool ok = p && program_link(p, b->profile, NULL, 0);

	max.alpha = b->profile->arch == ARCH_ALPHA;
	boot_line(&line, b);
	if (ok)
		h = history_new(p, &max);
	ok = h && power_on(h, b, text_string(&line));
	if (ok) {
		if (a->history)
			keep_time_line(a);
		replace_machine(a, p, h, b);
		keep_record(a, text_string(&line));
	} else {
		history_free(h);
		am_free(p);
		out_of_memory(e);
	}
	text_free(&line);
	return ok;
}

static void hint_profiles(struct error *e, enum arch arch)
{
	const struct profile *p;
	struct text names = { 0 };

	for (uint32_t i = 0; (p = profile_at(i)) != NULL; i++)
		if (p->arch == arch)
			text_addf(&names, "%s%s", names.length ? ", " : "",
				  p->name);
	error_hint(e, "kernels: %s", text_string(&names));
	text_free(&names);
}

bool machine_profile(const char *name, struct boot *b, struct error *e)
{
	b->profile = profile_find_for(name, b->arch);
	if (b->profile)
		return true;
	error_set(e, STATUS_NO_SUCH_PROFILE, "there is no kernel '%s' on %s",
		  name, arch_name(b->arch));
	hint_profiles(e, b->arch);
	return false;
}

/* The profile is what this kernel is when it is built with that option. */
static bool set_refcount(struct boot *b, bool yes, struct error *e)
{
	const struct profile *p = b->profile;

	if (!p->refcount_y) {
		error_set(e, STATUS_NO_SUCH_OPTION,
			  "kernel %s has no choice of MMU_LAZY_TLB_REFCOUNT",
			  p->name);
		if (p->arch == ARCH_X86_64)
			error_hint(e, "it came with 6.4: boot --kernel=6.12");
		else
			error_hint(e, "there borrowers are always counted");
		return false;
	}
	b->profile =
		profile_find_for(yes ? p->refcount_y : p->refcount_n, p->arch);
	return true;
}

/* The one option that a profile has a choice of. */
static bool set_option(struct boot *b, const char *option, size_t length,
		       const char *value, struct error *e)
{
	static const char refcount[] = "MMU_LAZY_TLB_REFCOUNT";
	bool yes = strcmp(value, "y") == 0;

	if (length > 7 && strncmp(option, "CONFIG_", 7) == 0)
		option += 7, length -= 7;
	if (length != strlen(refcount) ||
	    strncmp(option, refcount, length) != 0) {
		error_set(e, STATUS_NO_SUCH_OPTION, "there is no option '%.*s'",
			  (int)length, option);
		error_hint(e, "config lists the options");
		return false;
	}
	if (!yes && strcmp(value, "n") != 0) {
		error_set(e, STATUS_NOT_A_CHOICE, "%s is y or n", refcount);
		return false;
	}
	return set_refcount(b, yes, e);
}

static bool read_options(const struct call *c, struct boot *b, struct error *e)
{
	const struct arg *x;

	for (unsigned i = 0; (x = call_flag_nth(c, "--config", i)); i++) {
		const char *eq = strchr(x->text, '=');

		if (!eq) {
			error_set(e, STATUS_FLAG_VALUE,
				  "--config takes OPTION=VALUE");
			return false;
		}
		if (!set_option(b, x->text, (size_t)(eq - x->text), eq + 1, e))
			return false;
	}
	return true;
}

static struct boot boot_now(const struct amm *a)
{
	const struct profile *p = &a->program->profile;

	return (struct boot){ .cpus = amm_live(a)->max.cpus,
			      .seed = a->seed,
			      .arch = p->arch,
			      .profile = profile_find_for(p->name, p->arch) };
}

static void tell_boot(struct amm *a)
{
	struct text m = { 0 };

	if (a->form != FORM_JSON) {
		narrate_boot(&a->out, amm_live(a), a->program, a->seed,
			     a->form);
		return;
	}
	text_add(&m, ",\"machine\":");
	narrate_boot(&m, amm_live(a), a->program, a->seed, a->form);
	say_json(a, text_string(&m));
	text_free(&m);
}

static bool read_cpus(const struct call *c, struct boot *b, struct error *e)
{
	const struct arg *cpus = call_flag(c, "--cpus");
	uint32_t max = b->arch == ARCH_ALPHA ? ALPHA_CPUS_MAX : CPUS_MAX;

	if (cpus && (cpus->number < 1 || cpus->number > max)) {
		error_set(e, STATUS_OUT_OF_RANGE, "1 to %u CPUs", max);
		error_at(e, cpus->column, cpus->length);
		return false;
	}
	if (cpus)
		b->cpus = (uint32_t)cpus->number;
	return true;
}

static bool read_seed(const struct call *c, struct boot *b, struct error *e)
{
	const struct arg *seed = call_flag(c, "--seed");

	if (seed && (seed->number < 1 || seed->number > UINT32_MAX)) {
		error_set(e, STATUS_OUT_OF_RANGE, "a seed is 1 to %u",
			  UINT32_MAX);
		error_at(e, seed->column, seed->length);
		return false;
	}
	if (seed)
		b->seed = (uint32_t)seed->number;
	return true;
}

/* The machine first: kernels go by the same names on each. */
static bool read_kernel(const struct call *c, struct boot *b, struct error *e)
{
	const struct arg *arch = call_flag(c, "--arch");
	const struct arg *kernel = call_flag(c, "--kernel");

	if (arch && strcmp(arch->text, arch_name(ARCH_ALPHA)) == 0)
		b->arch = ARCH_ALPHA;
	return machine_profile(kernel ? kernel->text : profile_at(0)->name, b,
			       e);
}

bool do_boot(struct amm *a, const struct call *c, struct error *e)
{
	struct boot b = { .cpus = 2, .seed = 1 };

	if (!read_kernel(c, &b, e) || !read_cpus(c, &b, e) ||
	    !read_seed(c, &b, e) || !read_options(c, &b, e))
		return false;
	if (a->held)
		b.profile = a->held;
	if (!machine_boot(a, &b, e))
		return false;
	tell_boot(a);
	return true;
}

static void forget_marks(struct amm *a)
{
	a->stops->count = 0;
	a->shelf->marks = 0;
	a->shelf->rules = 0;
}

/* To the state after boot, or to where a step began; undo comes back. */
bool do_reset(struct amm *a, const struct call *c, struct error *e)
{
	struct moment from = history_now(a->history);

	const struct entry *x = history_entry(a->history, a->origin);

	if (!travel(a, (struct moment){ a->origin, x->statements }, e))
		return false;
	if (call_flag(c, "--all"))
		forget_marks(a);
	a->reset_from = from;
	return true;
}

static void show_options(struct amm *a)
{
	const struct profile *p = &a->program->profile;
	const char *value = p->lazy_refcount ? "y" : "n";
	struct text m = { 0 };

	if (a->form == FORM_JSON) {
		text_add(&m, ",\"config\":{");
		if (p->refcount_y)
			text_addf(&m, "\"MMU_LAZY_TLB_REFCOUNT\":\"%s\"",
				  value);
		text_add(&m, "}");
		say_json(a, text_string(&m));
		text_free(&m);
	} else if (p->refcount_y) {
		text_addf(&a->out, "MMU_LAZY_TLB_REFCOUNT=%s\n", value);
	} else {
		text_addf(&a->out, "kernel %s has no option to choose\n",
			  p->name);
	}
}

bool do_config(struct amm *a, const struct call *c, struct error *e)
{
	struct boot b = boot_now(a);

	if (c->args == 0) {
		show_options(a);
		return true;
	}
	if (c->args == 1) {
		if (!set_option(&b, c->arg[0].text, strlen(c->arg[0].text),
				b.profile->lazy_refcount ? "y" : "n", e))
			return false;
		show_options(a);
		return true;
	}
	if (!set_option(&b, c->arg[0].text, strlen(c->arg[0].text),
			c->arg[1].text, e))
		return false;
	if (a->form != FORM_JSON)
		text_add(&a->out, "a kernel is configured before it is built: "
				  "this boots anew\n");
	if (!machine_boot(a, &b, e))
		return false;
	tell_boot(a);
	return true;
}

bool do_cpu(struct amm *a, const struct call *c, struct error *e)
{
	if (c->args && !names_cpu(a, &c->arg[0], &a->cpu, e))
		return false;
	if (c->args)
		a->selected = a->cpu;
	if (a->form == FORM_JSON) {
		struct text m = { 0 };

		text_addf(&m, ",\"selected\":%u", a->cpu);
		say_json(a, text_string(&m));
		text_free(&m);
	} else if (c->args == 0) {
		text_addf(&a->out, "cpu%u is selected\n", a->cpu);
	}
	return true;
}
