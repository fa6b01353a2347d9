/*
 * fields.c - the `name=number` text of an event
 *
 * Fields may come in any order and recorders may say more than we know, but
 * what we know stands once and is a number.  Only the fields of CPUs have an
 * order: p0 m0 a0 l0 z0 v0 p1 ... and s0 n0 o0 f0 k0 s1 ...
 */
#include "trace/fields.h"

#include <string.h>

_Static_assert(RF_FIELDS <= 64, "one bit a field");

/* A field name of up to 15 bytes as two words, to be compared at once. */
struct key {
	uint64_t word[2];
};

static const struct {
	const char name[16];
	size_t offset;
} known_fields[RF_FIELDS] = {
#define TRACE_FIELD(name) { #name, offsetof(struct trace_fields, name) },
#include "trace/record.def"
};

static bool same_key(const struct key *key, const char name[16])
{
	struct key other;

	memcpy(&other, name, sizeof other);
	return key->word[0] == other.word[0] && key->word[1] == other.word[1];
}

/* A field that we do not know is passed over: recorders may say more. */
static const char *known_field(struct scan name, uint64_t value,
			       struct trace_record *r)
{
	struct key key = { { 0, 0 } };
	int i;

	if (scan_left(&name) > sizeof key - 1)
		return NULL;
	memcpy(&key, name.at, scan_left(&name));
	for (i = 0; i < RF_FIELDS; i++) {
		if (!same_key(&key, known_fields[i].name))
			continue;
		if (r->have >> i & 1)
			return "each field once";
		r->have |= UINT64_C(1) << i;
		memcpy((char *)&r->f + known_fields[i].offset, &value,
		       sizeof value);
		return NULL;
	}
	return NULL;
}

/*
 * How many of the letters of CPU fields have been taken.
 */
struct per_cpu {
	unsigned samples;
	unsigned slots;
};

static const char *put_sample(struct trace_cpu *c, char letter, uint64_t value)
{
	switch (letter) {
	case 'p':
		if (value > RECORD_PID_MAX)
			return "a pid of at most 4194304";
		c->pid = (uint32_t)value;
		break;
	case 'm':
		c->mm = value;
		break;
	case 'a':
		c->active_mm = value;
		break;
	case 'l':
		c->loaded_mm = value;
		break;
	case 'z':
		c->is_lazy = value != 0;
		break;
	default:
		c->prev_mm = value;
	}
	return NULL;
}

static const char *put_slots(struct trace_slots *t, char letter, uint64_t value)
{
	if (letter == 'f') {
		t->flush_mask = value;
		return NULL;
	}
	if (value > UINT16_MAX)
		return "a number of at most 16 bits";
	if (letter == 's')
		t->asid = (uint32_t)value;
	else if (letter == 'n')
		t->next_asid = (uint32_t)value;
	else
		t->invalidate_other = (uint32_t)value;
	return NULL;
}

/* kN={ctx_id,tlb_gen,...}, slot 0 first */
static const char *slot_list(struct scan *s, struct trace_slots *t)
{
	int i;

	if (!scan_is(s, "{"))
		return "{ and the slots";
	for (i = 0; i < RECORD_SLOTS; i++) {
		if ((i && !scan_is(s, ",")) || !scan_number(s, &t->ctx_id[i]) ||
		    !scan_is(s, ",") || !scan_number(s, &t->tlb_gen[i]))
			return "six slots of ctx_id,tlb_gen";
	}
	return scan_is(s, "}") ? NULL : "} behind six slots";
}

static const char *slot_field(struct scan *s, char letter, unsigned *taken,
			      struct trace_record *r)
{
	static const char order[] = "snofk";
	struct trace_slots *t = &r->slot_state[*taken / 5];
	uint64_t value;

	if (letter != order[*taken % 5])
		return "the per-CPU fields in the order s n o f k";
	++*taken;
	if (letter == 'k')
		return slot_list(s, t);
	if (!scan_number(s, &value))
		return "a number";
	return put_slots(t, letter, value);
}

static const char *sample_field(struct scan *s, char letter, unsigned *taken,
				struct trace_record *r)
{
	static const char order[] = "pmalzv";
	struct trace_cpu *c = &r->cpu_state[*taken / 6];
	uint64_t value;

	if (letter != order[*taken % 6])
		return "the per-CPU fields in the order p m a l z v";
	++*taken;
	if (!scan_number(s, &value))
		return "a number";
	return put_sample(c, letter, value);
}

static bool is_one_of(char letter, const char *letters)
{
	return memchr(letters, letter, strlen(letters)) != NULL;
}

static const char *cpu_field(struct scan *s, struct scan name,
			     struct per_cpu *n, struct trace_record *r)
{
	char letter = *name.at++;
	bool slot = is_one_of(letter, "snofk");
	unsigned next = slot ? n->slots / 5 : n->samples / 6;
	uint64_t cpu;

	if (!scan_decimal(&name, &cpu) || name.at != name.end || cpu != next)
		return "the fields of each CPU in order, from 0";
	if (cpu >= RECORD_SAMPLE_MAX)
		return "the fields of at most 64 CPUs";
	return slot ? slot_field(s, letter, &n->slots, r)
		    : sample_field(s, letter, &n->samples, r);
}

static bool is_cpu_field(struct scan name)
{
	return scan_left(&name) > 1 && is_one_of(*name.at, "pmalzvsnofk") &&
	       name.at[1] >= '0' && name.at[1] <= '9';
}

/* comm="NAME" ends a line, so its last quote is the closing one. */
static const char *quoted_name(struct scan *s, struct trace_record *r)
{
	struct scan name = scan_copy(s);

	if (!scan_is(&name, "\"") || !scan_back_is(&name, "\""))
		return "a name in quotes at the end";
	record_keep(r->name, RECORD_COMM_MAX, name.at, scan_left(&name));
	s->at = s->end;
	return NULL;
}

/* One `name=value`, with the scan behind the equal sign. */
static const char *one_field(struct scan *s, struct scan name,
			     struct per_cpu *n, struct trace_record *r)
{
	struct scan value = scan_copy(s);
	const char *expected;
	uint64_t number;

	if (is_cpu_field(name))
		return cpu_field(s, name, n, r);
	if (scan_left(&name) == 4 && memcmp(name.at, "comm", 4) == 0)
		return quoted_name(s, r);
	if (!scan_number(&value, &number))
		return "a number";
	expected = known_field(name, number, r);
	if (!expected)
		*s = value;
	return expected;
}

/* `(function+0x4/0x30)`, `(caller+0x5/0x30 [module] <- function)` */
static const char *place(struct scan *s, struct trace_record *r)
{
	struct scan inside;

	if (!scan_is(s, "("))
		return NULL;
	if (!scan_until(s, ')', &inside))
		return "a closing parenthesis";
	record_keep(r->text, RECORD_TEXT_MAX, inside.at, scan_left(&inside));
	return NULL;
}

const char *fields_read(struct scan *s, struct trace_record *r)
{
	struct per_cpu n = { 0, 0 };
	const char *expected = place(s, r);
	struct scan name;

	while (!expected) {
		scan_blanks(s);
		if (s->at == s->end)
			break;
		if (!scan_until(s, '=', &name))
			return "name=number";
		expected = one_field(s, name, &n, r);
		if (!expected && s->at < s->end && *s->at != ' ')
			return "a blank behind the number";
	}
	if (!expected && (n.samples % 6 || n.slots % 5))
		return "all the fields of the last CPU";
	r->cpus = (uint16_t)(n.samples / 6);
	r->slots = (uint16_t)(n.slots / 5);
	return expected;
}
