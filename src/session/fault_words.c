/*
 * fault_words.c - a page fault, and what became of it, in words
 */
#include "session/fault_words.h"

#include "engine/fault.h"
#include "session/show.h"

/* How the access is made: its flags of the command say the same. */
static const char *access_of(uint32_t code)
{
	if (code & X86_PF_USER)
		return "in user mode";
	if (code & FAULT_FIXUP)
		return "by copy_from_user()";
	return "through a plain pointer";
}

static unsigned long long address_of(uint32_t low, uint32_t high)
{
	return (unsigned long long)high << 32 | low;
}

void fault_head(struct text *out, const struct statement *s, cpu_id cpu,
		uint32_t stack, bool plain)
{
	const uint32_t *n = world_stack(s->w, stack)->number;

	if (!plain)
		text_addf(out, "cpu%u ", cpu);
	show_task(out, s->w, world_cpu(s->w, cpu)->current);
	text_addf(out, " faults at 0x%llx", address_of(n[1], n[2]));
	if (plain)
		text_addf(out, " on CPU %u", cpu);
	text_addf(out, ", %s%s", access_of(n[0]),
		  n[0] & X86_PF_INSTR ? ", fetching an instruction" : "");
	if (n[0] & FAULT_DISABLED)
		text_add(out, ", with page faults disabled");
}

/* --- what becomes of it --------------------------------------------------- */

/* Why the question of the fault path has the answer it has. */
static void add_reason(struct text *out, const struct statement *s,
		       const struct event *e)
{
	const struct task *t = world_task(s->w, e->object);

	if (e->arg == FAULT_LOOKUP) {
		text_add(out, "current->mm is ");
		show_mm(out, s->w, ref_mm(t->mm));
		text_add(out, ": next its VMAs, but pages have no contents "
			      "in this machine yet");
	} else if (e->arg == FAULT_SIGSEGV) {
		text_add(out, "bad_area_nosemaphore, in user mode: a signal");
	} else if (e->old & FAULT_KERNEL_HALF) {
		text_add(out, "a bad address of the kernel half");
	} else if (e->old & FAULT_DISABLED) {
		text_add(out, "page faults are disabled here: nobody is asked "
			      "for an mm");
	} else if (ref_mm(t->mm) == MM_INIT) {
		text_add(out, "mm == &init_mm: a kernel thread has no user "
			      "addresses");
	} else if (ref_mm(t->mm) != MM_NONE) {
		text_add(out, "the exception table has an entry for the "
			      "access");
	} else {
		text_add(out, "!current->mm: it borrows ");
		show_mm(out, s->w, ref_mm(t->active_mm));
		text_add(out, ", and what is borrowed is not touched");
	}
}

static const char *end_of(const struct event *e, enum form form)
{
	static const char *const json[] = {
		[FAULT_LOOKUP] = "lookup",
		[FAULT_EFAULT] = "-EFAULT",
		[FAULT_SIGSEGV] = "SIGSEGV",
		[FAULT_OOPS] = "oops",
	};
	static const char *const words[] = {
		[FAULT_LOOKUP] = "may go on",
		[FAULT_EFAULT] = "-EFAULT",
		[FAULT_SIGSEGV] = "SIGSEGV",
		[FAULT_OOPS] = "oops",
	};
	static const char *const plain[] = {
		[FAULT_LOOKUP] = "The fault may go on",
		[FAULT_EFAULT] = "The access returns -EFAULT",
		[FAULT_SIGSEGV] = "The task gets SIGSEGV",
		[FAULT_OOPS] = "The kernel oopses",
	};

	return (form == FORM_JSON    ? json
		: form == FORM_PLAIN ? plain
				     : words)[e->arg];
}

static void fault_json(struct text *out, const struct statement *s,
		       const struct event *e)
{
	text_addf(out, "{\"event\":\"%s\",\"obj\":\"",
		  event_kind_name((enum event_kind)e->kind));
	show_task_key(out, s->w, e->object);
	if (e->kind == EV_FAULT)
		text_addf(out,
			  "\",\"address\":\"0x%llx\",\"user\":%s,"
			  "\"fixup\":%s}",
			  address_of(e->old, e->new),
			  e->arg & X86_PF_USER ? "true" : "false",
			  e->arg & FAULT_FIXUP ? "true" : "false");
	else
		text_addf(out, "\",\"end\":\"%s\"}", end_of(e, FORM_JSON));
}

bool fault_note(struct effects *out, const struct statement *s,
		const struct event *e)
{
	/* The head told of the fault, and the oops tells itself. */
	if (out->form != FORM_JSON &&
	    (e->kind == EV_FAULT || e->arg == FAULT_OOPS))
		return false;
	effects_add(out, ITEM_LINE, chain_last(&s->chain));
	if (out->form == FORM_JSON)
		fault_json(&out->words, s, e);
	else
		text_add(&out->words, end_of(e, out->form));
	effects_why(out);
	if (out->form != FORM_JSON)
		add_reason(&out->words, s, e);
	effects_end(out);
	return true;
}
