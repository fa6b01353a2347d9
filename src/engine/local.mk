# engine - the Linux model: world, kernel paths, step, events, invariants
noinst_LIBRARIES += libengine.a
libengine_a_SOURCES =
