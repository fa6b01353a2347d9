/*
 * lines.c - a file read line by line, plain or gzip
 */
#include "base/lines.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/unpack.h"

#define CHUNK ((size_t)65536)

struct lines {
	int own_fd; /* to close at the end, or -1 */
	char *name;
	struct unpack *source;
	bool at_end;
	bool skipping; /* the line is too long: its start is gone already */
	uint64_t number;
	const char *cause;
	/* The buffer: [start, end) is not given yet, and what is before
	 * scanned has no newline. */
	char *bytes;
	size_t start, scanned, end, room;
};

struct lines *lines_open_fd(int fd, const char *name, struct text *why)
{
	struct lines *l = am_calloc(1, sizeof *l);

	if (l) {
		l->own_fd = -1;
		l->name = am_strdup(name);
		l->source = unpack_new(fd);
	}
	if (l && l->name && l->source)
		return l;
	file_complain(why, "read", name, "out of memory");
	lines_close(l);
	return NULL;
}

struct lines *lines_open(const char *path, struct text *why)
{
	int fd = file_open(AT_FDCWD, path, FILE_ANY, UINT64_MAX, why);
	struct lines *l;

	if (fd < 0)
		return NULL;
	l = lines_open_fd(fd, path, why);
	if (l)
		l->own_fd = fd;
	else
		file_close(fd);
	return l;
}

void lines_close(struct lines *l)
{
	if (!l)
		return;
	if (l->own_fd >= 0)
		file_close(l->own_fd);
	unpack_free(l->source);
	am_free(l->name);
	am_free(l->bytes);
	am_free(l);
}

/* Makes room for a chunk and a NUL behind what is still needed. */
static bool make_room(struct lines *l)
{
	size_t need, room;
	char *bytes;

	if (l->start > 0)
		memmove(l->bytes, l->bytes + l->start, l->end - l->start);
	l->scanned -= l->start;
	l->end -= l->start;
	l->start = 0;
	need = l->end + CHUNK + 1;
	if (need <= l->room)
		return true;
	room = need > 2 * l->room ? need : 2 * l->room;
	bytes = am_realloc(l->bytes, room, 1);
	if (!bytes)
		return false;
	l->bytes = bytes;
	l->room = room;
	return true;
}

static bool fill(struct lines *l)
{
	ssize_t count;

	if (!make_room(l)) {
		l->cause = "out of memory";
		return false;
	}
	count = unpack_read(l->source, l->bytes + l->end, CHUNK);
	if (count < 0) {
		l->cause = unpack_cause(l->source);
		return false;
	}
	l->at_end = count == 0;
	l->end += (size_t)count;
	return true;
}

/* Hands out the line that ends at @stop and goes on at @next. */
static enum lines_result give(struct lines *l, size_t stop, size_t next,
			      char **line, size_t *length)
{
	bool skipped = l->skipping;

	*line = l->bytes + l->start;
	*length = stop - l->start;
	l->bytes[stop] = '\0';
	if (*length > 0 && l->bytes[stop - 1] == '\r')
		l->bytes[l->start + --*length] = '\0';
	l->start = l->scanned = next;
	l->skipping = false;
	l->number++;
	l->cause = NULL;
	if (skipped || *length > LINES_BYTES_MAX)
		l->cause = "the line is longer than 1 MiB";
	else if (memchr(*line, '\0', *length))
		l->cause = "the line has a NUL byte";
	return l->cause ? LINES_BAD : LINES_OK;
}

/* Finds the end of the line in the buffer, or forgets a line too long. */
static char *find_newline(struct lines *l)
{
	size_t unseen = l->end - l->scanned;
	char *newline = NULL;

	if (unseen > 0)
		newline = memchr(l->bytes + l->scanned, '\n', unseen);
	if (newline)
		return newline;
	l->scanned = l->end;
	/* One byte more: it may be the CR of CR LF. */
	if (l->end - l->start > LINES_BYTES_MAX + 1) {
		l->skipping = true;
		l->start = l->scanned = l->end = 0;
	}
	return NULL;
}

enum lines_result lines_next(struct lines *l, char **line, size_t *length)
{
	char *newline;

	while (!(newline = find_newline(l))) {
		if (l->at_end && l->end == l->start && !l->skipping)
			return LINES_END;
		if (l->at_end)
			return give(l, l->end, l->end, line, length);
		if (!fill(l)) {
			l->number++;
			return LINES_FAILED;
		}
	}
	return give(l, (size_t)(newline - l->bytes),
		    (size_t)(newline - l->bytes) + 1, line, length);
}

uint64_t lines_number(const struct lines *l)
{
	return l->number;
}

void lines_complain(const struct lines *l, struct text *why)
{
	escape_text(why, l->name, strlen(l->name));
	text_addf(why, ":%" PRIu64 ": %s", l->number, l->cause);
}
