/*
 * reel.h - a list of inputs, packed into bytes
 *
 * A session keeps all inputs since boot; a recording of a real kernel is
 * millions of them.  Most are small: a few statements of one actor, a switch
 * to one task.  So an input takes what its numbers need, two to six bytes.
 *
 * A spot stands before an input.  It can be kept as long as nothing before it
 * is cut off or, being the last, replaced.
 */
#ifndef SESSION_REEL_H
#define SESSION_REEL_H

#include "engine/step.h"

struct spot {
	size_t input;   /* how many inputs lie before it */
	size_t byte;    /* how many bytes */
	uint32_t actor; /* of the input before it */
};

struct reel {
	uint8_t *bytes;
	size_t room;
	struct spot end, last; /* behind the last input; before it */
	struct input newest;   /* the last input, but for what it is about */
};

/* reel_room - makes room for one more.  Errors: false when out of memory. */
bool reel_room(struct reel *r);
/* reel_add - one more input.  Needs: reel_room(), since the last one. */
void reel_add(struct reel *r, const struct input *in);
/* reel_replace_last - the last input becomes @in.  Needs: reel_last(), room. */
void reel_replace_last(struct reel *r, const struct input *in);
/*
 * Kind, actor and count of the last input; NULL when there is none or
 * reel_cut() was called since.
 */
const struct input *reel_last(const struct reel *r);

/* reel_cut - forgets all inputs behind @at */
void reel_cut(struct reel *r, struct spot at);
/* reel_read - the input at @at, which moves behind it; false at the end */
bool reel_read(const struct reel *r, struct spot *at, struct input *in);
void reel_free(struct reel *r);

#endif
