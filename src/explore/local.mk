# explore - every interleaving of a small world
noinst_LIBRARIES += libexplore.a
libexplore_a_SOURCES =
