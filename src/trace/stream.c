/* stream.c - the records of one recording, in the order of the file */
#include "trace/stream.h"

#include <inttypes.h>
#include <string.h>

#include "base/escape.h"
#include "base/lines.h"
#include "base/mem.h"

#define EXCERPT 40 /* bytes shown of a line that cannot be understood */

struct stream {
	struct lines *lines;
	char *path;
};

struct stream *stream_open(const char *path, struct text *why)
{
	struct stream *s = am_calloc(1, sizeof *s);

	if (s)
		s->path = am_strdup(path);
	if (!s || !s->path) {
		text_add(why, "out of memory");
		stream_close(s);
		return NULL;
	}
	s->lines = lines_open(path, why);
	if (s->lines)
		return s;
	stream_close(s);
	return NULL;
}

void stream_close(struct stream *s)
{
	if (!s)
		return;
	lines_close(s->lines);
	am_free(s->path);
	am_free(s);
}

uint64_t stream_line(const struct stream *s)
{
	return lines_number(s->lines);
}

static void complain(const struct stream *s, const struct trace_record *r,
		     const char *line, size_t length, struct text *why)
{
	size_t at = r->column - 1;
	size_t left = length - at;

	escape_text(why, s->path, strlen(s->path));
	text_addf(why, ":%" PRIu64 ":%zu: expected %s", r->line, r->column,
		  r->expected);
	if (left == 0) {
		text_add(why, ", not the end of the line");
		return;
	}
	text_add(why, ", not '");
	escape_text(why, line + at, left < EXCERPT ? left : EXCERPT);
	text_add(why, left < EXCERPT ? "'" : "...'");
}

typedef enum record_result reader(struct trace_record *r, uint64_t line,
				  const char *text, size_t length);

static enum stream_result next(struct stream *s, struct trace_record *r,
			       reader *read, struct text *why)
{
	char *line;
	size_t length;

	for (;;) {
		switch (lines_next(s->lines, &line, &length)) {
		case LINES_OK:
			break;
		case LINES_END:
			return STREAM_END;
		default:
			lines_complain(s->lines, why);
			return STREAM_FAILED;
		}
		switch (read(r, lines_number(s->lines), line, length)) {
		case RECORD_EVENT:
			return STREAM_RECORD;
		case RECORD_NONE:
			break;
		default:
			complain(s, r, line, length, why);
			return STREAM_FAILED;
		}
	}
}

enum stream_result stream_next(struct stream *s, struct trace_record *r,
			       struct text *why)
{
	return next(s, r, record_parse, why);
}

enum stream_result stream_glance(struct stream *s, struct trace_record *r,
				 struct text *why)
{
	return next(s, r, record_glance, why);
}
