/* take.c - reads one argument and checks what it is */
#include "session/take.h"

#include <assert.h>
#include <string.h>

#include "session/error.h"
#include "session/expr.h"

#define NAME_BYTES_MAX 15 /* TASK_COMM_LEN, the NUL not counted */

/* Kinds that reach over more than one word. */
#define EXPRESSIONS (ARG_BIT(ARG_EXPR) | ARG_BIT(ARG_ANSWER))
#define TAILS (ARG_BIT(ARG_TEXT) | ARG_BIT(ARG_COMMAND) | ARG_BIT(ARG_CHUNK))

bool call_read_cpu(const char *word, uint64_t *cpu)
{
	if (strncmp(word, "cpu", 3) == 0)
		word += 3;
	return word[0] >= '0' && word[0] <= '9' && lex_number(word, cpu) &&
	       *cpu <= CPU_NUMBER_MAX;
}

/* Keeps a copy of @length bytes of the line in the call, as a C string. */
static const char *keep(struct taker *t, size_t column, size_t length)
{
	struct call *call = t->call;
	char *copy = call->room + call->used;

	assert(call->used + length + 1 <= sizeof call->room);
	memcpy(copy, t->line->bytes + column, length);
	copy[length] = '\0';
	call->used += length + 1;
	return copy;
}

/* Two times and a comma. */
static bool read_span(const char *text, struct arg *arg)
{
	char first[LABEL_BYTES];
	size_t length = strcspn(text, ",");

	if (text[length] != ',' || length >= sizeof first)
		return false;
	memcpy(first, text, length);
	first[length] = '\0';
	return timepos_read(first, &arg->time) &&
	       timepos_read(text + length + 1, &arg->until);
}

static bool fits(const char *text, size_t most)
{
	size_t length = strlen(text);

	return length > 0 && length <= most;
}

/* Beside other kinds a bookmark is not to be told from their names. */
static bool read_time(const char *text, uint64_t kinds, struct arg *arg)
{
	return timepos_read(text, &arg->time) &&
	       (kinds == ARG_BIT(ARG_TIME) || arg->time.kind != TIMEPOS_MARK);
}

static bool accepts(enum arg_kind kind, const struct spec_item *item,
		    const char *text, struct arg *arg)
{
	switch (kind) {
	case ARG_CHOICE:
		return spec_choice(item, text);
	case ARG_NUMBER:
	case ARG_ADDR:
		return lex_number(text, &arg->number);
	case ARG_CPU:
		return call_read_cpu(text, &arg->number);
	case ARG_TIME:
		return read_time(text, item->kinds, arg);
	case ARG_SPAN:
		return read_span(text, arg);
	case ARG_NAME:
		return fits(text, NAME_BYTES_MAX);
	case ARG_LABEL:
		return fits(text, LABEL_BYTES - 1);
	case ARG_MARK:
		return timepos_is_label(text);
	case ARG_ASSIGN:
		return text[0] != '=' && strchr(text, '=') != NULL;
	default:
		return text[0] != '\0';
	}
}

/* The code for a word that is not of this kind. */
static enum status wrong_kind(enum arg_kind kind)
{
	switch (kind) {
	case ARG_NUMBER:
	case ARG_ADDR:
		return STATUS_NOT_A_NUMBER;
	case ARG_CPU:
		return STATUS_BAD_CPU;
	case ARG_TIME:
	case ARG_SPAN:
		return STATUS_BAD_TIME;
	case ARG_NAME:
	case ARG_LABEL:
	case ARG_MARK:
		return STATUS_BAD_NAME;
	default:
		return STATUS_NOT_A_CHOICE;
	}
}

static bool refuse(struct taker *t, const struct spec_item *item,
		   const struct word *word)
{
	enum arg_kind kind = ARG_CHOICE;

	while (!(item->kinds & ARG_BIT(kind)))
		kind++;
	/* More than one kind: the list of them says most. */
	if (item->kinds != ARG_BIT(kind))
		kind = ARG_CHOICE;
	error_set(t->error, wrong_kind(kind), "'%s' is not %.*s", word->text,
		  (int)item->value_length, item->value);
	if (kind == ARG_CHOICE)
		error_hint(t->error, "one of: %.*s", (int)item->value_length,
			   item->value);
	else
		error_hint(t->error, "%.*s: %s", (int)item->value_length,
			   item->value, arg_meaning(kind));
	error_at(t->error, word->column, word->span > 0 ? word->span : 1);
	return false;
}

bool take_word(struct taker *t, const struct spec_item *item,
	       const struct word *word, struct arg *arg)
{
	*arg = (struct arg){ .text = word->text,
			     .column = word->column,
			     .length = word->span };
	/* Times are listed after names: what reads as a time is one. */
	for (uint64_t left = item->kinds; left;) {
		enum arg_kind k = 63 - (enum arg_kind)__builtin_clzll(left);

		left &= ~ARG_BIT(k);
		if (accepts(k, item, word->text, arg)) {
			arg->kind = k;
			return true;
		}
	}
	return refuse(t, item, word);
}

/* Passes the words up to @column; false when it lies inside one. */
static bool pass_to(struct taker *t, size_t column)
{
	const struct statement *s = t->statement;

	while (t->at < s->words && s->word[t->at].column < column) {
		const struct word *word = &s->word[t->at];

		if (word->column + word->span > column) {
			error_set(t->error, STATUS_BAD_EXPRESSION,
				  "an operator or the end is expected here");
			error_hint(t->error, "see 'help expressions'");
			error_at(t->error, column, 1);
			return false;
		}
		t->at++;
	}
	return true;
}

static bool take_expression(struct taker *t, struct arg *arg)
{
	size_t column = t->statement->word[t->at].column, end, length;
	const char *from = t->line->bytes + column;
	struct expr x;

	if (!expr_read(from, t->statement->end - column, &x, &end, t->error)) {
		t->error->column += (uint32_t)column;
		return false;
	}
	length = end;
	while (length > 0 &&
	       (from[length - 1] == ' ' || from[length - 1] == '\t'))
		length--;
	*arg = (struct arg){ .kind = ARG_EXPR,
			     .text = keep(t, column, length),
			     .column = (uint32_t)column,
			     .length = (uint32_t)length };
	return pass_to(t, column + end);
}

/* The rest of the statement; a single word loses its quotes. */
static void take_tail(struct taker *t, const struct spec_item *item,
		      struct arg *arg)
{
	const struct statement *s = t->statement;
	const struct word *word = &s->word[t->at];
	size_t length = s->end - word->column;
	bool single = t->at + 1 == s->words;

	*arg = (struct arg){
		.kind = item->kinds & ARG_BIT(ARG_TEXT) ? ARG_TEXT
							: ARG_COMMAND,
		.text = single ? word->text : keep(t, word->column, length),
		.column = word->column,
		.length = (uint32_t)length,
	};
	t->at = s->words;
}

bool take_value(struct taker *t, const struct spec_item *item, struct arg *arg)
{
	if (item->kinds & EXPRESSIONS)
		return take_expression(t, arg);
	if (item->kinds & TAILS) {
		take_tail(t, item, arg);
		return true;
	}
	return take_word(t, item, &t->statement->word[t->at++], arg);
}
