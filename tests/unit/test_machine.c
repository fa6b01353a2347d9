/*
 * test_machine.c - m: verbs with arguments, results, reading, callbacks
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "conversation.h"
#include "script/script.h"
#include "session/command.h"

static struct script *lua;

static void start(void)
{
	talk(FORM_HUMAN);
	lua = script_new(amm);
}

static void end(void)
{
	script_free(lua);
	hush();
}

/* A task, a thread, a borrow. */
static void borrow(void)
{
	ask("spawn sh; kthread k");
	ask("@1 switch sh");
	ask("@1 switch k");
}

static void every_verb_is_a_method(void **state)
{
	char line[100];
	struct amm_verb v;

	(void)state;
	start();
	for (unsigned i = 0; amm_verb_at(i, &v); i++) {
		snprintf(line, sizeof line, "lua type(m.%s)", v.method);
		expect_says(line, "function");
	}
	expect_says("lua m.swich", "has no method 'swich'");
	end();
}

/* The example of @c with --lua behind the name. */
static void with_flag(char *line, size_t size, const struct command *c)
{
	const char *name = strstr(c->example[0], c->name);
	size_t n;

	assert_non_null(name);
	n = (size_t)(name - c->example[0]) + strlen(c->name);
	snprintf(line, size, "%.*s --lua%s", (int)n, c->example[0],
		 c->example[0] + n);
}

/* The Lua that --lua shows does what the command does. */
static void every_example_runs_as_the_lua_that_it_shows(void **state)
{
	(void)state;
	for (enum cmd i = 0; i < CMD_COUNT; i++) {
		const struct command *c = command_get(i);
		char line[600];
		uint32_t plain;

		if (c->traits & TRAIT_TYPED || strchr(c->example[0], ';') ||
		    i == CMD_EXPLORE)
			continue;
		start();
		borrow();
		ask(c->example[0]);
		plain = history_sum();
		end();
		start();
		borrow();
		with_flag(line, sizeof line, c);
		snprintf(line, sizeof line, "lua %s", ask(line));
		line[strcspn(line, "\n")] = '\0';
		ask(line);
		if (status != AMM_OK && status != AMM_LUA)
			fail_msg("'%s' ends with %d", line, (int)status);
		if (strstr(amm_text(amm), "E170") || history_sum() != plain)
			fail_msg("'%s' is not '%s': %s", line, c->example[0],
				 amm_text(amm));
		end();
	}
}

static void arguments_have_places_or_names(void **state)
{
	(void)state;
	start();
	ask("lua m:spawn('sh')");
	ask("lua m:spawn{name='vi', cpu=1}");
	ask("lua m:spawn{'cc', cpu=0}");
	ask("lua m:switch{cpu=1, task='sh'}");
	expect_true("current(1)->comm == \"sh\"");
	ask("lua m:migrate('vi', 0)");
	ask("lua m:switch{at=0, task=101}");
	expect_true("current(0)->comm == \"vi\"");
	ask("lua m:spawn{name='a \"b\\' c'}");
	expect_says("task 103", "a \"b' c");
	expect_says("lua m:ps{task={'sh', 'vi'}}.text", "vi");
	expect_says("lua m:ps('sh', 'cc').text", "cc");
	expect_says("lua m:task('sh').comm", "sh");
	end();
}

static void wrong_arguments_are_named(void **state)
{
	(void)state;
	start();
	expect_says("lua m:switch{tsk='sh'}", "switch takes no 'tsk'; it takes "
					      "task");
	expect_says("lua m:switch{task=true}", "'task' needs a value");
	expect_says("lua m:switch{task=print}", "a function is no argument");
	expect_says("lua m:switch{task={}}", "needs TASK");
	expect_says("lua m.switch('sh')", "a method needs its machine");
	expect_says("lua m:print'1; spawn x'", "holds no ';'");
	expect_says("lua m:spawn{name='a\\nb'}", "control byte");
	end();
}

static void a_result_says_what_came_of_it(void **state)
{
	(void)state;
	start();
	ask("spawn sh");
	ask("lua r = m:switch{cpu=1, task='sh'}");
	expect_says("lua r.ok, r.status, r.code, r.t", "true");
	expect_says("lua r.line", "@1 switch sh");
	expect_says("lua #r.effects", "3");
	expect_says("lua r.effects[3].field .. r.effects[3].old .. "
		    "r.effects[3].new",
		    "mm_count43");
	expect_says("lua m:switch'nobody'.code", "E201");
	expect_says("lua m:switch'nobody'.ok", "false");
	expect_says("lua m:ps()", "swapper/0");
	expect_not("lua r = m:ps()", "swapper/0");
	expect_says("lua r.text = 1", "cannot be changed");
	end();
}

static void commands_are_kept_as_the_lines_they_are(void **state)
{
	(void)state;
	start();
	ask("lua for _, n in ipairs{'a', 'b'} do m:spawn(n) end");
	expect_says("history", "t1    @0 spawn a");
	expect_says("history", "t2    @0 spawn b");
	expect_not("history", "lua");
	ask("undo");
	expect_says("lua m:task'b'", "no task 'b'");
	end();
}

