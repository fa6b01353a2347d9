/* test_expr.c - expressions are read as C reads them, and no further */
#include "test.h"

#include <string.h>

#include "base/text.h"
#include "session/error.h"
#include "session/expr.h"

static struct expr x;
static struct error error;
static struct text text;

/* The operations in order, as one line: "1 2 +" */
static const char *postfix(const char *source)
{
	static const char *const signs[] = {
		[EXPR_NOT] = "!",      [EXPR_INVERT] = "~",
		[EXPR_NEGATE] = "neg", [EXPR_DEREF] = "*p",
		[EXPR_ADDRESS] = "&p", [EXPR_MUL] = "*",
		[EXPR_ADD] = "+",      [EXPR_SUB] = "-",
		[EXPR_LT] = "<",       [EXPR_LE] = "<=",
		[EXPR_GT] = ">",       [EXPR_GE] = ">=",
		[EXPR_EQ] = "==",      [EXPR_NE] = "!=",
		[EXPR_BITS] = "&",     [EXPR_TRUTH] = "bool",
	};

	text_clear(&text);
	if (!expr_read_all(source, &x, &error))
		return "wrong";
	for (unsigned i = 0; i < x.ops; i++) {
		const struct expr_op *op = &x.op[i];
		const char *name = x.text + op->text;

		if (i > 0)
			text_add(&text, " ");
		switch (op->code) {
		case EXPR_NUMBER:
			text_addf(&text, "%u", (unsigned)op->number);
			break;
		case EXPR_TEXT:
			text_addf(&text, "\"%s\"", name);
			break;
		case EXPR_NAME:
			text_addf(&text, "<%s>", name);
			break;
		case EXPR_CALL:
			text_addf(&text, "%s/%u", name, op->args);
			break;
		case EXPR_FIELD:
			text_addf(&text, ".%s", name);
			break;
		case EXPR_INDEX:
			text_add(&text, "[]");
			break;
		case EXPR_AND:
		case EXPR_OR:
			text_addf(&text, "%s%u",
				  op->code == EXPR_AND ? "and" : "or",
				  (unsigned)op->number);
			break;
		default:
			text_add(&text, signs[op->code]);
		}
	}
	return text_string(&text);
}

static void names_are_what_kernel_people_type(void **state)
{
	(void)state;
	assert_string_equal(postfix("mm1.mm_users"), "<mm1> .mm_users");
	assert_string_equal(postfix("init_mm.mm_count"), "<init_mm> .mm_count");
	assert_string_equal(postfix("kworker/1:0.active_mm"),
			    "<kworker/1:0> .active_mm");
	assert_string_equal(postfix("vhost-100.mm"), "<vhost-100> .mm");
	assert_string_equal(postfix("100.mm"), "100 .mm");
	assert_string_equal(postfix("%1.mm"), "<%1> .mm");
	assert_string_equal(postfix("%.mm"), "<%> .mm");
	assert_string_equal(postfix("'my task'.mm"), "<my task> .mm");
	assert_string_equal(postfix("\"my task\".mm"), "<my task> .mm");
	assert_string_equal(postfix("$1 + $ + $$"), "<$1> <$> + <$$> +");
}

static void arrows_and_dots_are_the_same(void **state)
{
	(void)state;
	assert_string_equal(postfix("task(100)->active_mm->mm_count"),
			    "100 task/1 .active_mm .mm_count");
	assert_string_equal(postfix("mm(1) . mm_users"), "1 mm/1 .mm_users");
	assert_string_equal(postfix("cpu(1)->asid[2].ctx_id"),
			    "1 cpu/1 .asid 2 [] .ctx_id");
}

static void the_names_of_gdb_scripts_are_functions(void **state)
{
	(void)state;
	assert_string_equal(postfix("$lx_task_by_pid(100).mm"),
			    "100 $lx_task_by_pid/1 .mm");
	assert_string_equal(postfix("$lx_current()"), "$lx_current/0");
	assert_string_equal(postfix("f(1, mm2, a.b)"), "1 <mm2> <a> .b f/3");
}

static void operators_bind_as_in_c(void **state)
{
	(void)state;
	assert_string_equal(postfix("1 + 2 * 3 - 4"), "1 2 3 * + 4 -");
	assert_string_equal(postfix("(1 + 2) * 3"), "1 2 + 3 *");
	assert_string_equal(postfix("!a == b"), "<a> ! <b> ==");
	assert_string_equal(postfix("1 < 2 == 3 >= 4"), "1 2 < 3 4 >= ==");
	assert_string_equal(postfix("1 & 2 == 2"), "1 2 2 == &");
	assert_string_equal(postfix("-1 - -2"), "1 neg 2 neg -");
	assert_string_equal(postfix("~*&a"), "<a> &p *p ~");
	assert_string_equal(postfix("a<b"), "<a> <b> <");
	assert_string_equal(postfix("mm1.mm_count-1"), "<mm1> .mm_count 1 -");
}

