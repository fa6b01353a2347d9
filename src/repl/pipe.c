/*
 * pipe.c - the interpreter without a terminal
 */
#include "repl/pipe.h"

#include "base/lines.h"
#include "base/text.h"

enum amm_status pipe_line(struct amm *a, const char *line, size_t length,
			  struct out *out)
{
	enum amm_status status = amm_do(a, line, length);

	out_puts(out, amm_text(a));
	out_flush(out);
	return status;
}

struct pipe_state {
	struct amm *amm;
	const struct pipe_options *how;
	struct out *out;
	struct text joined; /* lines that end in a backslash */
	enum amm_status status;
};

static void show_line(struct pipe_state *p, const char *line, size_t length)
{
	if (!p->how->prompts)
		return;
	out_puts(p->out, amm_prompt(p->amm));
	out_write(p->out, line, length);
	out_puts(p->out, "\n");
}

/* False when the reading ends here. */
static bool take_line(struct pipe_state *p, const char *line, size_t length)
{
	enum amm_status status;

	show_line(p, line, length);
	text_append(&p->joined, line, length);
	if (amm_wants_more(line, length)) {
		text_add(&p->joined, "\n");
		return true;
	}
	status = pipe_line(p->amm, text_string(&p->joined), p->joined.length,
			   p->out);
	text_clear(&p->joined);
	if (p->status == AMM_OK)
		p->status = status;
	return !amm_quits(p->amm) && !(p->how->batch && status != AMM_OK);
}

/* A line that cannot be text is the learner's error, with its place. */
static bool bad_line(struct pipe_state *p, const struct lines *l,
		     struct out *err)
{
	struct text why = { 0 };

	lines_complain(l, &why);
	out_printf(err, "activemm: %s\n", text_string(&why));
	out_flush(err);
	text_free(&why);
	if (p->status == AMM_OK)
		p->status = AMM_USAGE;
	return !p->how->batch;
}

/* A chunk of Lua that the end of input leaves unfinished is an error. */
static void leave(struct pipe_state *p)
{
	if (!amm_leave(p->amm))
		return;
	out_puts(p->out, amm_text(p->amm));
	if (*amm_code(p->amm) && p->status == AMM_OK)
		p->status = AMM_LUA;
}

static void read_lines(struct pipe_state *p, struct lines *l, struct out *err)
{
	char *line;
	size_t length;

	for (;;) {
		switch (lines_next(l, &line, &length)) {
		case LINES_OK:
			if (!take_line(p, line, length))
				return;
			break;
		case LINES_BAD:
			if (!bad_line(p, l, err))
				return;
			break;
		case LINES_FAILED:
			bad_line(p, l, err);
			return;
		case LINES_END:
			if (p->joined.length)
				take_line(p, "", 0);
			leave(p);
			return;
		}
	}
}

enum amm_status pipe_run(struct amm *a, int fd, const struct pipe_options *how,
			 struct out *out, struct out *err)
{
	struct pipe_state p = { .amm = a, .how = how, .out = out };
	struct text why = { 0 };
	struct lines *l = lines_open_fd(fd, "standard input", &why);

	if (!l) {
		out_printf(err, "activemm: %s\n", text_string(&why));
		text_free(&why);
		return AMM_FILE;
	}
	read_lines(&p, l, err);
	lines_close(l);
	text_free(&p.joined);
	return p.status;
}
