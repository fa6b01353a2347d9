# Tests that are not C programs: shell scripts and transcripts; one line each.
script_tests =
script_tests += tests/tui.sh
script_tests += tests/tui-ends.sh
script_tests += tests/pairs.sh
script_tests += tests/import.sh
script_tests += tests/installed.sh
script_tests += tests/clash.sh
script_tests += tests/explore.sh
script_tests += tests/hostile.sh
script_tests += tests/options.sh
script_tests += tests/layering-sees.sh
script_tests += tests/layering.sh
script_tests += tests/lessons.sh
script_tests += tests/tui-lesson.sh
script_tests += tests/shown.sh
script_tests += tests/tally-sees.sh

transcripts =
transcripts += tests/transcripts/alpha.amt
transcripts += tests/transcripts/2-2.amt
transcripts += tests/transcripts/exec.amt
transcripts += tests/transcripts/fault.amt
transcripts += tests/transcripts/lesson-07.amt
transcripts += tests/transcripts/lesson-07-plain.amt
transcripts += tests/transcripts/plain.amt
transcripts += tests/transcripts/use-mm.amt
transcripts += tests/transcripts/zombie.amt
transcripts += tests/transcripts/zombie-shoot.amt

TEST_EXTENSIONS = .sh .amt
SH_LOG_COMPILER = $(SHELL)
AMT_LOG_COMPILER = $(srcdir)/tests/run-transcript
AM_TESTS_ENVIRONMENT = \
	AMM='$(abs_top_builddir)/activemm'; export AMM; \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	top_builddir='$(abs_top_builddir)'; export top_builddir; \
	CC='$(CC)'; export CC; \
	MAKE='$(MAKE)'; export MAKE; \
	LC_ALL=C.UTF-8; export LC_ALL; TZ=UTC; export TZ;

TESTS += $(script_tests) $(transcripts)
EXTRA_DIST += $(script_tests) $(transcripts) tests/screens
EXTRA_DIST += tests/coverage tests/layering.awk tests/pairs.allow tests/run-transcript tests/tally tests/terminal
EXTRA_DIST += tests/lessons
EXTRA_DIST += tests/coverage tests/layering.awk tests/pairs.allow tests/run-transcript tests/tally

# The logs of all tests, for tests/tally.
print-test-logs:
	@echo $(TEST_LOGS)

# The same tests with larger numbers: random and searching tests look at
# AMM_LONG.
check-long:
	AMM_LONG=1 $(MAKE) check

coverage: check
	$(srcdir)/tests/coverage $(abs_srcdir)

.PHONY: print-test-logs check-long coverage
