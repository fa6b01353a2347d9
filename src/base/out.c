/*
 * out.c - the one writer: all that people see passes here
 */
#include "base/out.h"

#include <errno.h>
#include <string.h>

#include "base/escape.h"
#include "base/sys.h"

void out_init(struct out *o, int fd)
{
	*o = (struct out){ .fd = fd };
}

void out_init_text(struct out *o, struct text *sink)
{
	*o = (struct out){ .fd = -1, .sink = sink };
}

static void lose(struct out *o, int error)
{
	if (o->error == 0)
		o->error = error;
}

/* Sends the gathered bytes; false and errno when they are lost. */
static bool send_on(struct out *o, size_t length)
{
	if (!o->sink)
		return sys_write_all(o->fd, o->buffer, length, SYS_PRINT) == 0;
	text_append(o->sink, o->buffer, length);
	errno = ENOMEM;
	return !o->sink->failed;
}

bool out_flush(struct out *o)
{
	size_t used = o->used;

	o->used = 0;
	if (!o->closed && !send_on(o, used)) {
		o->closed = true;
		lose(o, errno);
	}
	return o->error == 0;
}

void out_write(struct out *o, const char *bytes, size_t length)
{
	struct escaper e = { .newlines = true };
	size_t step;

	for (size_t i = 0; i < length;) {
		if (sizeof o->buffer - o->used < ESCAPE_BYTES)
			out_flush(o);
		i += escape_step(&e, bytes + i, length - i, o->buffer + o->used,
				 &step);
		o->used += step;
	}
}

void out_puts(struct out *o, const char *string)
{
	out_write(o, string, strlen(string));
}

void out_text(struct out *o, const struct text *t)
{
	out_write(o, text_string(t), t->length);
	if (t->failed)
		lose(o, ENOMEM);
}

void out_printf(struct out *o, const char *format, ...)
{
	struct text t = { 0 };
	va_list args;

	va_start(args, format);
	text_addv(&t, format, args);
	va_end(args);
	out_text(o, &t);
	text_free(&t);
}

int out_error(const struct out *o)
{
	return o->error;
}
