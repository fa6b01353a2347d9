/*
 * journal_slot.c - the places where journals are kept, and what is in them
 */
#include "session/journal_slot.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/dirs.h"
#include "base/file.h"

#define SLOTS 32 /* instances that may run at once */

static bool begins_with(const struct text *t, const char *start)
{
	return strncmp(text_string(t), start, strlen(start)) == 0;
}

/* Finds out how far the file that was read is intact. */
static void examine(struct journal_slot *s)
{
	struct journal_record record;
	size_t used;

	s->intact = 0;
	s->commands = 0;
	s->quit = false;
	s->end = journal_chain_start();
	if (!begins_with(&s->found, JOURNAL_MAGIC))
		return;
	s->intact = strlen(JOURNAL_MAGIC);
	while ((used = journal_decode(&s->end, s->found.bytes + s->intact,
				      s->found.length - s->intact, &record)) >
	       0) {
		s->intact += used;
		s->commands += record.kind == JOURNAL_COMMAND;
		s->quit = record.kind == JOURNAL_QUIT;
	}
}

bool slot_damaged(const struct journal_slot *s)
{
	return s->intact < s->found.length;
}

bool slot_unfinished(const struct journal_slot *s)
{
	return s->commands > 0 && !s->quit;
}

/* Not damage: that file is someone's work. */
static bool of_another_version(const struct text *found)
{
	return begins_with(found, JOURNAL_MAGIC_ANY) &&
	       strchr(found->bytes, '\n') && !begins_with(found, JOURNAL_MAGIC);
}

/* Reads the slot's file, which may be missing. */
static bool read_slot(struct journal_slot *s, struct text *why)
{
	size_t before = why->length;
	int fd = file_open(s->dir, s->name, FILE_OWN, JOURNAL_BYTES_MAX, why);
	bool done;

	if (fd < 0 && errno == ENOENT) {
		text_cut(why, before);
		return true;
	}
	if (fd < 0)
		return false;
	done = file_read(fd, s->name, &s->found, why);
	file_close(fd);
	if (!done || !of_another_version(&s->found))
		return done;
	file_complain(why, "read", s->name,
		      "another version of activemm wrote it");
	return false;
}

void slot_forget(struct journal_slot *s)
{
	text_free(&s->found);
	examine(s);
}

static void unlock(struct journal_slot *s)
{
	slot_forget(s);
	if (s->lock >= 0)
		file_close(s->lock);
	s->lock = -1;
	s->number = 0;
}

/* Locks and reads the slot just named; false leaves it as it was. */
static bool try_slot(struct journal_slot *s, struct text *why)
{
	char lock[sizeof s->name + 8];

	(void)snprintf(lock, sizeof lock, "%s.lock", s->name);
	s->lock = file_lock(s->dir, lock, why);
	if (s->lock < 0)
		return false;
	if (!read_slot(s, why)) {
		unlock(s);
		return false;
	}
	examine(s);
	return true;
}

/* Takes the first slot that has something to offer, or the first that has
 * not.  The first reason to pass one over stays in @why. */
static bool find_slot(struct journal_slot *s, bool unfinished, struct text *why)
{
	for (unsigned slot = 1; slot <= SLOTS; slot++) {
		size_t length = why->length;

		(void)snprintf(s->name, sizeof s->name, "journal-%u", slot);
		if (unfinished && !file_exists(s->dir, s->name))
			continue;
		if (try_slot(s, why)) {
			s->number = slot;
			if (slot_unfinished(s) == unfinished)
				return true;
			unlock(s);
		}
		if (length > 0)
			text_cut(why, length);
	}
	return false;
}

static bool open_dir(struct journal_slot *s, struct text *why)
{
	struct text path = { 0 };

	if (dirs_find(DIRS_STATE, &path, why))
		s->dir = dirs_open(text_string(&path), why);
	text_free(&path);
	return s->dir >= 0;
}

bool slot_take(struct journal_slot *s, struct text *why)
{
	*s = (struct journal_slot){ .dir = -1, .lock = -1 };
	if (!open_dir(s, why))
		return false;
	if (find_slot(s, true, why))
		return true;
	text_clear(why);
	return find_slot(s, false, why);
}

void slot_leave(struct journal_slot *s)
{
	unlock(s);
	if (s->dir >= 0)
		dirs_close(s->dir);
	s->dir = -1;
}
