/* test_complete.c - what is offered fits at the cursor */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "activemm.h"
#include "machine.h"
#include "session/complete.h"
#include "session/keep.h"

static struct machine *m;
static char offered[1 << 16]; /* " sh vi ": each word between blanks */
static size_t start;

/* CPU 1 runs kworker/1:0 on mm1 of sh; vi is ready; "my task" too. */
static int setup(void **state)
{
	(void)state;
	m = machine_new("6.12", 2);
	machine_spawn(m, "sh");
	machine_spawn(m, "vi");
	machine_spawn(m, "my task");
	machine_do(m, VERB_kthread, 0, 0, 0, "kworker/1:0");
	machine_switch(m, 1, "sh");
	machine_switch(m, 1, "kworker/1:0");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	machine_free(m);
	return 0;
}

static void note(void *context, const char *word, const char *about)
{
	(void)context;
	assert_non_null(about);
	strcat(offered, word);
	strcat(offered, " ");
}

static void complete_with(const struct shelf *shelf, const char *line)
{
	const struct scene scene = { { m->w, 0, NULL }, &m->program, shelf };
	const struct offers offers = { note, NULL };

	strcpy(offered, " ");
	start = complete_line(&scene, line, strlen(line), &offers);
	assert_in_range(start, 0, strlen(line));
}

static void complete(const char *line)
{
	complete_with(NULL, line);
}

static bool has(const char *word)
{
	char between[128];

	snprintf(between, sizeof between, " %s ", word);
	return strstr(offered, between) != NULL;
}

static void assert_offers(const char *line, const char *exactly)
{
	complete(line);
	assert_string_equal(offered, exactly);
}

static void verbs_come_first(void **state)
{
	(void)state;
	assert_offers("kthread_u", " kthread_use_mm kthread_unuse_mm ");
	assert_int_equal(start, 0);
	assert_offers("  sw", " switch ");
	assert_int_equal(start, 2);
	assert_offers("ps; sw", " switch ");
	assert_int_equal(start, 4);
	assert_offers("@1 sw", " switch ");
	assert_int_equal(start, 3);
	complete("");
	assert_true(has("switch") && has("info") && has("help"));
	complete("ps; ");
	assert_true(has("switch"));
	complete("ps;");
	assert_true(has("switch"));
	assert_int_equal(start, 3);
	complete("@1 ");
	assert_true(has("exit"));
}

static void families_offer_their_members(void **state)
{
	(void)state;
	assert_offers("info b", " breakpoints bookmarks ");
	assert_int_equal(start, 5);
	assert_offers("invariant ", " list on off add ");
	assert_offers("i c", " cpus ");
	assert_offers("export ", " json transcript ");
}

static void tasks_that_may_be_switched_to_come_first(void **state)
{
	const char *ready, *running;

	(void)state;
	complete("switch ");
	ready = strstr(offered, " vi ");
	running = strstr(offered, " kworker/1:0 ");
	assert_non_null(ready);
	assert_non_null(running);
	assert_true(ready < running);
	assert_true(has("idle") && has("%"));
	assert_offers("switch v", " vi ");
	assert_int_equal(start, 7);
	assert_offers("switch m", " 'my task' ");
	assert_offers("switch sh x", " ");
}

static void namesakes_are_offered_by_pid(void **state)
{
	char pid[16];

	(void)state;
	machine_spawn(m, "vi");
	snprintf(pid, sizeof pid, "%u",
		 world_task_shown(m->w, machine_task(m, "vi"))->pid);
	complete("wake ");
	assert_true(has(pid));
	assert_false(has("vi"));
}

static void mms_are_offered_with_those_behind_a_dot(void **state)
{
	(void)state;
	assert_offers("mm ", " init_mm mm1 mm2 mm3 ");
	assert_offers("why sh.", " sh.mm sh.active_mm ");
	assert_offers("why cpu1.l", " cpu1.loaded_mm ");
	assert_offers("mmget mm1 mm", " ");
	assert_offers("mm mm1 mm2 in", " init_mm ");
}

static void flags_are_offered_after_a_dash(void **state)
{
	(void)state;
	complete("ps -");
	assert_true(has("-k") && has("-u") && has("-r") && has("--json"));
	assert_false(has("--dry-run"));
	assert_offers("exit --g", " --group ");
	assert_offers("exit --dr", " --dry-run ");
	assert_offers("step --st", " --steps= ");
	assert_offers("spawn sh --cp", " --cpu= ");
	assert_offers("explore --boot=", " own share ");
	assert_int_equal(start, 15);
	assert_offers("boot --kernel=6.12-", " 6.12-shoot ");
	assert_offers("flush --mm=mm2", " mm2 ");
	assert_offers("ps --nothing=", " ");
	assert_offers("runq -c ", " 0 1 ");
	assert_offers("task -R mm,act", " mm,active_mm ");
	assert_offers("task -R mm sh", " sh ");
}

static void arguments_are_counted_past_flags(void **state)
{
	(void)state;
	assert_offers("migrate --json sh ", " 0 1 ");
	assert_offers("ps -k v", " vi ");
	assert_offers("why mm1 ", " alive dead ");
	assert_offers("ipi ", " all ");
}

