/*
 * expect.h - what golden scenarios say of a machine, in one line each
 *
 * Macros, so that a failure names the line of the scenario.
 */
#ifndef UNIT_EXPECT_H
#define UNIT_EXPECT_H

#include "machine.h"

#define expect_mm(m, id, users, count) \
	do { \
		assert_int_equal(world_mm((m)->w, id)->mm_users, users); \
		assert_int_equal(world_mm((m)->w, id)->mm_count, count); \
	} while (0)
#define expect_freed(m, id) \
	assert_int_equal(world_mm((m)->w, id)->slot, SLOT_FREE)
#define expect_mask(m, id, cpus) \
	assert_int_equal(mm_cpumask((m)->w, id)[0], cpus)
#define expect_cpu(m, c, loaded, lazy) \
	do { \
		assert_int_equal(ref_mm(world_cpu((m)->w, c)->loaded_mm), \
				 loaded); \
		assert_int_equal(world_cpu((m)->w, c)->is_lazy, lazy); \
	} while (0)
#define expect_task(m, t, own, active) \
	do { \
		assert_int_equal(ref_mm(world_task((m)->w, t)->mm), own); \
		assert_int_equal(ref_mm(world_task((m)->w, t)->active_mm), \
				 active); \
	} while (0)
#define expect_done(m, ...) assert_true(machine_do(m, __VA_ARGS__))
#define expect_switch(m, cpu, name) assert_true(machine_switch(m, cpu, name))
#define expect_refused(m, reason) \
	assert_int_equal((m)->last.why, REFUSED_##reason)

/* The end of each scenario: nothing was broken at any statement. */
#define end(m) \
	do { \
		if ((m)->broken) \
			fail_msg("%s of %u broken at statement %u", \
				 invariant_name((m)->first.invariant), \
				 (m)->first.object, (m)->first_time); \
		machine_free(m); \
	} while (0)

#endif
