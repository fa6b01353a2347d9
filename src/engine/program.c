/*
 * program.c - linking: a profile's tables become one flat list of ops
 *
 * Calls are inlined (no kernel path here calls itself), so a callee's locals
 * become registers of the one stack.  A parameter that is given a plain local
 * is that local; any other argument is copied into a register of its own, and
 * registers are cleared when the callee ends.
 */
#include "engine/paths.h"

#include <assert.h>
#include <string.h>

enum { NEST_MAX = 16, EXITS_MAX = 16 };

/* Which register each local of the path being linked is. */
struct registers {
	uint8_t task[12], number[12], mm[12];
};

struct linker {
	struct program *p;
	uint8_t tasks, numbers, refs; /* registers in use */
	uint8_t tracepoint;           /* waits for the next DO */
	uint8_t windows;
	uint8_t depth;
	uint8_t atomic;  /* number of the ATOMIC group that is open, or 0 */
	uint8_t atomics; /* last number given */
	bool full;
};

/* One path on its way: where its RETs jump from, and what is open. */
struct linking {
	const struct registers *map;
	uint32_t open[NEST_MAX];
	uint32_t opens;
	uint32_t exits[EXITS_MAX];
	uint32_t n_exits;
	uint16_t path, index;
};

static uint8_t map_operand(const struct registers *r, uint8_t o)
{
	uint8_t i = OPERAND_INDEX(o);

	switch (OPERAND_KIND(o)) {
	case T(0):
	case T_MM(0):
	case T_ACTIVE(0):
		return (uint8_t)(OPERAND_KIND(o) + r->task[i]);
	case N(0):
	case H(0):
		return (uint8_t)(OPERAND_KIND(o) + r->number[i]);
	case M(0):
		return (uint8_t)(OPERAND_KIND(o) + r->mm[i]);
	default:
		return o;
	}
}

static struct flat_op *emit_flat(struct linker *l, const struct linking *at,
				 enum flat_code code)
{
	struct flat_op *f;

	if (l->p->flats == FLAT_MAX) {
		l->full = true;
		l->p->flats--;
	}
	f = &l->p->flat[l->p->flats++];
	*f = (struct flat_op){ .code = (uint8_t)code,
			       .windows = l->windows,
			       .path = at->path,
			       .depth = l->depth,
			       .index = at->index };
	return f;
}

static struct flat_op *emit_op(struct linker *l, const struct linking *at,
			       enum flat_code code, const struct op *op)
{
	struct flat_op *f = emit_flat(l, at, code);

	f->what = op->what;
	f->negate = op->negate;
	for (int i = 0; i < 3; i++)
		f->arg[i] = map_operand(at->map, op->arg[i]);
	return f;
}

static void emit_do(struct linker *l, const struct linking *at,
		    const struct op *op)
{
	struct flat_op *f = emit_op(l, at, FLAT_DO, op);

	f->tracepoint = l->tracepoint;
	f->atomic = l->atomic;
	l->tracepoint = TP_none;
}

static bool is_local(uint8_t operand)
{
	uint8_t kind = OPERAND_KIND(operand);

	return kind == T(0) || kind == N(0) || kind == M(0);
}

static uint8_t *local_slot(struct registers *r, uint8_t operand)
{
	uint8_t i = OPERAND_INDEX(operand);

	return OPERAND_KIND(operand) == T(0)   ? &r->task[i]
	       : OPERAND_KIND(operand) == N(0) ? &r->number[i]
					       : &r->mm[i];
}

enum { NO_REGISTER = 0xff };

/* Gives the locals that no argument took a register of their own. */
static void fresh_registers(struct linker *l, const struct path *path,
			    struct registers *map)
{
	for (uint8_t i = 0; i < path->tasks; i++)
		if (map->task[i] == NO_REGISTER)
			map->task[i] = l->tasks++;
	for (uint8_t i = 0; i < path->numbers; i++)
		if (map->number[i] == NO_REGISTER)
			map->number[i] = l->numbers++;
	for (uint8_t i = 0; i < path->refs; i++)
		if (map->mm[i] == NO_REGISTER)
			map->mm[i] = l->refs++;
	assert(l->tasks <= STACK_TASKS && l->numbers <= STACK_NUMBERS &&
	       l->refs <= STACK_REFS);
}

static void link_path(struct linker *l, enum path_id id,
		      const struct registers *map);

