/*
 * conversation.h - a session as a learner has it: lines in, text and status out
 *
 * One conversation at a time.  Whatever a line is answered with is looked at
 * here, always: no byte that a terminal would obey, no sign of arrow or
 * asterisk in plain form, one JSON object for each command in JSON form, and
 * an untouched world after a refusal.
 */
#ifndef UNIT_CONVERSATION_H
#define UNIT_CONVERSATION_H

#include "activemm.h"
#include "session/session.h"
#include "scratch.h"

/* The conversation; its status is that of the last line. */
extern struct amm *amm;
extern enum amm_status status;

/* talk - a fresh session; @form as on the command line */
void talk(enum form form);
void talk_with(const struct amm_config *config);
void hush(void);

/* ask - one line; what was said, valid until the next line */
const char *ask(const char *line);
const char *ask_bytes(const char *line, size_t length);

/* A copy of the world's bytes, for looking_equal(); am_free() it. */
struct world *world_now(void);
bool world_is(const struct world *before);
/* The session ends with the test, however the test ends. */
int talk_setup(void **state);
int talk_teardown(void **state);
#define TALK_TEST(name) \
	cmocka_unit_test_setup_teardown(name, talk_setup, talk_teardown)

/* A number that any change of the history changes. */
uint32_t history_sum(void);

/* Is @text some JSON objects, one a line?  Their number, or -1. */
int json_objects(const char *text);

#define expect_says(line, part) \
	do { \
		const char *said_ = ask(line); \
		if (!strstr(said_, part)) \
			fail_msg("'%s' says '%s', not '%s'", line, said_, \
				 part); \
	} while (0)
#define expect_not(line, part) \
	do { \
		const char *said_ = ask(line); \
		if (strstr(said_, part)) \
			fail_msg("'%s' says '%s'", line, said_); \
	} while (0)
#define expect_status(line, wanted) \
	do { \
		const char *said_ = ask(line); \
		if ((int)status != (wanted)) \
			fail_msg("'%s' ends with %d, not %d: %s", line, \
				 (int)status, wanted, said_); \
	} while (0)
#define expect_ok(line) expect_status(line, AMM_OK)
/* An expression of the language that must hold. */
#define expect_true(expr) expect_ok("assert " expr)
#define expect_at(c, s) \
	do { \
		assert_int_equal(history_now(amm->history).command, c); \
		assert_int_equal(history_now(amm->history).statement, s); \
	} while (0)

#endif
