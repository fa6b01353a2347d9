/* timepos.c - reads and prints the names of moments */
#include "session/timepos.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

/* Reads digits at *@at into @number; false when there are none or too many. */
static bool read_number(const char **at, uint32_t *number)
{
	const char *p = *at;
	uint64_t value = 0;

	for (; *p >= '0' && *p <= '9'; p++) {
		value = value * 10 + (uint64_t)(*p - '0');
		if (value > UINT32_MAX)
			return false;
	}
	if (p == *at)
		return false;
	*number = (uint32_t)value;
	*at = p;
	return true;
}

static bool read_command(const char *word, struct timepos *time)
{
	const char *at = word + 1;

	time->kind = TIMEPOS_COMMAND;
	if (!read_number(&at, &time->number))
		return false;
	if (*at == '.') {
		at++;
		time->kind = TIMEPOS_STATEMENT;
		if (!read_number(&at, &time->statement))
			return false;
	}
	return *at == '\0';
}

static bool read_back(const char *word, struct timepos *time)
{
	const char *at = word + 1;

	time->kind = TIMEPOS_BACK;
	time->number = 1;
	if (*at == '\0')
		return true;
	return read_number(&at, &time->number) && *at == '\0';
}

static bool read_line(const char *word, struct timepos *time)
{
	const char *at = word + strlen("line:");

	time->kind = TIMEPOS_LINE;
	return read_number(&at, &time->number) && *at == '\0';
}

static bool is_plain_label(const char *word)
{
	size_t length = strlen(word);

	if (length == 0 || length >= LABEL_BYTES ||
	    !isalpha((unsigned char)word[0]))
		return false;
	for (size_t i = 0; i < length; i++)
		if (!isalnum((unsigned char)word[i]) && word[i] != '-' &&
		    word[i] != '_')
			return false;
	return true;
}

bool timepos_is_label(const char *word)
{
	struct timepos time;

	return timepos_read(word, &time) && time.kind == TIMEPOS_MARK;
}

bool timepos_read(const char *word, struct timepos *time)
{
	memset(time, 0, sizeof *time);
	if (strcmp(word, ".") == 0) {
		time->kind = TIMEPOS_NOW;
		return true;
	}
	if (strcmp(word, "@start") == 0 || strcmp(word, "@end") == 0) {
		time->kind = word[1] == 's' ? TIMEPOS_START : TIMEPOS_END;
		return true;
	}
	if (word[0] == 't' && word[1] >= '0' && word[1] <= '9')
		return read_command(word, time);
	if (word[0] == '^')
		return read_back(word, time);
	if (strncmp(word, "line:", strlen("line:")) == 0)
		return read_line(word, time);
	if (!is_plain_label(word))
		return false;
	time->kind = TIMEPOS_MARK;
	memcpy(time->label, word, strlen(word) + 1);
	return true;
}

void timepos_print(struct text *out, const struct timepos *time)
{
	switch (time->kind) {
	case TIMEPOS_NOW:
		text_add(out, ".");
		break;
	case TIMEPOS_START:
		text_add(out, "@start");
		break;
	case TIMEPOS_END:
		text_add(out, "@end");
		break;
	case TIMEPOS_COMMAND:
		text_addf(out, "t%u", time->number);
		break;
	case TIMEPOS_STATEMENT:
		text_addf(out, "t%u.%u", time->number, time->statement);
		break;
	case TIMEPOS_BACK:
		text_addf(out, "^%u", time->number);
		break;
	case TIMEPOS_LINE:
		text_addf(out, "line:%u", time->number);
		break;
	case TIMEPOS_MARK:
		text_add(out, time->label);
		break;
	}
}
