/*
 * test_do_lua.c - a script inside a line, and lines inside a script
 *
 * The script is a small one in C: each chunk is a line that it runs.
 */
#include "test.h"

#include "conversation.h"
#include "session/command.h"
#include "session/history.h"
#include "session/spec.h"

static struct text told; /* what the script was told */
static bool spent;

static bool is_spent(void *context)
{
	(void)context;
	return spent;
}

static enum amm_status run(void *context, const char *bytes, size_t length)
{
	enum amm_status s;

	(void)context;
	if (!bytes)
		return AMM_OK;
	s = amm_run(amm, &(struct amm_request){ bytes, length, false, is_spent,
						NULL });
	text_clear(&told);
	text_addf(&told, "%d %s %s", (int)s, amm_code(amm), amm_said(amm));
	amm_say(amm, "out: \033[2J\n", 10);
	return s == AMM_OK ? AMM_OK : AMM_LUA;
}

static enum amm_status run_file(void *context, const char *name)
{
	return run(context, name, strlen(name));
}

static const char *prompt(void *context)
{
	(void)context;
	return "lua> ";
}

static uint32_t committed;
static unsigned commits;

static void hear(void *context, uint32_t first)
{
	(void)context;
	committed = first;
	commits++;
}

static const struct amm_script script = {
	.chunk = run,
	.file = run_file,
	.line = run,
	.prompt = prompt,
	.committed = hear,
};

static void start(enum form form)
{
	talk(form);
	spent = false;
	commits = 0;
	amm_set_script(amm, &script);
}

static void end(void)
{
	text_free(&told);
	hush();
}

static void without_a_script_it_says_so(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	expect_status("lua x", AMM_LIMIT);
	hush();
}

static void the_rest_of_the_line_is_the_chunk_whatever_it_holds(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("lua print mm1.mm_users > 0 # ' ; |");
	assert_non_null(strstr(text_string(&told), "E202"));
	end();
}

static void a_line_inside_is_told_to_the_script_only(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	assert_string_equal(ask("lua spawn sh"), "out: ^[[2J\n");
	assert_non_null(strstr(text_string(&told), "task 100 sh"));
	assert_int_equal(history_now(amm->history).command, 1);
	assert_string_equal(history_entry(amm->history, 1)->line, "spawn sh");
	end();
}

static void a_refusal_inside_has_its_code_and_the_line_goes_on(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("lua switch nobody");
	assert_int_equal(status, AMM_LUA);
	assert_non_null(strstr(text_string(&told), "2 E201 error[E201]"));
	end();
}

static void a_script_gets_no_file_no_shell_and_no_other_script(void **state)
{
	static const char *const lines[] = { "lua lua x",     "lua source x",
					     "lua save x",    "lua quit",
					     "lua alias x=y", "lua ! id",
					     "lua ps > x",    "lua ps | id" };

	(void)state;
	start(FORM_HUMAN);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		ask(lines[i]);
		assert_non_null(strstr(text_string(&told), "2 E1"));
		assert_null(strstr(text_string(&told), "E101"));
	}
	assert_false(amm_quits(amm));
	end();
}

static void every_command_with_a_file_is_for_people_only(void **state)
{
	(void)state;
	for (enum cmd i = 0; i < CMD_COUNT; i++) {
		const struct command *c = command_get(i);
		const char *spec = c->spec;
		struct spec_item item;

		while ((spec = spec_next(spec, &item)) != NULL)
			if (item.kinds &
				    (ARG_BIT(ARG_FILE) | ARG_BIT(ARG_CHUNK)) &&
			    !(c->traits & TRAIT_TYPED))
				fail_msg("a script may run '%s'", c->name);
	}
}

static void what_changed_the_machine_is_heard_once(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("spawn sh; ps");
	assert_int_equal(commits, 1);
	assert_int_equal(committed, 1);
	ask("undo");
	ask("redo");
	ask("goto t0");
	ask("switch nobody");
	assert_int_equal(commits, 1);
	ask("lua spawn vi");
	assert_int_equal(commits, 2);
	end();
}

static void a_script_that_is_spent_stops_what_it_runs(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	spent = true;
	ask("lua explore --count --users=3 --kthreads=3 --cpus=3 --mms=3");
	assert_null(strstr(text_string(&told), "complete"));
	end();
}

static void the_prompt_takes_lines_until_it_is_left(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("lua");
	assert_string_equal(amm_prompt(amm), "lua> ");
	ask("spawn sh");
	assert_non_null(strstr(text_string(&told), "task 100"));
	ask("exit");
	assert_string_equal(amm_prompt(amm), "(amm 0) ");
	assert_false(amm_leave(amm));
	ask("lua");
	assert_true(amm_leave(amm));
	assert_string_equal(amm_prompt(amm), "(amm 0) ");
	end();
}

static void in_json_what_a_script_says_is_one_string(void **state)
{
	(void)state;
	start(FORM_JSON);
	expect_says("lua spawn sh", "\"said\":\"out: ");
	assert_int_equal(json_objects(ask("lua spawn vi")), 1);
	ask("lua");
	assert_int_equal(json_objects(ask("spawn cc")), 1);
	end();
}

static void a_file_named_lua_is_the_scripts(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("source spawn.lua");
	assert_non_null(strstr(text_string(&told), "'spawn.lua'"));
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(without_a_script_it_says_so),
		TALK_TEST(the_rest_of_the_line_is_the_chunk_whatever_it_holds),
		TALK_TEST(a_line_inside_is_told_to_the_script_only),
		TALK_TEST(a_refusal_inside_has_its_code_and_the_line_goes_on),
		TALK_TEST(a_script_gets_no_file_no_shell_and_no_other_script),
		cmocka_unit_test(every_command_with_a_file_is_for_people_only),
		TALK_TEST(what_changed_the_machine_is_heard_once),
		TALK_TEST(a_script_that_is_spent_stops_what_it_runs),
		TALK_TEST(the_prompt_takes_lines_until_it_is_left),
		TALK_TEST(in_json_what_a_script_says_is_one_string),
		TALK_TEST(a_file_named_lua_is_the_scripts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
