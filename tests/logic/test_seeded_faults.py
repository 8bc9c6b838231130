"""Faults put into the engine on purpose: the comparison with the oracle must find each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from compliancecheck.logic import (
    arithmetic,
    computing,
    distinct,
    fact_values,
    moving,
    narrowing,
    periods,
    program,
    routes,
    totals,
)
from compliancecheck.logic.alike import Alike
from compliancecheck.logic.cells import Cell, Expression, Variable
from compliancecheck.logic.computing import Env, Judge
from compliancecheck.logic.engine import Engine
from compliancecheck.logic.narrowing import ItemWorld, ListWorld, _Narrowing
from compliancecheck.logic.program import Program
from compliancecheck.logic.routes import Ways
from compliancecheck.logic.verdicts import Verdicts
from compliancecheck.model.conditions import (
    Choose,
    Compare,
    Count,
    DistinctTotal,
    Some,
    Total,
)
from compliancecheck.model.facts import Constraint, Fact, FactType
from compliancecheck.model.findings import Adoption
from compliancecheck.model.instruments import Route, Rule, Rules
from compliancecheck.model.texts import DayRange
from compliancecheck.model.values import Interval, Members, Truth, Values, point
from tests import agreement, generators
from tests.blurring import Case
from tests.reference import Truths

Patch = pytest.MonkeyPatch
Cells = tuple[Cell, ...]
Judged = list[tuple[ItemWorld, Verdicts]]
MOST_SEEDS = 2500


@cache
def case(seed: int) -> Case:
    return generators.case(seed // 2, plain=bool(seed % 2))


def said(seed: int) -> tuple[object, ...]:
    found = agreement.run(case(seed))
    return found.findings, found.routes, found.conflicts


@cache
def said_without_fault(seed: int) -> tuple[object, ...]:
    return said(seed)


@cache
def listed(seed: int) -> Truths:
    return agreement.list_all(case(seed))


def caught() -> int | None:
    """The first seed in which the oracle disagrees with the engine, or the engine breaks."""
    for seed in range(MOST_SEEDS):
        try:
            if said(seed) == said_without_fault(seed):
                continue  # the fault does not show here, so that there is nothing to list
            found = agreement.run(case(seed))
        except (KeyError, AssertionError):
            return seed
        truth = listed(seed)
        if agreement.unsound(case(seed), found, truth):
            return seed
        if agreement.inexact(case(seed), found, truth)[0]:
            return seed
    return None


def strict_is_inclusive(patch: Patch) -> None:
    real = Program._comparison

    def fault(self: Program, c: Compare) -> Expression:
        lower = c.lower and replace(c.lower, strict=False)
        upper = c.upper and replace(c.upper, strict=False)
        return real(self, replace(c, lower=lower, upper=upper))

    patch.setattr(Program, "_comparison", fault)


def strict_leaf_is_inclusive(patch: Patch) -> None:
    real = arithmetic.at_least
    patch.setattr(computing, "at_least", lambda left, bound, strict: real(left, bound, False))


def negation_of_a_comparison_lost(patch: Patch) -> None:
    patch.setattr(program, "_negated", lambda negated, expression: expression)


def gate_value_forgotten(patch: Patch) -> None:
    def fault(self: _Narrowing, fact: Fact) -> Values:
        return fact_values.open_values(fact)

    patch.setattr(_Narrowing, "_all_values", fault)


def gate_not_in_the_diagram(patch: Patch) -> None:
    patch.setattr(Program, "_gate", lambda self, name: None)


def gate_does_not_narrow(patch: Patch) -> None:
    patch.setattr(_Narrowing, "_gate", lambda self, fact: None)


def constraint_does_not_narrow(patch: Patch) -> None:
    patch.setattr(_Narrowing, "_constrain", lambda self, constraint: None)


def constraint_turned_round(patch: Patch) -> None:
    real = _Narrowing._constrain

    def fault(self: _Narrowing, c: Constraint) -> None:
        real(self, replace(c, lesser=c.greater, greater=c.lesser))

    patch.setattr(_Narrowing, "_constrain", fault)


def not_yet_counted_from_the_evaluation(patch: Patch) -> None:
    patch.setattr("compliancecheck.logic.ageing.Ageing._day", lambda self, ref: self._as_of)


def exemptions_ignored(patch: Patch) -> None:
    nothing: Callable[[Program], Mapping[str, tuple[str, ...]]]
    nothing = lambda self: {rule: () for rule in self.rules.rules}  # noqa: E731
    patch.setattr(Program, "exempted_by", property(nothing))


def exemption_by_way_ignored(patch: Patch) -> None:
    def fault(self: Program) -> Mapping[str, tuple[str, ...]]:
        rules = self.rules.rules.values()
        return {r.id: tuple(e.id for e in rules if r.id in (e.exempts or ())) for r in rules}

    patch.setattr(Program, "exempted_by", property(fault))


def displacement_ignored(patch: Patch) -> None:
    patch.setattr(Program, "displacing", lambda self, rule: [])


def disputed_day_is_in_force(patch: Patch) -> None:
    patch.setattr(DayRange, "reached", lambda self, day: day >= self.first)


def last_day_of_an_instrument_lost(patch: Patch) -> None:
    real = program.in_force

    def fault(start: DayRange | None, ends: DayRange | None, day: int) -> Truth:
        return real(start, ends, day + 1 if ends else day)

    patch.setattr(program, "in_force", fault)


def own_days_of_rules_ignored(patch: Patch) -> None:
    def fault(self: Program, rule: Rule) -> Expression:
        return self.instrument_in_force(self.rules.instruments[rule.instrument])

    patch.setattr(Program, "rule_in_force", fault)


def law_of_ignored(patch: Patch) -> None:
    real = Program.__init__

    def fault(
        self: Program, rules: Rules, as_of: int, law: int | None, *more: Any, **named: Any
    ) -> None:
        real(self, rules, as_of, as_of if law is None else law, *more, **named)

    patch.setattr(Program, "__init__", fault)


def readings_not_combined(patch: Patch) -> None:
    patch.setattr(Engine, "combinations", lambda self, readings: None)


def only_the_first_reading(patch: Patch) -> None:
    real = Engine.combinations
    patch.setattr(Engine, "combinations", lambda self, readings: (real(self, readings) or [])[:1])


def readings_inside_quantifiers_missed(patch: Patch) -> None:
    patch.setattr(moving._Moving, "_items", lambda self, found, node, env: None)


def readings_forgotten_by_the_memory(patch: Patch) -> None:
    patch.setattr(Judge, "key", lambda self, readings: ())


def unlike_items_judged_as_one(patch: Patch) -> None:
    patch.setattr("compliancecheck.logic.engine.FEWEST_ALIKE", 1)
    patch.setattr(Alike, "signature", lambda self, *seen: 0)


def adopted_reading_ignored(patch: Patch) -> None:
    real = Engine.judge

    def fault(self: Engine, adopt: Adoption = ()) -> Judge:
        self.adopted = {}
        return real(self, adopt)

    patch.setattr(Engine, "judge", fault)


def unknown_is_false(patch: Patch) -> None:
    real = fact_values.open_values

    def fault(fact: Fact) -> Values:
        values = real(fact)
        return frozenset({False}) if fact.type is FactType.BOOLEAN else values

    patch.setattr(narrowing, "open_values", fault)


def further_item_dropped(patch: Patch) -> None:
    real = _Narrowing._items

    def fault(self: _Narrowing, fact: Fact) -> ListWorld:
        return ListWorld(real(self, fact).items, None)

    patch.setattr(_Narrowing, "_items", fault)


def open_list_never_satisfies(patch: Patch) -> None:
    real = Judge._some

    def fault(self: Judge, node: Some, env: Env) -> Truth:
        truth = real(self, node, env)
        return False if truth is None and self.world.lists[node.item].further else truth

    patch.setattr(Judge, "_some", fault)


def some_needs_every_item(patch: Patch) -> None:
    real = Judge._some

    def fault(self: Judge, node: Some, env: Env) -> Truth:
        truths = [
            computing.truth_of(self.test(node.where, (*env, item)))
            for item in self.world.lists[node.item].items
        ]
        return False if False in truths else real(self, node, env)

    patch.setattr(Judge, "_some", fault)


def total_is_the_sum(patch: Patch) -> None:
    real = distinct.distinct_people

    def fault(judge: Judge, value: DistinctTotal, env: Env) -> Interval:
        found = real(judge, value, env)
        return Interval(found.high, found.high)

    patch.setattr(computing, "distinct_people", fault)


def total_is_the_greatest(patch: Patch) -> None:
    real = distinct.distinct_people

    def fault(judge: Judge, value: DistinctTotal, env: Env) -> Interval:
        found = real(judge, value, env)
        return Interval(found.low, found.low)

    patch.setattr(computing, "distinct_people", fault)


def known_number_ignored(patch: Patch) -> None:
    real = distinct.distinct_people
    fault = lambda judge, value, env: real(judge, replace(value, known_as=None), env)  # noqa: E731
    patch.setattr(computing, "distinct_people", fault)


def known_number_taken_for_the_total(patch: Patch) -> None:
    patch.setattr(distinct, "_is_part", lambda judge, value, env: True)


def items_left_out_of_the_known_number_forgotten(patch: Patch) -> None:
    patch.setattr(distinct, "in_known", lambda judge, value, env: False)


def first_case_chosen_while_open(patch: Patch) -> None:
    real = Judge.cases
    fault = lambda self, value, env: iter(list(real(self, value, env))[:1])  # noqa: E731
    patch.setattr(Judge, "cases", fault)


def every_case_stays_open(patch: Patch) -> None:
    def fault(self: Judge, value: Choose, env: Env) -> object:
        yield from ((case.when, case.value) for case in value.cases)
        yield None, value.otherwise

    patch.setattr(Judge, "cases", fault)


def months_of_thirty_days(patch: Patch) -> None:
    patch.setattr(periods, "add_months", lambda ordinal, months: ordinal + 30 * months)


def share_forgotten(patch: Patch) -> None:
    patch.setattr(Interval, "times", lambda self, factor: self)


def review_taken_as_settled(patch: Patch) -> None:
    real = Judge.allowed

    def fault(self: Judge, variable: Variable, cells: Cells, env: Env) -> tuple[int, ...]:
        found = real(self, variable, cells, env)
        return found[:1] if variable.name.startswith("review") else found

    patch.setattr(Judge, "allowed", fault)


def strongest_way_of_the_first_item(patch: Patch) -> None:
    real = routes._strongest

    def fault(engine: Engine, route: Route, judged: Judged, adopt: dict[str, str]) -> Ways:
        return real(engine, route, judged[:1], adopt)

    patch.setattr(routes, "_strongest", fault)


def what_a_set_may_hold_besides_forgotten(patch: Patch) -> None:
    real = Judge.fact

    def fault(self: Judge, name: str, env: Env) -> Values:
        found = real(self, name, env)
        return Members(found.sure, found.sure) if isinstance(found, Members) else found

    patch.setattr(Judge, "fact", fault)


def one_of_several_options_is_all_of_them(patch: Patch) -> None:
    def fault(self: Members, options: frozenset[str]) -> Truth:
        if options <= self.sure:
            return True
        return None if options <= self.possible else False

    patch.setattr(Members, "holds", fault)


def what_a_gate_says_of_a_set_turned_round(patch: Patch) -> None:
    real = fact_values.including
    fault = lambda m, options, truth: real(m, options, not truth)  # noqa: E731
    patch.setattr(narrowing, "including", fault)


def a_set_behind_a_closed_gate_is_open(patch: Patch) -> None:
    real = fact_values.gate_values

    def fault(otherwise: object, fact: Fact, as_of: int) -> Values:
        if fact.type is FactType.CHOICES:
            return fact_values.open_values(fact)
        return real(otherwise, fact, as_of)  # type: ignore[arg-type]

    patch.setattr(program, "gate_values", fault)
    patch.setattr(narrowing, "gate_values", fault)


def every_item_is_some_item(patch: Patch) -> None:
    patch.setattr(program, "_opposite", lambda c: c)


def every_item_of_an_open_list_is_known(patch: Patch) -> None:
    real = Judge._some

    def fault(self: Judge, node: Some, env: Env) -> Truth:
        world = self.world.lists[node.item]
        shown = [computing.truth_of(self.test(node.where, (*env, i))) for i in world.items]
        return False if set(shown) <= {False} else real(self, node, env)

    patch.setattr(Judge, "_some", fault)


def items_that_may_count_do_not(patch: Patch) -> None:
    def fault(judge: Judge, value: Count, env: Env) -> Interval:
        found = totals.count_items(judge, value, env)
        return point(found.low or 0)

    patch.setattr(computing, "count_items", fault)


def open_list_counted_as_closed(patch: Patch) -> None:
    def fault(judge: Judge, value: Count, env: Env) -> Interval:
        counted = [
            judge.counted(value.where, (*env, i)) for i in judge.world.lists[value.item].items
        ]
        return Interval(counted.count(True), len(counted) - counted.count(False))

    patch.setattr(computing, "count_items", fault)


def total_without_those_that_may_count(patch: Patch) -> None:
    def fault(judge: Judge, value: Total, item: ItemWorld, env: Env) -> Interval:
        counted = judge.counted(value.where, (*env, item))
        return real(judge, value, item, env) if counted else point(0)

    real = totals.share_of
    patch.setattr(totals, "share_of", fault)


def total_over_all_items(patch: Patch) -> None:
    real = totals.share_of

    def fault(judge: Judge, value: Total, item: ItemWorld, env: Env) -> Interval:
        return real(judge, replace(value, where=None), item, env)

    patch.setattr(totals, "share_of", fault)


def further_items_add_nothing(patch: Patch) -> None:
    patch.setattr(totals, "_any_number_of", lambda each: point(0))


def difference_of_the_same_ends(patch: Patch) -> None:
    def fault(self: Interval, other: Interval) -> Interval:
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return Interval()
        ends = sorted((self.low - other.low, self.high - other.high))
        return Interval(ends[0], ends[1])

    patch.setattr(Interval, "minus", fault)


FAULTS = [
    strict_is_inclusive,
    strict_leaf_is_inclusive,
    negation_of_a_comparison_lost,
    gate_value_forgotten,
    gate_not_in_the_diagram,
    gate_does_not_narrow,
    constraint_does_not_narrow,
    constraint_turned_round,
    not_yet_counted_from_the_evaluation,
    exemptions_ignored,
    exemption_by_way_ignored,
    displacement_ignored,
    disputed_day_is_in_force,
    last_day_of_an_instrument_lost,
    own_days_of_rules_ignored,
    law_of_ignored,
    readings_not_combined,
    only_the_first_reading,
    readings_inside_quantifiers_missed,
    readings_forgotten_by_the_memory,
    unlike_items_judged_as_one,
    adopted_reading_ignored,
    unknown_is_false,
    further_item_dropped,
    open_list_never_satisfies,
    some_needs_every_item,
    total_is_the_sum,
    total_is_the_greatest,
    known_number_ignored,
    known_number_taken_for_the_total,
    items_left_out_of_the_known_number_forgotten,
    first_case_chosen_while_open,
    every_case_stays_open,
    months_of_thirty_days,
    share_forgotten,
    review_taken_as_settled,
    strongest_way_of_the_first_item,
    what_a_set_may_hold_besides_forgotten,
    one_of_several_options_is_all_of_them,
    what_a_gate_says_of_a_set_turned_round,
    a_set_behind_a_closed_gate_is_open,
    every_item_is_some_item,
    every_item_of_an_open_list_is_known,
    items_that_may_count_do_not,
    open_list_counted_as_closed,
    total_without_those_that_may_count,
    total_over_all_items,
    further_items_add_nothing,
    difference_of_the_same_ends,
]


@pytest.fixture(scope="module", autouse=True)
def without_fault() -> None:
    """All seeds are run once before any fault is put in."""
    for seed in range(MOST_SEEDS):
        said_without_fault(seed)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_the_oracle_catches(fault: Callable[[Patch], None], monkeypatch: Patch) -> None:
    fault(monkeypatch)
    monkeypatch.setattr("compliancecheck.logic.engine._programs", {})  # built without the fault
    assert caught() is not None, fault.__name__
