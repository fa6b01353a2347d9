/*
 * unpack.c - the bytes of a file, unpacked while reading if they are gzip
 */
#include "base/unpack.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"
#include "base/sys.h"

#define GZIP_ONLY (16 + MAX_WBITS) /* zlib: expect a gzip header */

enum form { UNKNOWN, PLAIN, GZIP };

struct unpack {
	int fd;
	enum form form;
	bool at_end;    /* of the file */
	bool in_member; /* of the gzip data: the end may not come here */
	const char *cause;
	z_stream z; /* next_in, avail_in: what was read and not used */
	unsigned char in[65536];
};

static void *zlib_alloc(void *opaque, unsigned count, unsigned size)
{
	(void)opaque;
	return am_calloc(count, size);
}

static void zlib_free(void *opaque, void *block)
{
	(void)opaque;
	am_free(block);
}

struct unpack *unpack_new(int fd)
{
	struct unpack *u = am_calloc(1, sizeof *u);

	if (!u)
		return NULL;
	u->fd = fd;
	u->z.zalloc = zlib_alloc;
	u->z.zfree = zlib_free;
	return u;
}

void unpack_free(struct unpack *u)
{
	if (u && u->form == GZIP)
		inflateEnd(&u->z);
	am_free(u);
}

const char *unpack_cause(const struct unpack *u)
{
	return u->cause;
}

static bool fail(struct unpack *u, const char *cause)
{
	u->cause = cause;
	return false;
}

/* Reads more bytes behind those not yet used. */
static bool fill(struct unpack *u)
{
	ssize_t count;

	if (u->z.avail_in > 0)
		memmove(u->in, u->z.next_in, u->z.avail_in);
	u->z.next_in = u->in;
	count = sys_read(u->fd, u->in + u->z.avail_in,
			 sizeof u->in - u->z.avail_in);
	if (count < 0)
		return fail(u, strerror(errno));
	u->at_end = count == 0;
	u->z.avail_in += (unsigned)count;
	return true;
}

static bool start_gzip(struct unpack *u)
{
	if (inflateInit2(&u->z, GZIP_ONLY) != Z_OK)
		return fail(u, "out of memory");
	u->form = GZIP;
	u->in_member = true;
	return true;
}

/* Looks at the first two bytes.  A lone 0x1f is gzip that was cut: no text
 * starts so. */
static bool find_form(struct unpack *u)
{
	do {
		if (!fill(u))
			return false;
	} while (!u->at_end && u->z.avail_in < 2 && u->in[0] == 0x1f);
	if (u->z.avail_in > 0 && u->in[0] == 0x1f &&
	    (u->z.avail_in == 1 || u->in[1] == 0x8b))
		return start_gzip(u);
	u->form = PLAIN;
	return true;
}

static ssize_t take_plain(struct unpack *u, char *bytes, size_t length)
{
	size_t count = u->z.avail_in < length ? u->z.avail_in : length;

	memcpy(bytes, u->z.next_in, count);
	u->z.next_in += count;
	u->z.avail_in -= (unsigned)count;
	return (ssize_t)count;
}

static ssize_t take_gzip(struct unpack *u, char *bytes, size_t length)
{
	unsigned room = length > UINT_MAX ? UINT_MAX : (unsigned)length;
	int result;

	/* After a member another one may follow, and nothing else. */
	if (!u->in_member)
		inflateReset(&u->z);
	u->in_member = true;
	u->z.next_out = (unsigned char *)bytes;
	u->z.avail_out = room;
	result = inflate(&u->z, Z_NO_FLUSH);
	if (result == Z_STREAM_END)
		u->in_member = false;
	else if (result == Z_MEM_ERROR)
		fail(u, "out of memory");
	else if (result != Z_OK && result != Z_BUF_ERROR)
		fail(u, "the gzip data is damaged");
	/* What came before the damage is given first. */
	return u->z.avail_out < room || !u->cause
		       ? (ssize_t)(room - u->z.avail_out)
		       : -1;
}

ssize_t unpack_read(struct unpack *u, char *bytes, size_t length)
{
	ssize_t count = 0;

	assert(length > 0);
	if (u->cause || (u->form == UNKNOWN && !find_form(u)))
		return -1;
	while (count == 0) {
		if (u->z.avail_in == 0 && !u->at_end && !fill(u))
			return -1;
		if (u->z.avail_in == 0 && u->at_end)
			break;
		count = u->form == PLAIN ? take_plain(u, bytes, length)
					 : take_gzip(u, bytes, length);
	}
	if (count == 0 && u->form == GZIP && u->in_member) {
		fail(u, "the gzip data ends too early");
		return -1;
	}
	return count;
}
