/*
 * expr.h - expressions: what a learner asks about the state
 *
 *	mm1.mm_users == 0 && cpu(1)->is_lazy
 *	task(100)->active_mm->mm_count
 *	'my task'.mm != NULL
 *
 * C's operators with C's precedence: -> . [] ! ~ - * & (unary), * + -
 * < <= > >= == != & && ||.  `.` and `->` are the same; && and || look at
 * their right side only when they must.  Nothing assigns.
 *
 * An expression is read once into a list of operations in postfix order and
 * may then be evaluated any number of times; neither allocates.  Names,
 * functions and fields mean what a resolver says, so nothing here knows what
 * a task is.
 *
 * Reading stops at the first thing that cannot belong to the expression, which
 * is how `break free if EXPR --cpu=1` and `predict EXPR VALUE` are cut: the
 * caller looks at what is left.  `--` always ends an expression.
 */
#ifndef SESSION_EXPR_H
#define SESSION_EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;

#define EXPR_OPS_MAX 64
#define EXPR_DEPTH_MAX 32 /* of brackets and signs, and of the value stack */
#define EXPR_TEXT_BYTES 512
#define EXPR_ARGS_MAX 4
#define VALUE_BYTES 32

enum value_kind {
	VALUE_NULL, /* no task, no mm */
	VALUE_NUMBER,
	VALUE_TEXT,
	/* What a resolver knows; `number` says which one. */
	VALUE_TASK,
	VALUE_MM,
	VALUE_CPU,
	VALUE_FREED, /* an mm that is no more: the 1 of mm1 */
};

struct value {
	enum value_kind kind;
	uint64_t number;
	char text[VALUE_BYTES]; /* VALUE_TEXT only */
};

/* Each returns false with @e filled, but for the place, when it cannot say. */
struct resolver {
	const void *context;
	bool (*name)(const void *context, const char *name, struct value *out,
		     struct error *e);
	/* Replaces values[0] (of @count arguments) by the result. */
	bool (*call)(const void *context, const char *function,
		     struct value *values, unsigned count, struct error *e);
	/* Replaces @object by its field. */
	bool (*field)(const void *context, const char *field,
		      struct value *object, struct error *e);
	/* Replaces @object by its part number @index. */
	bool (*index)(const void *context, uint64_t index, struct value *object,
		      struct error *e);
};

enum expr_code {
	EXPR_NUMBER,
	EXPR_TEXT,
	EXPR_NAME,
	EXPR_CALL,
	EXPR_FIELD,
	EXPR_INDEX,
	/* one value */
	EXPR_NOT,
	EXPR_INVERT,
	EXPR_NEGATE,
	EXPR_DEREF,
	EXPR_ADDRESS,
	/* two values */
	EXPR_MUL,
	EXPR_ADD,
	EXPR_SUB,
	EXPR_LT,
	EXPR_LE,
	EXPR_GT,
	EXPR_GE,
	EXPR_EQ,
	EXPR_NE,
	EXPR_BITS,
	/* && and ||: if the value settles it, jump to op `number`, else drop it */
	EXPR_AND,
	EXPR_OR,
	EXPR_TRUTH, /* makes 0 or 1 of a value */
};

struct expr_op {
	uint8_t code;
	uint8_t args;            /* EXPR_CALL */
	uint16_t text;           /* where its name starts */
	uint32_t column, length; /* for errors, in what was read */
	uint64_t number;
};

struct expr {
	unsigned ops;
	struct expr_op op[EXPR_OPS_MAX];
	unsigned used;
	char text[EXPR_TEXT_BYTES];
};

/*
 * expr_read - reads as much of @length bytes at @from as is an expression
 *
 * *@end is where it stopped: blanks are passed over.
 * Errors: false with @e filled; its place is counted from @from.
 */
bool expr_read(const char *from, size_t length, struct expr *x, size_t *end,
	       struct error *e);

/* expr_read_all - the same, and anything left over is an error */
bool expr_read_all(const char *text, struct expr *x, struct error *e);

/* expr_eval - false with @e filled, its place counted as in expr_read() */
bool expr_eval(const struct expr *x, const struct resolver *r,
	       struct value *result, struct error *e);

/* value_truth - is it what `if` would take as true? */
bool value_truth(const struct value *v);

/* value_same - false with @e filled when the two cannot be compared */
bool value_same(const struct value *a, const struct value *b, bool *same,
		struct error *e);

#endif
