/*
 * dispatch.c - which function each command of the table is
 */
#include "session/commands.h"
#include "session/do_lua.h"
#include "session/stops.h"

static command_fn *const functions[] = {
#define ACTION(ID, name) [CMD_##ID] = do_##name
#define LOOK(ID, name) [CMD_##ID] = look_##name
	ACTION(SPAWN, spawn),
	ACTION(FORK, fork),
	ACTION(VFORK, vfork),
	ACTION(CLONE, clone),
	ACTION(KTHREAD, kthread),
	ACTION(USER_MODE_THREAD, user_mode_thread),
	ACTION(EXEC, exec),
	ACTION(EXIT, exit),
	ACTION(SWITCH, switch),
	ACTION(SCHEDULE, schedule),
	ACTION(PREEMPT, preempt),
	ACTION(IDLE, idle),
	ACTION(WAKE, wake),
	ACTION(BLOCK, block),
	ACTION(MIGRATE, migrate),
	ACTION(WAIT, wait),
	ACTION(KTHREAD_USE_MM, kthread_use_mm),
	ACTION(KTHREAD_UNUSE_MM, kthread_unuse_mm),
	ACTION(MMGET, mmget),
	ACTION(MMPUT, mmput),
	ACTION(MMGRAB, mmgrab),
	ACTION(MMDROP, mmdrop),
	ACTION(GET_TASK_MM, get_task_mm),
	ACTION(MMGET_NOT_ZERO, mmget_not_zero),
	ACTION(MMPUT_ASYNC, mmput_async),
	ACTION(RUN_WORK, run_work),
	ACTION(FAULT, fault),
	ACTION(FLUSH, flush),
	ACTION(IPI, ipi),
	ACTION(CPU_DOWN, cpu_down),
	ACTION(CPU_UP, cpu_up),
	ACTION(ANON, anon),
	ACTION(START_LAZY_TLB, start_lazy_tlb),
	ACTION(END_LAZY_TLB, end_lazy_tlb),

	ACTION(BOOT, boot),
	ACTION(RESET, reset),
	ACTION(CONFIG, config),
	ACTION(CPU, cpu),

	LOOK(PS, ps),
	LOOK(TASK, task),
	LOOK(MM, mm),
	LOOK(WHY, why),
	LOOK(LEDGER, ledger),
	LOOK(RUNQ, runq),
	LOOK(LIST, list),
	LOOK(BT, bt),
	LOOK(LOG, log),
	LOOK(PRINT, print),
	LOOK(INFO_CPUS, info_cpus),
	LOOK(INFO_MODEL, info_model),
	LOOK(DIFF, diff),
	LOOK(TIMELINE, timeline),
	LOOK(CONTEXT, context),
	LOOK(INFO_BREAKPOINTS, info_breakpoints),
	LOOK(INFO_WATCHPOINTS, info_watchpoints),
	LOOK(INFO_DISPLAY, info_display),
	LOOK(INFO_BOOKMARKS, info_bookmarks),
	LOOK(INFO_INVARIANTS, invariant_list),
	ACTION(STEP, step),
	ACTION(NEXT, next),
	ACTION(FINISH, finish),
	ACTION(BEGIN, begin),
	ACTION(CONTINUE, continue),
	ACTION(UNTIL, until),
	ACTION(REVERSE_STEP, reverse_step),
	ACTION(REVERSE_NEXT, reverse_next),
	ACTION(REVERSE_FINISH, reverse_finish),
	ACTION(REVERSE_CONTINUE, reverse_continue),
	ACTION(UNDO, undo),
	ACTION(REDO, redo),
	ACTION(GOTO, goto),
	ACTION(BOOKMARK, bookmark),
	ACTION(BREAK, break),
	ACTION(TBREAK, tbreak),
	ACTION(WATCH, watch),
	ACTION(DISPLAY, display),
	ACTION(UNDISPLAY, undisplay),
	ACTION(DELETE, delete),
	ACTION(ENABLE, enable),
	ACTION(DISABLE, disable),

	ACTION(COMPARE, compare),
	ACTION(ASSERT, assert),
	LOOK(INVARIANT_LIST, invariant_list),
	ACTION(INVARIANT_ON, invariant_on),
	ACTION(INVARIANT_OFF, invariant_off),
	ACTION(INVARIANT_ADD, invariant_add),

	ACTION(SAVE, save),
	ACTION(LOAD, load),
	ACTION(SOURCE, source),
	ACTION(LUA, lua),
	ACTION(EXPORT_JSON, export_json),
	ACTION(EXPORT_TRANSCRIPT, export_transcript),
	ACTION(SET, set),
	ACTION(SHOW, show),
	ACTION(ALIAS, alias),
	LOOK(HISTORY, history),
	LOOK(HELP, help),
	LOOK(APROPOS, apropos),
	ACTION(TUI, tui),
	ACTION(QUIT, quit),
#undef ACTION
#undef LOOK
};

command_fn *command_function(const struct amm *a, enum cmd id)
{
	if (id < sizeof functions / sizeof *functions && functions[id])
		return functions[id];
	if (id == CMD_EXPLORE)
		return a->upper->explore;
	if (id == CMD_IMPORT_TRACE)
		return a->upper->import_trace;
	return a->upper->teaching->command(id);
}
