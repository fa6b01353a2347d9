/*
 * commands.h - the functions behind the command table
 *
 * do_* may change something, look_* never does.  dispatch.c names the one for
 * each entry of command.def and meta.def.
 */
#ifndef SESSION_COMMANDS_H
#define SESSION_COMMANDS_H

#include "session/session.h"

/* The function of a command; NULL: it is not there in this program. */
command_fn *command_function(const struct amm *a, enum cmd id);

/* do_actions.c */
command_fn do_spawn, do_fork, do_vfork, do_clone, do_kthread,
	do_user_mode_thread, do_exec, do_exit, do_switch, do_schedule,
	do_preempt, do_idle, do_wake, do_block, do_migrate, do_wait,
	do_kthread_use_mm, do_kthread_unuse_mm, do_mmget, do_mmput, do_mmgrab,
	do_mmdrop, do_get_task_mm, do_mmget_not_zero, do_mmput_async,
	do_run_work, do_flush, do_ipi, do_cpu_down, do_cpu_up, do_anon,
	do_start_lazy_tlb, do_end_lazy_tlb;
/* do_fault.c */
command_fn do_fault;
/* do_machine.c */
command_fn do_boot, do_reset, do_config, do_cpu;
/* do_time.c, do_past.c */
command_fn do_step, do_next, do_finish, do_begin, do_continue, do_until,
	do_reverse_step, do_reverse_next, do_reverse_finish,
	do_reverse_continue, do_undo, do_redo, do_goto, do_bookmark,
	look_info_bookmarks;
/* do_truth.c */
command_fn do_assert, do_invariant_on, do_invariant_off, do_invariant_add,
	look_invariant_list, do_predict;
/* do_files.c, do_settings.c */
command_fn do_save, do_load, do_source, do_set, do_show, do_alias, look_history,
	look_help, look_apropos, do_tui, do_quit, do_export_transcript;

/* do_compare.c */
command_fn do_compare;

/* look_state.c, look_list.c, look_ledger.c, look_why.c, look_past.c,
 * look_diff.c, look_model.c */
command_fn look_ps, look_runq, look_info_cpus, look_task, look_mm, look_print,
	look_list, look_bt, look_ledger, look_why, look_timeline, look_log,
	look_diff, look_info_model, look_context, do_export_json;

/* Runs the words after `begin` as an action that stops at its start. */
bool begin_command(struct amm *a, const struct arg *command, struct error *e);
/* --help and --source of a command. */
bool session_help(struct amm *a, const struct command *c);
bool session_source_of(struct amm *a, const struct command *c);
/* The time line is no recording any more. */
void session_forget_recording(struct amm *a);
/* Runs one line of a script; false when it failed. */
bool session_line(struct amm *a, const char *line, size_t length);

#endif