static void pass_arguments(struct linker *l, struct linking *at,
			   const struct path *callee, const struct op *call,
			   struct registers *map)
{
	for (int i = 0; i < 3 && callee->params[i]; i++) {
		uint8_t given = map_operand(at->map, call->arg[i]);
		uint8_t param = callee->params[i];
		struct flat_op *f;

		if (is_local(given) &&
		    OPERAND_KIND(given) == OPERAND_KIND(param)) {
			*local_slot(map, param) = OPERAND_INDEX(given);
			continue;
		}
		*local_slot(map, param) =
			OPERAND_KIND(param) == T(0)   ? l->tasks++
			: OPERAND_KIND(param) == N(0) ? l->numbers++
						      : l->refs++;
		f = emit_flat(l, at, FLAT_ARG);
		f->arg[0] = map_operand(map, param);
		f->arg[1] = given;
		f->negate = callee->consumes;
	}
}

/* Links @id here, and remembers where it stands. */
static void link_inlined(struct linker *l, enum path_id id,
			 const struct registers *map, uint16_t call)
{
	struct program *p = l->p;
	uint32_t from = p->flats;

	link_path(l, id, map);
	if (p->inlines == INLINED_MAX) {
		l->full = true;
		return;
	}
	p->inlined[p->inlines++] =
		(struct inlined){ from, p->flats, (uint16_t)id, l->depth,
				  call };
}

static uint8_t bits_between(uint8_t from, uint8_t to)
{
	return (uint8_t)((1u << to) - (1u << from));
}

static void link_call(struct linker *l, struct linking *at,
		      const struct op *call)
{
	const struct path *callee = l->p->path[call->what];
	struct registers map;
	uint8_t tasks = l->tasks, numbers = l->numbers, refs = l->refs;
	uint8_t windows = l->windows;

	assert(callee);
	memset(&map, NO_REGISTER, sizeof map);
	pass_arguments(l, at, callee, call, &map);
	fresh_registers(l, callee, &map);
	l->depth++;
	link_inlined(l, (enum path_id)call->what, &map, at->index);
	l->depth--;
	l->windows = windows;
	if (l->tasks + l->numbers + l->refs > tasks + numbers + refs) {
		struct flat_op *f = emit_flat(l, at, FLAT_CLEAR);

		f->arg[0] = bits_between(tasks, l->tasks);
		f->arg[1] = bits_between(numbers, l->numbers);
		f->arg[2] = bits_between(refs, l->refs);
	}
	l->tasks = tasks;
	l->numbers = numbers;
	l->refs = refs;
}

static void open_block(struct linker *l, struct linking *at)
{
	assert(at->opens < NEST_MAX);
	at->open[at->opens++] = l->p->flats - 1;
}

static void link_else(struct linker *l, struct linking *at)
{
	uint32_t test = at->open[--at->opens];

	emit_flat(l, at, FLAT_JUMP);
	open_block(l, at);
	l->p->flat[test].to = l->p->flats;
}

static void link_endloop(struct linker *l, struct linking *at)
{
	uint32_t test = at->open[--at->opens];

	emit_flat(l, at, FLAT_JUMP)->to = test;
	l->p->flat[test].to = l->p->flats;
}

/* Numbers come again after 255; groups that follow each other differ. */
static void begin_atomic(struct linker *l)
{
	l->atomics = (uint8_t)(l->atomics % 255 + 1);
	l->atomic = l->atomics;
}

static void link_op(struct linker *l, struct linking *at, const struct op *op)
{
	switch ((enum op_code)op->code) {
	case OP_DO:
		emit_do(l, at, op);
		break;
	case OP_IF:
	case OP_LOOP:
		emit_op(l, at, FLAT_TEST, op);
		open_block(l, at);
		break;
	case OP_ELSE:
		link_else(l, at);
		break;
	case OP_END:
		l->p->flat[at->open[--at->opens]].to = l->p->flats;
		break;
	case OP_ENDLOOP:
		link_endloop(l, at);
		break;
	case OP_CALL:
		link_call(l, at, op);
		break;
	case OP_RET:
		assert(at->n_exits < EXITS_MAX);
		at->exits[at->n_exits++] = l->p->flats;
		emit_flat(l, at, FLAT_JUMP);
		break;
	case OP_WAIT:
		emit_op(l, at, FLAT_WAIT, op)->tracepoint = l->tracepoint;
		break;
	case OP_ATOMIC:
		begin_atomic(l);
		break;
	case OP_ENDATOMIC:
		l->atomic = 0;
		break;
	case OP_AT:
		l->tracepoint = op->what;
		break;
	case OP_WINDOW:
		l->windows = op->what;
		break;
	case OP_END_OF_TABLE:
		break;
	}
}

uint32_t path_length(const struct path *path)
{
	uint32_t n = 0;

	while (path->ops[n].code != OP_END_OF_TABLE)
		n++;
	return n;
}

