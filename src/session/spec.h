/*
 * spec.h - the little language that says what a command takes
 *
 * Each command has one such string, and it is the synopsis that help shows:
 *
 *	TASK			a required argument; kinds are in capitals
 *	[TASK]  [TASK...]	an optional one; any number of them
 *	MM|TIME  alive|dead	either kind; one of the words
 *	--as=LABEL		a required flag
 *	[-k]  [--cpu=N]		flags, without and with a value
 *	[--config=OPTION=VALUE...]	a flag that may be repeated
 *	[-c CPU]  [if EXPR]  [-- TEXT]	a flag or keyword and its value
 *
 * Parser, completion and help read the same string through spec_next().
 */
#ifndef SESSION_SPEC_H
#define SESSION_SPEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*	X(kind, "as written", "what help says it is") */
#define ARG_KINDS(X) \
	X(TASK, "TASK", "a PID, a name, %N, %, swapper/N or idle") \
	X(MM, "MM", \
	  "mm1, init_mm, TASK.mm, TASK.active_mm or " \
	  "cpuN.loaded_mm") \
	X(CPU, "CPU", "0 or cpu0") \
	X(NUMBER, "N", "a number: 12, 0x1f, 4k") \
	X(ADDR, "ADDR", "a virtual address: 0x7f0000001000") \
	X(TIME, "TIME", \
	  "t12, t12.3, ., @start, @end, ^, ^3, line:240 or a " \
	  "bookmark") \
	X(SPAN, "FROM,TO", "two times and a comma between them") \
	X(NAME, "NAME", "a name of 1 to 15 bytes") \
	X(LABEL, "LABEL", "any 1 to 31 bytes; quoted when it holds blanks") \
	X(MARK, "MARK", "letters, digits, - and _, not like a time") \
	X(EXPR, "EXPR", "an expression, see 'help expressions'") \
	X(ANSWER, "ANSWER", "the value it will have: an expression") \
	X(VALUE, "VALUE", "its new value") \
	X(COMMAND, "COMMAND", "another command with its arguments") \
	X(TEXT, "TEXT", "the rest of the command, as it is") \
	X(CHUNK, "CHUNK", "the rest of the line, in Lua") \
	X(FILE, "FILE", "a file name; quoted when it holds blanks") \
	X(FIELDS, "FIELD,...", "names of fields, with commas between") \
	X(CPUS, "CPU,...", "CPU numbers, with commas between") \
	X(WORDS, "WORD,...", "words with commas between") \
	X(PROFILE, "KERNEL", \
	  "2.2, 2.4, 2.6, 4.14, 6.1, 6.12, 6.12-shoot, 6.18, 6.18-shoot " \
	  "or canon") \
	X(OPTION, "OPTION", "a kernel option, see 'config'") \
	X(ASSIGN, "OPTION=VALUE", "a kernel option and its value") \
	X(FUNCTION, "FUNCTION", "a kernel function that is modelled") \
	X(EVENT, "EVENT", \
	  "borrow, release, zombie, free, fault, ipi, flush, warn, oops") \
	X(INVARIANT, "INVARIANT", "the name of an invariant") \
	X(SETTING, "SETTING", "the name of a setting, see 'show'") \
	X(SECTION, "SECTION", "the name of a part of 'context'") \
	X(TOPIC, "TOPIC", "a command, a topic or an error code") \
	X(LESSON, "LESSON", "the name of a lesson, see 'lesson list'") \
	X(WORD, "WORD", "one word")

enum arg_kind {
	ARG_NONE, /* a flag that stands alone */
	ARG_CHOICE,
#define X(kind, written, meaning) ARG_##kind,
	ARG_KINDS(X)
#undef X
		ARG_KIND_COUNT
};

#define ARG_BIT(kind) ((uint64_t)1 << (kind))

struct spec_item {
	const char *written; /* as in the synopsis, brackets included */
	size_t length;
	const char *flag; /* "--cpu", "-k", "if", "--"; NULL: positional */
	size_t flag_length;
	uint64_t kinds;    /* ARG_BITs; 0: a flag that stands alone */
	const char *value; /* "CPU", "own|share", "MM|TIME" */
	size_t value_length;
	bool optional, repeated;
};

/*
 * spec_next - reads the item at @spec into @item
 *
 * Returns: where the next one starts, or NULL when there was none.
 */
const char *spec_next(const char *spec, struct spec_item *item);

/* spec_choice - is @word one of the item's words in small letters? */
bool spec_choice(const struct spec_item *item, const char *word);

/* spec_kind - the kind of one alternative of item->value */
enum arg_kind spec_kind(const char *word, size_t length);

/* arg_name - "TASK", "EXPR": the kind's own name */
const char *arg_name(enum arg_kind kind);
const char *arg_written(enum arg_kind kind);
const char *arg_meaning(enum arg_kind kind);

#endif
