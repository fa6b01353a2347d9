/*
 * test_screen.c - the panes as they look, beside the screens written down
 *
 * tests/screens/NAME-COLUMNSxROWS.txt has, for each typed line that it is
 * about, the line and the screen after it; NAME-...-ascii.txt the same without
 * UTF-8; NAME-....att the roles and attributes of all cells.  With
 * AMM_ACCEPT=1 in the environment they are written anew: read the difference
 * as you would read code.
 */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "chatter.h"
#include "conversation.h"
#include "tui/screen.h"

/* One way to look at it. */
struct look {
	struct extent size;
	bool ascii;
	const char *ending;
};

static const struct look looks[] = {
	{ { 24, 80 }, false, "80x24.txt" },
	{ { 24, 80 }, true, "80x24-ascii.txt" },
	{ { 40, 120 }, false, "120x40.txt" },
	{ { 40, 120 }, true, "120x40-ascii.txt" },
};
enum { LOOKS = sizeof looks / sizeof *looks };

static struct text written[LOOKS], styles[LOOKS];
static struct layout layout;

static void draw_at(struct canvas *c, struct extent size, bool ascii,
		    uint64_t since)
{
	struct scene scene = { .amm = amm,
			       .since = since,
			       .pane = pane_list,
			       .panes = PANES,
			       .line_rows = 1 };

	assert_true(canvas_new(c, size, ascii));
	screen_draw(c, &scene, &layout);
}

static void write_screens(const char *line)
{
	for (unsigned i = 0; i < LOOKS; i++) {
		struct canvas c;

		draw_at(&c, looks[i].size, looks[i].ascii, amm_since(amm));
		text_addf(&written[i], "(amm) %s\n", line);
		canvas_text(&c, &written[i]);
		text_addf(&styles[i], "(amm) %s\n", line);
		canvas_styles(&c, &styles[i]);
		canvas_free(&c);
	}
}

/* A line, and the screens after it. */
static void shows(const char *line)
{
	ask(line);
	if (status != AMM_OK)
		fail_msg("'%s' says: %s", line, amm_text(amm));
	write_screens(line);
}

static char *path_of(const char *name, const char *ending)
{
	static char path[4096];
	const char *top = getenv("top_srcdir");

	snprintf(path, sizeof path, "%s/tests/screens/%s-%s", top ? top : ".",
		 name, ending);
	return path;
}

static void compare(const char *path, const struct text *now)
{
	static char golden[1 << 18];
	FILE *file = fopen(path, getenv("AMM_ACCEPT") ? "w+" : "r");
	size_t length;

	if (!file)
		fail_msg("cannot open %s", path);
	if (getenv("AMM_ACCEPT")) {
		assert_int_equal(fwrite(now->bytes, 1, now->length, file),
				 now->length);
		rewind(file);
	}
	length = fread(golden, 1, sizeof golden - 1, file);
	fclose(file);
	golden[length] = '\0';
	if (strcmp(golden, text_string(now)) != 0)
		fail_msg("%s: the screens are other ones now:\n%s", path,
			 text_string(now));
}

static void must_be_as_in(const char *name)
{
	for (unsigned i = 0; i < LOOKS; i++) {
		char ending[32];

		compare(path_of(name, looks[i].ending), &written[i]);
		if (looks[i].ascii)
			continue;
		snprintf(ending, sizeof ending, "%ux%u.att",
			 looks[i].size.columns, looks[i].size.rows);
		compare(path_of(name, ending), &styles[i]);
	}
}

static int begin(void **state)
{
	return talk_setup(state);
}

static int end(void **state)
{
	for (unsigned i = 0; i < LOOKS; i++) {
		text_free(&written[i]);
		text_free(&styles[i]);
	}
	return talk_teardown(state);
}

#define SCREEN_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

/* --- what is written down ------------------------------------------------- */

static void the_story_from_boot_to_freed(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	write_screens("boot");
	shows("spawn sh; spawn vi; spawn make; kthread kworker/1:0");
	shows("@1 switch sh");
	shows("@1 switch kworker/1:0");
	shows("@0 switch sh");
	shows("exit");
	shows("@0 switch vi");
	shows("@1 switch make");
	must_be_as_in("story");
}

static void in_the_middle_of_kernel_paths(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("set ipi manual");
	ask("spawn sh; kthread kworker/1:0; @1 switch sh");
	ask("@1 switch kworker/1:0; switch sh");
	shows("begin exit");
	shows("step 4");
	shows("step 4");
	shows("finish");
	shows("@1 ipi");
	must_be_as_in("paths");
}

