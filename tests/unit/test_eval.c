/* test_eval.c - expressions are evaluated through a resolver alone */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "session/error.h"
#include "session/expr.h"

/*
 * A made-up world: mm1 has 2 users, task 100 has mm1, task 20 has none; all
 * that is asked is counted.
 */
static unsigned asked;

static bool fake_name(const void *context, const char *name, struct value *out,
		      struct error *e)
{
	asked++;
	assert_string_equal(context, "world");
	if (strcmp(name, "NULL") == 0)
		return true;
	if (strcmp(name, "mm1") == 0)
		out->kind = VALUE_MM;
	else if (strcmp(name, "sh") == 0 || strcmp(name, "kworker") == 0)
		out->kind = VALUE_TASK;
	else
		return error_set(e, STATUS_NO_SUCH_TASK, "no %s", name);
	out->number = strcmp(name, "sh") == 0    ? 100
		      : strcmp(name, "mm1") == 0 ? 1
						 : 20;
	return true;
}

static bool fake_call(const void *context, const char *function,
		      struct value *values, unsigned count, struct error *e)
{
	(void)context;
	if (strcmp(function, "sum") == 0) {
		uint64_t sum = 0;

		for (unsigned i = 0; i < count; i++)
			sum += values[i].number;
		values[0] =
			(struct value){ .kind = VALUE_NUMBER, .number = sum };
		return true;
	}
	if (strcmp(function, "cpu") != 0 || count != 1)
		return error_set(e, STATUS_UNKNOWN_FUNCTION, "no %s", function);
	values[0].kind = VALUE_CPU;
	return true;
}

static bool fake_field(const void *context, const char *field,
		       struct value *object, struct error *e)
{
	(void)context;
	asked++;
	if (strcmp(field, "mm") == 0 && object->number == 100)
		*object = (struct value){ .kind = VALUE_MM, .number = 1 };
	else if (strcmp(field, "mm") == 0)
		*object = (struct value){ .kind = VALUE_NULL };
	else if (strcmp(field, "mm_users") == 0 && object->kind == VALUE_MM)
		*object = (struct value){ .kind = VALUE_NUMBER, .number = 2 };
	else if (strcmp(field, "comm") == 0)
		*object = (struct value){ .kind = VALUE_TEXT, .text = "sh" };
	else
		return error_set(e, STATUS_NO_SUCH_FIELD, "no %s", field);
	return true;
}

static bool fake_index(const void *context, uint64_t index,
		       struct value *object, struct error *e)
{
	(void)context;
	(void)e;
	*object = (struct value){ .kind = VALUE_NUMBER,
				  .number = object->number * 1000 + index };
	return true;
}

static const struct resolver resolver = { "world", fake_name, fake_call,
					  fake_field, fake_index };
static struct expr x;
static struct value value;
static struct error error;

static bool eval(const char *source)
{
	asked = 0;
	assert_true(expr_read_all(source, &x, &error));
	return expr_eval(&x, &resolver, &value, &error);
}

static void assert_number(const char *source, int64_t number)
{
	assert_true(eval(source));
	assert_int_equal(value.kind, VALUE_NUMBER);
	assert_true((int64_t)value.number == number);
}

static void assert_fails(const char *source, enum status status,
			 uint32_t column, uint32_t length)
{
	assert_false(eval(source));
	assert_int_equal(error.status, status);
	assert_int_equal(error.column, column);
	assert_int_equal(error.length, length);
}

static void arithmetic_is_that_of_c(void **state)
{
	(void)state;
	assert_number("1 + 2 * 3", 7);
	assert_number("(1 + 2) * 3 - 10", -1);
	assert_number("1 - 2 < 0", 1);
	assert_number("3 <= 3 && 3 >= 3 && !(3 > 3)", 1);
	assert_number("~0 & 0xff", 255);
	assert_number("-4k", -4096);
	assert_number("2 == 3", 0);
	assert_number("2 != 3", 1);
	assert_number("5 && 7", 1);
	assert_number("0 || 0", 0);
}

