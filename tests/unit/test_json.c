/*
 * test_json.c - JSON is read strictly, and where it lies
 */
#include "test.h"

#include <string.h>

#include "base/json.h"
#include "base/mem.h"

static struct json value;

static bool reads(const char *text)
{
	return json_read(text, strlen(text), &value);
}

static void must_say(struct json j, const char *wanted)
{
	struct text said = { 0 };

	assert_true(json_string(j, &said));
	assert_string_equal(text_string(&said), wanted);
	text_free(&said);
}

static void every_kind_of_value_is_known(void **state)
{
	(void)state;
	assert_true(reads(" null "));
	assert_int_equal(json_kind(value), JSON_NULL);
	assert_true(reads("true") && json_kind(value) == JSON_TRUE);
	assert_true(reads("false") && json_kind(value) == JSON_FALSE);
	assert_true(reads("-1.5e+3") && json_kind(value) == JSON_NUMBER);
	assert_true(reads("\"a\"") && json_kind(value) == JSON_STRING);
	assert_true(reads("[]") && json_kind(value) == JSON_ARRAY);
	assert_true(reads("{}") && json_kind(value) == JSON_OBJECT);
	assert_int_equal(json_kind((struct json){ 0 }), JSON_NONE);
}

static void what_is_no_json_is_refused(void **state)
{
	static const char *const wrong[] = {
		"",           " ",        "{",
		"[1",         "[1,]",     "{\"a\":1,}",
		"{\"a\"}",    "{a:1}",    "{\"a\":}",
		"[,1]",       "1 2",      "01",
		"1.",         "1e",       "+1",
		"-",          ".5",       "tru",
		"truex",      "'a'",      "\"a",
		"\"a\nb\"",   "\"\\x\"",  "\"\\u12g4\"",
		"\"\\",       "\"\xff\"", "\"\xc0\x80\"",
		"nul",        "NaN",      "[1]]",
		"{\"a\":1}{",
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (reads(wrong[i]))
			fail_msg("accepts %s", wrong[i]);
	assert_false(json_read("1\0", 2, &value));
	assert_false(json_read("\"\\\"", 3, &value));
}

static void depth_has_an_end(void **state)
{
	char text[2 * JSON_DEPTH_MAX + 4];

	(void)state;
	memset(text, '[', JSON_DEPTH_MAX);
	memset(text + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
	assert_true(json_read(text, (size_t)2 * JSON_DEPTH_MAX, &value));
	memset(text, '[', JSON_DEPTH_MAX + 1);
	memset(text + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
	assert_false(json_read(text, (size_t)2 * JSON_DEPTH_MAX + 2, &value));
}

static void members_are_found_by_name(void **state)
{
	uint64_t n;

	(void)state;
	assert_true(reads("{ \"a\" : { \"b\" : [ 1 , 22 ] } , \"\\u0063\":3,"
			  "\"a\":4}"));
	assert_true(json_number(json_member(value, "c"), &n) && n == 3);
	assert_int_equal(json_kind(json_member(value, "a")), JSON_OBJECT);
	assert_int_equal(json_kind(json_member(value, "d")), JSON_NONE);
	value = json_member(json_member(value, "a"), "b");
	assert_int_equal(json_kind(value), JSON_ARRAY);
	assert_int_equal(json_kind(json_member(value, "b")), JSON_NONE);
}

static void items_come_in_order(void **state)
{
	struct json item = { 0 }, name;
	uint64_t n, sum = 0;

	(void)state;
	assert_true(reads("[ 1 , [2, 3] ,\"]\", 40 ]"));
	for (int i = 0; json_next(value, &item, NULL); i++)
		if (json_number(item, &n))
			sum += n * (uint64_t)(i + 1);
	assert_int_equal(sum, 1 + 160);
	assert_true(reads("{\"x\":{},\"y\":[]}"));
	item = (struct json){ 0 };
	assert_true(json_next(value, &item, &name));
	must_say(name, "x");
	assert_true(json_next(value, &item, &name));
	must_say(name, "y");
	assert_false(json_next(value, &item, &name));
	assert_true(reads("7"));
	item = (struct json){ 0 };
	assert_false(json_next(value, &item, NULL));
}

static void numbers_are_whole_and_fit(void **state)
{
	uint64_t n = 0;

	(void)state;
	assert_true(reads("18446744073709551615") && json_number(value, &n));
	assert_true(n == UINT64_MAX);
	assert_true(reads("18446744073709551616") && !json_number(value, &n));
	assert_true(reads("-1") && !json_number(value, &n));
	assert_true(reads("1.0") && !json_number(value, &n));
	assert_true(reads("\"1\"") && !json_number(value, &n));
}

static void strings_say_what_they_mean(void **state)
{
	struct text out = { 0 };

	(void)state;
	assert_true(reads("\"a\\\"b\\\\c\\/\\n\\t\\u00e9\\u20ac\\ud83d\\ude00"
			  "\xc3\xa9\""));
	must_say(value, "a\"b\\c/\n\t\xc3\xa9\xe2\x82\xac"
			"\xf0\x9f\x98\x80\xc3\xa9");
	assert_true(reads("\"\\ud83d\"") && !json_string(value, &out));
	assert_true(reads("\"\\ude00\"") && !json_string(value, &out));
	assert_true(reads("\"\\u0000\"") && !json_string(value, &out));
	assert_true(reads("5") && !json_string(value, &out));
	assert_false(json_string((struct json){ 0 }, &out));
	assert_false(json_next((struct json){ 0 }, &value, NULL));
	text_free(&out);
	assert_int_equal(mem_stats().live_blocks, 0);
}

/* Cut anywhere, or one byte changed: accepted or not, never out of bounds. */
static void no_damage_does_harm(void **state)
{
	static const char good[] = "{\"a\":[1,-2.5e3,\"x\\u20ac\\n\",{\"b\":"
				   "null}],\"\\ud83d\\ude00\":[true,false]}";
	char text[sizeof good];

	(void)state;
	for (size_t n = 0; n < sizeof good; n++)
		assert_int_equal(json_read(good, n, &value),
				 n == sizeof good - 1);
	for (size_t i = 0; i + 1 < sizeof good; i++)
		for (int byte = 0; byte < 256; byte++) {
			struct json item = { 0 }, name;
			struct text out = { 0 };

			memcpy(text, good, sizeof good);
			text[i] = (char)byte;
			if (!json_read(text, sizeof good - 1, &value))
				continue;
			while (json_next(value, &item, &name)) {
				(void)json_string(name, &out);
				(void)json_string(item, &out);
			}
			text_free(&out);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_value_is_known),
		cmocka_unit_test(what_is_no_json_is_refused),
		cmocka_unit_test(depth_has_an_end),
		cmocka_unit_test(members_are_found_by_name),
		cmocka_unit_test(items_come_in_order),
		cmocka_unit_test(numbers_are_whole_and_fit),
		cmocka_unit_test(strings_say_what_they_mean),
		cmocka_unit_test(no_damage_does_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
