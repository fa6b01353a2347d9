/* eval.c - evaluates the postfix operations of an expression */
#include "session/expr.h"

#include <assert.h>
#include <string.h>

#include "session/error.h"

/* Each operation pushes at most one value. */
struct machine {
	struct value stack[EXPR_OPS_MAX];
	unsigned depth;
	const struct expr *x;
	const struct resolver *resolver;
	struct error *error;
};

static const char *const kind_names[] = {
	[VALUE_NULL] = "NULL",        [VALUE_NUMBER] = "a number",
	[VALUE_TEXT] = "a text",      [VALUE_TASK] = "a task",
	[VALUE_MM] = "an mm",         [VALUE_CPU] = "a CPU",
	[VALUE_FREED] = "a freed mm",
};

bool value_truth(const struct value *v)
{
	switch (v->kind) {
	case VALUE_NULL:
	case VALUE_FREED:
		return false;
	case VALUE_NUMBER:
		return v->number != 0;
	case VALUE_TEXT:
		return v->text[0] != '\0';
	default:
		return true;
	}
}

/* NULL is also the number 0, as in C; what is freed is nothing to point at. */
static bool is_null(const struct value *v)
{
	return v->kind == VALUE_NULL || v->kind == VALUE_FREED ||
	       (v->kind == VALUE_NUMBER && v->number == 0);
}

bool value_same(const struct value *a, const struct value *b, bool *same,
		struct error *e)
{
	if (a->kind == b->kind && a->kind == VALUE_TEXT)
		*same = strcmp(a->text, b->text) == 0;
	else if (a->kind == b->kind)
		*same = a->kind == VALUE_NULL || a->number == b->number;
	else if (is_null(a) || is_null(b))
		*same = is_null(a) && is_null(b);
	else
		return error_set(e, STATUS_WRONG_KIND,
				 "%s and %s cannot be compared",
				 kind_names[a->kind], kind_names[b->kind]);
	return true;
}

static struct value number_value(uint64_t number)
{
	return (struct value){ .kind = VALUE_NUMBER, .number = number };
}

static struct value *top(struct machine *m)
{
	assert(m->depth > 0);
	return &m->stack[m->depth - 1];
}

static struct value *push(struct machine *m)
{
	assert(m->depth < EXPR_OPS_MAX);
	memset(&m->stack[m->depth], 0, sizeof m->stack[0]);
	return &m->stack[m->depth++];
}

static bool need_number(struct machine *m, const struct value *v)
{
	if (v->kind == VALUE_NUMBER)
		return true;
	return error_set(m->error, STATUS_WRONG_KIND,
			 "this operator takes numbers, not %s",
			 kind_names[v->kind]);
}

static bool eval_call(struct machine *m, const struct expr_op *op,
		      const char *name)
{
	unsigned first;

	/* Without arguments there is no place for the result yet. */
	if (op->args == 0)
		push(m);
	first = m->depth - (op->args == 0 ? 1 : op->args);
	m->depth = first + 1;
	return m->resolver->call(m->resolver->context, name, &m->stack[first],
				 op->args, m->error);
}

static bool no_null(struct machine *m, const char *what, const char *name)
{
	if (top(m)->kind != VALUE_NULL)
		return true;
	return error_set(m->error, STATUS_NULL_POINTER, "NULL has no %s%s%s",
			 what, name[0] != '\0' ? " " : "", name);
}

static bool eval_index(struct machine *m)
{
	struct value index = *top(m);

	if (!need_number(m, &index))
		return false;
	m->depth--;
	return no_null(m, "parts", "") &&
	       m->resolver->index(m->resolver->context, index.number, top(m),
				  m->error);
}

static bool eval_leaf(struct machine *m, const struct expr_op *op)
{
	const struct resolver *r = m->resolver;
	const char *text = m->x->text + op->text;

	switch (op->code) {
	case EXPR_NUMBER:
		*push(m) = number_value(op->number);
		return true;
	case EXPR_TEXT:
		*push(m) = (struct value){ .kind = VALUE_TEXT };
		memcpy(top(m)->text, text, strlen(text) + 1);
		return true;
	case EXPR_NAME:
		return r->name(r->context, text, push(m), m->error);
	case EXPR_CALL:
		return eval_call(m, op, text);
	case EXPR_FIELD:
		return no_null(m, "field", text) &&
		       r->field(r->context, text, top(m), m->error);
	default:
		return eval_index(m);
	}
}

static bool eval_unary(struct machine *m, const struct expr_op *op)
{
	struct value *v = top(m);

	switch (op->code) {
	case EXPR_NOT:
		*v = number_value(!value_truth(v));
		return true;
	case EXPR_TRUTH:
		*v = number_value(value_truth(v));
		return true;
	case EXPR_DEREF:
		return no_null(m, "value", "");
	case EXPR_ADDRESS:
		return true; /* what has an address is shown by its name */
	default:
		if (!need_number(m, v))
			return false;
		v->number = op->code == EXPR_INVERT ? ~v->number : -v->number;
		return true;
	}
}

/* Numbers are compared as signed: 1 - 2 < 0. */
static uint64_t compute(enum expr_code code, uint64_t a, uint64_t b)
{
	int64_t left = (int64_t)a, right = (int64_t)b;

	switch (code) {
	case EXPR_MUL:
		return a * b;
	case EXPR_ADD:
		return a + b;
	case EXPR_SUB:
		return a - b;
	case EXPR_BITS:
		return a & b;
	case EXPR_LT:
		return left < right;
	case EXPR_LE:
		return left <= right;
	case EXPR_GT:
		return left > right;
	default:
		return left >= right;
	}
}

static bool eval_binary(struct machine *m, const struct expr_op *op)
{
	struct value right = *top(m);
	struct value *left;
	bool same = false;

	m->depth--;
	left = top(m);
	if (op->code == EXPR_EQ || op->code == EXPR_NE) {
		if (!value_same(left, &right, &same, m->error))
			return false;
		*left = number_value(same == (op->code == EXPR_EQ));
		return true;
	}
	if (!need_number(m, left) || !need_number(m, &right))
		return false;
	left->number = compute(op->code, left->number, right.number);
	return true;
}

/* Does the left side settle an && or an ||?  Then it is the result. */
static bool settled(struct machine *m, const struct expr_op *op)
{
	bool truth = value_truth(top(m));

	if (truth != (op->code == EXPR_OR)) {
		m->depth--;
		return false;
	}
	*top(m) = number_value(truth);
	return true;
}

static bool eval_op(struct machine *m, const struct expr_op *op)
{
	if (op->code <= EXPR_INDEX)
		return eval_leaf(m, op);
	if (op->code <= EXPR_ADDRESS || op->code == EXPR_TRUTH)
		return eval_unary(m, op);
	return eval_binary(m, op);
}

bool expr_eval(const struct expr *x, const struct resolver *r,
	       struct value *result, struct error *e)
{
	struct machine m = { .x = x, .resolver = r, .error = e };
	const struct expr_op *op = x->op;

	while (op < x->op + x->ops) {
		if (op->code == EXPR_AND || op->code == EXPR_OR) {
			op = settled(&m, op) ? x->op + op->number : op + 1;
			continue;
		}
		if (!eval_op(&m, op)) {
			error_at(e, op->column, op->length);
			return false;
		}
		op++;
	}
	*result = *top(&m);
	return true;
}
