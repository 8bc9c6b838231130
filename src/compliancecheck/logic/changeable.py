"""Which facts of a rule a company can change, and which are given: the order of what-if.

Nobody has told the packs what a company can do, so this goes by the form of the rule alone: what
a duty asks for is done; what only decides whether it applies is seldom changed for its sake; a
count of people, and a figure that another one is measured against, are given.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from compliancecheck.logic.program import Program
from compliancecheck.logic.reach import reach_of, values_read
from compliancecheck.model.conditions import Compare, Condition
from compliancecheck.model.facts import FactType
from compliancecheck.model.instruments import Rule


class Ease(IntEnum):
    """How far an answer is the company's to change, the easiest first."""

    ASKED = 0  # by the duty itself: a deed, a mechanism, the cost that is short
    SCOPE = 1  # it decides whether the duty applies
    GIVEN = 2  # a count, or a figure that another one is measured against


def ease_of(program: Program, rule: Rule) -> Callable[[str], Ease]:
    """For each fact that a rule reads, by its name, how far it is the company's to change."""
    asked: set[str] = set()
    bounds: set[str] = set()
    for condition in (rule.requires, rule.compares):
        if condition is not None:
            asked |= _read(program, condition)
            bounds |= _bounds(program, condition)

    def ease(name: str) -> Ease:
        fact = program.rules.facts[name]
        if fact.counted is not None or (fact.type.is_numeric and name in bounds):
            return Ease.GIVEN
        if name in asked:
            return Ease.ASKED
        figure = fact.type.is_numeric and fact.type is not FactType.DATE
        return Ease.GIVEN if figure else Ease.SCOPE

    return ease


def _read(program: Program, condition: Condition) -> set[str]:
    reach = reach_of(program, program.test(condition))
    return reach.own | reach.inner


def _bounds(program: Program, condition: Condition) -> set[str]:
    """The facts that are only what others are measured against."""
    left: set[str] = set()
    right: set[str] = set()
    for variable in program.test(condition).variables:
        leaf = program.leaves.get(variable)
        if not isinstance(leaf, Compare):
            continue
        left |= values_read(program, leaf.left)
        for limit in (leaf.lower, leaf.upper):
            if limit is not None:
                right |= values_read(program, limit.value)
    return right - left
