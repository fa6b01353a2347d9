/* expr.c - reads an expression into postfix operations */
#include "session/expr.h"

#include <ctype.h>
#include <string.h>

#include "session/error.h"
#include "session/lex.h"

struct reader {
	const char *from;
	size_t length, at;
	unsigned depth;
	bool words; /* in the brackets of a function that takes words */
	struct expr *x;
	struct error *error;
};

/* never('oops'): either quote makes a text there, as nothing has such a name */
static const char *const take_words[] = { "happened", "before", "never",
					  "count" };

/* Weakest first, as in C. */
static const struct operator
{
	char sign[3];
	uint8_t code, rank;
}
operators[] = {
	{ "||", EXPR_OR, 1 }, { "&&", EXPR_AND, 2 }, { "==", EXPR_EQ, 4 },
	{ "!=", EXPR_NE, 4 }, { "<=", EXPR_LE, 5 },  { ">=", EXPR_GE, 5 },
	{ "<", EXPR_LT, 5 },  { ">", EXPR_GT, 5 },   { "&", EXPR_BITS, 3 },
	{ "+", EXPR_ADD, 6 }, { "-", EXPR_SUB, 6 },  { "*", EXPR_MUL, 7 },
};

static const struct {
	char sign;
	uint8_t code;
} unaries[] = {
	{ '!', EXPR_NOT },   { '~', EXPR_INVERT },  { '-', EXPR_NEGATE },
	{ '*', EXPR_DEREF }, { '&', EXPR_ADDRESS },
};

static bool read_binary(struct reader *r, unsigned rank);

static char peek(const struct reader *r, size_t ahead)
{
	size_t at = r->at + ahead;

	if (at < r->length)
		return r->from[at];
	return '\0';
}

static void skip_blanks(struct reader *r)
{
	while (peek(r, 0) == ' ' || peek(r, 0) == '\t')
		r->at++;
}

static bool at_dashes(const struct reader *r)
{
	return peek(r, 0) == '-' && peek(r, 1) == '-';
}

static bool wrong_at(struct reader *r, size_t column, size_t length)
{
	error_at(r->error, column, length);
	return false;
}

static bool too_big(struct reader *r)
{
	error_set(r->error, STATUS_EXPRESSION_TOO_DEEP,
		  "the expression is longer or deeper than is allowed");
	error_hint(r->error, "at most %d parts and %d levels; split it",
		   EXPR_OPS_MAX, EXPR_DEPTH_MAX);
	return wrong_at(r, r->at < r->length ? r->at : r->length - 1, 1);
}

static struct expr_op *add_op(struct reader *r, enum expr_code code,
			      size_t column)
{
	struct expr_op *op;

	if (r->x->ops == EXPR_OPS_MAX) {
		too_big(r);
		return NULL;
	}
	op = &r->x->op[r->x->ops++];
	*op = (struct expr_op){ .code = (uint8_t)code,
				.column = (uint32_t)column,
				.length = (uint32_t)(r->at - column) };
	return op;
}

/* Adds an operation that carries @length bytes of text. */
static struct expr_op *add_text(struct reader *r, enum expr_code code,
				size_t column, struct word word)
{
	struct expr *x = r->x;
	struct expr_op *op;

	if (x->used + word.span + 1 > sizeof x->text) {
		too_big(r);
		return NULL;
	}
	op = add_op(r, code, column);
	if (op == NULL)
		return NULL;
	op->text = (uint16_t)x->used;
	memcpy(x->text + x->used, word.text, word.span);
	x->text[x->used + word.span] = '\0';
	x->used += word.span + 1;
	return op;
}

/* The text from @start to where the reader is. */
static struct word cut(const struct reader *r, size_t start)
{
	return (struct word){ .text = r->from + start,
			      .span = (uint32_t)(r->at - start) };
}

static bool is_name_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/*
 * Names of tasks may hold '/', ':' and '-', as kworker/1:0-events does; a
 * dash belongs to the name when letters touch it on both sides.
 */
static void skip_name(struct reader *r)
{
	for (;; r->at++) {
		char c = peek(r, 0), next = peek(r, 1);

		if (is_name_letter(c) || (unsigned char)c >= 0x80)
			continue;
		if ((c == '/' || c == ':' || c == '-') && is_name_letter(next))
			continue;
		return;
	}
}

