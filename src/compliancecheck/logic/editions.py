"""The ladder of editions: the days on which the law of a pack changes, and what each asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.comparison import Event, Rung, Segment
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.instruments import Instrument, Rule, Rules
from compliancecheck.model.texts import DayRange

_MANY = 50_000
"""So many findings are not kept for every edition."""


def ladder(rules: Rules, pack: str) -> tuple[Segment, ...]:
    """The segments of days of law of a pack, in order; drafts are no law and have none.

    A segment ends where an instrument or rule of the pack begins or ends, or begins to be
    disputed. What an instrument displaces, it displaces from the day on which it begins.
    """
    events: dict[int, list[Event]] = {}
    for day, event in _events(rules, pack):
        events.setdefault(day, []).append(event)
    days = sorted(events)
    lasts: list[int | None] = [day - 1 for day in days[1:]]
    return tuple(
        Segment(day, last, tuple(events[day]))
        for day, last in zip(days, [*lasts, None], strict=bool(days))
    )


def rungs(evaluation: Evaluation, pack: str) -> tuple[Rung, ...]:
    """What the law of each segment asks of the company, over the facts of one day."""
    return tuple(rung(evaluation, pack, segment) for segment in ladder(evaluation.rules, pack))


def rung(evaluation: Evaluation, pack: str, segment: Segment) -> Rung:
    """What the law of one segment asks of the company, over the facts of one day."""
    rules = evaluation.rules

    def of_pack(rule: str) -> bool:
        return rules.instruments[rules.rules[rule].instrument].pack == pack

    slim = len(evaluation.findings) > _MANY
    found = evaluate(
        evaluation.profile,
        rules,
        as_of=evaluation.as_of,
        law=segment.first,
        wanted=of_pack,
        calendar=engine_of(evaluation).calendar,
        before=evaluation,
        slim=slim,
    )
    return Rung(segment, replace(found, engine=None) if slim else found)


def days_of(rules: Rules, rule: Rule) -> tuple[DayRange | None, DayRange | None]:
    """From which day, and until before which day, a rule is in force; None of a draft, or open."""
    instrument = rules.instruments[rule.instrument]
    starts = [d for d in (instrument.effective, rule.effective) if d]
    ends = [d for d in (instrument.ends, rule.ends) if d]
    return (
        max(starts, key=lambda d: d.first) if starts else None,
        min(ends, key=lambda d: d.first) if ends else None,
    )


def _events(rules: Rules, pack: str) -> Iterator[tuple[int, Event]]:
    law = [i for i in rules.instruments.values() if i.pack == pack and not i.is_draft]
    for instrument in law:
        yield from _of_instrument(rules, instrument)
    own = {i.id for i in law}
    for rule in rules.rules.values():
        if rule.instrument in own:
            yield from _on(rule.effective, Event("begins", rule.instrument, rule.id))
            yield from _on(rule.ends, Event("ends", rule.instrument, rule.id))


def _of_instrument(rules: Rules, instrument: Instrument) -> Iterator[tuple[int, Event]]:
    displaces = tuple(p.rule for p in rules.prevails if p.instrument == instrument.id)
    yield from _on(instrument.effective, Event("begins", instrument.id, displaces=displaces))
    yield from _on(instrument.ends, Event("ends", instrument.id))


def _on(days: DayRange | None, event: Event) -> Iterator[tuple[int, Event]]:
    if days is None:
        return
    if days.first == days.last:
        yield days.first, event
        return
    yield days.first, Event(event.kind, event.instrument, event.rule, True, event.displaces)
    yield days.last, event
