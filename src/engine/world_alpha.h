/*
 * world_alpha.h - what an Alpha has beside: hardware PCBs and address space
 * numbers
 *
 * These arrays are laid out when the limits say so (limits.alpha), else they
 * are empty.  PAL_swpctx loads all of a PCB at once.  Of what it loads,
 * struct cpu.loaded_mm is the page-table base (the mm whose pgd it is) and
 * struct cpu_data.asn the address space number; nothing else changes them.
 *
 * An ASN word is a version and, in its low 8 bits, the number that hardware
 * sees.  Version 0 is none: 0 is always invalid.
 *
 * Kernel: v6.12 arch/alpha/include/asm/hwrpb.h struct pcb_struct,
 *         asm/smp.h struct cpuinfo_alpha, asm/mmu_context.h
 */
#ifndef ENGINE_WORLD_ALPHA_H
#define ENGINE_WORLD_ALPHA_H

#include "engine/world.h"

enum {
	ALPHA_CPUS_MAX = 32, /* NR_CPUS in arch/alpha/Kconfig */
	EV5_MAX_ASN = 127
};
#define HARDWARE_ASN_MASK 0xffu
#define ASN_FIRST_VERSION 0x100u

/* Of a task: what swpctx loads when this task is switched to. */
struct pcb {
	uint32_t ptbr; /* the mm whose pgd it is */
	uint32_t asn;
};

/* Only this CPU writes here. */
struct cpu_data {
	uint32_t asn; /* the one that is loaded */
	uint32_t last_asn;
	uint32_t asn_lock;
	uint32_t need_new_asn;
};

/* mm->context[cpu] */
struct context {
	uint32_t asn;
};

static inline uint32_t context_index(const struct world *w, mm_id mm, cpu_id c)
{
	return mm * w->max.cpus + c;
}

static inline struct pcb *pcb_of(struct world *w, task_id t)
{
	return (struct pcb *)WORLD_WORD(w, w->pcb_at) + t;
}
static inline struct cpu_data *cpu_data_of(struct world *w, cpu_id c)
{
	return (struct cpu_data *)WORLD_WORD(w, w->cpu_data_at) + c;
}
static inline struct context *context_of(struct world *w, uint32_t i)
{
	return (struct context *)WORLD_WORD(w, w->context_at) + i;
}

static inline const struct pcb *world_pcb(const struct world *w, task_id t)
{
	return (const struct pcb *)WORLD_CWORD(w, w->pcb_at) + t;
}
static inline const struct cpu_data *world_cpu_data(const struct world *w,
						    cpu_id c)
{
	return (const struct cpu_data *)WORLD_CWORD(w, w->cpu_data_at) + c;
}
/* The ASN word of @mm on CPU @c. */
static inline uint32_t world_context(const struct world *w, mm_id mm, cpu_id c)
{
	return ((const struct context *)WORLD_CWORD(w, w->context_at) +
		context_index(w, mm, c))
		->asn;
}

#endif
