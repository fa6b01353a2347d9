/*
 * chatter.h - random lines that a learner might type, from a seed
 */
#ifndef UNIT_CHATTER_H
#define UNIT_CHATTER_H

#include <stddef.h>
#include <stdint.h>

struct chatter {
	uint64_t state;
	unsigned cpus;
};

/* A number below @n. */
uint32_t chatter_number(struct chatter *c, uint32_t n);
/* A line that acts, or steps, or goes in time; NUL-terminated. */
void chatter_line(struct chatter *c, char *line, size_t size);
/* A line that only looks. */
void chatter_look(struct chatter *c, char *line, size_t size);

#endif
