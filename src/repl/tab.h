/*
 * tab.h - what the Tab key does
 *
 * What all completions share is put in; when that is nothing, they are listed,
 * each with a line about it.
 */
#ifndef REPL_TAB_H
#define REPL_TAB_H

#include <histedit.h>

#include "activemm.h"
#include "base/out.h"

/* Returns what libedit wants to hear: CC_REFRESH, CC_REDISPLAY or CC_ERROR. */
unsigned char tab_complete(EditLine *edit, struct amm *a, struct out *out);

#endif
