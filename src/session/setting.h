/*
 * setting.h - the settings of a session: names, kinds and values
 *
 * The list is setting.def.  A session owns one struct settings and reads it by
 * number: settings.value[SET_IPI] == IPI_MANUAL.
 */
#ifndef SESSION_SETTING_H
#define SESSION_SETTING_H

#include <stdbool.h>

struct error;
struct suggest;
struct text;

enum setting {
#define CHOICE(id, name, words, initial, about) SET_##id,
#define NUMBER(id, name, least, most, initial, about) SET_##id,
#include "session/setting.def"
#undef CHOICE
#undef NUMBER
	SET_COUNT
};

enum { GRANULARITY_STATEMENT, GRANULARITY_FUNCTION, GRANULARITY_COMMAND };
enum { IPI_AUTO, IPI_MANUAL };
enum { RADIX_10, RADIX_16 };

struct settings {
	int value[SET_COUNT];
};

/* settings_init - all settings to their defaults */
void settings_init(struct settings *s);

/* setting_find - by its name or a unique beginning; false with @e filled */
bool setting_find(const char *word, enum setting *which, struct error *e);

/* setting_change - sets @which to what @word says; false with @e filled */
bool setting_change(struct settings *s, enum setting which, const char *word,
		    struct error *e);

/* setting_print - appends the value as `set` takes it */
void setting_print(struct text *out, const struct settings *s,
		   enum setting which);

const char *setting_name(enum setting which);
const char *setting_about(enum setting which);

/* setting_values - appends the values it can have: "auto|manual", "0 to 9" */
void setting_values(struct text *out, enum setting which);

/* setting_offer - offers all names to @s */
void setting_offer(struct suggest *s);

/* setting_word - word @nth of a choice, or NULL after the last */
const char *setting_word(enum setting which, unsigned nth, int *length);

#endif
