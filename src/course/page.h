/*
 * page.h - what a lesson says, in each form
 *
 * Lessons are text: `commands` and *emphasis* are the only marks, and both
 * come out as letters.  Lines are at most 72 columns.  In JSON nothing is
 * printed: what is said is gathered, and page_json() adds it to the object of
 * the command.
 */
#ifndef COURSE_PAGE_H
#define COURSE_PAGE_H

#include "course/course.h"

#define PAGE_COLUMNS 72

/* page_text - @raw with labels, ${values} and marks as people read them */
void page_text(const struct amm *a, const char *raw, struct text *out);

/* page_say - a paragraph, indented by @indent blanks, labels and all */
void page_say(struct amm *a, const char *raw, size_t indent);
/* page_line - a line that is not broken; @shown is as it is, no labels */
void page_line(struct amm *a, const char *shown);

/* page_title - which lesson this is */
void page_title(struct amm *a);
/* page_step - the present step: what is said, asked or wanted */
void page_step(struct amm *a);
/* page_facts - the facts of the task and whether they hold */
void page_facts(struct amm *a);
/* page_missing - "1 of 2 facts hold. Missing: sh's mm is freed." */
void page_missing(struct amm *a);

/* page_json - adds all that was gathered to the JSON object of the command */
void page_json(struct amm *a);

#endif
