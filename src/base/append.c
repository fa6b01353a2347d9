/*
 * append.c - a file that only grows, by whole pieces
 */
#include "base/append.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/sys.h"

/* Cuts off what stands behind the last whole piece. */
static bool cut_back(struct append *a)
{
	a->torn = sys_truncate(a->fd, (off_t)a->length) < 0;
	return !a->torn;
}

bool append_open(struct append *a, int dir, const char *name, uint64_t length,
		 struct text *why)
{
	*a = (struct append){ .length = length };
	a->fd = file_open_append(dir, name, why);
	if (a->fd < 0)
		return false;
	if (cut_back(a))
		return true;
	file_complain(why, "shorten", name, strerror(errno));
	append_close(a);
	return false;
}

static bool write_piece(struct append *a, const struct text *piece,
			bool durable)
{
	if (a->torn && !cut_back(a))
		return false;
	if (sys_write_all(a->fd, text_string(piece), piece->length,
			  SYS_WRITE) == 0 &&
	    (!durable || sys_sync_data(a->fd) == 0))
		return true;
	a->torn = true;
	return false;
}

bool append_piece(struct append *a, const struct text *piece, bool durable,
		  struct text *why)
{
	if (write_piece(a, piece, durable)) {
		a->length += piece->length;
		return true;
	}
	text_add(why, strerror(errno));
	/* Best now; otherwise before the next piece. */
	(void)cut_back(a);
	return false;
}

void append_close(struct append *a)
{
	if (a->fd >= 0)
		(void)sys_close(a->fd);
	a->fd = -1;
}
