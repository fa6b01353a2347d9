/* test_lex.c - a line is cut into commands and words */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "session/error.h"
#include "session/lex.h"

static bool is_print(const char *verb, size_t length)
{
	return length == 1 && (verb[0] == 'p' || verb[0] == '=');
}

static struct line line;
static struct error error;

static bool lex(const char *bytes)
{
	struct lex_rules rules = { .takes_expression = is_print };

	return lex_line(&line, bytes, strlen(bytes), &rules, &error);
}

static const struct word *word(unsigned command, unsigned n)
{
	assert_in_range(command, 0, line.commands - 1);
	assert_in_range(n, 0, line.command[command].words - 1);
	return &line.command[command].word[n];
}

static void words_keep_their_place(void **state)
{
	(void)state;
	assert_true(lex("  switch\t sh  \n"));
	assert_int_equal(line.commands, 1);
	assert_int_equal(line.command[0].words, 2);
	assert_string_equal(word(0, 0)->text, "switch");
	assert_int_equal(word(0, 0)->column, 2);
	assert_string_equal(word(0, 1)->text, "sh");
	assert_int_equal(word(0, 1)->column, 10);
	assert_int_equal(word(0, 1)->span, 2);
	assert_int_equal(line.command[0].end, 12);
}

static void empty_lines_and_comments_hold_no_command(void **state)
{
	(void)state;
	assert_true(lex(""));
	assert_int_equal(line.commands, 0);
	assert_true(lex("   # only ; words | here"));
	assert_int_equal(line.commands, 0);
	assert_true(line.commented);
	assert_true(lex(" ; ; "));
	assert_int_equal(line.commands, 0);
}

static void semicolons_part_commands(void **state)
{
	(void)state;
	assert_true(lex("spawn sh;spawn vi ; @1 exit # bye"));
	assert_int_equal(line.commands, 3);
	assert_string_equal(word(1, 1)->text, "vi");
	assert_string_equal(line.command[2].cpu->text, "1");
	assert_string_equal(word(2, 0)->text, "exit");
	assert_int_equal(line.command[2].words, 1);
	assert_null(line.command[0].cpu);
}

static void a_hash_inside_a_word_is_no_comment(void **state)
{
	(void)state;
	assert_true(lex("spawn sh#1"));
	assert_string_equal(word(0, 1)->text, "sh#1");
	assert_false(line.commented);
}

static void quotes_hold_blanks_and_signs(void **state)
{
	(void)state;
	assert_true(lex("switch 'my ; task' a\"|b\"c"));
	assert_string_equal(word(0, 1)->text, "my ; task");
	assert_true(word(0, 1)->quoted);
	assert_int_equal(word(0, 1)->span, 11);
	assert_string_equal(word(0, 2)->text, "a|bc");
	assert_true(lex("x 'say \"no\"' ''"));
	assert_string_equal(word(0, 1)->text, "say \"no\"");
	assert_string_equal(word(0, 2)->text, "");
}

static void an_open_quote_is_an_error_at_the_quote(void **state)
{
	(void)state;
	assert_false(lex("switch 'sh"));
	assert_int_equal(error.status, STATUS_OPEN_QUOTE);
	assert_int_equal(error.column, 7);
	assert_int_equal(error.length, 3);
}

static void a_pipe_takes_the_rest_for_the_shell(void **state)
{
	(void)state;
	assert_true(lex("ps | sort -n > f; ls # x "));
	assert_int_equal(line.outlet, OUTLET_SHELL);
	assert_string_equal(line.target, "sort -n > f; ls # x");
	assert_int_equal(line.command[0].words, 1);
	assert_false(lex("ps |"));
	assert_int_equal(error.status, STATUS_BAD_REDIRECTION);
}

static void double_bars_are_an_operator(void **state)
{
	(void)state;
	assert_true(lex("p a || b"));
	assert_int_equal(line.outlet, OUTLET_NONE);
	assert_string_equal(word(0, 2)->text, "||");
	assert_true(lex("p a||b"));
	assert_string_equal(word(0, 1)->text, "a||b");
}

