/*
 * bench.c - ratios measured in one run, robust against a busy machine
 */
#include "bench.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int missed;

void bench_need(int ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	exit(2);
}

void bench_pin(void)
{
	cpu_set_t all, one;
	size_t cpu = CPU_SETSIZE - 1;

	bench_need(sched_getaffinity(0, sizeof all, &all) == 0, "affinity");
	while (cpu > 0 && !CPU_ISSET(cpu, &all))
		cpu--;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	bench_need(sched_setaffinity(0, sizeof one, &one) == 0, "affinity");
}

uint64_t bench_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void keep_least(double *least, const struct side *s)
{
	double now = s->once(s->context);

	if (*least <= 0 || now < *least)
		*least = now;
}

double bench_ratio(const struct side *a, const struct side *b, unsigned rounds)
{
	double least_a = 0, least_b = 0;

	for (unsigned i = 0; i < rounds; i++) {
		keep_least(&least_a, a);
		keep_least(&least_b, b);
	}
	fprintf(stderr, "# %.6g / %.6g\n", least_a, least_b);
	return least_a / least_b;
}

void bench_say(const char *name, double value, double must, double aim)
{
	printf("%s: %.4f (must %.4f, aim %.4f)%s\n", name, value, must, aim,
	       value > must ? " MISSED" : "");
	fflush(stdout);
	if (value > must)
		missed = 1;
}

int bench_status(void)
{
	return missed;
}
