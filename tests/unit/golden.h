/*
 * golden.h - scenarios with the numbers that a kernel gives
 *
 * Each list is run by test_golden, and again over each mutant of the program
 * (tests/mutants).
 */
#ifndef UNIT_GOLDEN_H
#define UNIT_GOLDEN_H

#include "test.h"

#include "expect.h"

struct golden {
	const char *name;
	const struct CMUnitTest *tests;
	size_t count;
};

#define GOLDEN(list) \
	{ \
#list, list, sizeof(list) / sizeof *(list) \
	}

extern const struct golden golden_borrow, golden_seed, golden_life,
	golden_holder, golden_cpu, golden_wait, golden_edge, golden_refused,
	golden_fault, golden_2_2, golden_kernels;

#define GOLDEN_LISTS \
	&golden_borrow, &golden_seed, &golden_life, &golden_holder, \
		&golden_cpu, &golden_wait, &golden_edge, &golden_refused, \
		&golden_fault, &golden_2_2, &golden_kernels

#endif
