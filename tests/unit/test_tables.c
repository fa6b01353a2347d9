/*
 * test_tables.c - our table functions are Lua's, where those are bounded
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "lua_states.h"

static int setup(void **state)
{
	(void)state;
	states_open();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	states_close();
	return 0;
}

static void they_agree(void **state)
{
	static const char *const chunks[] = {
		"local t = {1, 2} table.insert(t, 3) return table.concat(t, "
		"',')",
		"local t = {1, 2} table.insert(t, 1, 0) return table.concat(t, "
		"',')",
		"local t = {1, 2} table.insert(t, 4, 0)",
		"local t = {1} table.insert(t)",
		"local t = {1, 2, 3} return table.remove(t)",
		"local t = {1, 2, 3} return table.remove(t, 1) .. #t",
		"return table.remove({})",
		"return table.remove({}, 5)",
		"local t = {1, 2} return table.remove(t, 3)",
		"return table.concat({})",
		"return table.concat({1, 2.5, 'x'})",
		"return table.concat({1, 2, 3}, '-', 2, 3)",
		"return table.concat({1, {}})",
		"return table.concat({1}, ',', 1, 2)",
		"return select('#', table.unpack({1, 2, nil, 4}, 1, 4))",
		"return (table.unpack({1, 2, 3}, 2))",
		"return table.unpack({})",
		"return table.pack(1, nil, 3).n",
		"return table.concat(table.move({1, 2, 3}, 1, 3, 2), ',')",
		"return table.concat(table.move({1, 2, 3}, 2, 3, 1), ',')",
		"return table.concat(table.move({1, 2}, 1, 2, 1, {9, 9, 9}), "
		"',')",
		"return #table.move({1, 2, 3}, 1, 0, 5)",
		"local t = {3, 1, 2} table.sort(t) return table.concat(t, ',')",
		"local t = {3, 1, 2} table.sort(t, function(a, b) return a > b "
		"end) "
		"return table.concat(t, ',')",
		"local t = {} for i = 1, 200 do t[i] = i * 37 % 101 end "
		"table.sort(t) return table.concat(t, ',')",
		"local t = {'b', 'a', 'B'} table.sort(t) return "
		"table.concat(t)",
		"table.sort({1, 'x'})",

		"table.insert(1, 2)",
	};

	(void)state;
	for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++)
		agree(chunks[i]);
}

static void lengths_are_those_of_the_table_itself(void **state)
{
	(void)state;
	holds("(function() local t = setmetatable({}, {__len = function() "
	      "return 1 << 62 end}) table.insert(t, 7) return t[1] == 7 "
	      "end)()");
	refused("table.unpack({}, 1, 1 << 40)", "too long");
	refused("table.concat({}, '', math.mininteger, math.maxinteger)",
		"too long");
	refused("table.move({}, 1, math.maxinteger - 1, 2)", "too long");
	refused("table.move({}, 1, 2, math.maxinteger - 1)", "too long");
}

static void a_lying_comparison_ends(void **state)
{
	(void)state;
	holds("(function() local t = {} for i = 1, 500 do t[i] = i end "
	      "table.sort(t, function() return true end) return #t == 500 "
	      "end)()");
}

static void frozen_tables_are_read_and_not_written(void **state)
{
	(void)state;
	holds("#table.pack(table.unpack(string)) == 0");
	refused("table.insert(string, 1)", "cannot be changed");
	refused("table.sort(math)", "cannot be changed");
	refused("table.move({1}, 1, 1, 1, string)", "cannot be changed");
	refused("string.x = 1", "cannot be changed");
	refused("rawset(string, 'x', 1)", "protected");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_agree),
		cmocka_unit_test(lengths_are_those_of_the_table_itself),
		cmocka_unit_test(a_lying_comparison_ends),
		cmocka_unit_test(frozen_tables_are_read_and_not_written),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