static void in_the_middle_of_fork_and_exec(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; switch sh");
	shows("begin fork kid");
	shows("step 3");
	shows("finish");
	ask("begin exec ls");
	shows("step 9");
	shows("finish");
	must_be_as_in("exec");
}

static void eight_cpus(void **state)
{
	char line[64];

	(void)state;
	talk_with(&(struct amm_config){ .cpus = 8 });
	for (int i = 0; i < 8; i++) {
		snprintf(line, sizeof line, "spawn t%d; @%d switch t%d", i, i,
			 i);
		ask(line);
	}
	shows("@3 idle");
	shows("cpu 6");
	must_be_as_in("eight");
}

static void sixty_tasks(void **state)
{
	char line[64];

	(void)state;
	talk(FORM_HUMAN);
	for (int i = 0; i < 28; i++) {
		snprintf(line, sizeof line, "spawn t%d; kthread k%d", i, i);
		ask(line);
	}
	shows("switch t27");
	shows("@1 switch k20");
	must_be_as_in("many");
}

static void names_long_wide_and_odd(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn 'żółć'; spawn '日本語テス'; spawn exactly15bytes_");
	ask("kthread 'e\xcc\x81t\xc3\xa9'; spawn sh; spawn sh");
	ask("mmgrab mm1 --as=/proc/100/mem; mmgrab mm1 --as=日本");
	shows("switch 'żółć'");
	shows("@1 switch '日本語テス'");
	shows("@0 switch 'e\xcc\x81t\xc3\xa9'");
	must_be_as_in("names");
}

static void all_cpus_there_can_be(void **state)
{
	(void)state;
	talk_with(&(struct amm_config){ .cpus = 4096 });
	ask("spawn sh");
	shows("@4095 switch sh");
	shows("cpu 2000");
	must_be_as_in("cpus");
}

static void holders_of_all_kinds(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn qemu; kthread vhost; switch qemu; clone io");
	ask("mmget mm1 --as=/proc/100/mem; mmgrab mm1 --as=kvm");
	ask("mmgrab mm1 --as=kvm; @1 switch vhost");
	shows("@1 kthread_use_mm mm1");
	shows("@1 idle");
	shows("exit --group");
	must_be_as_in("holders");
}

static void a_cpu_that_goes_and_comes(void **state)
{
	(void)state;
	talk_with(&(struct amm_config){ .cpus = 3 });
	ask("spawn sh; @2 switch sh; @2 idle");
	shows("cpu_down 2");
	shows("cpu_up 2");
	shows("undo");
	must_be_as_in("hotplug");
}

static void without_counts_for_borrowers(void **state)
{
	(void)state;
	talk_with(&(struct amm_config){ .kernel = "6.12-shoot" });
	ask("spawn sh; kthread kworker/1:0; @1 switch sh");
	shows("@1 switch kworker/1:0");
	ask("switch sh");
	shows("exit");
	must_be_as_in("shoot");
}

static void with_one_count_nobody_borrows(void **state)
{
	(void)state;
	talk_with(&(struct amm_config){ .kernel = "2.2" });
	ask("spawn sh; kthread bdflush; @1 switch sh; @1 clone sh2");
	shows("@1 switch bdflush");
	shows("@0 switch sh");
	shows("exit");
	shows("@0 switch sh2");
	shows("exit");
	must_be_as_in("2.2");
}

static void on_an_alpha_the_ptbr_is_borrowed(void **state)
{
	(void)state;
	talk(FORM_HUMAN);
	ask("boot --arch=alpha");
	shows("spawn sh; spawn vi; kthread kworker/1:0");
	shows("switch sh");
	shows("begin switch kworker/1:0");
	shows("step 6");
	shows("finish");
	shows("switch vi");
	must_be_as_in("alpha");
}

static void a_zombie_in_windows_of_other_sizes(void **state)
{
	static const struct extent sizes[] = {
		{ 12, 40 }, { 20, 60 }, { 16, 80 }, { 30, 100 }, { 50, 200 },
	};
	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; spawn vi; kthread kworker/1:0; @1 switch sh");
	ask("@1 switch kworker/1:0; @0 switch sh");
	ask("exit");
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct canvas c;

		draw_at(&c, sizes[i], false, amm_since(amm));
		text_addf(&written[0], "%ux%u\n", c.columns, c.rows);
		canvas_text(&c, &written[0]);
		canvas_free(&c);
	}
	compare(path_of("zombie", "sizes.txt"), &written[0]);
}

