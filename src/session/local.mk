# session - parse, command table, history, narration, save and load, journal
noinst_LIBRARIES += libsession.a
libsession_a_SOURCES =
