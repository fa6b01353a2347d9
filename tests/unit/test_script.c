/*
 * test_script.c - chunks, files and the prompt, in one state
 */
#include "test.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "conversation.h"
#include "script/script.h"

static struct script *lua;

static void start(enum form form)
{
	talk(form);
	lua = script_new(amm);
}

static void end(void)
{
	script_free(lua);
	hush();
}

static void the_value_of_an_expression_is_shown(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	assert_string_equal(ask("lua 1 + 1"), "2\n");
	assert_string_equal(ask("lua 'a', nil, true"),
			    "a       nil     true\n");
	assert_string_equal(ask("lua x = 1"), "");
	assert_string_equal(ask("lua x"), "1\n");
	assert_string_equal(ask("lua {1, 2, a = 'b', ['c d'] = {x = 1}}"),
			    "{1, 2, a = \"b\", [\"c d\"] = {x = 1}}\n");
	assert_string_equal(ask("lua print"), "function\n");
	assert_string_equal(ask("lua return 7"), "7\n");
	end();
}

static void an_error_has_its_place_and_status_3(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	expect_status("lua error'no'", AMM_LUA);
	expect_says("lua error'no'", "error[E170]: lua:1: no");
	expect_says("lua x y", "error[E170]: lua:1: syntax error near 'y'");
	expect_says("lua nothing.x", "a nil value (global 'nothing')");
	expect_ok("lua 1");
	end();
}

static void what_is_printed_is_escaped(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	assert_string_equal(ask("lua print('\\27[2J\\tx')"), "^[[2J   x\n");
	expect_says("lua error('\\27]0;x\\7')", "^[]0;x^G");
	end();
}

static void state_lasts_from_line_to_line(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("lua function twice(x) return 2 * x end");
	ask("spawn sh");
	assert_string_equal(ask("lua twice(21)"), "42\n");
	ask("undo");
	assert_string_equal(ask("lua twice(21)"), "42\n");
	end();
}

static void the_prompt_takes_chunks_of_many_lines(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ask("lua");
	assert_string_equal(amm_prompt(amm), "lua> ");
	assert_string_equal(ask("for i = 1, 2 do"), "");
	assert_string_equal(amm_prompt(amm), "lua>> ");
	ask("print(i)");
	assert_string_equal(ask("end"), "1\n2\n");
	assert_string_equal(ask("1 +"), "");
	assert_string_equal(ask("1"), "2\n");
	expect_says("x y", "syntax error");
	assert_string_equal(amm_prompt(amm), "lua> ");
	assert_string_equal(ask(""), "");
	ask("f(");
	assert_true(amm_leave(amm));
	assert_non_null(strstr(amm_text(amm), "near <eof>"));
	assert_string_equal(amm_prompt(amm), "(amm 0) ");
	end();
}

static void write_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void a_file_is_run_whole(void **state)
{
	char line[300];

	(void)state;
	start(FORM_HUMAN);
	write_file("chunk.lua",
		   "#!/bin/lua\nlocal n = 6\nprint(n * 7)\ny = n\n");
	assert_string_equal(ask("source chunk.lua"), "42\n");
	assert_string_equal(ask("lua y"), "6\n");
	write_file("chunk.lua", "\n\nerror('here')\n");
	expect_says("source chunk.lua", "error[E170]: chunk.lua:3: here");
	assert_int_equal(status, AMM_LUA);
	unlink("chunk.lua");
	expect_says("source chunk.lua", "chunk.lua");
	snprintf(line, sizeof line, "source %s", "none/such.lua");
	expect_status(line, AMM_LUA);
	end();
}

static void in_json_errors_are_objects(void **state)
{
	(void)state;
	start(FORM_JSON);
	expect_says("lua print'x'", "\"said\":\"x");
	expect_says("lua error'no'", "\"code\":\"E170\"");
	assert_int_equal(json_objects(ask("lua error'no'")), 1);
	assert_int_equal(json_objects(ask("lua m:ps()")), 1);
	end();
}

/* However long the machine takes for it. */
static void variables_that_take_all_memory_are_dropped(void **state)
{
	const char *said = "";

	(void)state;
	start(FORM_HUMAN);
	for (int i = 0; i < 50 && !strstr(said, "Lua starts anew"); i++)
		said = ask("lua t = t or {} for i = 1, 1000 do t[#t + 1] = "
			   "('x'):rep(1000000) .. #t end");
	assert_non_null(strstr(said, "Lua starts anew"));
	assert_string_equal(ask("lua t"), "nil\n");
	expect_says("lua m:ps()", "swapper/0");
	end();
}

static volatile int ticks;

static void press_ctrl_c(void *context)
{
	(void)context;
	if (++ticks == 3)
		amm_interrupt(amm);
}

static void ctrl_c_stops_a_script(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	ticks = 0;
	amm_watch(amm, press_ctrl_c, NULL);
	expect_status("lua while true do pcall(m.spawn, m, 'x') end",
		      AMM_INTERRUPTED);
	amm_watch(amm, NULL, NULL);
	expect_says("lua 1", "1");
	end();
}

static void without_it_the_session_goes_on(void **state)
{
	(void)state;
	start(FORM_HUMAN);
	script_free(lua);
	lua = NULL;
	expect_says("lua 1", "no Lua");
	expect_ok("ps");
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(the_value_of_an_expression_is_shown),
		TALK_TEST(an_error_has_its_place_and_status_3),
		TALK_TEST(what_is_printed_is_escaped),
		TALK_TEST(state_lasts_from_line_to_line),
		TALK_TEST(the_prompt_takes_chunks_of_many_lines),
		TALK_TEST(a_file_is_run_whole),
		TALK_TEST(in_json_errors_are_objects),
		TALK_TEST(variables_that_take_all_memory_are_dropped),
		TALK_TEST(ctrl_c_stops_a_script),
		TALK_TEST(without_it_the_session_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
