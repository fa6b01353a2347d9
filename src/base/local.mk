# base - the only code that allocates, prints and touches files
noinst_LIBRARIES += libbase.a
libbase_a_SOURCES =
libbase_a_SOURCES += src/base/datadir.c
libbase_a_SOURCES += src/base/datadir.h
