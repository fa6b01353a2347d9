/*
 * text.c - a string that grows
 */
#include "base/text.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#define FIRST_ROOM 64

const char *text_string(const struct text *t)
{
	return t->bytes ? t->bytes : "";
}

/* Doubles, so that many small appends cost linear time. */
__attribute__((noinline)) static bool reserve_more(struct text *t, size_t more)
{
	size_t need, room = t->room ? t->room : FIRST_ROOM;
	char *bytes;

	if (__builtin_add_overflow(t->length + 1, more, &need)) {
		t->failed = true;
		return false;
	}
	while (room < need)
		room = room > SIZE_MAX / 2 ? need : room * 2;
	bytes = am_realloc(t->bytes, room, 1);
	if (!bytes) {
		t->failed = true;
		return false;
	}
	t->bytes = bytes;
	t->room = room;
	return true;
}

/* Makes room for @more bytes and the final NUL. */
static inline bool reserve(struct text *t, size_t more)
{
	return t->room - t->length > more || reserve_more(t, more);
}

static void grow_to(struct text *t, size_t length)
{
	t->length = length;
	t->bytes[length] = '\0';
}

void text_append(struct text *t, const char *bytes, size_t length)
{
	if (length == 0 || !reserve(t, length))
		return;
	memcpy(t->bytes + t->length, bytes, length);
	grow_to(t, t->length + length);
}

void text_add(struct text *t, const char *string)
{
	text_append(t, string, strlen(string));
}

void text_addc(struct text *t, char byte, size_t count)
{
	if (count == 0 || !reserve(t, count))
		return;
	memset(t->bytes + t->length, byte, count);
	grow_to(t, t->length + count);
}

void text_addf(struct text *t, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text_addv(t, format, args);
	va_end(args);
}

/* Most of what is printed fits at once; what does not is printed twice. */
void text_addv(struct text *t, const char *format, va_list args)
{
	va_list again;
	size_t left;
	int length;

	if (!reserve(t, FIRST_ROOM / 2))
		return;
	left = t->room - t->length;
	va_copy(again, args);
	length = vsnprintf(t->bytes + t->length, left, format, again);
	va_end(again);
	if (length >= 0 && (size_t)length >= left && reserve(t, (size_t)length))
		length = vsnprintf(t->bytes + t->length, (size_t)length + 1,
				   format, args);
	/* Longer than INT_MAX, or out of memory within vsnprintf(). */
	if (length < 0)
		t->failed = true;
	grow_to(t, length < 0 || t->room - t->length <= (size_t)length
			   ? t->length
			   : t->length + (size_t)length);
}

void text_addu(struct text *t, uint64_t number)
{
	char digits[20];
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + number % 10);
	while ((number /= 10) != 0);
	text_append(t, digits + at, sizeof digits - at);
}

void text_cut(struct text *t, size_t length)
{
	assert(length <= t->length);
	if (t->bytes)
		grow_to(t, length);
}

void text_clear(struct text *t)
{
	text_cut(t, 0);
	t->failed = false;
}

void text_free(struct text *t)
{
	am_free(t->bytes);
	*t = (struct text){ 0 };
}
