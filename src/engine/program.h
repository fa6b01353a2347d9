/*
 * program.h - kernel paths as tables of statements
 *
 * A path is one kernel function as a table: DO is a statement (one thing that
 * another CPU could observe), IF and LOOP read only what this CPU may, CALL
 * names another path.  A program is a profile's paths linked once: calls are
 * inlined, jumps resolved, so that a path in progress is one pc and one set of
 * locals (struct stack).  A program lives outside the world; the world holds
 * its hash.  Patches (a dropped statement, a negated test) are applied to the
 * tables before linking.
 *
 * Operands of a statement are small codes: T(0) a task local, M(0) an mm local,
 * N(0) a number local, T_MM(0) the task's mm, ...
 */
#ifndef ENGINE_PROGRAM_H
#define ENGINE_PROGRAM_H

#include "engine/event.h"

enum path_id {
	PATH_NONE,
#define PATH(id, file) PATH_##id,
#include "engine/path.def"
#undef PATH
	PATHS
};

enum statement_id {
	ST_none,
#define STATEMENT(id, text) ST_##id,
#define CONDITION(id, text)
#include "engine/vocabulary.def"
#undef STATEMENT
#undef CONDITION
	STATEMENTS
};

enum condition_id {
	CO_none,
#define STATEMENT(id, text)
#define CONDITION(id, text) CO_##id,
#include "engine/vocabulary.def"
#undef STATEMENT
#undef CONDITION
	CONDITIONS
};

enum tracepoint_id {
	TP_none,
#define TRACEPOINT(id) TP_##id,
#include "engine/tracepoint.def"
#undef TRACEPOINT
	TRACEPOINTS
};

/* Windows: while one is open, some invariants of the CPU are suspended. */
enum window {
	W_NONE = 0,
	W_SWITCH = 1,
	W_EXEC = 2,
	W_USE = 4,
	W_EXIT = 8,
	W_LOAD = 16,
	W_SLEEP = 32, /* may sleep: an importer waits here */
	W_FREED = 64  /* what is loaded may be freed (path_alpha_2_4.c) */
};

/* Operand codes. */
#define T(n) (0x10 + (n))        /* task local */
#define M(n) (0x20 + (n))        /* mm local: a ref */
#define N(n) (0x30 + (n))        /* number local */
#define T_MM(n) (0x40 + (n))     /* task local's mm */
#define T_ACTIVE(n) (0x50 + (n)) /* task local's active_mm */
#define H(n) (0x70 + (n))        /* the holder whose index is number local n */
#define K(n) (0x80 + (n))        /* a small constant */
enum {
	CUR = 0x60,
	CUR_MM,
	CUR_ACTIVE,
	PREV_MM,
	LOADED,
	INIT,
	SELF,
	KEPT,
	TLB_MM
};
#define OPERAND_KIND(o) ((o)&0xf0)
#define OPERAND_INDEX(o) ((o)&0x0f)

enum op_code {
	OP_END_OF_TABLE,
	OP_DO,
	OP_IF,
	OP_ELSE,
	OP_END,
	OP_CALL,
	OP_RET,
	OP_WAIT,
	OP_LOOP,
	OP_ENDLOOP,
	OP_ATOMIC,
	OP_ENDATOMIC,
	OP_AT,
	OP_WINDOW
};

/* One line of a path's table, as written. */
struct op {
	uint8_t code;   /* enum op_code */
	uint8_t what;   /* statement, condition, path, tracepoint, window */
	uint8_t arg[3]; /* operands */
	uint8_t negate; /* IF and LOOP: the test is turned round */
};

#define DO(s, ...) \
	{ \
		.code = OP_DO, .what = ST_##s, .arg = { __VA_ARGS__ } \
	}
#define IF(c, ...) \
	{ \
		.code = OP_IF, .what = CO_##c, .arg = { __VA_ARGS__ } \
	}
