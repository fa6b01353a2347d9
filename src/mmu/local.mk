# mmu - the x86-64 memory system as arithmetic on words
noinst_LIBRARIES += libmmu.a
libmmu_a_SOURCES =
libmmu_a_SOURCES += src/mmu/access.c
libmmu_a_SOURCES += src/mmu/bits.h
libmmu_a_SOURCES += src/mmu/block.c
libmmu_a_SOURCES += src/mmu/block.h
libmmu_a_SOURCES += src/mmu/control.c
libmmu_a_SOURCES += src/mmu/mmu.h
libmmu_a_SOURCES += src/mmu/ram.c
libmmu_a_SOURCES += src/mmu/ram.h
libmmu_a_SOURCES += src/mmu/structure.c
libmmu_a_SOURCES += src/mmu/structure.h
libmmu_a_SOURCES += src/mmu/tlb.c
libmmu_a_SOURCES += src/mmu/tlb.h
libmmu_a_SOURCES += src/mmu/walk.c
libmmu_a_SOURCES += src/mmu/walk.h
