/* habit.c - answers to words from other programs */
#include <string.h>

#include "session/command.h"
#include "session/lex.h"

static const struct {
	const char *first, *second; /* second NULL: whatever follows */
	const char *answer;
} habits[] = {
	{ "ls", NULL,
	  "there are no files here; 'ps' lists tasks, 'mm' lists "
	  "address spaces" },
	{ "cd", NULL, "there are no directories here; 'cpu N' selects a CPU" },
	{ "top", NULL, "'ps -r' shows what runs on each CPU" },
	{ "kill", NULL,
	  "there are no signals; 'exit' ends the current task, "
	  "'switch TASK' makes one current" },
	{ "man", NULL, "'help' explains a command: help switch" },
	{ "gdb", NULL,
	  "its words work here: break, step, next, finish, "
	  "watch, print, reverse-step" },
	{ "info", "threads",
	  "'ps' lists all tasks; 'info cpus' shows what "
	  "runs where" },
	{ "set", "var",
	  "expressions only look; 'help actions' lists what changes the "
	  "state" },
	{ "vmmap", NULL,
	  "the mappings of an mm are not simulated; 'mm' shows "
	  "its counts and holders" },
	{ "pt", NULL,
	  "page tables are not simulated; 'info cpus' shows what "
	  "CR3 points at" },
	{ "checkout", NULL,
	  "'goto TIME' goes to a time, 'undo' one command "
	  "back" },
};

const char *habit_answer(const struct word *word, unsigned words)
{
	for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
		if (word[0].text[0] != habits[i].first[0] ||
		    strcmp(word[0].text, habits[i].first) != 0)
			continue;
		if (habits[i].second == NULL ||
		    (words > 1 && strcmp(word[1].text, habits[i].second) == 0))
			return habits[i].answer;
	}
	return NULL;
}
