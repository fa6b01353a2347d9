/*
 * tell.c - from the events of a statement to its effects
 */
#include "session/tell.h"

#include "engine/world_alpha.h"
#include "session/crosscall.h"
#include "session/head.h"
#include "session/reason.h"
#include "session/show.h"

/* One event of a statement, on its way to an effect. */
struct view {
	struct effects *out;
	const struct statement *s;
	const struct event *e;
	struct happening h;
};

/* A step that begins at a WAIT runs the statement that follows it. */
static uint32_t pc_of_step(const struct program *p, const struct event *step)
{
	uint32_t pc = step->old;

	while (pc + 1 < p->flats && (p->flat[pc].path != step->path ||
				     p->flat[pc].index != step->statement))
		pc++;
	return pc;
}

static void note_label(struct statement *s)
{
	uint32_t actor = statement_events(s)->actor;

	if (actor >= s->w->max.cpus)
		name_unpack(
			s->label,
			world_holder_shown(s->w, actor - s->w->max.cpus)->label,
			LABEL_WORDS);
}

void statement_begin(struct statement *s)
{
	const struct event *e = statement_events(s);

	note_label(s);
	if (e->kind != EV_STEP)
		return;
	chain_at(s->p, pc_of_step(s->p, e), &s->chain);
	s->in_call =
		crosscall_of(s->w, &s->chain, e->actor, e->object, &s->from);
}

/* --- what else the statement did ------------------------------------------ */

static const struct event *event_in(const struct statement *s,
				    enum event_kind kind, uint32_t object,
				    uint8_t field)
{
	const struct event *e = statement_events(s);

	for (size_t i = 0; i < s->count; i++)
		if (e[i].kind == kind && e[i].object == object &&
		    e[i].field == field)
			return &e[i];
	return NULL;
}

static bool comes_or_goes(const struct view *v)
{
	if (v->e->kind == EV_TASK &&
	    world_task(v->s->w, v->e->object)->slot == SLOT_EMBRYO)
		return true;
	return event_in(v->s, (enum event_kind)v->e->kind, v->e->object, 0);
}

static bool is_first(const struct view *v)
{
	return event_in(v->s, (enum event_kind)v->e->kind, v->e->object,
			v->e->field) == v->e;
}

/* --- one changed field ---------------------------------------------------- */

static const char *const fields[FACTS] = {
	[FACT_USERS] = "mm_users",      [FACT_COUNT] = "mm_count",
	[FACT_GEN] = "context.tlb_gen", [FACT_MM] = "mm",
	[FACT_ACTIVE] = "active_mm",    [FACT_LOADED] = "loaded_mm",
	[FACT_LAZY] = "is_lazy",        [FACT_ONLINE] = "online",
	[FACT_STATE] = "state",         [FACT_PTBR] = "pcb.ptbr",
	[FACT_PCB_ASN] = "pcb.asn",     [FACT_ASN] = "asn",
	[FACT_CONTEXT] = "context",
};

/* What is loaded is called by the register, before there was a loaded_mm. */
static void add_field(struct text *out, const struct happening *h)
{
	if (h->fact == FACT_LOADED && h->w->max.alpha)
		text_add(out, "ptbr");
	else if (h->fact == FACT_LOADED && has_one_count(h->w))
		text_add(out, "cr3");
	else if (h->fact == FACT_USERS && has_one_count(h->w))
		text_add(out, "count");
	else
		text_add(out, fields[h->fact]);
	if (h->fact == FACT_CONTEXT)
		text_addf(out, "[%u]", h->cpu);
}

static bool is_pointer(enum fact f)
{
	return f == FACT_MM || f == FACT_ACTIVE || f == FACT_LOADED ||
	       f == FACT_PTBR;
}

static void add_object(struct text *out, const struct happening *h)
{
	if (h->fact <= FACT_GEN || h->fact == FACT_CONTEXT)
		show_mm(out, h->w, h->object);
	else if (h->fact == FACT_LOADED || h->fact == FACT_LAZY ||
		 h->fact == FACT_ONLINE || h->fact == FACT_ASN)
		text_addf(out, "cpu%u", h->object);
	else
		show_task(out, h->w, h->object);
}

static const char *online_word(uint32_t value)
{
	static const char *const words[] = { "off", "on", "dying" };

	return words[value <= CPU_DYING ? value : CPU_OFFLINE];
}

