"""What a fact may be supposed to be instead: one answer for each part in which a rule may turn.

A number is supposed to be the nearest that lies in another part, an amount rounded to its safe
side; where a part has no nearest number (over 3%), or nothing is answered yet, it is supposed to
lie in that part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from compliancecheck.logic.cells import number_cells
from compliancecheck.logic.engine import Engine
from compliancecheck.logic.fact_values import OPTIONS
from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.profile import Adopted, Answer, Evidence, FactRef, Profile
from compliancecheck.model.values import Interval, Members, Number, Values, exact, hull, meet, point
from compliancecheck.model.what_if import Supposition

MOST_SETS = 4
"""Options of a set of which every combination is tried; of more, one is added or taken away."""
_DIGITS = {FactType.MONEY: 2, FactType.PERCENT: 4, FactType.NUMBER: 4}
_AMOUNTS = (FactType.MONEY, FactType.NUMBER)
NOT_YET = Answer(None, "not yet", not_yet=True)
_FAR = 365  # days between two dates that are half as far from each other as can be


def alternatives(
    fact: Fact, now: Answer | None, cuts: Sequence[Interval], as_of: int
) -> list[Answer]:
    """Other answers to a fact, at least one for each part between its *cuts*.

    *now* is the answer of the profile. The day of a deed is never one after *as_of*.
    """
    known = None if now is None else now.values
    if fact.type.is_numeric:
        found = [Answer(values, "") for values in _numbers(fact, known, cuts, as_of)]
        has_begun = fact.event and (now is None or not now.not_yet)
        return [*found, NOT_YET] if has_begun else found
    if fact.type is FactType.CHOICES:
        return [Answer(held, "") for held in _sets(fact, known)]
    options = OPTIONS if fact.type is FactType.BOOLEAN else tuple(fact.choices)
    return [Answer(frozenset({o}), "") for o in options if frozenset({o}) != known]


def _numbers(
    fact: Fact, known: Values | None, cuts: Sequence[Interval], as_of: int
) -> Iterator[Values]:
    bounds = fact.bounds.meet(Interval(None, as_of)) if fact.event else fact.bounds
    for cell in number_cells(cuts, fact.type.is_whole):
        assert isinstance(cell, Interval)
        part = cell.meet(bounds)
        if part.is_empty:
            continue
        if not isinstance(known, tuple):
            yield (_without_bounds(fact, part),)
            continue
        shared = meet(known, (part,))
        if shared == known:
            continue  # it lies there now
        yield shared or (_nearest(fact, part, hull(known)),)


def _nearest(fact: Fact, part: Interval, now: Interval) -> Interval:
    """The number of *part* that is nearest to what is answered; the part where there is none."""
    below = part.high is not None and now.low is not None and part.high <= now.low
    end = part.high if below else part.low
    assert end is not None  # between it and what is answered lies a cut
    written = _decimal(end, _DIGITS.get(fact.type, 0), down=below)
    start = now.low if below else now.high
    if fact.type in _AMOUNTS and start is not None:
        legible = _legible(Fraction(end), Fraction(start))
        if part.contains(legible):
            return point(legible)
    return point(written) if part.contains(written) else _without_bounds(fact, part)


def _legible(end: Fraction, start: Fraction) -> Number:
    """*end*, rounded away from *start* by at most a hundredth of the way between them.

    1,496,660,000 in place of 1,496,666,666.66 where the way is 3.3 million.
    """
    step, way = Fraction(1), abs(end - start) / 100
    while step * 10 <= way:
        step *= 10
    while step > way > 0:
        step /= 10
    steps = end / step
    whole = steps.numerator // steps.denominator
    up = whole if steps.denominator == 1 or end < start else whole + 1
    return exact(up * step)


def _without_bounds(fact: Fact, part: Interval) -> Interval:
    """A part without the ends that are those of the vocabulary: they go without saying."""
    low = (part.low, part.low_open) != (fact.bounds.low, fact.bounds.low_open)
    high = (part.high, part.high_open) != (fact.bounds.high, fact.bounds.high_open)
    return Interval(
        part.low if low else None,
        part.high if high else None,
        part.low_open and low,
        part.high_open and high,
    )


def _decimal(value: Number, digits: int, down: bool) -> Number:
    """The number, or if no decimal can write it, the next one with a few digits."""
    rest = Fraction(value).denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        return value
    scaled = Fraction(value) * 10**digits
    whole = scaled.numerator // scaled.denominator
    return exact(Fraction(whole if down else whole + 1, 10**digits))


def _sets(fact: Fact, known: Values | None) -> Iterator[Members]:
    options = tuple(fact.choices)
    now = known.sure if isinstance(known, Members) and known.is_point else None
    chosen: list[frozenset[str]]
    if len(options) <= MOST_SETS:
        chosen = [frozenset(c) for n in range(len(options) + 1) for c in combinations(options, n)]
    else:
        base = now if now is not None else frozenset[str]()
        chosen = [frozenset(), *(base ^ {option} for option in options)]
    for held in dict.fromkeys(chosen):
        if held != now:
            yield Members(held, held)


def together(a: Answer, b: Answer) -> Answer | None:
    """One answer that allows both, where both are options; else None."""
    if isinstance(a.values, frozenset) and isinstance(b.values, frozenset):
        return Answer(a.values | b.values, "")
    return None


def distance(fact: Fact, now: Answer | None, supposed: Answer) -> Fraction:
    """How far an answer is from the one of the profile, from 0 to 1; exact, only for ordering."""
    before, after = None if now is None else now.values, supposed.values
    if before is None or after is None:
        return Fraction(1, 2)
    if isinstance(before, tuple) and isinstance(after, tuple):
        return _between(fact, hull(before), hull(after))
    if isinstance(before, Members) and isinstance(after, Members):
        return Fraction(len(before.sure ^ after.sure), max(len(fact.choices), 1))
    return Fraction(1)


def _larger(one: Number, other: Number) -> Number:
    """The greater of two sizes."""
    return max(one, -one, other, -other)


def _between(fact: Fact, before: Interval, after: Interval) -> Fraction:
    gap: Number = 0
    near: Number = 0
    if before.high is not None and after.low is not None and after.low > before.high:
        gap, near = after.low - before.high, _larger(after.low, before.high)
    elif before.low is not None and after.high is not None and after.high < before.low:
        gap, near = before.low - after.high, _larger(after.high, before.low)
    if not gap:
        return Fraction(0)
    if fact.type is FactType.DATE:
        near = gap + _FAR
    return Fraction(gap) / Fraction(gap + near)


# -- in a profile -------------------------------------------------------------------------------


def supposed(engine: Engine, ref: FactRef, answer: Answer) -> Supposition:
    """A fact supposed to be *answer* in place of what the profile says."""
    now = engine.answer(ref)
    is_day = engine.rules.facts[ref.name].type is FactType.DATE
    today = engine.as_of
    past = is_day and (_ends(now, today + 1) or _ends(answer, today))
    return Supposition(ref, answer, now, past)


def _ends(answer: Answer | None, day: int) -> bool:
    """Whether a date surely lies before a day."""
    if answer is None or not isinstance(answer.values, tuple) or not answer.values:
        return False
    high = hull(answer.values).high
    return high is not None and high < day


def with_supposition(engine: Engine, profile: Profile, supposition: Supposition) -> Profile:
    """The profile with one supposition put in; a count, or a deed, as of the day of evaluation."""
    ref, answer = supposition.ref, supposition.answer
    if ref is None or answer is None:
        adopted = Adopted(supposition.choice or "")
        readings = {**profile.readings, supposition.reading or "": adopted}
        return replace(profile, readings=readings)
    fact = engine.rules.facts[ref.name]
    if fact.counted is not None or fact.event:
        dated = replace(profile.evidence.get(ref, Evidence()), dated=engine.as_of)
        profile = replace(profile, evidence={**profile.evidence, ref: dated})
    return profile.with_answer(ref, answer, fact.list)
