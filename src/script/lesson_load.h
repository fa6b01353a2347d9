/*
 * lesson_load.h - a lesson file becomes plain data
 *
 * The file is Lua: it returns amm.lesson{...}.  It runs in a sandbox of its
 * own, once; then everything in the table is copied, and its setup function is
 * called with a machine that only writes down what it is asked for.  Nothing
 * of Lua is left when the lesson is played.
 */
#ifndef SCRIPT_LESSON_LOAD_H
#define SCRIPT_LESSON_LOAD_H

#include <stddef.h>
#include <stdint.h>

struct amm;
struct lesson;

/*
 * lesson_from_file - the lesson in the file @path, with what @seed draws
 *
 * Errors: NULL, and a sentence in @why of @size bytes that names the place.
 */
struct lesson *lesson_from_file(struct amm *a, const char *path, uint32_t seed,
				char *why, size_t size);

#endif
