/*
 * test_sandbox.c - what a sandbox is made of, one measure at a time
 *
 * The escapes of tests/escapes are the whole; here each measure is seen by
 * itself, and that ordinary Lua still works.
 */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
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

static void ordinary_lua_is_lua(void **state)
{
	static const char *const chunks[] = {
		"local t = setmetatable({}, {__index = function(_, k) return k "
		"end}) return t.x",
		"return select('#', pcall(error))",
		"return select(2, pcall(error, 'x', 0))",
		"return tostring(nil) .. tostring(true) .. tostring(1.0)",
		"return tonumber('0x10') + tonumber('11', 2)",
		"return math.floor(2.5) + math.max(1, 2)",
		"return load('return ...', 'x', 't')(7)",
		"return load(function() return nil end)()",
		"local f, e = load('x =') return e",
		"local x = 0 for i, v in ipairs({1, 2}) do x = x + i * v end "
		"return x",
		"return (xpcall(error, function(e) return e end, 'x'))",
		"return select(2, xpcall(error, function(e) return e .. 'y' "
		"end, 'x'))",
		"return select(2, xpcall(function(...) return ... end, print, "
		"7))",
		"return next({})",
		"return next({5})",
		"return rawequal('a', 'a')",
		"return rawset({}, 1, 2)[1]",
		"return rawlen({1, 2})",
		"return type(getmetatable(setmetatable({}, {__metatable = "
		"1})))",
		"setmetatable(setmetatable({}, {__metatable = 1}), {})",
		"return tostring(setmetatable({}, {__tostring = function() "
		"return 'me' end}))",
		"local co = coroutine.wrap(function(a) local b = "
		"coroutine.yield(a + 1) return b * 2 end) return co(1) + co(4)",
		"local co = coroutine.create(error) return "
		"tostring(coroutine.resume(co, 'x')) .. coroutine.status(co)",
		"return select(2, coroutine.resume(coroutine.create(function() "
		"return 5 end)))",
		"return coroutine.status(coroutine.create(print))",
		"return coroutine.isyieldable()",
		"local co co = coroutine.create(function() return "
		"coroutine.status(co) end) return select(2, "
		"coroutine.resume(co))",
		"local co = coroutine.create(print) coroutine.resume(co) "
		"return select(2, coroutine.resume(co))",
		"local co = coroutine.wrap(function() return pcall("
		"coroutine.yield, 1) end) co() return (co())",
		"local x <const> = 1 goto e ::e:: return x",
		"local n = 0 for k in pairs({10, 20, x = 1}) do n = n + 1 end "
		"return n",
		"return #table.pack(utf8.codepoint('hé', 1, -1))",
	};

	(void)state;
	for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++)
		agree(chunks[i]);
}

static void pairs_and_next_go_in_order(void **state)
{
	(void)state;
	holds("(function() local s = '' for k in pairs({b=1, a=1, 3, [2.5]=1, "
	      "[true]=1, [-1]=1}) do s = s .. tostring(k) .. ' ' end return s "
	      "end)() == 'true -1 1 2.5 a b '");
	holds("next({b=1, a=2}) == 'a' and next({b=1, a=2}, 'a') == 'b'");
	holds("next({b=1}, 'b') == nil");
	holds("(function() local t, n = {1, 2, 3, x=1}, 0 for k in pairs(t) do "
	      "t[k] = nil n = n + 1 end return n end)() == 4");
	refused("for _ in pairs({[{}]=1}) do end", "no order");
	refused("next({[print]=1})", "no order");
}

static void globals_stay_and_the_library_cannot_be_hidden(void **state)
{
	(void)state;
	boxed("x = 7");
	holds("x == 7 and _G.x == 7");
	refused("print = 1", "belongs to the library");
	refused("_G.string = 1", "belongs to the library");
	refused("setmetatable(_G, {})", "protected");
	refused("rawset(_G, 'print', 1)", "protected");
	refused("string.rep = nil", "cannot be changed");
	holds("getmetatable('') == false and getmetatable(_G) == false");
}

static void nobody_sees_what_is_not_on_the_list(void **state)
{
	(void)state;
	holds("os == nil and io == nil and debug == nil and require == nil");
	holds("dofile == nil and collectgarbage == nil and warn == nil");
	holds("string.dump == nil and coroutine.close == nil");
	holds("math.random == nil");
}

static void a_string_or_table_is_at_most_a_mebibyte(void **state)
{
	size_t before = mem_stats().live_bytes;

	(void)state;
	refused("local s = ('x'):rep(1000000) return s .. s", "not enough");
	refused("local t = {} for i = 1, 1e6 do t[i] = i end", "not enough");
	assert_in_range(mem_stats().live_bytes - before, 0, 8 << 20);
}

/* On a busy machine time may be spent first; memory is never. */
/* On a busy machine time may be spent first; too much memory never is. */
static void all_of_it_is_at_most_64(void **state)
{
	size_t before = mem_stats().live_bytes;

	(void)state;
	refused("local t repeat t = {t} until false", "");
	refused("local t = {} for i = 1, 1000 do t[i] = ('x'):rep(1000000) .. "
		"i "
		"end",
		"");
	assert_in_range(mem_stats().peak_bytes - before, 1 << 20,
			SANDBOX_BYTES);
	holds("1 + 1 == 2");
}

