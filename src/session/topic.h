/*
 * topic.h - help on what is no command: the language itself
 */
#ifndef SESSION_TOPIC_H
#define SESSION_TOPIC_H

#include <stddef.h>

struct text;

struct topic {
	const char *name, *summary;
	const char *body; /* paragraphs, as wrap_text() takes them */
	/* Appends what is made from a table, or NULL. */
	void (*more)(struct text *out);
};

/* topic_get - topic @nth, or NULL after the last */
const struct topic *topic_get(size_t nth);

/* topic_find - by its name or a unique beginning, or NULL */
const struct topic *topic_find(const char *word);

#endif
