# Unit tests: tests/unit/test_NAME.c becomes one program; one line each.
unit_tests =
unit_tests += tests/unit/test_pack
unit_tests += tests/unit/test_store
unit_tests += tests/unit/test_search
unit_tests += tests/unit/test_scenario
unit_tests += tests/unit/test_canon
unit_tests += tests/unit/test_explore
unit_tests += tests/unit/test_shell
unit_tests += tests/unit/test_listing
unit_tests += tests/unit/test_complete
unit_tests += tests/unit/test_wrap
unit_tests += tests/unit/test_help
unit_tests += tests/unit/test_topic
unit_tests += tests/unit/test_apropos
unit_tests += tests/unit/test_manual
unit_tests += tests/unit/test_golden
unit_tests += tests/unit/test_unicode
unit_tests += tests/unit/test_unpack
unit_tests += tests/unit/test_sys
unit_tests += tests/unit/test_resolve
unit_tests += tests/unit/test_names
unit_tests += tests/unit/test_journal_slot
unit_tests += tests/unit/test_journal_format
unit_tests += tests/unit/test_journal
unit_tests += tests/unit/test_dirs
unit_tests += tests/unit/test_append
unit_tests += tests/unit/test_save
unit_tests += tests/unit/test_file
unit_tests += tests/unit/test_crc32c
unit_tests += tests/unit/test_event
unit_tests += tests/unit/test_profile
unit_tests += tests/unit/test_program
unit_tests += tests/unit/test_step
unit_tests += tests/unit/test_chain
unit_tests += tests/unit/test_held
unit_tests += tests/unit/test_narrate
unit_tests += tests/unit/test_units
unit_tests += tests/unit/test_trouble
unit_tests += tests/unit/test_world
unit_tests += tests/unit/test_world_grow
unit_tests += tests/unit/test_history
unit_tests += tests/unit/test_call
unit_tests += tests/unit/test_setting
unit_tests += tests/unit/test_eval
unit_tests += tests/unit/test_expr
unit_tests += tests/unit/test_command
unit_tests += tests/unit/test_habit
unit_tests += tests/unit/test_spec
unit_tests += tests/unit/test_timepos
unit_tests += tests/unit/test_error
unit_tests += tests/unit/test_suggest
unit_tests += tests/unit/test_lex
unit_tests += tests/unit/test_lines
unit_tests += tests/unit/test_out
unit_tests += tests/unit/test_escape
unit_tests += tests/unit/test_text
unit_tests += tests/unit/test_mem
unit_tests += tests/unit/test_datadir
unit_tests += tests/unit/test_record
unit_tests += tests/unit/test_record_hostile
unit_tests += tests/unit/test_stream
unit_tests += tests/unit/test_verify
unit_tests += tests/unit/test_wrong_rules

# A program with more than its own test_NAME.c says so here.
machine = tests/unit/machine.c tests/unit/machine.h tests/unit/expect.h
tests_unit_test_complete_SOURCES = tests/unit/test_complete.c $(machine)
tests_unit_test_names_SOURCES = tests/unit/test_names.c $(machine)
tests_unit_test_resolve_SOURCES = tests/unit/test_resolve.c $(machine)
tests_unit_test_held_SOURCES = tests/unit/test_held.c $(machine)
tests_unit_test_units_SOURCES = tests/unit/test_units.c tests/unit/wander.h $(machine)
tests_unit_test_narrate_SOURCES = tests/unit/test_narrate.c $(machine)
tests_unit_test_trouble_SOURCES = tests/unit/test_trouble.c $(machine)
tests_unit_test_step_SOURCES = tests/unit/test_step.c $(machine)
tests_unit_test_world_grow_SOURCES = tests/unit/test_world_grow.c $(machine)
golden = tests/unit/golden.h tests/unit/golden_borrow.c \
	tests/unit/golden_seed.c tests/unit/golden_cpu.c
tests_unit_test_golden_SOURCES = tests/unit/test_golden.c $(golden) $(machine)

EXTRA_DIST += tests/unit/test.h tests/unit/shown.h tests/unit/scratch.h tests/unit/journals.h \
	tests/unit/recordings.h
if HAVE_CMOCKA
check_PROGRAMS += $(unit_tests)
AM_CFLAGS += $(CMOCKA_CFLAGS)
LDADD += $(CMOCKA_LIBS)
endif
TESTS += $(unit_tests)
