/*
 * journal_format.h - the bytes of a journal
 *
 * A line that names the format, then one line a record:
 *
 *	activemm journal 1
 *	6 1 e 1b0d9f6e 0.1.0
 *	LENGTH NUMBER KIND CHECKSUM TEXT
 *
 * LENGTH is that of TEXT, NUMBER counts from 1, and CHECKSUM is the CRC32C of
 * the first line and of length, number, kind and text of all records up to
 * this one.  So a record is intact only where it stands, behind intact ones.
 */
#ifndef SESSION_JOURNAL_FORMAT_H
#define SESSION_JOURNAL_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define JOURNAL_MAGIC "activemm journal 1\n"
#define JOURNAL_MAGIC_ANY "activemm journal " /* of any version */

enum journal_kind {
	JOURNAL_ENGINE = 'e',  /* the version of the engine that ran this */
	JOURNAL_SEED = 'r',    /* a decimal number */
	JOURNAL_SETUP = 's',   /* a line of the initial configuration */
	JOURNAL_COMMAND = 'c', /* an accepted command */
	JOURNAL_HASH = 'h',    /* the state's hash after the commands before */
	JOURNAL_QUIT = 'q'     /* the session ended as the user wished */
};

struct journal_record {
	uint64_t number;
	enum journal_kind kind;
	const char *text;
	size_t length;
};

/* What a record depends on. */
struct journal_chain {
	uint64_t last; /* number of the record before */
	uint32_t crc;
};

/* journal_chain_start - the chain before the first record */
struct journal_chain journal_chain_start(void);

/*
 * journal_encode - appends @record, whose number is ignored, to @out
 *
 * Needs:  a text without newline.
 * Errors: out->failed; the chain is then of no more use.
 */
void journal_encode(struct journal_chain *chain,
		    const struct journal_record *record, struct text *out);

/*
 * journal_decode - reads the record that starts @bytes
 *
 * Returns: its bytes, newline and all; 0 when it is not intact, and the chain
 *          is then as before.  The text of @record points into @bytes.
 */
size_t journal_decode(struct journal_chain *chain, const char *bytes,
		      size_t length, struct journal_record *record);

#endif