static void add_value(struct text *out, const struct happening *h,
		      uint32_t value)
{
	if (h->fact == FACT_ONLINE)
		text_add(out, online_word(value));
	else if (is_pointer(h->fact))
		show_mm(out, h->w, value);
	else if (h->fact == FACT_STATE)
		text_addc(out, (char)value, 1);
	else if (h->fact == FACT_USERS || h->fact == FACT_COUNT)
		text_addf(out, "%d", (int32_t)value);
	else
		text_addf(out, "%u", value);
}

static void add_json_value(struct text *out, const struct happening *h,
			   uint32_t value)
{
	bool quoted = h->fact == FACT_STATE || h->fact == FACT_ONLINE ||
		      (is_pointer(h->fact) && value != MM_NONE);

	if (is_pointer(h->fact) && value == MM_NONE) {
		text_add(out, "null");
		return;
	}
	text_add(out, quoted ? "\"" : "");
	add_value(out, h, value);
	text_add(out, quoted ? "\"" : "");
}

static void add_holder(struct text *out, const struct happening *h,
		       uint32_t who)
{
	switch (holder_kind(who)) {
	case HOLDER_TASK:
		text_add(out, ",\"holder\":\"");
		show_task_key(out, h->w, holder_id(who));
		text_add(out, "\"");
		break;
	case HOLDER_CPU:
		text_addf(out, ",\"holder\":\"cpu%u\"", holder_id(who));
		break;
	case HOLDER_USERS:
		text_add(out, ",\"holder\":\"users\"");
		break;
	case HOLDER_LABEL: /* only the one that acts, who may go with it */
		text_add(out, ",\"holder\":");
		show_quoted(out, h->label);
		break;
	default:
		break;
	}
}

static void change_as_json(struct view *v)
{
	struct text *out = &v->out->words;
	const struct happening *h = &v->h;

	text_add(out, "{\"obj\":\"");
	if (h->fact == FACT_MM || h->fact == FACT_ACTIVE ||
	    h->fact == FACT_STATE || h->fact == FACT_PTBR ||
	    h->fact == FACT_PCB_ASN)
		show_task_key(out, h->w, h->object);
	else
		add_object(out, h);
	text_add(out, "\",\"field\":\"");
	add_field(out, h);
	text_add(out, "\",\"old\":");
	add_json_value(out, h, h->old);
	text_add(out, ",\"new\":");
	add_json_value(out, h, h->new);
	if (h->chain->depth) {
		text_add(out, ",\"by\":\"");
		show_function(out, v->s->p, chain_last(h->chain));
		text_add(out, "\"");
	}
	if (h->fact == FACT_USERS || h->fact == FACT_COUNT)
		add_holder(out, h, v->e->holder);
	text_add(out, "}");
}

static void change_in_words(struct view *v, const char *object,
			    const char *field)
{
	struct text *out = &v->out->words;
	bool plain = v->out->form == FORM_PLAIN;

	if (object)
		text_add(out, object);
	else
		add_object(out, &v->h);
	text_add(out, plain ? " " : ".");
	if (field)
		text_add(out, field);
	else
		add_field(out, &v->h);
	text_add(out, plain ? ": from " : " ");
	add_value(out, &v->h, v->h.old);
	text_add(out, plain ? " to " : " -> ");
	add_value(out, &v->h, v->h.new);
}

static void tell_change(struct view *v, const char *object, const char *field)
{
	effects_add(v->out, ITEM_CHANGE, chain_last(&v->s->chain));
	if (v->out->form == FORM_JSON)
		change_as_json(v);
	else
		change_in_words(v, object, field);
	effects_why(v->out);
	if (v->out->form != FORM_JSON)
		reason_write(&v->out->words, &v->h, v->out->form);
	effects_end(v->out);
}

/* exec writes both pointers in one statement: one line for the two. */
static void tell_pair(struct view *v)
{
	struct text name = { 0 };

	text_addf(&name, "task %u",
		  world_task_shown(v->s->w, v->e->object)->pid);
	tell_change(v, text_string(&name),
		    v->out->form == FORM_PLAIN ? "active_mm and mm"
					       : "active_mm and .mm");
	text_free(&name);
}

/* --- which events are effects --------------------------------------------- */

