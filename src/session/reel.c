/*
 * reel.c - a list of inputs, packed into bytes
 *
 *	head, [actor], [verb], argument..., [length, name]
 *
 * The head is the kind, whether the actor is that of the input before, and
 * four bits: of a step the number of statements (15: it follows), of any other
 * input how many arguments there are and whether a name follows.  Numbers are
 * sevens of bits, the lowest first.
 */
#include "session/reel.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"

enum {
	KIND_BITS = 7,
	SAME_ACTOR = 8,
	MORE_SHIFT = 4,
	MANY_STEPS = 15,
	ARGS_BITS = 7,
	HAS_NAME = 8,
	ARGS = 4,
	NUMBER_BYTES = 5,
	INPUT_BYTES = 3 + (ARGS + 2) * NUMBER_BYTES + LABEL_WORDS * 4,
	ROOM_FIRST = 4096
};

_Static_assert((int)IN_GROW <= (int)KIND_BITS, "a kind fits the head");

static uint8_t *put_number(uint8_t *to, uint32_t n)
{
	for (; n >= 0x80; n >>= 7)
		*to++ = (uint8_t)(n | 0x80);
	*to++ = (uint8_t)n;
	return to;
}

static const uint8_t *get_number(const uint8_t *from, uint32_t *n)
{
	uint32_t shift = 0;

	*n = 0;
	do
		*n |= (uint32_t)(*from & 0x7f) << shift;
	while (shift += 7, *from++ & 0x80);
	return from;
}

static bool has_verb(uint8_t kind)
{
	return kind == IN_VERB || kind == IN_PATH || kind == IN_FORCE;
}

static uint32_t args_of(const struct input *in)
{
	uint32_t n = ARGS;

	while (n > 0 && in->arg[n - 1] == 0)
		n--;
	return n;
}

/* In bytes, of whole words. */
static uint8_t name_length(const struct input *in)
{
	size_t n = LABEL_WORDS;

	while (n > 0 && in->name[n - 1] == 0)
		n--;
	return (uint8_t)(n * 4);
}

static uint8_t *pack_rest(uint8_t *to, const struct input *in, uint32_t args,
			  uint8_t name)
{
	if (has_verb(in->kind))
		*to++ = in->verb;
	for (uint32_t i = 0; i < args; i++)
		to = put_number(to, in->arg[i]);
	if (name) {
		*to++ = name;
		memcpy(to, in->name, name);
	}
	return to + name;
}

static uint8_t *put_head(uint8_t *to, const struct input *in, uint32_t more,
			 uint32_t actor)
{
	bool same = in->actor == actor;

	*to++ = (uint8_t)(in->kind | more << MORE_SHIFT |
			  (same ? SAME_ACTOR : 0u));
	return same ? to : put_number(to, in->actor);
}

static uint8_t *pack(uint8_t *to, const struct input *in, uint32_t actor)
{
	bool many = in->count >= MANY_STEPS;
	uint32_t args;
	uint8_t name;

	if (in->kind == IN_STEP) {
		to = put_head(to, in, many ? MANY_STEPS : in->count, actor);
		return many ? put_number(to, in->count) : to;
	}
	args = args_of(in);
	name = name_length(in);
	to = put_head(to, in, args | (name ? HAS_NAME : 0u), actor);
	return pack_rest(to, in, args, name);
}

bool reel_room(struct reel *r)
{
	size_t room = r->room ? r->room + r->room / 2 : ROOM_FIRST;
	uint8_t *more;

	if (r->room - r->end.byte >= INPUT_BYTES)
		return true;
	more = am_realloc(r->bytes, room, 1);
	if (!more)
		return false;
	r->bytes = more;
	r->room = room;
	return true;
}

void reel_add(struct reel *r, const struct input *in)
{
	uint8_t *at = r->bytes + r->end.byte;

	assert(r->room - r->end.byte >= INPUT_BYTES);
	r->last = r->end;
	r->newest.kind = in->kind;
	r->newest.actor = in->actor;
	r->newest.count = in->count;
	r->end.byte += (size_t)(pack(at, in, r->end.actor) - at);
	r->end.actor = in->actor;
	r->end.input++;
}

void reel_replace_last(struct reel *r, const struct input *in)
{
	assert(reel_last(r));
	r->end = r->last;
	reel_add(r, in);
}

const struct input *reel_last(const struct reel *r)
{
	return r->last.input < r->end.input ? &r->newest : NULL;
}

void reel_cut(struct reel *r, struct spot at)
{
	r->end = r->last = at;
}

static const uint8_t *unpack_rest(const uint8_t *from, struct input *in,
				  uint32_t more)
{
	uint8_t name;

	if (has_verb(in->kind))
		in->verb = *from++;
	for (uint32_t i = 0; i < (more & ARGS_BITS); i++)
		from = get_number(from, &in->arg[i]);
	if (!(more & HAS_NAME))
		return from;
	name = *from++;
	memcpy(in->name, from, name);
	return from + name;
}

bool reel_read(const struct reel *r, struct spot *at, struct input *in)
{
	const uint8_t *from = r->bytes + at->byte;
	uint32_t more, actor = at->actor;
	uint8_t head;

	if (at->input >= r->end.input)
		return false;
	head = *from++;
	more = (uint32_t)head >> MORE_SHIFT;
	*in = (struct input){ .kind = head & KIND_BITS };
	if (!(head & SAME_ACTOR))
		from = get_number(from, &actor);
	in->actor = (uint16_t)actor;
	in->count = in->kind == IN_STEP ? more : 0;
	if (in->kind != IN_STEP)
		from = unpack_rest(from, in, more);
	else if (more == MANY_STEPS)
		from = get_number(from, &in->count);
	*at = (struct spot){ at->input + 1, (size_t)(from - r->bytes), actor };
	return true;
}

void reel_free(struct reel *r)
{
	am_free(r->bytes);
	*r = (struct reel){ 0 };
}
