/*
 * keep.h - what a session keeps beside the machine: branches, bookmarks,
 * aliases, printed values, the locked prediction, its journal
 */
#ifndef SESSION_KEEP_H
#define SESSION_KEEP_H

#include "session/session.h"

enum {
	MARKS_MAX = 64,
	ALIASES_MAX = 64,
	VALUES_MAX = 256,
	RULES_MAX = 16,
	BRANCHES_MAX = 32
};

/* A time line that was left: its commands from @from on. */
struct branch {
	struct moment from;
	struct text lines; /* one command a line */
	uint32_t count;
};

struct mark {
	char name[LABEL_BYTES];
	struct moment at;
};

struct alias {
	char name[LABEL_BYTES];
	char text[200];
};

/* A learner's own invariant. */
struct rule {
	char name[LABEL_BYTES];
	char text[200];
	struct expr expr;
	bool on, broken;
};

struct shelf {
	uint32_t branches, marks, aliases, rules;
	struct branch branch[BRANCHES_MAX];
	struct mark mark[MARKS_MAX];
	struct alias alias[ALIASES_MAX];
	struct rule rule[RULES_MAX];
	uint64_t values; /* $1, $2, ...: the newest VALUES_MAX of them */
	struct value value[VALUES_MAX];
	/* the locked prediction */
	bool predicted;
	struct expr what, answer;
	char what_text[160], answer_text[80], reason[160];
};

/* The line as history writes it: "exit". */
const char *keep_line(struct amm *a);
/* An entry as journal and save files write it: "@1 exit --steps=3". */
void keep_entry(struct text *out, const struct entry *x);
/* The settings that change what a command does, in one byte; the lines that
 * change them from @before. */
uint8_t keep_mode(const struct settings *s);
void keep_mode_lines(struct text *out, uint8_t before, uint8_t mode);
void keep_outcome(struct amm *a, enum outcome o);

/* Before a command that ends a redo tail: the tail becomes branch alt-N. */
void keep_branch(struct amm *a);
/* After a command: its journal record. */
void keep_commit(struct amm *a);
/* After a command: was the prediction right? */
void keep_reveal(struct amm *a);
/* Was one of the learner's rules broken by this statement? */
bool keep_rules_broken(struct amm *a);
/* A moment of the session; false with @e when there is none. */
bool keep_moment(struct amm *a, const struct timepos *t, struct moment *out,
		 struct error *e);
/* Value $N for the resolver; 0 is the last; false when there is none. */
bool keep_value(const struct amm *a, uint64_t n, struct value *v);
void keep_new_value(struct amm *a, const struct value *v);
/* The command as typed, into the journal: it changed the session. */
void keep_typed(struct amm *a);
/* A record in the journal, when there is one. */
void keep_record(struct amm *a, const char *line);

/* The whole time line becomes a branch: a new machine is to come. */
void keep_time_line(struct amm *a);
/* The text of alias @name, or NULL. */
const char *alias_text(struct amm *a, const char *name, size_t length);

/* keep_journal.c */
void keep_open_journal(struct amm *a);
void keep_close_journal(struct amm *a);
/* Is every command so far safe (or not meant to be kept)? */
bool keep_saving(const struct amm *a);

struct shelf *shelf_new(void);
void shelf_free(struct shelf *s);

#endif
