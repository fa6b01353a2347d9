/*
 * look_diff.c - diff: the facts that differ between two times
 */
#include "session/effect.h"
#include "session/keep.h"
#include "session/look.h"
#include "session/say.h"
#include "session/show.h"
#include "session/state.h"

/* Two worlds and what is said of their differences. */
struct comparison {
	const struct world *a, *b;
	struct effects out;
};

/* The texts of a fact in both worlds; "" where there is none. */
struct fact_texts {
	struct text object, old, new;
};

static void clear(struct fact_texts *f)
{
	text_clear(&f->object);
	text_clear(&f->old);
	text_clear(&f->new);
}

static void tell(struct comparison *k, const struct fact_texts *f,
		 const char *field)
{
	struct text *out = &k->out.words;

	effects_add(&k->out, ITEM_CHANGE, 0);
	if (k->out.form == FORM_JSON) {
		text_add(out, "{\"obj\":");
		show_quoted(out, text_string(&f->object));
		text_addf(out, ",\"field\":\"%s\",\"old\":", field);
		show_quoted(out, text_string(&f->old));
		text_add(out, ",\"new\":");
		show_quoted(out, text_string(&f->new));
		text_add(out, "}");
	} else {
		text_addf(out,
			  k->out.form == FORM_PLAIN ? "%s %s: from %s to %s"
						    : "%s.%s %s -> %s",
			  text_string(&f->object), field, text_string(&f->old),
			  text_string(&f->new));
	}
	effects_why(&k->out);
	effects_end(&k->out);
}

static void numbers(struct comparison *k, struct fact_texts *f,
		    const char *field, uint32_t old, uint32_t new)
{
	if (old == new)
		return;
	text_clear(&f->old);
	text_clear(&f->new);
	text_addf(&f->old, "%d", (int32_t)old);
	text_addf(&f->new, "%d", (int32_t) new);
	tell(k, f, field);
}

/* Two pointers are the same when they point at the same mm of both worlds. */
static void pointers(struct comparison *k, struct fact_texts *f,
		     const char *field, ref old, ref new)
{
	uint32_t a = ref_mm(old), b = ref_mm(new);
	uint32_t slots = k->a->max.mms;

	if (a == b && (a >= slots || world_mm_shown(k->a, a)->serial ==
					     world_mm_shown(k->b, b)->serial))
		return;
	text_clear(&f->old);
	text_clear(&f->new);
	show_mm(&f->old, k->a, a);
	show_mm(&f->new, k->b, b);
	tell(k, f, field);
}

/* It is only in one of the worlds. */
static bool came_or_went(struct comparison *k, struct fact_texts *f, bool was,
			 bool is)
{
	if (was == is)
		return false;
	text_add(&f->old, was ? "yes" : "no");
	text_add(&f->new, is ? "yes" : "no");
	tell(k, f, "exists");
	return true;
}

static void compare_mm(struct comparison *k, struct fact_texts *f, mm_id mm)
{
	const struct mm *old = world_mm(k->a, mm), *new = world_mm(k->b, mm);

	show_mm(&f->object, old->slot ? k->a : k->b, mm);
	if (came_or_went(k, f, old->slot, new->slot) && !new->slot)
		return;
	if (has_one_count(k->b)) {
		numbers(k, f, "count", old->mm_users, new->mm_users);
		return;
	}
	numbers(k, f, "mm_users", old->mm_users, new->mm_users);
	numbers(k, f, "mm_count", old->mm_count, new->mm_count);
	numbers(k, f, "context.tlb_gen", old->tlb_gen, new->tlb_gen);
	clear(f);
	show_mm(&f->object, k->b, mm);
	state_mask(&f->old, k->a, mm);
	state_mask(&f->new, k->b, mm);
	for (uint32_t i = 0; i < k->a->mask_words; i++)
		if (mm_cpumask(k->a, mm)[i] != mm_cpumask(k->b, mm)[i]) {
			tell(k, f, "mm_cpumask");
			break;
		}
}

/* A slot that another mm has by now: the old one went, a new one came. */
static void compare_mms(struct comparison *k, struct fact_texts *f)
{
	for (mm_id mm = MM_INIT; mm < k->a->max.mms; mm++) {
		bool was = world_mm(k->a, mm)->slot;
		bool is = world_mm(k->b, mm)->slot;

		clear(f);
		if (was && is &&
		    world_mm_shown(k->a, mm)->serial !=
			    world_mm_shown(k->b, mm)->serial) {
			show_mm(&f->object, k->a, mm);
			came_or_went(k, f, true, false);
			clear(f);
			show_mm(&f->object, k->b, mm);
			came_or_went(k, f, false, true);
		} else if (was || is) {
			compare_mm(k, f, mm);
		}
	}
}