static void a_file_is_written_or_appended(void **state)
{
	(void)state;
	assert_true(lex("ps >out.txt"));
	assert_int_equal(line.outlet, OUTLET_FILE);
	assert_string_equal(line.target, "out.txt");
	assert_true(lex("ps; mm >> 'my file' # both"));
	assert_int_equal(line.outlet, OUTLET_APPEND);
	assert_string_equal(line.target, "my file");
	assert_true(line.commented);
	assert_false(lex("ps > "));
	assert_int_equal(error.status, STATUS_BAD_REDIRECTION);
	assert_false(lex("ps > a b"));
	assert_int_equal(error.column, 7);
	assert_false(lex("ps > a; mm"));
	assert_int_equal(error.status, STATUS_BAD_REDIRECTION);
}

static void greater_compares_where_an_expression_is_taken(void **state)
{
	(void)state;
	assert_true(lex("p a > b"));
	assert_int_equal(line.outlet, OUTLET_NONE);
	assert_int_equal(line.command[0].words, 4);
	assert_true(lex("p a >= b >> f"));
	assert_int_equal(line.outlet, OUTLET_APPEND);
	assert_int_equal(line.command[0].words, 4);
	assert_true(lex("task a->b"));
	assert_string_equal(word(0, 1)->text, "a->b");
	assert_int_equal(line.outlet, OUTLET_NONE);
}

static void an_equals_sign_is_a_command_of_its_own(void **state)
{
	(void)state;
	assert_true(lex("=a>b"));
	assert_string_equal(word(0, 0)->text, "=");
	assert_string_equal(word(0, 1)->text, "a>b");
	assert_int_equal(word(0, 1)->column, 1);
}

static void a_bang_takes_the_whole_line(void **state)
{
	(void)state;
	assert_true(lex(" ! ls; date | wc"));
	assert_string_equal(line.shell, "ls; date | wc");
	assert_int_equal(line.commands, 0);
	assert_false(lex("!"));
	assert_int_equal(error.status, STATUS_BAD_REDIRECTION);
}

static void no_shell_refuses_every_way_out(void **state)
{
	static const char *const ways[] = { "! ls", "ps | cat", "ps > f",
					    "ps >> f" };
	struct lex_rules rules = { .no_shell = "here" };

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		assert_false(lex_line(&line, ways[i], strlen(ways[i]), &rules,
				      &error));
		assert_int_equal(error.status, STATUS_SHELL_REFUSED);
		assert_int_equal(error.length, 1);
	}
}

static void a_backslash_joins_lines_as_a_blank(void **state)
{
	(void)state;
	assert_true(lex("switch\\\nsh"));
	assert_int_equal(line.command[0].words, 2);
	assert_true(lex_wants_more("switch \\", 8));
	assert_true(lex_wants_more("switch \\\n", 9));
	assert_false(lex_wants_more("switch", 6));
	assert_false(lex_wants_more("", 0));
}

static void control_bytes_are_refused_and_not_kept(void **state)
{
	(void)state;
	assert_false(lex("ps \x1b[2J"));
	assert_int_equal(error.status, STATUS_BAD_BYTE);
	assert_string_equal(line.bytes, "ps ");
	assert_false(lex("ps\nmm"));
	assert_int_equal(error.status, STATUS_BAD_BYTE);
	assert_false(
		lex_line(&line, "a\0b", 3, &(struct lex_rules){ 0 }, &error));
	assert_int_equal(error.status, STATUS_BAD_BYTE);
}

