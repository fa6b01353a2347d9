/*
 * bench.h - ratios measured in one run, robust against a busy machine
 *
 * The two sides of a ratio take turns, round after round, and the fastest
 * round of each counts: whatever else the machine does only ever adds time, so
 * the fastest is the nearest to what the work itself takes.  Everything is
 * pinned to one CPU.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stdint.h>

/* Does its work once; the nanoseconds (or bytes) that one of it took. */
struct side {
	double (*once)(void *context);
	void *context;
};

/* Pins this process, and what it will start, to one CPU. */
void bench_pin(void);
/* Nanoseconds on the clock that only goes forward. */
uint64_t bench_now(void);
/* Ends with a message when @ok is false: the machine cannot be measured. */
void bench_need(int ok, const char *what);

/* The fastest of @rounds of @a over the fastest of @b, in turns. */
double bench_ratio(const struct side *a, const struct side *b, unsigned rounds);

/*
 * bench_say - one line: NAME: VALUE (must LIMIT, aim AIM)
 *
 * bench_status is the exit status of the program: 1 when a figure missed what
 * it must meet.
 */
void bench_say(const char *name, double value, double must, double aim);
int bench_status(void);

#endif