/* Takes the value before the statement, and the one after it. */
static void fact(struct view *v, enum fact f, uint32_t old, uint32_t new)
{
	v->h.fact = f;
	v->h.object = v->e->object;
	v->h.old = old;
	v->h.new = new;
	if (old != new) {
		head_actor(v->out, v->s);
		tell_change(v, NULL, NULL);
	}
}

static void fact_of_word(struct view *v, enum fact f)
{
	fact(v, f, v->e->old, event_value(v->s->w, v->e));
}

static void fact_of_ref(struct view *v, enum fact f)
{
	fact(v, f, ref_mm(v->e->old), ref_mm(event_value(v->s->w, v->e)));
}

static void tell_new_mm(struct view *v)
{
	const struct mm *m = world_mm(v->s->w, v->e->object);
	bool plain = v->out->form == FORM_PLAIN;

	head_actor(v->out, v->s);
	effects_add(v->out, ITEM_LINE, chain_last(&v->s->chain));
	if (v->out->form == FORM_JSON) {
		text_add(&v->out->words, "{\"event\":\"new\",\"obj\":\"");
		show_mm(&v->out->words, v->s->w, v->e->object);
		if (has_one_count(v->s->w))
			text_addf(&v->out->words, "\",\"count\":%u}",
				  m->mm_users);
		else
			text_addf(&v->out->words,
				  "\",\"mm_users\":%u,\"mm_count\":%u}",
				  m->mm_users, m->mm_count);
	} else {
		text_add(&v->out->words, plain ? "New " : "new ");
		show_mm(&v->out->words, v->s->w, v->e->object);
		if (has_one_count(v->s->w))
			text_addf(&v->out->words, ": count %u", m->mm_users);
		else
			text_addf(&v->out->words, ": users %u, count %u",
				  m->mm_users, m->mm_count);
	}
	effects_why(v->out);
	effects_end(v->out);
}

/* A task that comes to life with its mm says so itself (head.c). */
static void see_mm(struct view *v)
{
	const struct event *e = v->e;

	if (e->field == FIELD_OF(mm, slot)) {
		if (e->new && v->s->chain.depth)
			tell_new_mm(v);
		return;
	}
	if (comes_or_goes(v) || !is_first(v))
		return;
	if (e->field == FIELD_OF(mm, mm_users))
		fact_of_word(v, FACT_USERS);
	else if (e->field == FIELD_OF(mm, mm_count))
		fact_of_word(v, FACT_COUNT);
	else if (e->field == FIELD_OF(mm, tlb_gen) &&
		 (world_mm(v->s->w, e->object)->mm_users ||
		  v->out->form == FORM_JSON))
		fact_of_word(v, FACT_GEN);
}

static bool same_change(const struct statement *s, const struct event *a,
			const struct event *b)
{
	return a && b && ref_mm(a->old) == ref_mm(b->old) &&
	       ref_mm(event_value(s->w, a)) == ref_mm(event_value(s->w, b));
}

/* @e is mm or active_mm and the other one changed with it, alike. */
static bool is_pair(const struct view *v)
{
	const struct event *mm =
		event_in(v->s, EV_TASK, v->e->object, FIELD_OF(task, mm));
	const struct event *active = event_in(v->s, EV_TASK, v->e->object,
					      FIELD_OF(task, active_mm));

	return v->out->form != FORM_JSON && same_change(v->s, mm, active);
}

static void see_pointer(struct view *v)
{
	bool is_mm = v->e->field == FIELD_OF(task, mm);

	if (v->s->in_call && v->out->form != FORM_JSON)
		return;
	if (!is_pair(v)) {
		fact_of_ref(v, is_mm ? FACT_MM : FACT_ACTIVE);
		return;
	}
	if (!is_mm)
		return;
	v->h.fact = FACT_MM;
	v->h.object = v->e->object;
	v->h.old = ref_mm(v->e->old);
	v->h.new = ref_mm(event_value(v->s->w, v->e));
	head_actor(v->out, v->s);
	tell_pair(v);
}

static char letter_before(const struct view *v)
{
	if (v->e->field == FIELD_OF(task, state) && v->e->old)
		return v->e->old & TASK_UNINTERRUPTIBLE ? 'D' : 'S';
	return 'R';
}