/* An op that is dropped stays in the table as nothing: numbers do not move. */
static void patch_ops(const struct program *p, enum path_id id, struct op *ops)
{
	for (uint32_t i = 0; i < p->patches; i++) {
		const struct patch *patch = &p->patch[i];

		if (patch->path != id)
			continue;
		if (patch->kind == PATCH_NEGATE)
			ops[patch->index].negate ^= 1;
		else
			ops[patch->index] = (struct op)WINDOW(W_NONE);
	}
}

uint32_t path_ops(const struct program *p, enum path_id path, struct op *out)
{
	uint32_t n = path_length(p->path[path]);

	assert(n <= PATH_OPS_MAX);
	memcpy(out, p->path[path]->ops, n * sizeof *out);
	patch_ops(p, path, out);
	return n;
}

static void link_path(struct linker *l, enum path_id id,
		      const struct registers *map)
{
	struct linking at = { .map = map, .path = (uint16_t)id };
	struct op ops[PATH_OPS_MAX];
	uint32_t n = path_ops(l->p, id, ops);
	uint8_t outer = l->windows;

	for (uint32_t i = 0; i < n; i++) {
		bool dropped = ops[i].code == OP_WINDOW &&
			       l->p->path[id]->ops[i].code != OP_WINDOW;

		at.index = (uint16_t)i;
		if (dropped)
			continue;
		link_op(l, &at, &ops[i]);
		if (ops[i].code == OP_WINDOW)
			l->windows |= outer;
	}
	for (uint32_t i = 0; i < at.n_exits; i++)
		l->p->flat[at.exits[i]].to = l->p->flats;
}

static void link_entry(struct linker *l, enum path_id id)
{
	const struct path *path = l->p->path[id];
	struct linking at = { .path = (uint16_t)id,
			      .index = (uint16_t)path_length(path) };
	struct registers map;

	l->tasks = l->numbers = l->refs = 0;
	l->tracepoint = TP_none;
	l->windows = W_NONE;
	memset(&map, NO_REGISTER, sizeof map);
	fresh_registers(l, path, &map);
	l->p->entry[id] = l->p->flats;
	l->depth = 0;
	link_inlined(l, id, &map, 0);
	emit_flat(l, &at, FLAT_RET);
}

bool program_inside(const struct program *p, uint32_t pc, enum path_id path)
{
	for (uint32_t i = 0; i < p->inlines; i++)
		if (p->inlined[i].path == path && pc >= p->inlined[i].from &&
		    pc < p->inlined[i].to)
			return true;
	return false;
}

static uint32_t hash_program(const struct program *p)
{
	uint32_t h = 2166136261u;

	for (const char *c = p->profile.name; *c; c++)
		h = (h ^ (uint8_t)*c) * 16777619u;
	h = (h ^ p->profile.arch) * 16777619u;
	for (uint32_t i = 0; i < p->flats; i++) {
		const struct flat_op *f = &p->flat[i];
		const uint8_t bytes[] = {
			f->code,   f->what,        f->arg[0],
			f->arg[1], f->arg[2],      f->negate,
			f->atomic, (uint8_t)f->to, (uint8_t)(f->to >> 8)
		};

		for (size_t k = 0; k < sizeof bytes; k++)
			h = (h ^ bytes[k]) * 16777619u;
	}
	return h;
}

static bool patch_fits(const struct program *p, const struct patch *patch)
{
	const struct op *op;

	if (patch->path >= PATHS || !p->path[patch->path] ||
	    patch->index >= path_length(p->path[patch->path]))
		return false;
	op = &p->path[patch->path]->ops[patch->index];
	if (patch->kind == PATCH_NEGATE)
		return op->code == OP_IF;
	return op->code == OP_DO || op->code == OP_CALL || op->code == OP_RET;
}

bool program_link(struct program *p, const struct profile *profile,
		  const struct patch *patches, uint32_t count)
{
	struct linker l = { .p = p };

	memset(p, 0, offsetof(struct program, flat));
	p->profile = *profile;
	if (count > PATCHES_MAX)
		return false;
	profile->paths(p->path);
	for (uint32_t i = 0; i < count; i++) {
		if (!patch_fits(p, &patches[i]))
			return false;
		p->patch[i] = patches[i];
	}
	p->patches = count;
	emit_flat(&l, &(struct linking){ 0 }, FLAT_RET); /* pc 0 is nowhere */
	for (int id = 1; id < PATHS; id++)
		if (p->path[id])
			link_entry(&l, (enum path_id)id);
	p->hash = hash_program(p);
	return !l.full;
}
