/*
 * journal_format.c - the bytes of a journal
 */
#include "session/journal_format.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/crc32c.h"

#define TEXT_BYTES_MAX ((size_t)1 << 20)
#define HEAD_BYTES 64 /* room for length, number, kind */
#define CRC_DIGITS 8

struct journal_chain journal_chain_start(void)
{
	return (struct journal_chain){
		.last = 0,
		.crc = crc32c(0, JOURNAL_MAGIC, strlen(JOURNAL_MAGIC)),
	};
}

/* Fills @head with "LENGTH NUMBER KIND " and steps the chain over it. */
static size_t make_head(struct journal_chain *chain, char kind, size_t length,
			char head[static HEAD_BYTES])
{
	int count = snprintf(head, HEAD_BYTES, "%zu %" PRIu64 " %c ", length,
			     ++chain->last, kind);

	assert(count > 0 && count < HEAD_BYTES);
	chain->crc = crc32c(chain->crc, head, (size_t)count);
	return (size_t)count;
}

void journal_encode(struct journal_chain *chain,
		    const struct journal_record *record, struct text *out)
{
	char head[HEAD_BYTES];
	size_t count =
		make_head(chain, (char)record->kind, record->length, head);

	assert(record->length <= TEXT_BYTES_MAX);
	assert(!memchr(record->text, '\n', record->length));
	chain->crc = crc32c(chain->crc, record->text, record->length);
	text_append(out, head, count);
	text_addf(out, "%08" PRIx32 " ", chain->crc);
	text_append(out, record->text, record->length);
	text_addc(out, '\n', 1);
}

/* The number that starts @bytes; too large when there is none. */
static size_t read_length(const char *bytes, size_t length)
{
	size_t value = 0, i = 0;

	while (i < length && bytes[i] >= '0' && bytes[i] <= '9' &&
	       value <= TEXT_BYTES_MAX)
		value = value * 10 + (size_t)(bytes[i++] - '0');
	return i > 0 ? value : TEXT_BYTES_MAX + 1;
}

/* The kind behind "LENGTH NUMBER ", or 0. */
static char read_kind(const char *bytes, size_t length)
{
	size_t spaces = 0, i = 0;

	while (i < length && i < HEAD_BYTES && spaces < 2)
		spaces += bytes[i++] == ' ';
	if (i == length || spaces < 2 || bytes[i] == '\0' ||
	    !strchr("erschq", bytes[i]))
		return '\0';
	return bytes[i];
}

size_t journal_decode(struct journal_chain *chain, const char *bytes,
		      size_t length, struct journal_record *record)
{
	struct journal_chain next = *chain;
	char head[HEAD_BYTES], crc[CRC_DIGITS + 2];
	size_t text_length = read_length(bytes, length);
	char kind = read_kind(bytes, length);
	size_t head_length, text_at;

	if (text_length > TEXT_BYTES_MAX || kind == '\0')
		return 0;
	/* The one way to write this record is the only one to be read. */
	head_length = make_head(&next, kind, text_length, head);
	text_at = head_length + CRC_DIGITS + 1;
	if (length < text_at + text_length + 1 ||
	    memcmp(bytes, head, head_length) != 0 ||
	    bytes[text_at + text_length] != '\n')
		return 0;
	next.crc = crc32c(next.crc, bytes + text_at, text_length);
	(void)snprintf(crc, sizeof crc, "%08" PRIx32 " ", next.crc);
	if (memcmp(bytes + head_length, crc, CRC_DIGITS + 1) != 0)
		return 0;
	*chain = next;
	*record = (struct journal_record){ next.last, (enum journal_kind)kind,
					   bytes + text_at, text_length };
	return text_at + text_length + 1;
}
