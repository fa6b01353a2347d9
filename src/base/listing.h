/*
 * listing.h - what is in a directory, for completing file names
 */
#ifndef BASE_LISTING_H
#define BASE_LISTING_H

#include <stdbool.h>

/*
 * listing_each - calls @seen for each entry of @directory, in no order
 *
 * Entries that begin with a dot are left out.
 * Errors: false when the directory cannot be read.
 */
bool listing_each(const char *directory,
		  void (*seen)(void *context, const char *name,
			       bool is_directory),
		  void *context);

#endif