static void a_state_that_is_full_says_so(void **state)
{
	(void)state;
	assert_false(sandbox_full(box));
	boxed("t = {}");
	for (int i = 0; i < 50 && !sandbox_full(box); i++)
		boxed("for i = 1, 1000 do t[#t + 1] = ('x'):rep(1000000) .. #t "
		      "end");
	assert_true(sandbox_full(box));
	boxed("t = nil");
	assert_false(sandbox_full(box));
}

static void a_spent_budget_ends_whatever_catches_it(void **state)
{
	(void)state;
	refused("while true do end", "takes too long");
	refused("repeat pcall(function() while true do end end) until false",
		"takes too long");
	refused("xpcall(function() while true do end end, print)",
		"takes too long");
	refused("pcall(function() while true do end end)", "takes too long");
	holds("1 + 1 == 2");
}

static void coroutines_are_counted(void **state)
{
	(void)state;
	refused("local t = {} for i = 1, 65 do t[i] = coroutine.create(print) "
		"end",
		"too many coroutines");
	holds("(function() for i = 1, 1000 do coroutine.wrap(function() "
	      "coroutine.yield() end)() end return true end)()");
	refused("while true do coroutine.wrap(function() end)() end",
		"takes too long");
}

static void a_text_of_bytecode_is_no_text(void **state)
{
	(void)state;
	refused("\033Lua", "binary");
	holds("select(2, load('\\27Lua', 'x', 'b')):find('binary') ~= nil");
	refused("return load(('x'):rep(300000)) or error('too long')",
		"too long");
}

static void errors_that_are_no_texts_are_named_by_kind(void **state)
{
	(void)state;
	refused("error()", "not a text but a nil");
	refused("error({})", "not a text but a table");
	refused("error(setmetatable({}, {__tostring = function() while true do "
		"end end}))",
		"not a text but a table");
}

static void there_are_no_finalizers(void **state)
{
	(void)state;
	refused("setmetatable({}, {__gc = print})", "no finalizers");
	holds("getmetatable(setmetatable({}, {__index = {}})) ~= nil");
}

/* What @index of the sandbox can call, by its context. */
static int count_up(lua_State *L)
{
	int *n = lua_touserdata(L, 1);

	*n += (int)lua_tointeger(L, 2);
	if (*n > 5)
		return luaL_error(L, "that is enough");
	return 0;
}

static void c_runs_inside_and_its_errors_come_out_as_text(void **state)
{
	struct text why = { 0 };
	int n = 0, top = lua_gettop(sandbox_state(box));

	(void)state;
	lua_pushinteger(sandbox_state(box), 3);
	assert_true(sandbox_do(box, count_up, &n, 1, &why));
	assert_int_equal(n, 3);
	lua_pushinteger(sandbox_state(box), 3);
	assert_false(sandbox_do(box, count_up, &n, 1, &why));
	assert_string_equal(text_string(&why), "that is enough");
	assert_int_equal(lua_gettop(sandbox_state(box)), top);
	text_free(&why);
}

static void random_numbers_come_from_the_seed(void **state)
{
	(void)state;
	holds("amm.rng(1):int(1, 6) == amm.rng(1):int(1, 6)");
	holds("(function() local r, n = amm.rng(3), {} for i = 1, 600 do local "
	      "k "
	      "= r:int(1, 6) n[k] = (n[k] or 0) + 1 end for k = 1, 6 do if "
	      "n[k] < 50 then return false end end return #n == 6 end)()");
	holds("(function() local t = amm.rng(1):shuffle{1, 2, 3} "
	      "table.sort(t) return table.concat(t) == '123' end)()");
	holds("amm.rng(5):pick{'x'} == 'x'");
	refused("amm.rng(1):int(2, 1)", "smaller");
}

static void memory_may_run_out_anywhere(void **state)
{
	(void)state;
	for (uint64_t n = 1;; n++) {
		struct sandbox *s;
		struct text why = { 0 };
		bool done;

		mem_fail_at(n, true);
		s = sandbox_new(NULL);
		done = s &&
		       sandbox_load(s, "return {('x'):rep(100)}", 23, "=t",
				    NULL, &why) &&
		       sandbox_call(s, 0, 0, &why);
		mem_fail_at(0, false);
		sandbox_free(s);
		text_free(&why);
		if (done)
			break;
		assert_true(n < 10000);
	}
}

static void everything_is_given_back(void **state)
{
	size_t before = mem_stats().live_bytes;
	struct sandbox *s = sandbox_new(NULL);

	(void)state;
	sandbox_free(s);
	assert_int_equal(mem_stats().live_bytes, before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordinary_lua_is_lua),
		cmocka_unit_test(pairs_and_next_go_in_order),
		cmocka_unit_test(globals_stay_and_the_library_cannot_be_hidden),
		cmocka_unit_test(nobody_sees_what_is_not_on_the_list),
		cmocka_unit_test(a_string_or_table_is_at_most_a_mebibyte),
		cmocka_unit_test(all_of_it_is_at_most_64),
		cmocka_unit_test(a_state_that_is_full_says_so),
		cmocka_unit_test(a_spent_budget_ends_whatever_catches_it),
		cmocka_unit_test(coroutines_are_counted),
		cmocka_unit_test(a_text_of_bytecode_is_no_text),
		cmocka_unit_test(errors_that_are_no_texts_are_named_by_kind),
		cmocka_unit_test(there_are_no_finalizers),
		cmocka_unit_test(c_runs_inside_and_its_errors_come_out_as_text),
		cmocka_unit_test(random_numbers_come_from_the_seed),
		cmocka_unit_test(memory_may_run_out_anywhere),
		cmocka_unit_test(everything_is_given_back),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
