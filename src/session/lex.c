/* lex.c - commands, words, quotes, pipes and files of one line */
#include "session/lex.h"

#include <assert.h>
#include <string.h>

#include "session/error.h"

struct lexer {
	struct line *line;
	const struct lex_rules *rules;
	struct error *error;
	size_t at;
};

/* Beyond the end stands a NUL; nobody asks for what is behind that. */
static char peek(const struct lexer *x, size_t ahead)
{
	return x->line->bytes[x->at + ahead];
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void skip_blanks(struct lexer *x)
{
	while (is_blank(peek(x, 0)))
		x->at++;
}

/* A single `|`: `||` is an operator, and so is its second half. */
static bool at_pipe(const struct lexer *x)
{
	if (peek(x, 0) != '|' || peek(x, 1) == '|')
		return false;
	return x->at == 0 || x->line->bytes[x->at - 1] != '|';
}

static bool fail_at(struct lexer *x, size_t column, size_t length)
{
	error_at(x->error, column, length);
	return false;
}

static bool too_long(struct lexer *x, const char *what, unsigned most)
{
	error_set(x->error, STATUS_LINE_TOO_LONG, "a line holds at most %u %s",
		  most, what);
	error_hint(x->error, "put longer work into a file: source FILE");
	return false;
}

/*
 * Is the next `>` an operator of the command that began with @verb?  The
 * arrow `->` and `>=` always are, `>>` never is.
 */
static bool at_operator(const struct lexer *x, const struct word *verb)
{
	if (peek(x, 1) == '>')
		return false;
	if (peek(x, 1) == '=')
		return true;
	if (x->at > 0 && x->line->bytes[x->at - 1] == '-')
		return true;
	return verb != NULL && x->rules->takes_expression != NULL &&
	       x->rules->takes_expression(verb->text, strlen(verb->text));
}

/* Does an unquoted word that began with @verb end here? */
static bool at_word_end(const struct lexer *x, const struct word *verb)
{
	char c = peek(x, 0);

	if (c == '\0' || is_blank(c) || c == ';' || at_pipe(x))
		return true;
	return c == '>' && !at_operator(x, verb);
}

static void put(struct line *line, const char *bytes, size_t length)
{
	assert(line->used + length <= sizeof line->room);
	memcpy(line->room + line->used, bytes, length);
	line->used += length;
}

/* Copies a quoted part; the lexer stands on its first quote. */
static bool read_quoted(struct lexer *x)
{
	const char *open = x->line->bytes + x->at;
	const char *close = strchr(open + 1, *open);

	if (close == NULL) {
		error_set(x->error, STATUS_OPEN_QUOTE,
			  "the quote %c is opened and not closed", *open);
		error_hint(x->error, "close it with %c, or quote it with %c",
			   *open, *open == '"' ? '\'' : '"');
		return fail_at(x, x->at, x->line->length - x->at);
	}
	put(x->line, open + 1, (size_t)(close - open - 1));
	x->at += (size_t)(close - open) + 1;
	return true;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* One byte, whatever it is, and all letters and digits behind it. */
static void read_letters(struct lexer *x)
{
	const char *from = x->line->bytes + x->at;
	size_t n = 1;

	while (is_letter(from[n]))
		n++;
	put(x->line, from, n);
	x->at += n;
}

/* Reads one word of the command that began with @verb (NULL: this is it). */
static struct word *read_word(struct lexer *x, const struct word *verb)
{
	struct line *line = x->line;
	struct word *word;
	size_t start = x->at;

	if (line->words == LINE_WORDS_MAX) {
		too_long(x, "words", LINE_WORDS_MAX);
		return NULL;
	}
	word = &line->word[line->words];
	*word = (struct word){ .text = line->room + line->used,
			       .column = (uint32_t)start };
	while (!at_word_end(x, verb)) {
		if (peek(x, 0) == '"' || peek(x, 0) == '\'') {
			word->quoted = true;
			if (!read_quoted(x))
				return NULL;
		} else {
			read_letters(x);
		}
	}
	put(line, "", 1);
	word->span = (uint32_t)(x->at - start);
	line->words++;
	return word;
}

/* The rest of the line without blanks at its ends, as a C string. */
static const char *take_rest(struct lexer *x)
{
	struct line *line = x->line;
	const char *rest = line->room + line->used;
	size_t end = line->length;

	skip_blanks(x);
	while (end > x->at && is_blank(line->bytes[end - 1]))
		end--;
	put(line, line->bytes + x->at, end - x->at);
	put(line, "", 1);
	x->at = line->length;
	return rest;
}

static bool shell_allowed(struct lexer *x)
{
	if (!x->rules->no_shell)
		return true;
	error_set(x->error, STATUS_SHELL_REFUSED, "'%c' is off: %s", peek(x, 0),
		  x->rules->no_shell);
	return fail_at(x, x->at, 1);
}

static bool bad_outlet(struct lexer *x, size_t column, const char *what)
{
	error_set(x->error, STATUS_BAD_REDIRECTION, "%s", what);
	error_hint(x->error, "'ps | less' or 'ps > FILE', last on the line");
	return fail_at(x, column, 1);
}

static bool read_pipe(struct lexer *x)
{
	size_t column = x->at;

	if (!shell_allowed(x))
		return false;
	x->at++;
	x->line->outlet = OUTLET_SHELL;
	x->line->target = take_rest(x);
	if (x->line->target[0] == '\0')
		return bad_outlet(x, column, "'|' without a command after it");
	return true;
}

static bool read_file(struct lexer *x)
{
	size_t column = x->at;
	const struct word *file;

	if (!shell_allowed(x))
		return false;
	x->line->outlet = peek(x, 1) == '>' ? OUTLET_APPEND : OUTLET_FILE;
	x->at += x->line->outlet == OUTLET_APPEND ? 2 : 1;
	skip_blanks(x);
	file = read_word(x, NULL);
	if (file == NULL)
		return false;
	x->line->target = file->text;
	if (file->text[0] == '\0')
		return bad_outlet(x, column, "'>' without a file name");
	skip_blanks(x);
	if (peek(x, 0) == '#') {
		x->line->commented = true;
		x->at = x->line->length;
	}
	if (x->at < x->line->length)
		return bad_outlet(x, x->at, "something follows the file name");
	return true;
}

/* Ends @s before the lexer's place, without the blanks before it. */
static void close_statement(struct lexer *x, struct statement *s)
{
	size_t end = x->at;

	while (end > s->column && is_blank(x->line->bytes[end - 1]))
		end--;
	s->end = (uint32_t)end;
}

/*
 * `=EXPR` prints as `= EXPR` does: the sign is a word of its own.  So is a
 * leading @N, which is then taken off the words.
 */
static bool read_first_word(struct lexer *x, struct statement *s)
{
	struct word *word;

	if (peek(x, 0) == '@' && s->cpu == NULL) {
		word = read_word(x, NULL);
		if (word == NULL)
			return false;
		word->text++;
		s->cpu = word;
		skip_blanks(x);
		s->column = (uint32_t)x->at;
		return true;
	}
	s->word = &x->line->word[x->line->words];
	if (peek(x, 0) == '=' && peek(x, 1) != '=') {
		if (x->line->words == LINE_WORDS_MAX)
			return too_long(x, "words", LINE_WORDS_MAX);
		x->line->word[x->line->words++] = (struct word){
			.text = "=", .column = (uint32_t)x->at, .span = 1
		};
		x->at++;
	} else if (read_word(x, NULL) == NULL) {
		return false;
	}
	s->words = 1;
	return true;
}

static bool at_command_end(const struct lexer *x, const struct statement *s)
{
	char c = peek(x, 0);
	const struct word *verb = s->words > 0 ? s->word : NULL;

	if (c == '\0' || c == ';' || c == '#' || at_pipe(x))
		return true;
	return c == '>' && !at_operator(x, verb);
}

/*
 * A chunk of another language: nothing in it means anything here.  Flags that
 * stand in its place are flags: it would be a comment there.
 */
static bool at_chunk(const struct lexer *x, const struct statement *s)
{
	return s->words == 1 && peek(x, 0) != '\0' &&
	       (peek(x, 0) != '-' || peek(x, 1) != '-') &&
	       x->rules->takes_chunk != NULL &&
	       x->rules->takes_chunk(s->word->text, strlen(s->word->text));
}

static bool read_chunk(struct lexer *x)
{
	struct line *line = x->line;

	if (line->words == LINE_WORDS_MAX)
		return too_long(x, "words", LINE_WORDS_MAX);
	line->word[line->words++] = (struct word){
		.text = line->room + line->used,
		.column = (uint32_t)x->at,
		.span = (uint32_t)(line->length - x->at),
	};
	put(line, line->bytes + x->at, line->length - x->at);
	put(line, "", 1);
	x->at = line->length;
	return true;
}

static bool read_statement(struct lexer *x)
{
	struct statement *s = &x->line->command[x->line->commands];

	*s = (struct statement){ .column = (uint32_t)x->at };
	while (!at_command_end(x, s) || at_chunk(x, s)) {
		if (s->words == 0) {
			if (!read_first_word(x, s))
				return false;
		} else if (at_chunk(x, s)) {
			if (!read_chunk(x))
				return false;
			s->words++;
		} else if (read_word(x, s->word) == NULL) {
			return false;
		} else {
			s->words++;
		}
		skip_blanks(x);
	}
	close_statement(x, s);
	if (s->words > 0 || s->cpu != NULL)
		x->line->commands++;
	return true;
}

static bool read_shell(struct lexer *x)
{
	if (!shell_allowed(x))
		return false;
	x->at++;
	x->line->shell = take_rest(x);
	if (x->line->shell[0] == '\0')
		return bad_outlet(x, x->at - 1, "'!' without a command");
	return true;
}

/* What may follow the commands: a pipe, a file or a comment. */
static bool read_ending(struct lexer *x)
{
	if (peek(x, 0) == '|')
		return read_pipe(x);
	if (peek(x, 0) == '>')
		return read_file(x);
	x->line->commented = peek(x, 0) == '#';
	return true;
}

static bool read_commands(struct lexer *x)
{
	for (;;) {
		skip_blanks(x);
		if (x->line->commands == LINE_COMMANDS_MAX)
			return too_long(x, "commands", LINE_COMMANDS_MAX);
		if (!read_statement(x))
			return false;
		if (peek(x, 0) != ';')
			return read_ending(x);
		x->at++;
	}
}

static bool is_control(char c)
{
	unsigned char byte = (unsigned char)c;

	return (byte < ' ' && c != '\t') || byte == 0x7f;
}

/*
 * Takes the bytes in, joined lines made one.  A control byte ends what is
 * kept: it is not to be shown.
 */
static bool take_bytes(struct lexer *x, const char *bytes, size_t length)
{
	struct line *line = x->line;

	for (size_t i = 0; i < length; i++) {
		char c = bytes[i];

		if (line->length == LINE_BYTES_MAX)
			return too_long(x, "bytes", LINE_BYTES_MAX);
		if (c == '\\' && i + 1 < length && bytes[i + 1] == '\n') {
			c = ' ';
			i++;
		}
		if (is_control(c)) {
			error_set(x->error, STATUS_BAD_BYTE,
				  "byte %zu of the line is the control byte "
				  "0x%02x",
				  i + 1, (unsigned char)c);
			return false;
		}
		line->bytes[line->length++] = c;
		line->bytes[line->length] = '\0';
	}
	return true;
}

/* The arrays hold as much as their counts say. */
static void clear(struct line *line)
{
	line->length = line->used = 0;
	line->commands = line->words = 0;
	line->commented = false;
	line->shell = line->target = NULL;
	line->outlet = OUTLET_NONE;
	line->bytes[0] = '\0';
}

bool lex_line(struct line *line, const char *bytes, size_t length,
	      const struct lex_rules *rules, struct error *e)
{
	struct lexer x = { .line = line, .rules = rules, .error = e };

	clear(line);
	if (length > 0 && bytes[length - 1] == '\n')
		length--;
	if (!take_bytes(&x, bytes, length))
		return false;
	skip_blanks(&x);
	if (peek(&x, 0) == '!' && peek(&x, 1) != '=')
		return read_shell(&x);
	return read_commands(&x);
}

bool lex_wants_more(const char *bytes, size_t length)
{
	if (length > 0 && bytes[length - 1] == '\n')
		length--;
	return length > 0 && bytes[length - 1] == '\\';
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

/* The power of two behind a size suffix, or -1. */
static int suffix_shift(const char *suffix)
{
	if (suffix[0] == '\0')
		return 0;
	if (suffix[1] != '\0')
		return -1;
	switch (suffix[0]) {
	case 'k':
		return 10;
	case 'm':
		return 20;
	case 'g':
		return 30;
	default:
		return -1;
	}
}

bool lex_number(const char *word, uint64_t *value)
{
	bool hex = word[0] == '0' && (word[1] == 'x' || word[1] == 'X');
	int base = hex ? 16 : 10, shift;
	const char *p = hex ? word + 2 : word, *first = p;
	uint64_t number = 0;

	for (; digit_value(*p) < base; p++) {
		uint64_t digit = (uint64_t)digit_value(*p);

		if (number > (UINT64_MAX - digit) / (uint64_t)base)
			return false;
		number = number * (uint64_t)base + digit;
	}
	shift = suffix_shift(p);
	if (p == first || shift < 0 || number > UINT64_MAX >> shift)
		return false;
	*value = number << shift;
	return true;
}
