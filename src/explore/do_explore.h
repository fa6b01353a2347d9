/*
 * do_explore.h - `explore`: a small machine of its own, searched whole
 */
#ifndef EXPLORE_DO_EXPLORE_H
#define EXPLORE_DO_EXPLORE_H

#include "session/session.h"

command_fn do_explore;

#endif
