/*
 * popup.h - a list to choose from, over the rest of the screen
 */
#ifndef TUI_POPUP_H
#define TUI_POPUP_H

#include "tui/canvas.h"

enum { POPUP_ITEMS = 500 };

struct popup {
	struct text words; /* of all items: word, NUL, about, NUL */
	uint32_t at[POPUP_ITEMS];
	unsigned count, chosen;
	unsigned more; /* that found no room */
	bool open;
};

/* popup_clear - no items; closed */
void popup_clear(struct popup *p);
void popup_free(struct popup *p);

/* popup_add - @about may be NULL */
void popup_add(struct popup *p, const char *word, const char *about);
bool popup_has(const struct popup *p, const char *word);
/* popup_word - the chosen one, or NULL */
const char *popup_word(const struct popup *p);
/* popup_move - round and round */
void popup_move(struct popup *p, int by);

/* popup_draw - above row @above, from @column on where there is room */
void popup_draw(const struct popup *p, const char *title, unsigned above,
		unsigned column, struct canvas *screen);

#endif
