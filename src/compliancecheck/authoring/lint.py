"""What a rule pack must prove, beyond that it can be read: all checks of the linter together.

Problems of severity *error* fail the lint; a *warning* is for a person to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compliancecheck.authoring.lint_comparisons import comparison_problems
from compliancecheck.authoring.lint_deadlines import deadline_problems
from compliancecheck.authoring.lint_examples import example_problems
from compliancecheck.authoring.lint_style import style_problems
from compliancecheck.authoring.lint_ways import way_problems
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.findings import Status
from compliancecheck.model.instruments import Instrument, Rules
from compliancecheck.model.profile import Profile
from compliancecheck.model.safe import cell_width
from compliancecheck.model.texts import Place, Texts, iso
from compliancecheck.reading.pack_checks import encoded_articles
from compliancecheck.reading.pack_walk import names
from compliancecheck.reading.problems import Problem, in_order, pack_problem

MOST_CELLS = 30
"""A label is a noun phrase of at most so many terminal cells."""

_NOWHERE = Place("", 1, 1, 1)


def lint(rules: Rules) -> list[Problem]:
    """All problems of the packs, in the order of their places."""
    found = [
        *comparison_problems(rules),
        *example_problems(rules),
        *deadline_problems(rules),
        *style_problems(rules),
        *way_problems(rules),
        *_unused(rules),
        *_labels(rules),
        *_articles(rules),
        *_successors(rules),
        *_passes_unanswered(rules),
    ]
    return list(in_order(found))


# --- declared and never used ---------------------------------------------------------------------


def _unused(rules: Rules) -> Iterator[Problem]:
    used = _used(rules)
    declared: list[tuple[str, str, Place | None]] = [
        *(("fact", f.name, f.place) for f in rules.facts.values() if _must_be_used(f)),
        *(("reading", r.name, r.place) for r in rules.readings.values()),
        *(("condition", c.name, c.place) for c in rules.conditions.values()),
        *(("definition", d.name, d.place) for d in rules.definitions.values()),
        *(("route", r.name, r.place) for r in rules.routes.values()),
    ]
    for kind, name, place in declared:
        if name not in used:
            message = f"the {kind} `{name}` is declared and never used"
            yield pack_problem(place or _NOWHERE, message, "remove it, or encode what reads it")
    bases = {e.like for r in rules.rules.values() for e in r.examples}
    for name in rules.base_profiles:
        if name not in bases:
            place = _pack_place(rules, name)
            yield pack_problem(place, f"no example is like the base profile `{name}`")


def _must_be_used(fact: Fact) -> bool:
    return fact.type is not FactType.TEXT  # a text decides nothing; it is only shown


def _used(rules: Rules) -> set[str]:
    used: set[str] = set()
    for condition in rules.conditions.values():
        used.update(names(condition.when))
    for definition in rules.definitions.values():
        used.update(names(definition.value))
    for instrument in rules.instruments.values():
        used.update(names(instrument.applies_when))
        used.update([instrument.law_of] if instrument.law_of else [])
    for rule in rules.rules.values():
        for tree in (rule.applies_when, rule.requires, rule.compares):
            used.update(names(tree))
        used.update([rule.way[0]] if rule.way else [])
        for deadline in rule.deadlines:
            used.update((*names(deadline.due), *names(deadline.opens)))
            used.update([deadline.done_on] if deadline.done_on else [])
    for route in rules.routes.values():
        used.update(names(route.complete_where))
    for constraint in rules.constraints:
        used.update((constraint.lesser, constraint.greater))
    used.update(pack.gate for pack in rules.packs.values() if pack.gate)
    used.update(_used_by_facts(rules, used))
    return used


def _used_by_facts(rules: Rules, used: set[str]) -> Iterator[str]:
    """Facts that gates read, keys of lists, and lists of which a fact is used."""
    for fact in rules.facts.values():
        if fact.gate is not None:
            yield from names(fact.gate.only_if)
        if fact.key is not None:
            yield f"{fact.item}.{fact.key}"
        if fact.list is not None and fact.name in used:
            yield fact.list


def _pack_place(rules: Rules, name: str) -> Place:
    first = name.split(".")[0]
    pack = next((f.place for f in rules.facts.values() if f.name.startswith(f"{first}.")), None)
    return Place(pack.path, 1, 1, 1) if pack else _NOWHERE


# --- labels, articles, successors ----------------------------------------------------------------


def _labels(rules: Rules) -> Iterator[Problem]:
    labelled: list[tuple[str, Texts | None, Place | None]] = [
        *((f.name, f.label, f.place) for f in rules.facts.values()),
        *((d.name, d.label, d.place) for d in rules.definitions.values()),
        *((c.name, c.label, c.place) for c in rules.conditions.values()),
    ]
    for name, label, place in labelled:
        for text in (label.en, label.zh) if label else ():
            cells = cell_width(text)
            if cells > MOST_CELLS:
                message = (
                    f"the label of `{name}` takes {cells} cells; at most {MOST_CELLS} are shown"
                )
                yield pack_problem(place or _NOWHERE, message, f"shorten {text!r}")


def _articles(rules: Rules) -> Iterator[Problem]:
    encoded = set(encoded_articles(rules))
    for instrument in rules.instruments.values():
        for number, article in instrument.articles.items():
            if article.encoded and (instrument.id, number) not in encoded:
                message = (
                    f"article {number} of {instrument.id} is `encoded`, and nothing stands at it"
                )
                yield pack_problem(instrument.place or _NOWHERE, message)


def _successors(rules: Rules) -> Iterator[Problem]:
    for instrument in rules.instruments.values():
        for old in instrument.replaces:
            earlier = rules.instruments.get(old)
            if earlier is None or earlier.effective is None:  # a draft ends on no day
                continue
            if earlier.ends != instrument.effective:
                yield pack_problem(
                    earlier.place or _NOWHERE,
                    f"{old} is replaced by {instrument.id}, and ends on {_day(earlier.ends)}, "
                    f"not on {_day(instrument.effective)}",
                )


def _day(days: object) -> str:
    first, last = getattr(days, "first", None), getattr(days, "last", None)
    if first is None or last is None:
        return "no day"
    return iso(first) if first == last else f"{iso(first)}..{iso(last)}"


# --- nothing unanswered passes -------------------------------------------------------------------


def _passes_unanswered(rules: Rules) -> Iterator[Problem]:
    told: set[str] = set()
    for day in sorted(_first_days(rules.instruments)):
        for finding in evaluate(Profile(), rules, as_of=day).findings:
            if finding.status is Status.PASS and finding.rule not in told:
                told.add(finding.rule)
                place = rules.rules[finding.rule].place
                message = f"`{finding.rule}` passes on {iso(day)} although nothing is answered"
                yield pack_problem(place or _NOWHERE, message)


def _first_days(instruments: Mapping[str, Instrument]) -> set[int]:
    """The days on which some instrument begins to apply."""
    return {i.effective.last for i in instruments.values() if i.effective is not None}