static void limits_are_errors(void **state)
{
	static char bytes[1 << 20];

	(void)state;
	memset(bytes, 'x', sizeof bytes);
	assert_false(lex_line(&line, bytes, sizeof bytes,
			      &(struct lex_rules){ 0 }, &error));
	assert_int_equal(error.status, STATUS_LINE_TOO_LONG);
	assert_true(lex_line(&line, bytes, LINE_BYTES_MAX,
			     &(struct lex_rules){ 0 }, &error));
	for (unsigned i = 0; i < LINE_BYTES_MAX; i++)
		bytes[i] = "a "[i % 2];
	assert_true(lex_line(&line, bytes, 2 * LINE_WORDS_MAX,
			     &(struct lex_rules){ 0 }, &error));
	assert_false(lex_line(&line, bytes, 2 * LINE_WORDS_MAX + 1,
			      &(struct lex_rules){ 0 }, &error));
	assert_int_equal(error.status, STATUS_LINE_TOO_LONG);
	for (unsigned i = 0; i < LINE_BYTES_MAX; i++)
		bytes[i] = "a;"[i % 2];
	assert_false(lex_line(&line, bytes, LINE_BYTES_MAX,
			      &(struct lex_rules){ 0 }, &error));
	assert_int_equal(error.status, STATUS_LINE_TOO_LONG);
}

/* Whatever the bytes, the places of all words lie inside the line. */
static void words_lie_inside_the_line(void **state)
{
	static const char letters[] = "a@=|>;#'\"! \\\n-x";
	char bytes[24];

	(void)state;
	srand(1);
	for (unsigned round = 0; round < 20000; round++) {
		size_t length = (size_t)rand() % sizeof bytes;

		for (size_t i = 0; i < length; i++)
			bytes[i] =
				letters[(size_t)rand() % (sizeof letters - 1)];
		if (!lex_line(&line, bytes, length, &(struct lex_rules){ 0 },
			      &error)) {
			assert_int_not_equal(error.status, STATUS_OK);
			continue;
		}
		for (unsigned c = 0; c < line.commands; c++)
			for (unsigned w = 0; w < line.command[c].words; w++)
				assert_in_range(word(c, w)->column +
							word(c, w)->span,
						1, line.command[c].end);
	}
}

static void numbers_have_bases_and_suffixes(void **state)
{
	uint64_t n;

	(void)state;
	assert_true(lex_number("0", &n) && n == 0);
	assert_true(lex_number("0x1F", &n) && n == 31);
	assert_true(lex_number("4k", &n) && n == 4096);
	assert_true(lex_number("0x10m", &n) && n == 16u << 20);
	assert_true(lex_number("18446744073709551615", &n) && n == UINT64_MAX);
	assert_false(lex_number("18446744073709551616", &n));
	assert_false(lex_number("18446744073709551615k", &n));
	assert_false(lex_number("", &n));
	assert_false(lex_number("0x", &n));
	assert_false(lex_number("k", &n));
	assert_false(lex_number("12q", &n));
	assert_false(lex_number("4kk", &n));
	assert_false(lex_number("-1", &n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_keep_their_place),
		cmocka_unit_test(empty_lines_and_comments_hold_no_command),
		cmocka_unit_test(semicolons_part_commands),
		cmocka_unit_test(a_hash_inside_a_word_is_no_comment),
		cmocka_unit_test(quotes_hold_blanks_and_signs),
		cmocka_unit_test(an_open_quote_is_an_error_at_the_quote),
		cmocka_unit_test(a_pipe_takes_the_rest_for_the_shell),
		cmocka_unit_test(double_bars_are_an_operator),
		cmocka_unit_test(a_file_is_written_or_appended),
		cmocka_unit_test(greater_compares_where_an_expression_is_taken),
		cmocka_unit_test(an_equals_sign_is_a_command_of_its_own),
		cmocka_unit_test(a_bang_takes_the_whole_line),
		cmocka_unit_test(no_shell_refuses_every_way_out),
		cmocka_unit_test(a_backslash_joins_lines_as_a_blank),
		cmocka_unit_test(control_bytes_are_refused_and_not_kept),
		cmocka_unit_test(limits_are_errors),
		cmocka_unit_test(words_lie_inside_the_line),
		cmocka_unit_test(numbers_have_bases_and_suffixes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
