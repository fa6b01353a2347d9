/*
 * lex.h - a typed line, cut into commands and words
 *
 *	line  = [command {; command}] [| shell] [>|>> file] [# comment]
 *	      | ! shell
 *	command = [@CPU] word {word}
 *
 * A word keeps its place in the line, for the caret of an error, and its text
 * without quotes.  The line itself is kept as well: an expression is read
 * from it, quotes and all.
 *
 * This is not a shell: nothing is expanded, and a backslash means something
 * only at the end of a line, where it joins the next line and counts as a
 * blank.  `||` is an operator and not a pipe.  A single `>` stands for a file
 * unless the command takes an expression (lex_rules says which), where it
 * compares; `->`, `>=` and `>>` are never in doubt.
 *
 * Everything lives in the struct line that the caller owns; words point into
 * it and die with it.
 */
#ifndef SESSION_LEX_H
#define SESSION_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct text;

#define LINE_BYTES_MAX 4096
#define LINE_WORDS_MAX 128
#define LINE_COMMANDS_MAX 16

struct word {
	const char *text;      /* without quotes, a C string */
	uint32_t column, span; /* its bytes in the line, quotes included */
	bool quoted;           /* it has a quoted part: never a flag */
};

/* One command; an expression or message may want it as it was typed. */
struct statement {
	const struct word *cpu; /* the N of @N, or NULL */
	const struct word *word;
	unsigned words;       /* 0: nothing but perhaps @N */
	uint32_t column, end; /* its bytes in the line, without the @N */
};

enum outlet { OUTLET_NONE, OUTLET_SHELL, OUTLET_FILE, OUTLET_APPEND };

struct line {
	char bytes[LINE_BYTES_MAX + 1]; /* as typed, NUL at the end */
	size_t length;
	struct statement command[LINE_COMMANDS_MAX];
	unsigned commands;  /* 0: an empty line or a comment */
	bool commented;     /* it ends with a comment */
	const char *shell;  /* of `! shell`: nothing else is set; or NULL */
	enum outlet outlet; /* where the output goes */
	const char *target; /* the file or the shell command */
	/* lex.c only */
	struct word word[LINE_WORDS_MAX];
	unsigned words;
	char room[LINE_BYTES_MAX + LINE_WORDS_MAX + 1];
	size_t used;
};

struct lex_rules {
	const char *no_shell; /* why !, |, > and >> are refused, or NULL */
	/* Does the command @verb, of @length bytes, take an expression? */
	bool (*takes_expression)(const char *verb, size_t length);
	/* Is all that follows it, to the end of the line, one word? */
	bool (*takes_chunk)(const char *verb, size_t length);
};

/*
 * lex_line - cuts @length bytes at @bytes into @line
 *
 * A newline at the end is dropped; one after a backslash is a blank.
 * Errors: false with @e filled; @line->bytes then still holds what can be
 *         shown of the line.
 */
bool lex_line(struct line *line, const char *bytes, size_t length,
	      const struct lex_rules *rules, struct error *e);

/* lex_wants_more - does the line end in a backslash that joins the next? */
bool lex_wants_more(const char *bytes, size_t length);

/*
 * lex_number - reads a whole word as a number: 12, 0x1f, 4k, 2m, 1g
 *
 * Errors: false when it is not one or does not fit into 64 bits.
 */
bool lex_number(const char *word, uint64_t *value);

#endif
