/*
 * lines.h - a file read line by line, plain or gzip
 *
 * Lines end with LF or CR LF, neither of which is given.  A line that cannot
 * be text (longer than LINES_BYTES_MAX, or with a NUL byte) is LINES_BAD and
 * reading may go on after it; what makes the rest unreadable (an I/O error,
 * damaged gzip data) is LINES_FAILED, after the last whole line before it; then
 * only lines_close() makes sense.
 * Streaming, in linear time.
 */
#ifndef BASE_LINES_H
#define BASE_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define LINES_BYTES_MAX ((size_t)1 << 20)

enum lines_result { LINES_OK, LINES_END, LINES_BAD, LINES_FAILED };

struct lines;

/*
 * lines_open - starts reading the regular file @path
 *
 * Errors: NULL and a sentence in @why: see file_open(); or out of memory.
 */
struct lines *lines_open(const char *path, struct text *why);

/* lines_open_fd - the same for an open @fd, as of a pipe; @name is for
 * messages, and @fd stays the caller's */
struct lines *lines_open_fd(int fd, const char *name, struct text *why);

void lines_close(struct lines *l);

/*
 * lines_next - the next line, of *@length bytes with a NUL after them
 *
 * The line may be changed in place; it is valid until the next call.
 */
enum lines_result lines_next(struct lines *l, char **line, size_t *length);

/* lines_number - the line lines_next() told about last, from 1 */
uint64_t lines_number(const struct lines *l);

/* lines_complain - appends "NAME:LINE: CAUSE" after LINES_BAD, LINES_FAILED */
void lines_complain(const struct lines *l, struct text *why);

#endif