static void expressions_offer_names_then_fields(void **state)
{
	(void)state;
	complete("print ");
	assert_true(has("mm1") && has("sh") && has("task(") && has("NULL"));
	assert_offers("print mm1.mm_u", " mm_users ");
	assert_int_equal(start, 10);
	assert_offers("print kworker/1:", " kworker/1:0 ");
	assert_int_equal(start, 6);
	assert_offers("print 1 + sh->ac", " active_mm ");
	assert_int_equal(start, 14);
	assert_offers("print mm1.mm_users == mm2.mm_c",
		      " mm_count mm_cpumask ");
	assert_offers("watch current(1)->active_mm->tl", " tlb_gen ");
	assert_offers("print cpu(1 - 1).is", " is_lazy ");
	assert_offers("print kworker/1:0.active", " active_mm ");
	assert_offers("print nobody.", " ");
	assert_offers("print kworker/1:0.mm.", " ");
	assert_offers("break exit_mm if mm1.mm_u", " mm_users ");
	assert_offers("= mm1.mm_u", " mm_users ");
	assert_offers("invariant add x mm1.mm_u", " mm_users ");
	assert_offers("assert 1 == 1 && init_mm.mm_u", " mm_users ");
}

static void each_kind_has_its_words(void **state)
{
	(void)state;
	assert_offers("break exit_mma", " exit_mmap ");
	complete("break ");
	assert_true(has("zombie") && has("context_switch"));
	assert_offers("set ip", " ipi ");
	assert_offers("set ipi ", " auto manual ");
	assert_offers("set nothing ", " ");
	assert_offers("help expr", " expressions ");
	assert_offers("goto @", " @start @end ");
	complete("invariant on F2");
	assert_true(has("F24"));
	assert_offers("context cpus mm", " mms ");
	assert_offers("config ", " MMU_LAZY_TLB_REFCOUNT ");
	assert_offers("begin sw", " switch ");
	assert_int_equal(start, 6);
	assert_offers("begin switch v", " vi ");
	assert_offers("begin hel", " ");
}

static void files_are_offered(void **state)
{
	(void)state;
	assert_offers("source /proc/self/cmdl", " /proc/self/cmdline ");
	assert_offers("import trace /proc/self/tas", " /proc/self/task/ ");
	assert_offers("ps > /proc/self/cmdl", " /proc/self/cmdline ");
	assert_int_equal(start, 5);
	assert_offers("source /nowhere/", " ");
}

static void what_the_session_keeps_is_offered(void **state)
{
	struct shelf *shelf = calloc(1, sizeof *shelf);

	(void)state;
	shelf->marks = shelf->aliases = shelf->rules = 1;
	strcpy(shelf->mark[0].name, "before");
	strcpy(shelf->alias[0].name, "zap");
	strcpy(shelf->rule[0].name, "held");
	complete_with(shelf, "goto be");
	assert_string_equal(offered, " before ");
	complete_with(shelf, "za");
	assert_string_equal(offered, " zap ");
	complete_with(shelf, "invariant off he");
	assert_string_equal(offered, " held ");
	free(shelf);
}

static void nothing_is_offered_where_nothing_fits(void **state)
{
	static const char *const lines[] = { "ps # sw",   "! l",   "ps | l",
					     "switch 'v", "exit ", "frob sw",
					     "\x1b" };

	(void)state;
	for (unsigned i = 0; i < sizeof lines / sizeof *lines; i++)
		assert_offers(lines[i], " ");
}

static void a_session_completes_from_its_own_machine(void **state)
{
	struct amm *a = amm_new(&(struct amm_config){ .no_shell = true }, NULL);

	(void)state;
	assert_non_null(a);
	assert_int_equal(amm_do(a, "spawn zsh", 9), AMM_OK);
	strcpy(offered, " ");
	assert_int_equal(amm_complete(a, "switch z", 8, note, NULL), 7);
	assert_string_equal(offered, " zsh ");
	amm_free(a);
}

/* Whatever stands there: no crash, and no byte of the world is written. */
static void any_line_can_be_completed(void **state)
{
	static const char *const parts[] = {
		"switch", "print ", "mm1", ".",     "->",    "(",          ")",
		"[",      "]",      "-",   "--",    "--mm=", " ",          ";",
		"@1",     "'",      "if ", "info ", "=",     "begin ",     "sh",
		"-c",     ">",      "||",  "$",     "%",     "break free "
	};
	void *before = malloc(m->size);
	char line[256];

	(void)state;
	memcpy(before, m->w, m->size);
	srand(4);
	for (unsigned round = 0; round < 20000; round++) {
		line[0] = '\0';
		for (int n = rand() % 8; n > 0; n--)
			strcat(line, parts[(size_t)rand() %
					   (sizeof parts / sizeof *parts)]);
		complete(line);
	}
	assert_memory_equal(before, m->w, m->size);
	free(before);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(verbs_come_first),
		TEST(families_offer_their_members),
		TEST(tasks_that_may_be_switched_to_come_first),
		TEST(namesakes_are_offered_by_pid),
		TEST(mms_are_offered_with_those_behind_a_dot),
		TEST(flags_are_offered_after_a_dash),
		TEST(arguments_are_counted_past_flags),
		TEST(expressions_offer_names_then_fields),
		TEST(each_kind_has_its_words),
		TEST(files_are_offered),
		TEST(what_the_session_keeps_is_offered),
		TEST(nothing_is_offered_where_nothing_fits),
		TEST(a_session_completes_from_its_own_machine),
		TEST(any_line_can_be_completed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