static void states(struct comparison *k, struct fact_texts *f, task_id t)
{
	char old = show_state(k->a, t), new = show_state(k->b, t);

	if (old == new)
		return;
	text_clear(&f->old);
	text_clear(&f->new);
	text_addc(&f->old, old, 1);
	text_addc(&f->new, new, 1);
	tell(k, f, "state");
}

static void compare_tasks(struct comparison *k, struct fact_texts *f)
{
	for (task_id t = 1; t < k->a->max.tasks; t++) {
		const struct task *old = world_task(k->a, t);
		const struct task *new = world_task(k->b, t);

		if (!old->slot && !new->slot)
			continue;
		clear(f);
		show_task(&f->object, new->slot ? k->b : k->a, t);
		came_or_went(k, f, old->slot, new->slot);
		if (!new->slot)
			continue;
		pointers(k, f, "mm", old->mm, new->mm);
		pointers(k, f, "active_mm", old->active_mm, new->active_mm);
		if (old->slot)
			states(k, f, t);
		numbers(k, f, "on_cpu", old->on_cpu, new->on_cpu);
	}
}

/* What names the loaded page tables: a register, or cpu_tlbstate. */
static const char *loaded_name(const struct world *w)
{
	if (w->max.alpha)
		return "ptbr";
	return has_one_count(w) ? "cr3" : "loaded_mm";
}

static void compare_cpus(struct comparison *k, struct fact_texts *f)
{
	for (cpu_id c = 0; c < k->a->max.cpus; c++) {
		const struct cpu *old = world_cpu(k->a, c);
		const struct cpu *new = world_cpu(k->b, c);

		clear(f);
		text_addf(&f->object, "cpu%u", c);
		if (old->current != new->current) {
			show_task(&f->old, k->a, old->current);
			show_task(&f->new, k->b, new->current);
			tell(k, f, "current");
		}
		pointers(k, f, loaded_name(k->b), old->loaded_mm,
			 new->loaded_mm);
		numbers(k, f, "is_lazy", old->is_lazy, new->is_lazy);
		numbers(k, f, "online", old->online, new->online);
	}
}

static void compare(struct comparison *k)
{
	struct fact_texts f = { 0 };

	compare_cpus(k, &f);
	compare_tasks(k, &f);
	compare_mms(k, &f);
	text_free(&f.object);
	text_free(&f.old);
	text_free(&f.new);
}

static void say_comparison(struct amm *a, struct comparison *k,
			   const struct moment at[2])
{
	struct text members = { 0 };

	if (a->form == FORM_JSON) {
		text_add(&members, ",\"from\":\"");
		look_moment(a, &members, at[0]);
		text_add(&members, "\",\"to\":\"");
		look_moment(a, &members, at[1]);
		text_add(&members, "\",\"differences\":");
		effects_show(&members, &k->out);
		say_json(a, text_string(&members));
		text_free(&members);
		return;
	}
	look_moment(a, &a->out, at[0]);
	text_add(&a->out, a->form == FORM_PLAIN ? " to " : " -> ");
	look_moment(a, &a->out, at[1]);
	text_add(&a->out, k->out.count ? ":\n" : ": nothing differs\n");
	effects_show(&a->out, &k->out);
}

/* Which two times: default one command back, and now. */
static bool two_times(struct amm *a, const struct call *c, struct moment at[2],
		      struct error *e)
{
	static const struct timepos defaults[] = {
		{ .kind = TIMEPOS_BACK, .number = 1 }, { .kind = TIMEPOS_NOW }
	};

	for (unsigned i = 0; i < 2; i++) {
		const struct timepos *t =
			i < c->args ? &c->arg[i].time : &defaults[i];

		if (keep_moment(a, t, &at[i], e))
			continue;
		if (i < c->args)
			error_at(e, c->arg[i].column, c->arg[i].length);
		return false;
	}
	return true;
}

bool look_diff(struct amm *a, const struct call *c, struct error *e)
{
	struct comparison k = { .out = { .form = a->form,
					 .width = look_width(a) } };
	struct world *w[2] = { NULL, NULL };
	struct moment at[2];
	bool ok;

	if (!two_times(a, c, at, e))
		return false;
	for (unsigned i = 0; i < 2; i++)
		w[i] = history_peek(a->history, at[i]);
	k.a = w[0];
	k.b = w[1];
	ok = w[0] && w[1] && w[0]->words == w[1]->words;
	if (ok) {
		compare(&k);
		say_comparison(a, &k, at);
	}
	effects_free(&k.out);
	for (unsigned i = 0; i < 2; i++)
		history_drop(w[i]);
	return ok || look_no_memory(e);
}
