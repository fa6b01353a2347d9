/*
 * file.h - files, opened and replaced so that nothing is lost or followed
 *
 * No name is trusted: a link is never followed, a pipe never waited for, and
 * it is the open file that is checked, not its name.  A file is replaced as a
 * whole or not at all.  Files are made 0600 and directories 0700, whatever
 * the umask.
 *
 * Errors: every function returns false, NULL or -1, leaves the cause in errno,
 * and appends a sentence to @why that names the file (escaped) and the cause.
 * @dir is a directory, or AT_FDCWD for a path that a person typed.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum file_kind {
	FILE_ANY, /* a regular file, whoever owns it */
	FILE_OWN  /* ours: own uid, one link, no one else may write */
};

/*
 * file_open - opens @name for reading
 *
 * Errors: also when it is not a regular file, larger than @limit bytes, or
 *         not of @kind.
 */
int file_open(int dir, const char *name, enum file_kind kind, uint64_t limit,
	      struct text *why);

/* file_open_append - opens our existing file @name to append to it */
int file_open_append(int dir, const char *name, struct text *why);

/* file_close - closes what these functions opened */
void file_close(int fd);

/* file_exists - whether @dir has something called @name */
bool file_exists(int dir, const char *name);

/*
 * file_read - appends all that @fd holds to @contents
 *
 * @name is for the message.  Errors: also out of memory.
 */
bool file_read(int fd, const char *name, struct text *contents,
	       struct text *why);

/*
 * file_lock - opens the lock file @name, made when missing, and locks it
 *
 * The lock is gone when the process is: nothing is ever left to clean up.
 * The process number in the file is for messages only.
 *
 * Errors: EWOULDBLOCK when another process holds it: @why says which.
 */
int file_lock(int dir, const char *name, struct text *why);

/* file_complain - appends "cannot VERB 'NAME': CAUSE" to @why */
void file_complain(struct text *why, const char *verb, const char *name,
		   const char *cause);

#endif