static void and_and_or_jump_over_their_right_side(void **state)
{
	(void)state;
	assert_string_equal(postfix("a && b"), "<a> and4 <b> bool");
	assert_string_equal(postfix("a || b && c"),
			    "<a> or7 <b> and6 <c> bool bool");
}

static void text_is_quoted_twice_and_names_once(void **state)
{
	(void)state;
	assert_string_equal(postfix("sh.comm == \"sh\""),
			    "<sh> .comm \"sh\" ==");
}

static void assert_wrong(const char *source, enum status status, size_t column)
{
	assert_false(expr_read_all(source, &x, &error));
	assert_int_equal(error.status, status);
	assert_int_equal(error.column, column);
}

static void an_assignment_is_told_from_equality(void **state)
{
	(void)state;
	assert_wrong("mm1.mm_count = 3", STATUS_ASSIGNMENT, 13);
	assert_wrong("mm1.mm_count=3", STATUS_ASSIGNMENT, 12);
	assert_wrong("= 3", STATUS_ASSIGNMENT, 0);
	assert_string_equal(postfix("a==3"), "<a> 3 ==");
}

static void errors_stand_where_they_are(void **state)
{
	(void)state;
	assert_wrong("", STATUS_BAD_EXPRESSION, 0);
	assert_wrong("1 +", STATUS_BAD_EXPRESSION, 2);
	assert_wrong("(1 + 2", STATUS_BAD_EXPRESSION, 5);
	assert_wrong("mm1. ", STATUS_BAD_EXPRESSION, 4);
	assert_wrong("a b", STATUS_BAD_EXPRESSION, 2);
	assert_wrong("a | b", STATUS_BAD_EXPRESSION, 2);
	assert_wrong("f(1 2)", STATUS_BAD_EXPRESSION, 4);
	assert_wrong("f(1", STATUS_BAD_EXPRESSION, 2);
	assert_wrong("a[1", STATUS_BAD_EXPRESSION, 2);
	assert_wrong("1 + 12x", STATUS_NOT_A_NUMBER, 4);
	assert_wrong("1 + 'x", STATUS_OPEN_QUOTE, 4);
	assert_wrong("f(1,2,3,4,5)", STATUS_BAD_EXPRESSION, 10);
}

static void reading_stops_where_the_expression_ends(void **state)
{
	static const struct {
		const char *source;
		size_t end;
	} cases[] = {
		{ "mm1.mm_count 1", 13 },
		{ "mm1.mm_count -- reason", 13 },
		{ "a > 1 --cpu=1", 6 },
		{ "a == 2 \"message\"", 7 },
		{ "a   ", 4 },
		{ "a; b", 1 },
	};
	size_t end;

	(void)state;
	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(expr_read(cases[i].source, strlen(cases[i].source),
				      &x, &end, &error));
		assert_int_equal(end, cases[i].end);
	}
}

static void bytes_beyond_the_length_are_not_read(void **state)
{
	size_t end;

	(void)state;
	assert_true(expr_read("mm12", 3, &x, &end, &error));
	assert_int_equal(end, 3);
	assert_string_equal(x.text, "mm1");
	assert_false(expr_read("(1)", 2, &x, &end, &error));
	assert_false(expr_read("'ab'", 3, &x, &end, &error));
}

static void deep_and_long_expressions_are_refused(void **state)
{
	static const char *const bombs[] = { "(",  "!",   "-(", "a[", "f(",
					     "1+", "a&&", "a.", "1," };
	char source[4096];

	(void)state;
	for (unsigned i = 0; i < sizeof bombs / sizeof *bombs; i++) {
		size_t length = strlen(bombs[i]);

		for (size_t at = 0; at < sizeof source - 1; at++)
			source[at] = bombs[i][at % length];
		source[sizeof source - 1] = '\0';
		assert_false(expr_read_all(source, &x, &error));
		assert_true(error.status == STATUS_EXPRESSION_TOO_DEEP ||
			    error.status == STATUS_BAD_EXPRESSION);
		/* The others end early, or at the end of the text. */
		if (i < 7)
			assert_int_equal(error.status,
					 STATUS_EXPRESSION_TOO_DEEP);
	}
	memset(source, 'n', 600);
	source[600] = '\0';
	assert_wrong(source, STATUS_EXPRESSION_TOO_DEEP, 599);
}

static int release(void **state)
{
	(void)state;
	text_free(&text);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_what_kernel_people_type),
		cmocka_unit_test(arrows_and_dots_are_the_same),
		cmocka_unit_test(the_names_of_gdb_scripts_are_functions),
		cmocka_unit_test(operators_bind_as_in_c),
		cmocka_unit_test(and_and_or_jump_over_their_right_side),
		cmocka_unit_test(text_is_quoted_twice_and_names_once),
		cmocka_unit_test(an_assignment_is_told_from_equality),
		cmocka_unit_test(errors_stand_where_they_are),
		cmocka_unit_test(reading_stops_where_the_expression_ends),
		cmocka_unit_test(bytes_beyond_the_length_are_not_read),
		cmocka_unit_test(deep_and_long_expressions_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
