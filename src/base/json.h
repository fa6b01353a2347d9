/*
 * json.h - JSON text, read where it lies
 *
 * json_read() checks a whole text once, strictly as RFC 8259 says it (UTF-8
 * only, no more than JSON_DEPTH_MAX levels).  After that a value is a piece of
 * the text, and what is in it is found by passing over what is before it: no
 * tree is built.
 *
 * A library would do this as well; but each one that is loaded is felt when
 * the program starts, which it does for every command of a script.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define JSON_DEPTH_MAX 32

enum json_kind {
	JSON_NONE, /* not there */
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT
};

/* A value within a text that json_read() accepted; valid as long as that. */
struct json {
	const char *at; /* NULL: none */
	size_t length;
};

/* json_read - checks @length bytes, one value in all; false: no JSON */
bool json_read(const char *bytes, size_t length, struct json *out);

enum json_kind json_kind(struct json j);

/* json_member - member @name of an object; of several the first; or none */
struct json json_member(struct json object, const char *name);

/*
 * json_next - the next item of an array, or member of an object
 *
 * Start with *@item = { 0 }.  @name gets the name of a member, as it is
 * written, quotes and all; it may be NULL.  False after the last.
 */
bool json_next(struct json list, struct json *item, struct json *name);

/* json_number - a whole number from 0 on; false when it is none, or too big */
bool json_number(struct json j, uint64_t *number);

/* json_string - appends what a string says to @out; false: it is no string,
 * or has a NUL in it */
bool json_string(struct json j, struct text *out);

#endif