static void reading_is_what_the_session_answers(void **state)
{
	(void)state;
	start();
	borrow();
	expect_says("lua m:task'sh'.mm", "mm1");
	expect_says("lua m:task(20).active_mm", "mm1");
	expect_says("lua m:mm'mm1'.mm_count", "2");
	expect_says("lua m:cpu(1).loaded_mm", "mm1");
	expect_says("lua m:cpu(1).is_lazy", "1");
	expect_says("lua m:cpu(9)", "no CPU 9");
	expect_says("lua #m:tasks(), #m:mms(), #m:cpus()", "6");
	expect_says("lua m:holders'mm1'[3].kind", "lazy");
	expect_says("lua #m:ledger'mm1'", "3");
	expect_says("lua m:eval'mm1.mm_count + 1'", "3");
	expect_says("lua m:eval'sh.mm'", "mm1");
	expect_says("lua m:eval'nobody.mm'", "nobody");
	expect_says("lua m:now()", "t4.10");
	expect_says("lua #m:diff('t3', '.') > 0", "true");
	expect_says("lua m:events{kind='borrow'}[2].what", "mm1");
	expect_says("lua #m:events{from='t3', kind='borrow'}", "1");
	expect_says("lua m:happened('borrow', 'mm1')", "true");
	expect_says("lua m:never'oops'", "true");
	expect_says("lua m:count'borrow'", "1");
	expect_says("lua m:before('release', 'borrow')", "");
	end();
}

static void reading_changes_nothing(void **state)
{
	uint32_t before;

	(void)state;
	start();
	borrow();
	before = history_sum();
	ask("lua m:task'sh', m:mm'mm1', m:cpu(0), m:holders'mm1', m:eval'1', "
	    "m:events(), m:tasks(), m:diff('t1', 't2')");
	assert_int_equal(status, AMM_OK);
	assert_int_equal(history_sum(), before);
	end();
}

static void
what_was_read_names_its_thing_until_its_machine_is_gone(void **state)
{
	(void)state;
	start();
	borrow();
	ask("lua t, s = m:task'sh', m:cpu(0)");
	ask("lua m:switch{cpu=0, task=t}");
	expect_says("lua m:task(t).pid", "100");
	expect_says("lua m:mm(m:mm'mm1').mm", "mm1");
	expect_says("lua m:task(m:task'swapper/1').comm", "swapper/1");
	ask("boot");
	expect_says("lua m:switch(t)", "a machine that is gone");
	end();
}

static void a_task_goes_by_the_name_it_was_made_with(void **state)
{
	(void)state;
	start();
	ask("lua m:spawn{name='sh', as='A'}");
	ask("lua m:kthread{name='k', as='K'}");
	ask("lua m:switch{cpu=1, task='A'}");
	ask("lua m:switch{cpu=1, task='K'}");
	expect_says("lua m:why'A.mm'.text", "mm1 is alive");
	expect_true("current(1)->comm == \"k\"");
	end();
}

static void callbacks_hear_of_what_is_committed(void **state)
{
	(void)state;
	start();
	ask("lua heard = {} m:on('borrow', function(e) heard[#heard + 1] = "
	    "e.t .. e.what end)");
	borrow();
	expect_says("lua heard[1]", "t4.6mm1");
	expect_says("lua #heard", "1");
	ask("undo");
	ask("redo");
	ask("goto t0");
	ask("goto @end");
	expect_says("lua #heard", "1");
	ask("@1 exit --dry-run");
	ask("lua m:on('borrow', nil)");
	ask("@1 switch sh");
	ask("@1 switch k");
	expect_says("lua #heard", "1");
	end();
}

static void callbacks_queue_what_they_run(void **state)
{
	(void)state;
	start();
	ask("lua m:on('borrow', function(e, m) r = m:mmgrab{mm=e.what, "
	    "as='kvm'} n = m:eval(e.what .. '.mm_count') end)");
	ask("spawn sh; kthread k");
	ask("@1 switch sh");
	expect_says("@1 switch k", "callback: mmgrab mm1 --as=kvm");
	expect_says("lua n, r.queued", "2");
	expect_true("mm1.mm_count == 3");
	expect_says("history", "t5    @0 mmgrab mm1 --as=kvm");
	end();
}

static void a_callback_that_fails_says_so(void **state)
{
	(void)state;
	start();
	ask("lua m:on('borrow', function() error'oh' end)");
	ask("spawn sh; kthread k");
	ask("@1 switch sh");
	expect_says("@1 switch k", "oh (in a callback)");
	expect_says("lua m:on(1, 2)", "m:on(");
	expect_true("mm1.mm_count == 2");
	end();
}

static void cmd_runs_any_line(void **state)
{
	(void)state;
	start();
	expect_says("lua m:cmd'spawn sh; spawn vi'", "task 101 vi");
	expect_says("lua m:cmd'swich'.code", "E101");
	expect_says("lua m:cmd()", "string expected");
	expect_says("lua m:cmd'lua 1'.code", "E151");
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TALK_TEST(every_verb_is_a_method),
		TALK_TEST(every_example_runs_as_the_lua_that_it_shows),
		TALK_TEST(arguments_have_places_or_names),
		TALK_TEST(wrong_arguments_are_named),
		TALK_TEST(a_result_says_what_came_of_it),
		TALK_TEST(commands_are_kept_as_the_lines_they_are),
		TALK_TEST(reading_is_what_the_session_answers),
		TALK_TEST(reading_changes_nothing),
		TALK_TEST(
			what_was_read_names_its_thing_until_its_machine_is_gone),
		TALK_TEST(a_task_goes_by_the_name_it_was_made_with),
		TALK_TEST(callbacks_hear_of_what_is_committed),
		TALK_TEST(callbacks_queue_what_they_run),
		TALK_TEST(a_callback_that_fails_says_so),
		TALK_TEST(cmd_runs_any_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