#define UNLESS(c, ...) \
	{ \
		.code = OP_IF, .what = CO_##c, .arg = { __VA_ARGS__ }, \
		.negate = 1 \
	}
#define ELSE \
	{ \
		.code = OP_ELSE \
	}
#define END \
	{ \
		.code = OP_END \
	}
#define LOOP(c, ...) \
	{ \
		.code = OP_LOOP, .what = CO_##c, .arg = { __VA_ARGS__ } \
	}
#define ENDLOOP \
	{ \
		.code = OP_ENDLOOP \
	}
#define WAIT(c, ...) \
	{ \
		.code = OP_WAIT, .what = CO_##c, .arg = { __VA_ARGS__ } \
	}
#define CALL(p, ...) \
	{ \
		.code = OP_CALL, .what = PATH_##p, .arg = { __VA_ARGS__ } \
	}
#define RET \
	{ \
		.code = OP_RET \
	}
#define ATOMIC \
	{ \
		.code = OP_ATOMIC \
	}
#define ENDATOMIC \
	{ \
		.code = OP_ENDATOMIC \
	}
#define AT(tp) \
	{ \
		.code = OP_AT, .what = TP_##tp \
	}
#define WINDOW(w) \
	{ \
		.code = OP_WINDOW, .what = (w) \
	}
#define PATH_END \
	{ \
		.code = OP_END_OF_TABLE \
	}

/* One kernel function. */
struct path {
	const char *names
		[12]; /* of the locals: tasks, numbers, mms, in this order */
	uint8_t tasks, numbers, refs; /* how many of each */
	uint8_t params[3]; /* operand codes of the parameters, by position */
	uint8_t consumes;  /* what the mm parameter owns goes with it */
	const struct op *ops;
};

/* One op of the linked program. */
enum flat_code {
	FLAT_DO,
	FLAT_TEST,
	FLAT_JUMP,
	FLAT_WAIT,
	FLAT_ARG,
	FLAT_CLEAR,
	FLAT_RET
};
struct flat_op {
	uint8_t code; /* enum flat_code */
	uint8_t what;
	uint8_t arg[3];
	uint8_t negate;
	uint8_t tracepoint; /* fires before this DO */
	uint8_t windows;    /* open while a stack rests here */
	uint8_t atomic; /* DOs of one ATOMIC share a number: one step; 0: none */
	uint8_t depth;  /* calls deep, as written: 0 is the entry path */
	uint16_t path, index; /* where it is written */
	uint32_t to;          /* TEST: where to go when false; JUMP */
};

/*
 * How an older kernel wrote what 6.12, whose words the tables have, writes
 * otherwise.  What a kernel does not say here, the next newer one says.
 */
enum spelled {
	SPELLED_END,
	SPELLED_STATEMENT,
	SPELLED_CONDITION,
	SPELLED_PATH
};
struct spelling {
	uint8_t what; /* enum spelled */
	uint8_t id;
	const char *text;
	const char *file; /* of a path */
};
struct dialect {
	const struct dialect *newer; /* NULL: 6.12 */
	const struct spelling *spelling;
};

enum arch { ARCH_X86_64, ARCH_ALPHA, ARCHES };

/* Switches of a profile that no table can say. */
struct profile {
	const char *name;   /* "6.12"; one a machine */
	const char *kernel; /* "6.12.117" */
	enum arch arch;
	bool lazy_refcount;  /* CONFIG_MMU_LAZY_TLB_REFCOUNT */
	bool lazy_shootdown; /* CONFIG_MMU_LAZY_TLB_SHOOTDOWN */
	bool pcid;           /* a load of CR3 may keep the TLB */
	bool kthread_exec;   /* a kernel thread may exec a program */
	const char *pid2;    /* what rest_init() makes second; NULL: kthreadd */
	bool cooperative;    /* kernel code is left only where it sleeps */
	bool one_count;      /* 2.2: no mm_count, no active_mm */
	bool i386;           /* 32 bits, the last GiB is the kernel's */
	bool canon;          /* the step table of the state counts */
	bool canon_tables;   /* canon with page tables (PT) */
	/* The profiles with that option y and n; NULL: this kernel has no choice. */
	const char *refcount_y, *refcount_n;
	uint64_t waived; /* bit i: it does not keep invariant i (check.h) */
	const struct dialect *dialect; /* NULL: 6.12 */
	const uint8_t *unverified; /* paths after a source that nobody opened */
	uint32_t boot_surplus;     /* counts of init_mm taken twice at boot */
	const char *note;          /* what to say about it, or NULL */
	void (*paths)(const struct path **path); /* fills path[PATHS] */
};