static void see_task(struct view *v)
{
	const struct event *e = v->e;

	if (e->field == FIELD_OF(task, slot)) {
		if (e->new == SLOT_LIVE)
			head_new_task(v->out, v->s, e->object);
		return;
	}
	if (comes_or_goes(v) || !is_first(v))
		return;
	if (e->field == FIELD_OF(task, mm) ||
	    e->field == FIELD_OF(task, active_mm))
		see_pointer(v);
	else if (e->field == FIELD_OF(task, state) && !v->s->chain.depth)
		fact(v, FACT_STATE, (uint8_t)letter_before(v),
		     (uint8_t)show_state(v->s->w, e->object));
}

/* --- loaded_mm, which is nothing sane for a moment ------------------------ */

static const struct event *load_beside(const struct view *v, bool later)
{
	const struct event *batch = v->s->batch, *e = v->e;
	size_t at = (size_t)(e - batch);

	for (size_t i = at; later ? ++i < v->s->batch_count : i-- > 0;)
		if (batch[i].kind == EV_CPU && batch[i].field == e->field &&
		    batch[i].object == e->object)
			return &batch[i];
	return NULL;
}

static void see_loaded(struct view *v)
{
	const struct event *before;
	mm_id old = ref_mm(v->e->old);

	if (v->s->in_call && v->out->form != FORM_JSON)
		return;
	if (ref_mm(v->e->new) == MM_SWITCHING && load_beside(v, true))
		return;
	before = old == MM_SWITCHING ? load_beside(v, false) : NULL;
	fact(v, FACT_LOADED, before ? ref_mm(before->old) : old,
	     ref_mm(v->e->new));
}

static void see_cpu(struct view *v)
{
	if (v->e->field == FIELD_OF(cpu, loaded_mm))
		see_loaded(v);
	else if (v->e->field == FIELD_OF(cpu, is_lazy) &&
		 (!v->s->in_call || v->out->form == FORM_JSON))
		fact_of_word(v, FACT_LAZY);
	else if (v->e->field == FIELD_OF(cpu, online))
		fact_of_word(v, FACT_ONLINE);
}

/* --- Alpha: what is written into PCBs, and loaded ------------------------- */

/* Set-up, copies of a whole task, and mms that go tell nothing of it. */
static bool is_by_itself(const struct view *v, enum event_kind owner,
			 uint32_t id)
{
	if (v->s->in_call && v->out->form != FORM_JSON)
		return false;
	return v->s->chain.depth && !event_in(v->s, owner, id, 0);
}

static void see_pcb(struct view *v)
{
	if (is_by_itself(v, EV_TASK, v->e->object) && is_first(v))
		fact_of_word(v, v->e->field == FIELD_OF(pcb, ptbr)
					? FACT_PTBR
					: FACT_PCB_ASN);
}

static void see_context(struct view *v)
{
	struct view at = *v;
	struct event e = *v->e;
	mm_id mm = e.object / v->s->w->max.cpus;

	if (!is_by_itself(v, EV_MM, mm))
		return;
	at.h.cpu = e.object % v->s->w->max.cpus;
	e.object = mm;
	at.e = &e;
	fact(&at, FACT_CONTEXT, e.old, e.new);
}

static void see_cpu_data(struct view *v)
{
	if (v->e->field == FIELD_OF(cpu_data, asn) &&
	    is_by_itself(v, EV_CPU, CPU_NONE))
		fact_of_word(v, FACT_ASN);
}

static void tell_event(struct view *v)
{
	switch ((enum event_kind)v->e->kind) {
	case EV_MM:
		see_mm(v);
		break;
	case EV_TASK:
		see_task(v);
		break;
	case EV_CPU:
		see_cpu(v);
		break;
	case EV_PCB:
		see_pcb(v);
		break;
	case EV_CPU_DATA:
		see_cpu_data(v);
		break;
	case EV_CONTEXT:
		see_context(v);
		break;
	default:
		head_note(v->out, v->s, v->e);
		break;
	}
}

void tell_effects(struct effects *out, const struct statement *s)
{
	struct view v = { .out = out,
			  .s = s,
			  .h = { .w = s->w,
				 .p = s->p,
				 .chain = &s->chain,
				 .label = s->label } };

	for (size_t i = 0; i < s->count; i++) {
		v.e = statement_events(s) + i;
		v.h.actor = v.e->actor;
		tell_event(&v);
	}
}
