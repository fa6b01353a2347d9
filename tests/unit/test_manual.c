/*
 * test_manual.c - the man page has the commands as the tables have them
 *
 * With AMM_ACCEPT=1 in the environment it is written anew.
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "session/help.h"

#define BEGIN ".\\\" Made from the tables: from here ...\n"
#define END ".\\\" ... to here.\n"

static const char *page_path(void)
{
	static char path[4096];
	const char *top = getenv("top_srcdir");

	snprintf(path, sizeof path, "%s/man/activemm.1",
		 top != NULL ? top : ".");
	return path;
}

static char *read_page(void)
{
	static char page[1 << 18];
	FILE *file = fopen(page_path(), "r");
	size_t length;

	if (file == NULL)
		fail_msg("cannot read %s", page_path());
	length = fread(page, 1, sizeof page - 1, file);
	assert_int_equal(fclose(file), 0);
	page[length] = '\0';
	return page;
}

static void write_page(const char *head, const char *commands, const char *tail)
{
	FILE *file = fopen(page_path(), "w");

	assert_non_null(file);
	assert_true(fprintf(file, "%s%s%s", head, commands, tail) > 0);
	assert_int_equal(fclose(file), 0);
}

static void the_man_page_is_current(void **state)
{
	char *page = read_page();
	char *begin = strstr(page, BEGIN), *end = strstr(page, END);
	struct text commands = { 0 };
	const char *accept = getenv("AMM_ACCEPT");
	char *tail;

	(void)state;
	assert_non_null(begin);
	assert_non_null(end);
	begin += strlen(BEGIN);
	tail = strdup(end);
	*end = '\0';
	help_roff(&commands);
	if (accept != NULL && strcmp(accept, "1") == 0 &&
	    strcmp(begin, text_string(&commands)) != 0) {
		char *head = strndup(page, (size_t)(begin - page));

		write_page(head, text_string(&commands), tail);
		free(head);
	} else {
		assert_string_equal(begin, text_string(&commands));
	}
	free(tail);
	text_free(&commands);
}

/* A line that begins with a dot and is no request of ours vanishes. */
static void no_text_is_taken_for_a_request(void **state)
{
	static const char *const requests[] = { ".SH ", ".SS ", ".TP\n", ".B ",
						".br\n" };
	struct text commands = { 0 };
	const char *line;

	(void)state;
	help_roff(&commands);
	for (line = text_string(&commands); *line != '\0';
	     line += strcspn(line, "\n") + 1) {
		bool known = line[0] != '.' && line[0] != '\'';

		for (unsigned i = 0; i < 5; i++)
			known |= strncmp(line, requests[i],
					 strlen(requests[i])) == 0;
		assert_true(known);
	}
	text_free(&commands);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_man_page_is_current),
		cmocka_unit_test(no_text_is_taken_for_a_request),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
