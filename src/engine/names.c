/*
 * names.c - the program in words: the tables' text is the listing
 */
#include "engine/program.h"

#include <assert.h>

static const struct {
	const char *name, *file;
} path_names[] = {
	{ "", "" },
#define PATH(id, file) { #id, file },
#include "engine/path.def"
#undef PATH
};

bool names_equal(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

/* The oldest of the spellings that this kernel knows. */
static const struct spelling *spelled(const struct program *p,
				      enum spelled what, int id)
{
	const struct dialect *d = p->profile.dialect;

	for (; d; d = d->newer)
		for (const struct spelling *s = d->spelling; s->what; s++)
			if (s->what == what && s->id == id)
				return s;
	return NULL;
}

const char *path_name(const struct program *p, enum path_id path)
{
	const struct spelling *s = spelled(p, SPELLED_PATH, path);

	assert(path < PATHS);
	return s ? s->text : path_names[path].name;
}

const char *path_file(const struct program *p, enum path_id path)
{
	const struct spelling *s = spelled(p, SPELLED_PATH, path);

	assert(path < PATHS);
	return s && s->file ? s->file : path_names[path].file;
}

enum path_id path_find(const struct program *p, const char *name)
{
	for (int i = 1; i < PATHS; i++)
		if (p->path[i] &&
		    names_equal(path_name(p, (enum path_id)i), name))
			return (enum path_id)i;
	return PATH_NONE;
}

bool path_unverified(const struct program *p, enum path_id path)
{
	const uint8_t *u = p->profile.unverified;

	while (u && *u && *u != path)
		u++;
	return u && *u;
}

const char *statement_template(const struct program *p, enum statement_id s)
{
	static const char *const texts[] = {
		"",
#define STATEMENT(id, text) text,
#define CONDITION(id, text)
#include "engine/vocabulary.def"
#undef STATEMENT
#undef CONDITION
	};
	const struct spelling *old = spelled(p, SPELLED_STATEMENT, s);

	assert(s < STATEMENTS);
	return old ? old->text : texts[s];
}

const char *condition_template(const struct program *p, enum condition_id c)
{
	static const char *const texts[] = {
		"",
#define STATEMENT(id, text)
#define CONDITION(id, text) text,
#include "engine/vocabulary.def"
#undef STATEMENT
#undef CONDITION
	};
	const struct spelling *old = spelled(p, SPELLED_CONDITION, c);

	assert(c < CONDITIONS);
	return old ? old->text : texts[c];
}

const char *tracepoint_name(enum tracepoint_id tp)
{
	static const char *const names[] = {
		"",
#define TRACEPOINT(id) #id,
#include "engine/tracepoint.def"
#undef TRACEPOINT
	};

	assert(tp < TRACEPOINTS);
	return names[tp];
}

const char *arch_name(enum arch arch)
{
	static const char *const names[ARCHES] = {
		[ARCH_X86_64] = "x86_64", [ARCH_ALPHA] = "alpha"
	};

	assert(arch < ARCHES);
	return names[arch];
}

const char *profile_machine(const struct profile *p)
{
	return p->i386 ? "i386" : arch_name(p->arch);
}

/* A text of fixed size that is cut, never overrun. */
struct line {
	char *out;
	size_t size, n;
};

static void put(struct line *l, const char *s)
{
	for (; *s && l->n + 1 < l->size; s++)
		l->out[l->n++] = *s;
	if (l->size)
		l->out[l->n] = '\0';
}

static const char *local_name(const struct path *path, uint8_t operand)
{
	uint32_t i = OPERAND_INDEX(operand);

	switch (OPERAND_KIND(operand)) {
	case T(0):
	case T_MM(0):
	case T_ACTIVE(0):
		return path->names[i];
	case N(0):
	case H(0):
		return path->names[path->tasks + i];
	default:
		return path->names[path->tasks + path->numbers + i];
	}
}

static void put_special(struct line *l, uint8_t operand)
{
	switch (operand) {
	case CUR:
		return put(l, "current");
	case CUR_MM:
		return put(l, "current->mm");
	case CUR_ACTIVE:
		return put(l, "current->active_mm");
	case PREV_MM:
		return put(l, "rq->prev_mm");
	case LOADED:
		return put(l, "loaded_mm");
	case TLB_MM:
		return put(l, "cpu_tlbstate[cpu].active_mm");
	case INIT:
		return put(l, "&init_mm");
	case SELF:
		return put(l, "cpu");
	default:
		return put(l, "init_mm");
	}
}

static void put_operand(struct line *l, const struct path *path, uint8_t o)
{
	const char digit[] = { (char)('0' + (o & 0x0f)), '\0' };

	if (o >= K(0))
		return put(l, digit);
	if (OPERAND_KIND(o) == 0x60)
		return put_special(l, o);
	put(l, local_name(path, o));
	if (OPERAND_KIND(o) == T_MM(0))
		put(l, "->mm");
	else if (OPERAND_KIND(o) == T_ACTIVE(0))
		put(l, "->active_mm");
}

static void put_template(struct line *l, const struct path *path,
			 const struct op *op, const char *text)
{
	for (; *text; text++) {
		char c[2] = { *text, '\0' };

		if (*text == '%' && text[1] >= 'a' && text[1] <= 'c')
			put_operand(l, path, op->arg[*++text - 'a']);
		else
			put(l, c);
	}
}

static void put_test(struct line *l, const struct program *p,
		     const struct path *path, const struct op *op)
{
	put(l, op->code == OP_LOOP ? "while" : "if");
	put(l, op->negate ? " (!(" : " (");
	put_template(l, path, op,
		     condition_template(p, (enum condition_id)op->what));
	put(l, op->negate ? ")) {" : ") {");
}

static void put_call(struct line *l, const struct program *p,
		     const struct path *path, const struct op *op)
{
	const struct path *callee = p->path[op->what];

	put(l, path_name(p, (enum path_id)op->what));
	put(l, "(");
	for (int i = 0; i < 3 && callee && callee->params[i]; i++) {
		put(l, i ? ", " : "");
		put_operand(l, path, op->arg[i]);
	}
	put(l, ");");
}

int op_text(const struct program *p, enum path_id id, uint32_t index, char *out,
	    size_t size, int *after)
{
	const struct path *path = p->path[id];
	struct op ops[PATH_OPS_MAX];
	struct line l = { out, size, 0 };
	const struct op *op = &ops[index];

	put(&l, "");
	*after = 0;
	if (index >= path_ops(p, id, ops))
		return 0;
	switch ((enum op_code)op->code) {
	case OP_DO:
		put_template(
			&l, path, op,
			statement_template(p, (enum statement_id)op->what));
		put(&l, ";");
		return 0;
	case OP_IF:
	case OP_LOOP:
		put_test(&l, p, path, op);
		*after = 1;
		return 0;
	case OP_ELSE:
		put(&l, "} else {");
		*after = 1;
		return -1;
	case OP_END:
	case OP_ENDLOOP:
		put(&l, "}");
		return -1;
	case OP_CALL:
		put_call(&l, p, path, op);
		return 0;
	case OP_RET:
		put(&l, "return;");
		return 0;
	case OP_WAIT:
		put(&l, "/* waits until ");
		put_template(
			&l, path, op,
			condition_template(p, (enum condition_id)op->what));
		put(&l, " */");
		return 0;
	default:
		return 0;
	}
}
