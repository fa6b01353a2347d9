/*
 * drive.h - which input comes next, so that an actor gets on with its path
 *
 * A policy over the one door of step.h, shared by the session, importers and
 * tests: it only reads the world and proposes an input.
 */
#ifndef ENGINE_DRIVE_H
#define ENGINE_DRIVE_H

#include "engine/step.h"

/*
 * drive_next - the input that brings @actor one statement further
 *
 * While it waits for acknowledgements and @auto_ipi is set, the CPUs that owe
 * one take their interrupt, lowest first, one statement at a time; while a
 * CPU is taken down, that CPU steps.  Returns false when the actor is inside
 * nothing, or nothing can be done for it (a target has interrupts off, a lock
 * is held, it sleeps).
 *
 * Needs:  @actor < w->actors.
 */
bool drive_next(const struct world *w, const struct program *p, uint32_t actor,
		bool auto_ipi, struct input *next);

/* Boot is a list of inputs too: the i-th verb of it; false past the last. */
bool drive_boot(const struct world *w, uint32_t i, struct input *next);

#endif