enum {
	FLAT_MAX = 6000,
	INLINED_MAX = 1200,
	PATH_OPS_MAX = 96,
	PATCHES_MAX = 16
};

/* A patch: drop op @index of @path, or turn its test round. */
enum patch_kind { PATCH_DROP, PATCH_NEGATE };
struct patch {
	uint8_t kind;
	uint8_t path;
	uint8_t index;
};

/* Where in the program a path was inlined: ops from <= pc < to. */
struct inlined {
	uint32_t from, to;
	uint16_t path, depth;
	uint16_t call; /* the op of the caller that calls it */
};

struct program {
	struct profile profile;
	const struct path
		*path[PATHS];  /* NULL: this profile has no such path */
	uint32_t entry[PATHS]; /* flat index where it starts */
	uint32_t patches;
	struct patch patch[PATCHES_MAX];
	uint32_t flats, inlines;
	uint32_t hash;
	/* As much as the counts say. */
	struct flat_op flat[FLAT_MAX];
	struct inlined inlined[INLINED_MAX]; /* callees before callers */
};

/* An x86_64 profile, and any, by name; NULL when there is none of that name. */
const struct profile *profile_find(const char *name);
const struct profile *profile_find_for(const char *name, enum arch arch);
/* The i-th profile of all machines, or NULL past the last. */
const struct profile *profile_at(uint32_t i);

/*
 * program_link - the paths of @profile with @patches, ready to run
 *
 * Needs:  each path that is called is in the profile (a fault of ours).
 * Errors: false when a patch names no op that it fits, or the program is too
 *         long; @p is then not to be used.
 */
bool program_link(struct program *p, const struct profile *profile,
		  const struct patch *patches, uint32_t count);

/* program_inside - is @pc inside of @path, at whatever depth? */
bool program_inside(const struct program *p, uint32_t pc, enum path_id path);

/* Number of ops of a path's table (patches number them from 0). */
uint32_t path_length(const struct path *path);

/* Names for people. */
bool names_equal(const char *a, const char *b); /* strcmp() is not for us */
/*
 * A path in this kernel's words, and its file ("kernel/sched/core.c"); the
 * first path of that name in it, or PATH_NONE; was its source never opened?
 */
const char *path_name(const struct program *p, enum path_id path);
const char *path_file(const struct program *p, enum path_id path);
enum path_id path_find(const struct program *p, const char *name);
bool path_unverified(const struct program *p, enum path_id path);
const char *arch_name(enum arch arch); /* "x86_64" */
/* The machine that a profile is modelled on: as arch_name(), or "i386". */
const char *profile_machine(const struct profile *p);
const char *statement_template(const struct program *p, enum statement_id s);
const char *condition_template(const struct program *p, enum condition_id c);
const char *tracepoint_name(enum tracepoint_id tp);

/*
 * op_text - the op as the kernel would write it, operands filled in
 *
 * "mmgrab_lazy_tlb(prev->active_mm)", "if (!next->mm)".  Fills at most @size
 * bytes, always terminated.  Returns the indent change before the line (-1 for
 * END and ELSE) and, through @after, after it.
 */
int op_text(const struct program *p, enum path_id path, uint32_t index,
	    char *out, size_t size, int *after);

/* The table of @path in this program's profile, with its patches applied. */
uint32_t path_ops(const struct program *p, enum path_id path, struct op *out);

#endif
