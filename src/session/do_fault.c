/*
 * do_fault.c - fault: a page fault of the current task
 */
#include "engine/fault.h"
#include "session/commands.h"
#include "session/run.h"

/* An access is made in one way: in user mode, guarded, or plain. */
static bool one_way(const struct call *c, struct error *e)
{
	static const char *const ways[] = { "--user", "--fixup", "--raw" };
	unsigned given = 0;

	for (size_t i = 0; i < 3; i++)
		given += call_flag(c, ways[i]) != NULL;
	if (given < 2)
		return true;
	error_set(e, STATUS_FLAG_VALUE,
		  "--user, --fixup and --raw exclude each other");
	error_hint(e, "user mode, copy_from_user(), or a plain pointer");
	return false;
}

/* Whoever has a user mode is taken to be in it, unless the flags say more. */
static uint32_t code_of(const struct amm *a, const struct call *c)
{
	const struct world *w = amm_live(a);
	task_id t = world_cpu(w, a->cpu)->current;
	bool fixup = call_flag(c, "--fixup") != NULL;
	bool raw = call_flag(c, "--raw") != NULL;
	bool user = call_flag(c, "--user") != NULL ||
		    (!fixup && !raw && has_user_mode(w, t));
	uint32_t code = 0;

	if (user)
		code |= X86_PF_USER;
	else if (!raw)
		code |= FAULT_FIXUP | FAULT_AC;
	if (call_flag(c, "--fetch"))
		code |= X86_PF_INSTR;
	if (call_flag(c, "--atomic"))
		code |= FAULT_DISABLED;
	return code;
}

bool do_fault(struct amm *a, const struct call *c, struct error *e)
{
	struct input in = { .kind = IN_VERB,
			    .verb = VERB_fault,
			    .actor = (uint16_t)a->cpu,
			    .arg = { code_of(a, c), (uint32_t)c->arg[0].number,
				     (uint32_t)(c->arg[0].number >> 32) } };

	return one_way(c, e) && run_verb(a, &in, e);
}
