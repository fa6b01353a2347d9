/*
 * scout.c - the look ahead
 */
#include "trace/scout.h"

#include <string.h>

#include "base/escape.h"
#include "base/mem.h"
#include "trace/stream.h"

enum { MAKING_MAX = 64 };

/* An mm that a task has just made, and nobody knows yet what for. */
struct making {
	uint32_t pid;
	uint64_t mm;
	uint32_t caller;
};

struct look {
	struct scout *s;
	bool has_switch, has_finish, certain_init;
	struct making making[MAKING_MAX];
	uint32_t next; /* the oldest one, to be written over */
	uint64_t events;
};

static uint32_t caller_index(struct scout *s, const char *text)
{
	for (uint32_t i = 0; i < s->callers; i++)
		if (strcmp(s->caller[i].text, text) == 0)
			return i;
	if (s->callers == SCOUT_CALLERS)
		return SCOUT_CALLERS;
	memcpy(s->caller[s->callers].text, text, strlen(text) + 1);
	return s->callers++;
}

static void note_making(struct look *l, const struct trace_record *r)
{
	struct making *m = &l->making[l->next++ % MAKING_MAX];

	*m = (struct making){ r->pid, r->f.mm, caller_index(l->s, r->text) };
}

/* The task of @r shows what it made its mm (@mm, 0: whichever) for. */
static void note_made(struct look *l, const struct trace_record *r, uint64_t mm,
		      enum caller_kind kind)
{
	for (uint32_t i = 0; i < MAKING_MAX; i++) {
		struct making *m = &l->making[i];

		if (m->mm == 0 || m->pid != r->pid || (mm && m->mm != mm))
			continue;
		if (m->caller < SCOUT_CALLERS)
			l->s->caller[m->caller].kind = kind;
		m->mm = 0;
	}
}

/* Addresses of the kernel's image, where only init_mm is an mm. */
static bool in_image(uint64_t address)
{
	return address >= UINT64_C(0xffffffff80000000) &&
	       address < UINT64_C(0xfffffffffffff000);
}

static void note_init(struct look *l, const struct trace_record *r)
{
	if (r->kind == REC_switch_mm && r->f.nid == 1 && !l->certain_init) {
		l->s->init_mm = r->f.next;
		l->certain_init = true;
	}
	for (uint32_t i = 0; i < r->cpus && l->s->init_mm == 0; i++)
		if (in_image(r->cpu_state[i].loaded_mm))
			l->s->init_mm = r->cpu_state[i].loaded_mm;
}

static void note_size(struct look *l, const struct trace_record *r)
{
	uint32_t cpus = r->cpu + 1 > r->cpus ? r->cpu + 1 : r->cpus;

	if (cpus > l->s->cpus)
		l->s->cpus = cpus;
	if (r->kind == REC_finish_cpu && r->f.cpu <= RECORD_CPU_MAX &&
	    r->f.cpu >= l->s->cpus)
		l->s->cpus = (uint32_t)r->f.cpu + 1;
}

static void look_at(struct look *l, const struct trace_record *r)
{
	l->events++;
	note_size(l, r);
	note_init(l, r);
	switch (r->kind) {
	case REC_switch:
		l->has_switch = true;
		break;
	case REC_finish:
		l->has_finish = true;
		break;
	case REC_mm_new:
		note_making(l, r);
		break;
	case REC_mm_attach:
		if (r->f.mm)
			note_made(l, r, r->f.mm, CALLER_FORK);
		break;
	case REC_exec_mmap:
		note_made(l, r, r->f.mm, CALLER_EXEC);
		break;
	default:
		break;
	}
}

static bool look_over(struct look *l, struct stream *stream,
		      struct trace_record *r, struct text *why)
{
	for (;;) {
		switch (stream_glance(stream, r, why)) {
		case STREAM_RECORD:
			look_at(l, r);
			break;
		case STREAM_END:
			return true;
		case STREAM_FAILED:
			return false;
		}
	}
}

static bool has_events(const struct look *l, const char *path, struct text *why)
{
	if (l->events)
		return true;
	escape_text(why, path, strlen(path));
	text_add(why, ": no events");
	return false;
}

bool scout_read(struct scout *s, const char *path, struct text *why)
{
	struct look *l = am_calloc(1, sizeof *l);
	struct trace_record *r = am_calloc(1, sizeof *r);
	struct stream *stream = NULL;
	bool read = false;

	memset(s, 0, sizeof *s);
	if (!l || !r)
		text_add(why, "out of memory");
	else
		stream = stream_open(path, why);
	if (stream) {
		l->s = s;
		read = look_over(l, stream, r, why) && has_events(l, path, why);
		s->probes = l->has_finish;
		s->old_kernel = l->has_finish && !l->has_switch;
		stream_close(stream);
	}
	am_free(r);
	am_free(l);
	return read;
}

const char *scout_kernel(const struct scout *s)
{
	return s->old_kernel ? "6.1" : "6.12";
}

enum caller_kind scout_caller(const struct scout *s, const char *text)
{
	for (uint32_t i = 0; i < s->callers; i++)
		if (strcmp(s->caller[i].text, text) == 0)
			return s->caller[i].kind;
	return CALLER_UNKNOWN;
}