static void names_and_fields_are_asked_of_the_resolver(void **state)
{
	(void)state;
	assert_number("mm1.mm_users", 2);
	assert_number("sh.mm->mm_users + 1", 3);
	assert_number("100.mm == mm1", 1);
	assert_number("sh.mm == kworker.mm", 0);
	assert_number("cpu(3)[4]", 3004);
	assert_number("sum()", 0);
	assert_number("sum(1, 2, 3) + sum(4)", 10);
	assert_true(eval("*sh"));
	assert_int_equal(value.kind, VALUE_TASK);
	assert_true(eval("&mm1"));
	assert_int_equal(value.kind, VALUE_MM);
}

static void null_is_zero_and_nobody(void **state)
{
	(void)state;
	assert_number("kworker.mm == NULL", 1);
	assert_number("sh.mm == NULL", 0);
	assert_number("NULL == 0", 1);
	assert_number("mm1 == 0", 0);
	assert_number("!kworker.mm", 1);
	assert_number("sh && mm1", 1);
}

static void text_is_compared_as_text(void **state)
{
	(void)state;
	assert_number("sh.comm == \"sh\"", 1);
	assert_number("sh.comm != \"vi\"", 1);
	assert_number("sh.comm && 1", 1);
	assert_number("\"\" || 0", 0);
}

static void the_right_side_is_looked_at_only_when_it_must(void **state)
{
	(void)state;
	assert_number("kworker.mm != NULL && kworker.mm->mm_users == 1", 0);
	assert_int_equal(asked, 3);
	assert_number("1 || nobody", 1);
	assert_int_equal(asked, 0);
	assert_number("0 && nobody || 2", 1);
	assert_number("(1 || nobody) && (0 || 3)", 1);
}

static void errors_name_the_part_that_failed(void **state)
{
	(void)state;
	assert_fails("1 + nobody.mm", STATUS_NO_SUCH_TASK, 4, 6);
	assert_fails("sh.pgd", STATUS_NO_SUCH_FIELD, 3, 3);
	assert_fails("kworker.mm->mm_users", STATUS_NULL_POINTER, 12, 8);
	assert_string_equal(error.message, "NULL has no field mm_users");
	assert_fails("f(1)", STATUS_UNKNOWN_FUNCTION, 0, 4);
	assert_fails("1 + sh", STATUS_WRONG_KIND, 2, 1);
	assert_fails("sh < 1", STATUS_WRONG_KIND, 3, 1);
	assert_fails("sh == mm1", STATUS_WRONG_KIND, 3, 2);
	assert_fails("sh == 7", STATUS_WRONG_KIND, 3, 2);
	assert_fails("-sh", STATUS_WRONG_KIND, 0, 3);
	assert_fails("*NULL", STATUS_NULL_POINTER, 0, 5);
	assert_fails("NULL[1]", STATUS_NULL_POINTER, 4, 3);
	assert_fails("sh[sh]", STATUS_WRONG_KIND, 2, 4);
}

/* Whatever is read can be evaluated: the stack holds every one. */
static void whatever_is_read_can_be_evaluated(void **state)
{
	static const char *const parts[] = {
		"1 ",  "sh ",       "mm1", "NULL", "(",  ")",     "+ ", "- ",
		"&& ", "|| ",       "== ", "< ",   "!",  "~",     "*",  "& ",
		".mm", ".mm_users", "[1]", "sum(", ", ", "cpu(2)"
	};
	unsigned read = 0;

	(void)state;
	srand(2);
	for (unsigned round = 0; round < 200000; round++) {
		char source[128] = "";

		for (int n = 1 + rand() % 8; n > 0; n--)
			strcat(source, parts[(size_t)rand() %
					     (sizeof parts / sizeof *parts)]);
		if (!expr_read_all(source, &x, &error))
			continue;
		read++;
		expr_eval(&x, &resolver, &value, &error);
	}
	assert_in_range(read, 1000, 200000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arithmetic_is_that_of_c),
		cmocka_unit_test(names_and_fields_are_asked_of_the_resolver),
		cmocka_unit_test(null_is_zero_and_nobody),
		cmocka_unit_test(text_is_compared_as_text),
		cmocka_unit_test(the_right_side_is_looked_at_only_when_it_must),
		cmocka_unit_test(errors_name_the_part_that_failed),
		cmocka_unit_test(whatever_is_read_can_be_evaluated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
