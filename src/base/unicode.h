/*
 * unicode.h - which characters may be shown, and how wide they are
 *
 * Own tables instead of iswprint() and wcwidth(): the same text must give the
 * same bytes in every locale.  A character is shown when it has a picture of
 * its own and cannot change how its neighbours look: no controls, no
 * directional marks, no invisible ones, nothing private or unassigned for
 * good.
 */
#ifndef BASE_UNICODE_H
#define BASE_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UNICODE_INVALID UINT32_MAX

/*
 * unicode_decode - the character that starts @bytes, @length > 0
 *
 * Emits:  its length in *@used.
 * Errors: UNICODE_INVALID with *@used = 1 for what is no UTF-8: stray or
 *         missing continuation bytes, overlong forms, surrogates, and
 *         anything above U+10FFFF.
 */
uint32_t unicode_decode(const char *bytes, size_t length, size_t *used);

/*
 * unicode_encode - puts the UTF-8 of @c, at most U+10FFFF, into @out
 *
 * Returns its length.
 */
size_t unicode_encode(uint32_t c, char out[static 4]);

/* unicode_shown - whether @c may reach a terminal as it is */
bool unicode_shown(uint32_t c);

/* unicode_width - columns of a shown character: 0 (combining), 1 or 2 */
int unicode_width(uint32_t c);

#endif