/* --- what holds everywhere ------------------------------------------------ */

static void draw_all_sizes(uint64_t since)
{
	static const struct extent sizes[] = {
		{ 1, 1 },   { 4, 19 },  { 10, 40 },  { 12, 59 },
		{ 24, 80 }, { 24, 79 }, { 30, 100 }, { 100, 300 },
	};

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct canvas c;

		draw_at(&c, sizes[i], i % 2, since);
		canvas_free(&c);
	}
	for (unsigned i = 0; i < PANES; i++)
		for (unsigned n = 0; n < 90; n++) {
			struct extent size = { n % 7, n };
			struct canvas c;

			assert_true(canvas_new(&c, size, false));
			pane_list[i]->draw(amm, since, &c);
			canvas_free(&c);
		}
}

static void drawing_changes_nothing(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 4; n++) {
		struct chatter c = { .state = n * 7919, .cpus = 1 + n % 3 };
		char line[128];

		talk(FORM_HUMAN);
		snprintf(line, sizeof line, "boot --cpus=%u", c.cpus);
		ask(line);
		for (unsigned i = 0; i < 40; i++) {
			uint64_t since = amm_events(amm);
			struct world *before;
			uint32_t sum;

			chatter_line(&c, line, sizeof line);
			ask(line);
			before = world_now();
			sum = history_sum();
			draw_all_sizes(since);
			assert_true(world_is(before));
			assert_int_equal(history_sum(), sum);
			am_free(before);
		}
		hush();
	}
}

static void every_kernel_can_be_drawn(void **state)
{
	static const char *const story[] = {
		"spawn sh; spawn vi; kthread kw",
		"@1 switch sh",
		"@1 switch kw",
		"switch sh",
		"exit",
		"switch vi",
		"@1 idle",
		"fork kid",
	};
	const struct profile *p;

	(void)state;
	for (uint32_t i = 0; (p = profile_at(i)) != NULL; i++) {
		char line[128];

		if (p->canon)
			continue;
		talk(FORM_HUMAN);
		snprintf(line, sizeof line, "boot --arch=%s --kernel=%s",
			 arch_name(p->arch), p->name);
		expect_ok(line);
		for (size_t k = 0; k < sizeof story / sizeof *story; k++) {
			ask(story[k]);
			draw_all_sizes(amm_since(amm));
		}
		hush();
	}
}

static void without_memory_there_is_less_to_see_and_no_crash(void **state)
{
	struct extent size = { 24, 80 };
	struct canvas c;

	(void)state;
	talk(FORM_HUMAN);
	ask("spawn sh; kthread kw; switch sh; @1 switch kw");
	assert_true(canvas_new(&c, size, false));
	for (unsigned nth = 1; nth < 40; nth++)
		for (int onward = 0; onward < 2; onward++)
			for (unsigned i = 0; i < PANES; i++) {
				mem_fail_at(nth, onward);
				pane_list[i]->draw(amm, 0, &c);
				mem_fail_at(0, false);
			}
	canvas_free(&c);
}

static void panes_have_names(void **state)
{
	(void)state;
	assert_ptr_equal(pane_named("cpus"), &pane_cpus);
	assert_ptr_equal(pane_named("mms"), &pane_mms);
	assert_null(pane_named("nothing"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCREEN_TEST(the_story_from_boot_to_freed),
		SCREEN_TEST(in_the_middle_of_kernel_paths),
		SCREEN_TEST(in_the_middle_of_fork_and_exec),
		SCREEN_TEST(eight_cpus),
		SCREEN_TEST(sixty_tasks),
		SCREEN_TEST(names_long_wide_and_odd),
		SCREEN_TEST(all_cpus_there_can_be),
		SCREEN_TEST(holders_of_all_kinds),
		SCREEN_TEST(a_cpu_that_goes_and_comes),
		SCREEN_TEST(without_counts_for_borrowers),
		SCREEN_TEST(with_one_count_nobody_borrows),
		SCREEN_TEST(on_an_alpha_the_ptbr_is_borrowed),
		SCREEN_TEST(a_zombie_in_windows_of_other_sizes),
		SCREEN_TEST(drawing_changes_nothing),
		SCREEN_TEST(every_kernel_can_be_drawn),
		SCREEN_TEST(without_memory_there_is_less_to_see_and_no_crash),
		SCREEN_TEST(panes_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
