/*
 * test_luaname.c - every command has a method, every argument a name
 */
#include "test.h"

#include <ctype.h>

#include "conversation.h"
#include "session/luaname.h"

static bool is_identifier(const char *s)
{
	if (isdigit((unsigned char)*s) || !*s)
		return false;
	for (; *s; s++)
		if (!isalnum((unsigned char)*s) && *s != '_')
			return false;
	return true;
}

static void every_command_has_a_method_of_its_own(void **state)
{
	struct amm_verb a, b;

	(void)state;
	for (unsigned i = 0; amm_verb_at(i, &a); i++) {
		assert_string_equal(a.name, command_get((enum cmd)i)->name);
		assert_true(is_identifier(a.method));
		for (unsigned k = 0; k < i && amm_verb_at(k, &b); k++)
			assert_string_not_equal(a.method, b.method);
	}
	assert_false(amm_verb_at(CMD_COUNT, &a));
}

static void words_of_lua_get_an_underscore(void **state)
{
	struct amm_verb v;

	(void)state;
	luaname_verb(CMD_GOTO, &v);
	assert_string_equal(v.method, "goto_");
	luaname_verb(CMD_BREAK, &v);
	assert_string_equal(v.method, "break_");
	luaname_verb(CMD_UNTIL, &v);
	assert_string_equal(v.method, "until_");
	luaname_verb(CMD_REVERSE_STEP, &v);
	assert_string_equal(v.method, "reverse_step");
	luaname_verb(CMD_INFO_CPUS, &v);
	assert_string_equal(v.method, "info_cpus");
}

static void every_argument_has_a_name_of_its_own(void **state)
{
	struct amm_item a, b;

	(void)state;
	for (unsigned c = 0; c < CMD_COUNT; c++)
		for (unsigned i = 0; amm_item_at(c, i, &a); i++) {
			if (!is_identifier(a.key))
				fail_msg("'%s' takes '%s'",
					 command_get((enum cmd)c)->name, a.key);
			for (unsigned k = 0; k < i; k++) {
				amm_item_at(c, k, &b);
				assert_string_not_equal(a.key, b.key);
			}
		}
}

/* "key flag place" for each, with a blank between. */
static const char *items(enum cmd id)
{
	static char all[1000];
	struct amm_item item;
	size_t n = 0;

	for (unsigned i = 0; luaname_item(id, i, &item); i++)
		n += (size_t)snprintf(all + n, sizeof all - n, "%s[%s]%u%s%s ",
				      item.key, item.flag, item.place,
				      item.alone ? "!" : "",
				      item.expression ? "?" : "");
	return all;
}

static void items_are_those_of_the_synopsis(void **state)
{
	(void)state;
	assert_non_null(strstr(items(CMD_SPAWN), "name[]0 cpu[--cpu=]0 "));
	assert_non_null(
		strstr(items(CMD_WHY), "mm[]0 time[]0 alive[]1! dead[]1! "));
	assert_non_null(
		strstr(items(CMD_BREAK), "function_[]0 event[]0 if_[if ]0? "));
	assert_non_null(strstr(items(CMD_DIFF), "time[]0 time2[]1 "));
	assert_non_null(
		strstr(items(CMD_PREDICT), "expr[]0? answer[]1? text[-- ]0 "));
	assert_non_null(strstr(items(CMD_EXIT), "group[--group]0! "));
	assert_non_null(strstr(items(CMD_EXIT), "steps[--steps=]0 "));
}

static void any_command_shows_itself_in_lua(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	assert_string_equal(ask("@1 switch sh --lua"),
			    "m:switch{cpu=1, task=\"sh\"}\n");
	assert_string_equal(ask("@1 spawn 'a \"b' --cpu=0 --lua"),
			    "m:spawn{at=1, name=\"a \\\"b\", cpu=0}\n");
	assert_string_equal(ask("ps sh vi -k --lua"),
			    "m:ps{task={\"sh\", \"vi\"}, k=true}\n");
	assert_string_equal(ask("until mm1.mm_users == 0 --lua"),
			    "m:until_{expr=\"mm1.mm_users == 0\"}\n");
	assert_string_equal(ask("break free if 1 --lua"),
			    "m:break_{event=\"free\", if_=\"1\"}\n");
	assert_string_equal(ask("why mm1 alive --lua"),
			    "m:why{mm=\"mm1\", alive=true}\n");
	assert_string_equal(ask("diff t1 t2 --lua"),
			    "m:diff{time=\"t1\", time2=\"t2\"}\n");
	assert_string_equal(ask("exit -n --steps=3 --lua"),
			    "m:exit{steps=3, dry_run=true}\n");
	hush();
}

static void showing_the_lua_does_nothing(void **state)
{
	uint32_t before;

	(void)state;
	talk(FORM_HUMAN);
	before = history_sum();
	ask("spawn sh --lua");
	assert_int_equal(history_sum(), before);
	hush();
}

static void in_json_it_is_a_member(void **state)
{
	(void)state;
	talk(FORM_JSON);
	expect_says("spawn sh --lua", "\"lua\":\"m:spawn{name=\\\"sh\\\"}\"");
	assert_int_equal(json_objects(ask("spawn sh --lua")), 1);
	hush();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_has_a_method_of_its_own),
		cmocka_unit_test(words_of_lua_get_an_underscore),
		cmocka_unit_test(every_argument_has_a_name_of_its_own),
		cmocka_unit_test(items_are_those_of_the_synopsis),
		TALK_TEST(any_command_shows_itself_in_lua),
		TALK_TEST(showing_the_lua_does_nothing),
		TALK_TEST(in_json_it_is_a_member),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