static bool expected(struct reader *r, const char *what)
{
	size_t left = r->length - r->at;

	if (left == 0) {
		error_set(r->error, STATUS_BAD_EXPRESSION,
			  "the expression ends where %s is expected", what);
		return wrong_at(r, r->length > 0 ? r->length - 1 : 0, 1);
	}
	if (peek(r, 0) == '=' && peek(r, 1) != '=') {
		error_set(r->error, STATUS_ASSIGNMENT,
			  "'=' would change the state; expressions only look");
		error_hint(r->error,
			   "to compare, write '=='; 'help actions' lists "
			   "what changes the state");
		return wrong_at(r, r->at, 1);
	}
	error_set(r->error, STATUS_BAD_EXPRESSION, "%s is expected here", what);
	return wrong_at(r, r->at, 1);
}

static bool read_number(struct reader *r)
{
	size_t start = r->at;
	char digits[32];
	struct expr_op *op;
	struct word word;

	while (isalnum((unsigned char)peek(r, 0)))
		r->at++;
	word = cut(r, start);
	memset(digits, 0, sizeof digits);
	if (word.span < sizeof digits)
		memcpy(digits, word.text, word.span);
	op = add_op(r, EXPR_NUMBER, start);
	if (op == NULL)
		return false;
	if (lex_number(digits, &op->number))
		return true;
	error_set(r->error, STATUS_NOT_A_NUMBER, "'%.*s' is not a number",
		  (int)word.span, word.text);
	error_hint(r->error, "numbers: 12, 0x1f, 4k; quote names that begin "
			     "with a digit");
	return wrong_at(r, start, word.span);
}

static bool at_member(const struct reader *r)
{
	char c = peek(r, 0);

	return c == '.' || (c == '-' && peek(r, 1) == '>');
}

/*
 * 'name' is a name, but for functions that take words; "text" is text unless a
 * field of it is asked.
 */
static bool read_quoted(struct reader *r)
{
	size_t start = r->at;
	char quote = peek(r, 0);
	struct word word;
	bool name;

	for (r->at++; peek(r, 0) != quote; r->at++) {
		if (r->at >= r->length) {
			error_set(r->error, STATUS_OPEN_QUOTE,
				  "the quote %c is opened and not closed",
				  quote);
			return wrong_at(r, start, r->length - start);
		}
	}
	word = cut(r, start + 1);
	r->at++;
	name = (quote == '\'' && !r->words) || at_member(r);
	if (!name && word.span >= VALUE_BYTES)
		return too_big(r);
	return add_text(r, name ? EXPR_NAME : EXPR_TEXT, start, word) != NULL;
}

static bool takes_words(struct word function)
{
	for (size_t i = 0; i < sizeof take_words / sizeof *take_words; i++)
		if (strlen(take_words[i]) == function.span &&
		    memcmp(take_words[i], function.text, function.span) == 0)
			return true;
	return false;
}

/* What stands up to the bracket that closes, with commas between. */
static bool read_list(struct reader *r, unsigned *count)
{
	for (*count = 0; peek(r, 0) != ')'; ++*count) {
		if (*count == EXPR_ARGS_MAX)
			return expected(r, "')'");
		if (!read_binary(r, 1))
			return false;
		skip_blanks(r);
		if (peek(r, 0) == ',')
			r->at++;
		else if (peek(r, 0) != ')')
			return expected(r, "')'");
		skip_blanks(r);
	}
	return true;
}

static bool read_arguments(struct reader *r, struct word function, size_t start)
{
	bool outside = r->words;
	struct expr_op *op;
	unsigned count;

	r->at++;
	skip_blanks(r);
	r->words = takes_words(function);
	if (!read_list(r, &count))
		return false;
	r->words = outside;
	r->at++;
	op = add_text(r, EXPR_CALL, start, function);
	if (op == NULL)
		return false;
	op->args = (uint8_t)count;
	return true;
}

/* sh, mm1, kworker/1:0, %, %1, $, $$, $1, and functions: task(100) */
static bool read_name(struct reader *r)
{
	size_t start = r->at;

	if (peek(r, 0) == '%' || peek(r, 0) == '$')
		r->at++;
	if (peek(r, 0) == '$')
		r->at++;
	else
		skip_name(r);
	if (peek(r, 0) == '(')
		return read_arguments(r, cut(r, start), start);
	return add_text(r, EXPR_NAME, start, cut(r, start)) != NULL;
}

