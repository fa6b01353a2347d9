# session - parse, command table, history, narration, save and load, journal
noinst_LIBRARIES += libsession.a
libsession_a_SOURCES =
libsession_a_SOURCES += src/session/journal.c
libsession_a_SOURCES += src/session/journal.h
libsession_a_SOURCES += src/session/journal_format.c
libsession_a_SOURCES += src/session/journal_format.h
libsession_a_SOURCES += src/session/journal_slot.c
libsession_a_SOURCES += src/session/journal_slot.h
libsession_a_SOURCES += src/session/history.c
libsession_a_SOURCES += src/session/history.h
libsession_a_SOURCES += src/session/history_parts.h
libsession_a_SOURCES += src/session/session.h
libsession_a_SOURCES += src/session/travel.c
