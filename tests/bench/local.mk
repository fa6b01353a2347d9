# Benchmarks: ratios taken in one run.  They are built by `make check`, so that
# they do not rot, and run by `make bench` alone: no test depends on time.
bench = tests/bench/bench_switch tests/bench/bench_start \
	tests/bench/bench_line tests/bench/bench_import
check_PROGRAMS += $(bench)

bench_parts = tests/bench/bench.c tests/bench/bench.h
tests_bench_bench_switch_SOURCES = tests/bench/bench_switch.c $(bench_parts)
tests_bench_bench_start_SOURCES = tests/bench/bench_start.c $(bench_parts)
tests_bench_bench_line_SOURCES = tests/bench/bench_line.c $(bench_parts)
tests_bench_bench_line_CFLAGS = $(AM_CFLAGS) $(LUA_CFLAGS)
tests_bench_bench_line_LDADD = $(LDADD) $(LUA_LIBS)
tests_bench_bench_import_SOURCES = tests/bench/bench_import.c $(bench_parts)

# All of them, even when one misses a figure.
bench: activemm$(EXEEXT) $(bench)
	@missed=0; for program in $(bench); do \
		./$$program ./activemm || missed=1; \
	done; exit $$missed

.PHONY: bench
