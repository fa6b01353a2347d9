/*
 * unpack.h - the bytes of a file, unpacked while reading if they are gzip
 *
 * What starts with the gzip magic is gzip, of any number of members; all else
 * is given as it is.  Streaming: memory does not depend on the input.
 */
#ifndef BASE_UNPACK_H
#define BASE_UNPACK_H

#include <stddef.h>
#include <sys/types.h>

struct unpack;

/* unpack_new - reads from @fd, which stays the caller's.  NULL: no memory. */
struct unpack *unpack_new(int fd);
void unpack_free(struct unpack *u);

/*
 * unpack_read - reads up to @length bytes, at least one
 *
 * Returns: the bytes read; 0 at the end.
 * Errors:  -1 when reading fails, memory runs out, or the gzip data is damaged
 *          or ends too early; unpack_cause() says which.
 */
ssize_t unpack_read(struct unpack *u, char *bytes, size_t length);

/* unpack_cause - why unpack_read() failed */
const char *unpack_cause(const struct unpack *u);

#endif
