# make mutants: would the tests notice each small error in the kernel's tables?
EXTRA_PROGRAMS += tests/mutants/mutants
tests_mutants_mutants_SOURCES = tests/mutants/mutants.c $(golden) $(machine) $(model)
EXTRA_DIST += tests/mutants/survivors
CLEANFILES += tests/mutants/mutants

mutants: tests/mutants/mutants
	tests/mutants/mutants $(srcdir)/tests/mutants/survivors

.PHONY: mutants