static bool read_primary(struct reader *r)
{
	char c = peek(r, 0);

	if (c == '(') {
		r->at++;
		if (!read_binary(r, 1))
			return false;
		skip_blanks(r);
		if (peek(r, 0) != ')')
			return expected(r, "')'");
		r->at++;
		return true;
	}
	if (isdigit((unsigned char)c))
		return read_number(r);
	if (c == '"' || c == '\'')
		return read_quoted(r);
	if (is_name_letter(c) || c == '%' || c == '$' ||
	    (unsigned char)c >= 0x80)
		return read_name(r);
	return expected(r, "a name, a number or '('");
}

static bool read_field(struct reader *r)
{
	size_t start;

	r->at += peek(r, 0) == '.' ? 1 : 2;
	skip_blanks(r);
	start = r->at;
	while (is_name_letter(peek(r, 0)))
		r->at++;
	if (r->at == start)
		return expected(r, "the name of a field");
	return add_text(r, EXPR_FIELD, start, cut(r, start)) != NULL;
}

static bool read_index(struct reader *r)
{
	size_t start = r->at++;

	if (!read_binary(r, 1))
		return false;
	skip_blanks(r);
	if (peek(r, 0) != ']')
		return expected(r, "']'");
	r->at++;
	return add_op(r, EXPR_INDEX, start) != NULL;
}

static bool read_postfix(struct reader *r)
{
	size_t before;

	if (!read_primary(r))
		return false;
	for (;;) {
		before = r->at;
		skip_blanks(r);
		if (at_member(r)) {
			if (!read_field(r))
				return false;
		} else if (peek(r, 0) == '[') {
			if (!read_index(r))
				return false;
		} else {
			r->at = before;
			return true;
		}
	}
}

static bool read_unary(struct reader *r)
{
	size_t start;
	bool ok;

	skip_blanks(r);
	start = r->at;
	for (size_t i = 0; i < sizeof unaries / sizeof *unaries; i++) {
		if (peek(r, 0) != unaries[i].sign || at_dashes(r))
			continue;
		if (r->depth == EXPR_DEPTH_MAX)
			return too_big(r);
		r->at++;
		r->depth++;
		ok = read_unary(r) && add_op(r, unaries[i].code, start) != NULL;
		r->depth--;
		return ok;
	}
	return read_postfix(r);
}

/* The operator here that binds at least as strongly as @rank, or NULL. */
static const struct operator*
	find_operator(const struct reader *r, unsigned rank)
{
	if (at_dashes(r))
		return NULL;
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		const struct operator* o = & operators[i];
		size_t length = strlen(o->sign);

		if (r->at + length <= r->length &&
		    memcmp(r->from + r->at, o->sign, length) == 0)
			return o->rank >= rank ? o : NULL;
	}
	return NULL;
}

/* Reads the operator and its right side; its left side has been read. */
static bool read_right(struct reader *r, const struct operator* o)
{
	size_t column = r->at;
	unsigned jump = r->x->ops;
	bool logical = o->code == EXPR_AND || o->code == EXPR_OR;
	struct expr_op *op;

	r->at += strlen(o->sign);
	if (logical && add_op(r, o->code, column) == NULL)
		return false;
	if (!read_binary(r, o->rank + 1u))
		return false;
	op = add_op(r, logical ? EXPR_TRUTH : o->code, column);
	if (op == NULL)
		return false;
	op->length = (uint32_t)strlen(o->sign);
	if (logical)
		r->x->op[jump].number = r->x->ops;
	return true;
}

/* Precedence climbing: operators of @rank or stronger. */
static bool read_binary(struct reader *r, unsigned rank)
{
	const struct operator* o;
	size_t before;
	bool ok;

	if (r->depth == EXPR_DEPTH_MAX)
		return too_big(r);
	r->depth++;
	ok = read_unary(r);
	while (ok) {
		before = r->at;
		skip_blanks(r);
		o = find_operator(r, rank);
		if (o == NULL) {
			r->at = before;
			break;
		}
		ok = read_right(r, o);
	}
	r->depth--;
	return ok;
}

bool expr_read(const char *from, size_t length, struct expr *x, size_t *end,
	       struct error *e)
{
	struct reader r = {
		.from = from, .length = length, .x = x, .error = e
	};

	x->ops = 0;
	x->used = 0;
	if (!read_binary(&r, 1))
		return false;
	skip_blanks(&r);
	if (peek(&r, 0) == '=')
		return expected(&r, "an operator");
	*end = r.at;
	return true;
}

bool expr_read_all(const char *text, struct expr *x, struct error *e)
{
	struct reader r = {
		.from = text, .length = strlen(text), .x = x, .error = e
	};

	if (!expr_read(text, r.length, x, &r.at, e))
		return false;
	return r.at == r.length || expected(&r, "an operator or the end");
}
