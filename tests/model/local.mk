# The naive model, and random commands compared with it.
model = tests/model/naive.c tests/model/naive.h tests/model/watch.c \
	tests/model/watch.h tests/model/random.c tests/model/random.h
check_PROGRAMS += tests/model/test_random
tests_model_test_random_SOURCES = tests/model/test_random.c $(model)
TESTS += tests/model/test_random
