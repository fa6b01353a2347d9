# The memory system against vectors that others made, and against a predictor.
check_PROGRAMS += tests/mmu/run-vectors
tests_mmu_run_vectors_SOURCES = tests/mmu/run-vectors.c
if HAVE_CMOCKA
check_PROGRAMS += tests/mmu/test_predictor
tests_mmu_test_predictor_SOURCES = tests/mmu/test_predictor.c
TESTS += tests/mmu/test_predictor
endif
TESTS += tests/mmu/vectors.sh
EXTRA_DIST += tests/mmu/vectors.sh tests/mmu/README.md
