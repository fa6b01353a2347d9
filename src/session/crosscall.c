/*
 * crosscall.c - gathering a cross-call
 */
#include "session/crosscall.h"

#include "session/show.h"

/* The function that wanted the call: what the caller is inside of. */
static enum path_id cause_of(const struct world *w, const struct program *p,
			     uint32_t from)
{
	static const enum path_id causes[] = { PATH_exit_mmap, PATH_dup_mm,
					       PATH_cleanup_lazy_tlbs };
	uint32_t s = actor_stack(w, from);
	struct chain chain = { 0 };

	for (; s; s = world_stack(w, s)->below) {
		chain_at(p, world_stack(w, s)->pc, &chain);
		for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
			if (chain_has(&chain, causes[i]))
				return causes[i];
	}
	return PATH_flush_tlb_mm_range;
}

void crosscall_begin(struct crosscall *c, const struct world *w,
		     const struct program *p, uint32_t from)
{
	const struct cross_call *call = world_call(w, from);

	*c = (struct crosscall){ .from = from,
				 .cpus = w->max.cpus,
				 .cause = cause_of(w, p, from),
				 .mm = call->mm,
				 .shoot = call->func == CALL_SHOOT,
				 .tables =
					 call->freed_tables && !w->max.alpha };
}

static void add_cpu(struct text *list, unsigned *count, uint32_t cpu)
{
	text_addf(list, "%scpu%u", *count ? ", " : "", cpu);
	++*count;
}

/* A flush sends a lazy CPU to init_mm; a shootdown ends its borrow. */
static bool leaves(const struct crosscall *c, const struct event *e)
{
	if (c->shoot)
		return e->kind == EV_TASK &&
		       e->field == FIELD_OF(task, active_mm) &&
		       ref_mm(e->new) == MM_INIT;
	return e->kind == EV_CPU && e->field == FIELD_OF(cpu, loaded_mm) &&
	       ref_mm(e->new) == MM_INIT;
}

/* In 2.4 a lazy CPU leaves the mask, and CR3 is as it was. */
static bool leaves_mask_alone(const struct program *p, const struct event *e)
{
	const struct path *path = p->path[PATH_leave_lazy_mm];

	if (e->kind != EV_MASK || e->path != PATH_leave_lazy_mm)
		return false;
	for (const struct op *op = path->ops; op->code; op++)
		if (op->code == OP_DO && op->what == ST_load_cr3)
			return false;
	return true;
}

static void see_flush(struct crosscall *c, const struct event *e)
{
	if (e->arg == 5) { /* TLB_REMOTE_WRONG_CPU */
		add_cpu(&c->gone, &c->away, e->actor);
		return;
	}
	c->here |= e->arg != 1 && e->arg != 4;
	c->flushed += e->arg != 4;
}

static void see(struct crosscall *c, const struct program *p,
		const struct event *e)
{
	switch ((enum event_kind)e->kind) {
	case EV_IPI_SENT:
		add_cpu(&c->to, &c->sent, e->object);
		break;
	case EV_IPI_SKIPPED:
		add_cpu(&c->not_to, &c->skipped, e->object);
		break;
	case EV_CONTEXT:
		c->here |= e->object % c->cpus == c->from;
		if (e->new)
			add_cpu(&c->new_asn, &c->renewed, e->object % c->cpus);
		else
			add_cpu(&c->no_asn, &c->ended, e->object % c->cpus);
		break;
	case EV_FLUSH:
		see_flush(c, e);
		break;
	default:
		if (leaves_mask_alone(p, e))
			add_cpu(&c->staying, &c->stay, e->actor);
		if (!leaves(c, e))
			break;
		c->first_left = e->actor;
		c->here |= e->actor == c->from;
		add_cpu(&c->who, &c->left, e->actor);
		break;
	}
}

/* The statement that a step ran. */
static enum statement_id statement_of(const struct program *p,
				      const struct event *step)
{
	const struct path *path = p->path[step->path];

	if (!path || step->statement >= path_length(path))
		return ST_none;
	return (enum statement_id)path->ops[step->statement].what;
}

void crosscall_see(struct crosscall *c, const struct program *p,
		   const struct event *e, size_t count)
{
	enum statement_id s = statement_of(p, e);

	if (s == ST_get_flush_tlb_info || s == ST_shoot_info ||
	    s == ST_begin_flush)
		c->begun = true;
	for (size_t i = 0; i < count; i++)
		see(c, p, &e[i]);
}

