/* suggest.c - edit distance, and the three nearest words */
#include "session/suggest.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define DISTANCE_MAX 2u

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/*
 * Optimal string alignment, row by row: before and last are the two rows
 * above.  A swap of neighbours looks two rows up.
 */
unsigned suggest_distance(const char *a, const char *b)
{
	unsigned rows[3][SUGGEST_BYTES + 1];
	unsigned *before = rows[0], *last = rows[1], *row = rows[2], *spare;
	size_t height = strlen(a), width = strlen(b);

	assert(height < SUGGEST_BYTES && width < SUGGEST_BYTES);
	memset(rows, 0, sizeof rows);
	for (size_t j = 0; j <= width; j++)
		last[j] = (unsigned)j;
	for (size_t i = 1; i <= height; i++) {
		row[0] = (unsigned)i;
		for (size_t j = 1; j <= width; j++) {
			row[j] = last[j - 1] + (a[i - 1] != b[j - 1]);
			row[j] = least(row[j], last[j] + 1);
			row[j] = least(row[j], row[j - 1] + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		spare = before;
		before = last;
		last = row;
		row = spare;
	}
	return last[width];
}

void suggest_init(struct suggest *s, const char *word, size_t length)
{
	memset(s, 0, sizeof *s);
	if (length < sizeof s->word)
		memcpy(s->word, word, length);
}

/* Puts @candidate behind everything that is at least as near. */
static void keep(struct suggest *s, const char *candidate, unsigned distance)
{
	unsigned at = s->count;

	while (at > 0 && s->best[at - 1].distance > distance)
		at--;
	if (at == SUGGEST_MAX)
		return;
	if (s->count < SUGGEST_MAX)
		s->count++;
	memmove(&s->best[at + 1], &s->best[at],
		(s->count - 1 - at) * sizeof s->best[0]);
	memcpy(s->best[at].word, candidate, strlen(candidate) + 1);
	s->best[at].distance = distance;
}

void suggest_offer(struct suggest *s, const char *candidate)
{
	size_t length = strlen(s->word), other = strlen(candidate);
	size_t longer = length > other ? length : other;
	unsigned distance;

	if (length == 0 || longer >= SUGGEST_BYTES)
		return;
	for (unsigned i = 0; i < s->count; i++)
		if (strcmp(s->best[i].word, candidate) == 0)
			return;
	distance = suggest_distance(s->word, candidate);
	if (distance <= DISTANCE_MAX && distance <= longer / 3)
		keep(s, candidate, distance);
}

void suggest_phrase(const struct suggest *s, char out[static SUGGEST_PHRASE])
{
	static const char *const glue[SUGGEST_MAX][SUGGEST_MAX] = {
		{ "?" },
		{ " or ", "?" },
		{ ", ", " or ", "?" },
	};
	size_t used = 0;

	out[0] = '\0';
	for (unsigned i = 0; i < s->count; i++)
		used += (size_t)sprintf(out + used, "%s'%s'%s",
					i == 0 ? "did you mean " : "",
					s->best[i].word, glue[s->count - 1][i]);
}
