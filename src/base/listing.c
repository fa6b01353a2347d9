/* listing.c - reads a directory */
#include "base/listing.h"

#include <dirent.h>
#include <stddef.h>

bool listing_each(const char *directory,
		  void (*seen)(void *context, const char *name,
			       bool is_directory),
		  void *context)
{
	DIR *dir = opendir(directory);
	const struct dirent *entry;

	if (dir == NULL)
		return false;
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			seen(context, entry->d_name, entry->d_type == DT_DIR);
	closedir(dir);
	return true;
}
