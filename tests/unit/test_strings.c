/*
 * test_strings.c - our find, match, gmatch, gsub, rep and format are Lua's
 *
 * Lua's own are asked the same, by hand and at random (from a seed); where
 * ours refuse, that is by purpose and named here.
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

static void by_hand_they_agree(void **state)
{
	static const char *const chunks[] = {
		"return table.concat({('hello world'):find('o w')}, ',')",
		"return table.concat({('hello'):find('l+', 2)}, ',')",
		"return table.concat({('hello'):find('', 10)}, ',')",
		"return table.concat({('hello'):find('', 6)}, ',')",
		"return table.concat({('a.b'):find('.', 2, true)}, ',')",
		"return table.concat({('hello'):find('(l)(l)')}, ',')",
		"return table.concat({('hello'):find('()l()')}, ',')",
		"return ('hello'):find('xyz', -3)",
		"return ('key = value'):match('^(%w+)%s*=%s*(%w+)$')",
		"return ('  trim  '):match('^%s*(.-)%s*$')",
		"return ('THE (quick) fox'):find('%((%a+)%)')",
		"return ('f(a(b)c)d'):match('%b()')",
		"return ('THE (quick) fox'):gsub('%f[%a]%a+', 'w')",
		"return (('hello world'):gsub('o', '0', 1))",
		"return (('hello'):gsub('', '-'))",
		"return (('abc'):gsub('%w', '%0%0'))",
		"return (('abc'):gsub('(a)(b)', '%2%1'))",
		"return (('$name is $age'):gsub('%$(%w+)', {name='x'}))",
		"return (('abc'):gsub('.', function(c) return c:byte() end))",
		"return (('abc'):gsub('b', false))",
		"return (('abc'):gsub('b*', 'x'))",
		"return (('a,b,,c'):gsub(',', ';'))",
		"return (('x'):gsub('x', '%'))",
		"return (('x'):gsub('x', '%2'))",
		"return (('abab'):gsub('^ab', 'x'))",
		"return ('aXbX'):match('(.-)X%1', 2)",
		"return ('abcabc'):match('(abc)%1')",
		"return ('[]]'):match('[]]+')",
		"return ('a-b'):match('[a-]+')",
		"return ('a^b'):match('[%^a]+')",
		"return ('b'):match('[^a]')",
		"return ('x'):match('[a')",
		"return ('x'):match('%')",
		"return ('x'):match('(x')",
		"return ('x'):match('x)')",
		"return ('x'):match('%1')",
		"return ('x'):match('%f')",
		"return ('x'):match('%b')",
		"return ('a\\0b'):match('%z')",
		"return ('a\\0b'):find('\\0')",
		"return #('a\\0b'):match('.+')",
		"local t = {} for w in ('one two'):gmatch('%a+') do t[#t+1] = "
		"w "
		"end return table.concat(t, '|')",
		"local t = {} for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') "
		"do "
		"t[#t+1] = k .. v end return table.concat(t, '|')",
		"local n = 0 for _ in ('abc'):gmatch('') do n = n + 1 end "
		"return n",
		"local t = {} for w in ('^a^a'):gmatch('^a') do t[#t+1] = w "
		"end return table.concat(t, '|')",
		"return ('x'):rep(3)",
		"return ('x'):rep(3, ', ')",
		"return ('x'):rep(0)",
		"return ('x'):rep(-1)",
		"return ('x'):rep(1, '-')",
		"return ('%5.2f|%d|%s|%q|%x'):format(1.5, 42, 'x', 'a\\nb', "
		"255)",
		"return ('%s %s'):format(1, true)",
		"return ('%s'):format(nil)",
		"return ('%d'):format('x')",
		"return ('%'):format(1)",
		"return ('%s')('x')",
		"return ('%%'):format()",
		"return ('a'):upper() .. ('B'):lower() .. ('ab'):reverse()",
		"return ('abc'):byte(-1)",
		"return string.char(72, 105)",
		"return utf8.len('\\u{20ac}x')",
		"return utf8.char(8364)",
		"return #string.pack('i4', 7)",
		"return ('x'):len()",
	};

	(void)state;
	for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++)
		agree(chunks[i]);
}

static uint64_t seed = 7;

static unsigned draw(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

static void add_parts(char *to, const char *const *parts, unsigned n,
		      unsigned most)
{
	unsigned count = draw(most);

	*to = '\0';
	while (count--)
		strcat(to, parts[draw(n)]);
}

static void at_random_they_agree(void **state)
{
	static const char *const letters[] = { "a", "b", "ab", "1", " ",
					       ".", "(", ")",  "aa" };
	static const char *const parts[] = {
		"a",     "b",  ".",  "%a",    "%d",   "%s",   "%w",
		"[ab]",  "*",  "+",  "-",     "?",    "(",    ")",
		"()",    "^",  "$",  "%1",    "%b()", "[^a]", "%f[%w]",
		"[%a1]", "%p", "%.", "[a-c]", "%D",
	};
	char subject[64], pattern[64], chunk[512];

	(void)state;
	for (unsigned i = 0; i < 20000; i++) {
		add_parts(subject, letters, sizeof letters / sizeof *letters,
			  7);
		add_parts(pattern, parts, sizeof parts / sizeof *parts, 7);
		snprintf(chunk, sizeof chunk,
			 "local function all(...) local t = table.pack(...) "
			 "for i = 1, t.n do t[i] = tostring(t[i]) end "
			 "return table.concat(t, '|') end "
			 "local s, p = '%s', '%s' "
			 "return all(s:find(p)) .. ';' .. all(s:match(p, 2)) "
			 ".. ';' .. all(s:gsub(p, '<%%0>'))",
			 subject, pattern);
		agree(chunk);
	}
}

static void what_takes_too_long_is_refused(void **state)
{
	(void)state;
	refused("('a'):rep(32):find(('a?'):rep(32) .. ('a'):rep(32))",
		"takes too long");
	refused("('a'):rep(20000):find('.-.-.-.-b')", "takes too long");
	refused("('x'):rep(1 << 40)", "too large");
	refused("('x'):rep(10):find(('x'):rep(10) .. ('(x?)'):rep(250))",
		"too");
}

static void there_are_no_addresses(void **state)
{
	(void)state;
	refused("return ('%p'):format({})", "no addresses");
	holds("('%s'):format({}) == 'table' and ('%10s|'):format(print) == "
	      "'  function|'");
}

static void there_are_split_and_words(void **state)
{
	(void)state;
	holds("table.concat((',a,b,'):split(','), '|') == '|a|b|'");
	holds("#(''):split('x') == 1 and #('a.b'):split('.') == 2");
	holds("table.concat((' two  words '):words(), '|') == 'two|words'");
	refused("('x'):split('')", "split at");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_hand_they_agree),
		cmocka_unit_test(at_random_they_agree),
		cmocka_unit_test(what_takes_too_long_is_refused),
		cmocka_unit_test(there_are_no_addresses),
		cmocka_unit_test(there_are_split_and_words),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
