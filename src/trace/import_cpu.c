/*
 * import_cpu.c - records of CPUs that go and come, or leave their mm alone
 *
 * leave_mm and idle_task_exit are run through at once: what they load is
 * certain, and the records inside of them are only witnesses.
 */
#include "trace/import_compare.h"
#include "trace/import_records.h"
#include "trace/import_walk.h"

static void run_through(struct import *im, cpu_id c, enum path_id path)
{
	if (start_path(im, c, path, NULL))
		run_out(im, c, actor_stack(world_now(im), c));
}

void on_leave_mm(struct import *im)
{
	read_samples(im);
	run_through(im, im->r->cpu, PATH_leave_mm);
}

void on_idle_exit(struct import *im)
{
	read_samples(im);
	FORCE(im, CPU, cpu, im->r->cpu, online, CPU_DYING);
	run_through(im, im->r->cpu, PATH_idle_task_exit);
}

void on_finish_cpu(struct import *im)
{
	cpu_id c = im->r->cpu;
	uint64_t dead = im->r->f.cpu;

	if (dead >= world_now(im)->max.cpus) {
		diverge(im, "there is no cpu%" PRIu64, dead);
		return;
	}
	start_path(im, c, PATH_finish_cpu, ARGS((uint32_t)dead));
	read_samples(im);
	if (reach(im, c, TP_finish_cpu))
		carry_on(im, c);
}

void cpu_came_up(struct import *im, cpu_id c)
{
	run_through(im, c, PATH_start_secondary);
}
