/*
 * bits.h - the bits of page-table entries and control registers
 *
 * Source: SDM Vol. 3, 2.5 (control registers), 4.5 (4- and 5-level paging),
 *         4.6.2 (protection keys), 4.7 (page-fault error code)
 */
#ifndef MMU_BITS_H
#define MMU_BITS_H

#include <stdint.h>

#define BIT64(n) ((uint64_t)1 << (n))

/* Entries of all levels */
#define PTE_P BIT64(0)
#define PTE_RW BIT64(1)
#define PTE_US BIT64(2)
#define PTE_PWT BIT64(3)
#define PTE_PCD BIT64(4)
#define PTE_A BIT64(5)
#define PTE_D BIT64(6)
#define PTE_PS BIT64(7)
#define PTE_G BIT64(8)
#define PTE_NX BIT64(63)
#define PTE_FRAME 0x000ffffffffff000ull /* bits 51:12 */
#define PTE_PKEY_SHIFT 59

#define CR0_PE BIT64(0)
#define CR0_ET BIT64(4)
#define CR0_WP BIT64(16)
#define CR0_NW BIT64(29)
#define CR0_CD BIT64(30)
#define CR0_PG BIT64(31)

#define CR3_PCID 0xfffull
#define CR3_NOFLUSH BIT64(63)

#define CR4_PAE BIT64(5)
#define CR4_PGE BIT64(7)
#define CR4_LA57 BIT64(12)
#define CR4_PCIDE BIT64(17)
#define CR4_SMEP BIT64(20)
#define CR4_SMAP BIT64(21)
#define CR4_PKE BIT64(22)

#define EFER_SCE BIT64(0)
#define EFER_LME BIT64(8)
#define EFER_LMA BIT64(10)
#define EFER_NXE BIT64(11)

/* Error code of #PF */
#define PF_P 1u
#define PF_W 2u
#define PF_U 4u
#define PF_RSVD 8u
#define PF_ID 16u
#define PF_PK 32u

#endif
