"""The ghost: what would flip if the figure that decides a finding lay in another band of its strip.

Where the strip is of a figure that is computed (costs added up, people over all transfers), one
of the answers that it rests on is moved, so that the figure comes to lie in that band.
"""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.logic.bands import finding_axis
from compliancecheck.logic.cells import overlaps
from compliancecheck.logic.compare import route_changes
from compliancecheck.logic.computing import Env
from compliancecheck.logic.engine import Engine, engine_of
from compliancecheck.logic.evaluate import again
from compliancecheck.logic.explain import env_of
from compliancecheck.logic.in_play import inside, led_back
from compliancecheck.logic.partners import keyed
from compliancecheck.logic.reach import values_read
from compliancecheck.logic.supposing import (
    alternatives,
    distance,
    supposed,
    with_supposition,
)
from compliancecheck.logic.what_if import effects
from compliancecheck.model.conditions import DefinitionValue
from compliancecheck.model.findings import Axis, Evaluation, Explanation, Finding
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import Interval, hull
from compliancecheck.model.what_if import GhostStep, Supposition


def ghost_axis(evaluation: Evaluation, explanation: Explanation) -> tuple[Axis, str] | None:
    """The strip along which the figure of a finding can be moved, and the name of that figure.

    None where the finding has no strip, or one that never turns.
    """
    axis = finding_axis(evaluation, explanation)
    if axis is None or len(axis.bands) < 2:
        return None
    return (axis, axis.name) if axis.name else None


def present_band(axis: Axis) -> int | None:
    """The band in which the figure lies now; None where it may lie in several, or none is known."""
    if axis.value is None:
        return None
    now = [n for n, band in enumerate(axis.bands) if overlaps(_span(axis, n), (axis.value,))]
    return now[0] if len(now) == 1 else None


def ghost_step(
    evaluation: Evaluation, finding: Finding, axis: Axis, name: str, band: int
) -> GhostStep:
    """What would flip if the figure of *axis*, which is *name*, lay in one of its bands.

    Of several answers that would move a computed figure there, the nearest is taken.
    """
    if band == present_band(axis):
        return GhostStep(band, None)
    for supposition in _candidates(evaluation, finding, axis, band, name):
        profile = with_supposition(engine_of(evaluation), evaluation.profile, supposition)
        changed = again(evaluation, profile)
        after = keyed(changed).get((finding.rule, finding.item, finding.further))
        if changed.conflicts or after is None:
            continue
        if axis.ref is None and not _lies_in(changed, after, name, _span(axis, band)):
            continue
        return GhostStep(
            band=band,
            supposition=supposition,
            figure=_figure(changed, after, axis, name),
            after=after,
            effects=effects(evaluation, changed, without=finding),
            routes=tuple(route_changes(evaluation.routes, changed.routes)),
        )
    return GhostStep(band, None, reachable=False)


def _span(axis: Axis, band: int) -> Interval:
    values = axis.bands[band].values
    assert isinstance(values, tuple)
    return hull(values)


def _candidates(
    evaluation: Evaluation, finding: Finding, axis: Axis, band: int, name: str
) -> list[Supposition]:
    """Answers that would move the figure into a band, the nearest first."""
    engine = engine_of(evaluation, finding.rule)
    found = list(
        _of_fact(engine, axis.ref, _span(axis, band))
        if axis.ref is not None
        else _of_definition(engine, finding, name, _span(axis, band))
    )
    facts = engine.rules.facts

    def near(one: Supposition) -> tuple[object, ...]:
        assert one.ref is not None and one.answer is not None
        return distance(facts[one.ref.name], one.now, one.answer), engine.order(one.ref)

    return sorted(found, key=near)


def _of_fact(engine: Engine, ref: FactRef, wanted: Interval) -> Iterator[Supposition]:
    """The answers to one fact that lie in *wanted*."""
    fact = engine.rules.facts[ref.name]
    part = inside(fact, wanted)
    if part.is_empty:
        return
    for answer in alternatives(fact, engine.answer(ref), (part,), engine.as_of):
        values = answer.values
        if isinstance(values, tuple):
            found = hull(values).meet(fact.bounds)
            lies_there = not found.is_empty and part.meet(found) == found
        else:
            lies_there = answer.not_yet and part.contains(engine.as_of + 1)
        if lies_there:
            yield supposed(engine, ref, answer)


def _of_definition(
    engine: Engine, finding: Finding, name: str, wanted: Interval
) -> Iterator[Supposition]:
    """The answers to one of the facts that a definition reads, that move it into *wanted*."""
    env = env_of(engine, finding)
    if name not in engine.rules.definitions or env is None:
        return
    value = DefinitionValue(name)
    for ref in _inputs(engine, finding, value, env):
        fact = engine.rules.facts[ref.name]
        ends = [
            inside(fact, interval)
            for side in (Interval(wanted.low, None, wanted.low_open), _above(wanted))
            for interval in led_back(engine.judge(), value, side, env, ref)
            if side != Interval()
        ]
        for answer in alternatives(fact, engine.answer(ref), ends, engine.as_of):
            yield supposed(engine, ref, answer)


def _above(wanted: Interval) -> Interval:
    return Interval() if wanted.high is None else Interval(wanted.high, None, not wanted.high_open)


def _inputs(
    engine: Engine, finding: Finding, value: DefinitionValue, env: Env
) -> Iterator[FactRef]:
    own = {item.item for item in env}
    for fact_name in values_read(engine.program, value):
        fact = engine.rules.facts[fact_name]
        if not fact.type.is_numeric:
            continue
        item = fact.item_of()
        if item is None:
            yield FactRef(fact_name)
        elif item in own and finding.item is not None:
            yield FactRef(fact_name, finding.item)


def _lies_in(changed: Evaluation, after: Finding, name: str, wanted: Interval) -> bool:
    engine = engine_of(changed, after.rule)
    env = env_of(engine, after)
    if env is None:
        return False
    value = hull(engine.judge().definition(name, env))
    return value.meet(wanted) == value


def _figure(changed: Evaluation, after: Finding, axis: Axis, name: str) -> Interval | None:
    """Where the figure of an axis lies in a changed profile."""
    engine = engine_of(changed, after.rule)
    if axis.ref is not None:
        values = engine.values(axis.ref)
        return hull(values) if isinstance(values, tuple) else None
    env = env_of(engine, after)
    return None if env is None else hull(engine.judge().definition(name, env))
