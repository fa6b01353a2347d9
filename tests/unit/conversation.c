/*
 * conversation.c - the session under test
 */
#include "test.h"

#include "conversation.h"

#include <string.h>

#include "base/crc32c.h"
#include "base/mem.h"
#include "shown.h"

struct amm *amm;
enum amm_status status;

void talk_with(const struct amm_config *config)
{
	const char *cause = NULL;

	amm = amm_new(config, &cause);
	if (!amm)
		fail_msg("no session: %s", cause);
	status = AMM_OK;
}

void talk(enum form form)
{
	talk_with(&(struct amm_config){ .json = form == FORM_JSON,
					.plain = form == FORM_PLAIN });
}

void hush(void)
{
	amm_finish(amm);
	amm_free(amm);
	amm = NULL;
}

int talk_setup(void **state)
{
	return scratch_setup(state);
}

int talk_teardown(void **state)
{
	mem_fail_at(0, false);
	if (amm)
		hush();
	return scratch_teardown(state);
}

struct world *world_now(void)
{
	const struct world *w = amm_world(amm);
	struct world *copy = am_alloc((size_t)w->words * 4);

	assert_non_null(copy);
	memcpy(copy, w, (size_t)w->words * 4);
	return copy;
}

bool world_is(const struct world *before)
{
	const struct world *w = amm_world(amm);

	return w->words == before->words &&
	       memcmp(w, before, (size_t)w->words * 4) == 0;
}

uint32_t history_sum(void)
{
	const struct history *h = amm->history;
	struct moment now = history_now(h);
	uint64_t events = history_events(h);
	uint32_t sum = crc32c(0, &now, sizeof now);

	sum = crc32c(sum, &events, sizeof events);
	for (uint32_t i = 0; i < history_entries(h); i++) {
		const struct entry *x = history_entry(h, i);

		sum = crc32c(sum, x->line, strlen(x->line));
		sum = crc32c(sum, &x->statements, sizeof x->statements);
	}
	return sum;
}

/* --- JSON, as far as a reader of the stream needs it -------------------- */

static const char *value(const char *at);

static const char *string(const char *at)
{
	if (*at++ != '"')
		return NULL;
	for (; *at != '"'; at++) {
		if ((unsigned char)*at < 0x20)
			return NULL;
		if (*at != '\\')
			continue;
		at++;
		if (*at == 'u' && strspn(at + 1, "0123456789abcdefABCDEF") >= 4)
			at += 4;
		else if (!*at || !strchr("\"\\/bfnrt", *at))
			return NULL;
	}
	return at + 1;
}

static const char *list(const char *at, char end, bool named)
{
	if (*++at == end)
		return at + 1;
	for (;; at++) {
		if (named && (!(at = string(at)) || *at++ != ':'))
			return NULL;
		at = value(at);
		if (!at || (*at != ',' && *at != end))
			return NULL;
		if (*at == end)
			return at + 1;
	}
}

static const char *value(const char *at)
{
	static const char *const words[] = { "true", "false", "null" };

	if (*at == '{')
		return list(at, '}', true);
	if (*at == '[')
		return list(at, ']', false);
	if (*at == '"')
		return string(at);
	for (size_t i = 0; i < 3; i++)
		if (strncmp(at, words[i], strlen(words[i])) == 0)
			return at + strlen(words[i]);
	at += *at == '-';
	return strspn(at, "0123456789") ? at + strspn(at, "0123456789") : NULL;
}

int json_objects(const char *text)
{
	int n = 0;

	for (; *text; n++) {
		if (*text != '{')
			return -1;
		text = value(text);
		if (!text || *text++ != '\n')
			return -1;
	}
	return n;
}

/* --- what holds for every answer ---------------------------------------- */

/* An arrow between values, a star behind one; code has others. */
static bool has_signs(const char *said)
{
	if (strstr(said, " -> "))
		return true;
	for (const char *at = said; (at = strchr(at, '*')); at++)
		if (at > said && at[-1] >= '0' && at[-1] <= 'z' &&
		    (at[1] == ' ' || at[1] == '\n'))
			return true;
	return false;
}

static void must_be_fit(const char *line, const char *said)
{
	if (!shown_accepts(said, strlen(said), true))
		fail_msg("'%s' says bytes that a terminal obeys", line);
	if (amm->json && json_objects(said) < 0)
		fail_msg("'%s' says what is no JSON: %s", line, said);
	if (amm->settings.value[SET_PLAIN] && !amm->json && has_signs(said) &&
	    !strstr(line, "--json"))
		fail_msg("'%s' says signs in plain form: %s", line, said);
}

const char *ask_bytes(const char *line, size_t length)
{
	struct world *before = world_now();
	const char *said;

	status = amm_do(amm, line, length);
	said = amm_text(amm);
	/* A refusal is the first thing such a line came to. */
	if (status == AMM_USAGE && !memchr(line, ';', length) &&
	    !strstr(line, "source") && !strstr(line, "load") &&
	    !strstr(line, "--group"))
		assert_true(world_is(before));
	am_free(before);
	must_be_fit(line, said);
	return said;
}

const char *ask(const char *line)
{
	return ask_bytes(line, strlen(line));
}
