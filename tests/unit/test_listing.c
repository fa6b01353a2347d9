/* test_listing.c - the entries of a directory are seen, hidden ones not */
#include "test.h"

#include "base/listing.h"
#include "scratch.h"

struct seen {
	unsigned files, directories;
	bool named;
};

static void see(void *context, const char *name, bool is_directory)
{
	struct seen *s = context;

	if (is_directory)
		s->directories++;
	else
		s->files++;
	s->named |= strcmp(name, "b.amm") == 0;
	assert_int_not_equal(name[0], '.');
}

static void entries_are_seen_and_told_apart(void **state)
{
	struct seen s = { 0 };

	(void)state;
	assert_int_equal(mkdir("sub", 0700), 0);
	assert_int_equal(fclose(fopen("b.amm", "w")), 0);
	assert_int_equal(fclose(fopen(".hidden", "w")), 0);
	assert_true(listing_each(".", see, &s));
	assert_int_equal(s.files, 1);
	assert_int_equal(s.directories, 1);
	assert_true(s.named);
}

static void no_directory_is_no_listing(void **state)
{
	struct seen s = { 0 };

	(void)state;
	assert_false(listing_each("/dev/null", see, &s));
	assert_false(listing_each("/nowhere/at/all", see, &s));
	assert_int_equal(s.files + s.directories, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(entries_are_seen_and_told_apart,
						scratch_setup,
						scratch_teardown),
		cmocka_unit_test(no_directory_is_no_listing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