bool crosscall_of(const struct world *w, const struct chain *chain,
		  uint32_t actor, uint32_t stack, uint32_t *from)
{
	if (!chain->depth)
		return false;
	if (chain->frame[0].path == PATH_ipi_flush ||
	    chain->frame[0].path == PATH_ipi_shoot) {
		*from = world_stack(w, stack)->number[0];
		return true;
	}
	*from = actor;
	return chain_has(chain, PATH_flush_tlb_mm_range) ||
	       chain_has(chain, PATH_cleanup_lazy_tlbs);
}

bool crosscall_ends(const struct crosscall *c, const struct program *p,
		    const struct event *step)
{
	enum statement_id s = statement_of(p, step);

	return c->shoot ? s == ST_call_done
			: s == ST_put_flush_tlb_info || s == ST_end_flush;
}

/* --- in words ------------------------------------------------------------- */

static const char *label(const struct crosscall *c)
{
	if (c->shoot)
		return "cleanup_lazy_tlbs";
	if (c->cause == PATH_dup_mm)
		return "pages write-protected";
	return c->tables ? "page tables freed" : "flush";
}

static void tell_whom(const struct crosscall *c, struct text *out)
{
	text_addf(out, "%s: ", label(c));
	if (c->here)
		text_addf(out, "cpu%u itself%s", c->from, c->sent ? ", " : "");
	if (c->sent)
		text_addf(out, "IPI to %s", text_string(&c->to));
	if (!c->here && !c->sent)
		text_add(out, "no CPU to tell");
	if (c->skipped)
		text_addf(out, "; %s skipped", text_string(&c->not_to));
}

static void tell_pointer(const struct crosscall *c, const struct world *w,
			 struct text *out, bool plain)
{
	if (!c->shoot && c->left > 1)
		text_add(out, "cpuN.");
	else if (!c->shoot)
		text_addf(out, "cpu%u.", c->first_left);
	text_add(out, c->shoot ? "active_mm " : "loaded_mm ");
	show_mm(out, w, c->mm);
	text_add(out, plain ? " to init_mm" : " -> init_mm");
}

static void tell_asns(const struct crosscall *c, struct text *out)
{
	if (c->renewed)
		text_addf(out, "new ASN on %s", text_string(&c->new_asn));
	if (c->ended)
		text_addf(out, "%snone on %s until it runs there",
			  c->renewed ? ", " : "", text_string(&c->no_asn));
}

/* No more interrupts for this mm, though nothing else was loaded. */
static void tell_mask(const struct crosscall *c, struct text *out)
{
	if (c->stay)
		text_addf(out, "%s lazy: out of the mask, CR3 stays",
			  text_string(&c->staying));
	if (c->away)
		text_addf(out, "%s%s elsewhere: out of the mask",
			  c->stay ? "; " : "", text_string(&c->gone));
	if (c->left && (c->stay || c->away))
		text_add(out, "; ");
}

static void tell_result(const struct crosscall *c, const struct world *w,
			struct text *out, bool plain)
{
	unsigned reached = c->sent + c->here;

	tell_asns(c, out);
	tell_mask(c, out);
	if (!c->left) {
		if (c->skipped)
			text_addf(out, "%s lazy%s", text_string(&c->not_to),
				  c->tables ? "" : ", no page tables freed");
		return;
	}
	if (c->left < reached)
		text_addf(out, "%s ", text_string(&c->who));
	else if (c->left > 1)
		text_add(out, c->left == 2 ? "both " : "all ");
	text_add(out, "lazy: ");
	tell_pointer(c, w, out, plain);
}

void crosscall_tell(struct crosscall *c, const struct world *w, bool ended,
		    struct effects *out)
{
	bool reached = c->sent || c->skipped || c->left || c->flushed ||
		       c->renewed || c->ended;

	if (reached || (ended && c->begun)) {
		effects_add(out, ITEM_LINE, PATH_flush_tlb_mm_range);
		tell_whom(c, &out->words);
		effects_why(out);
		tell_result(c, w, &out->words, out->form == FORM_PLAIN);
		effects_end(out);
	}
	text_free(&c->to);
	text_free(&c->not_to);
	text_free(&c->who);
	text_free(&c->staying);
	text_free(&c->gone);
	text_free(&c->new_asn);
	text_free(&c->no_asn);
	*c = (struct crosscall){ 0 };
}
