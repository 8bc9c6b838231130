"""The floor for evaluation: the same conditions, once, with exact facts, in plain Python.

Two-valued logic on the condition trees, no ranges, no readings left open, no explanation.  It is
what an engineer would write who knows every fact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.companies import NOT_YET
from compliancecheck.logic.calendar import NoCalendar, default_calendar
from compliancecheck.logic.dating import moved_day
from compliancecheck.logic.program import Program
from compliancecheck.model import conditions as c
from compliancecheck.model.instruments import Rule, Rules

Row = Mapping[str, object]


class Plain:
    """Rules over one company whose every fact is known (*company*, *items* by item name)."""

    def __init__(
        self,
        rules: Rules,
        company: Row,
        items: Mapping[str, Sequence[Row]],
        readings: Mapping[str, str],
        as_of: int,
    ) -> None:
        self.rules, self.company, self.items = rules, company, items
        self.readings, self.as_of = readings, as_of
        self.program = Program(rules, as_of, None)  # for days and the list of exemptions
        self.totals: dict[str, object] = {}

    def run(self) -> int:
        """Judge every rule for every item; the number of verdicts."""
        count = 0
        for rule in self.rules.rules.values():
            for row in self.items[rule.each] if rule.each else [self.company]:
                if self.scope(rule, row):
                    test = rule.requires if rule.requires is not None else rule.compares
                    if test is not None:
                        self.holds(test, row)
                count += 1
        return count

    def scope(self, rule: Rule, row: Row) -> bool:
        """Whether a rule applies to a row."""
        instrument = self.rules.instruments[rule.instrument]
        standing = self.program.standing(rule)
        if not standing.in_force or standing.displaced_by:
            return False
        for condition in (instrument.applies_when, rule.applies_when):
            if condition is not None and not self.holds(condition, row):
                return False
        exempting = self.program.exempted_by[rule.id]
        return not any(self.scope(self.rules.rules[by], row) for by in exempting)

    def holds(self, node: c.Condition, row: Row) -> bool:
        """A condition, true or false."""
        if isinstance(node, c.All):
            return all(self.holds(part, row) for part in node.parts)
        if isinstance(node, c.Any):
            return any(self.holds(part, row) for part in node.parts)
        if isinstance(node, c.Not):
            return not self.holds(node.part, row)
        if isinstance(node, c.FactIs):
            return (self.fact(node.name, row) in node.options) != node.negated
        if isinstance(node, c.ReadingIs):
            return (self.readings[node.name] in node.options) != node.negated
        if isinstance(node, c.Compare):
            return self.compare(node, row) != node.negated
        if isinstance(node, c.Includes):
            return not node.options.isdisjoint(self.fact(node.name, row))  # type: ignore[arg-type]
        if isinstance(node, c.Some):
            return any(self.holds(node.where, item) for item in self.items[node.item])
        if isinstance(node, c.Every):
            return all(self.holds(node.where, item) for item in self.items[node.item])
        if isinstance(node, c.HoldsCondition):
            return self.holds(self.rules.conditions[node.name].when, row)
        return self.scope(self.rules.rules[node.rule], row)

    def fact(self, name: str, row: Row) -> object:
        """The value of a fact."""
        return row[name] if name in row else self.company[name]

    def compare(self, node: c.Compare, row: Row) -> bool:
        """A comparison, true or false."""
        left = self.value(node.left, row)
        if node.lower is not None:
            low = self.value(node.lower.value, row)
            if left < low or (node.lower.strict and left == low):  # type: ignore[operator]
                return False
        if node.upper is not None:
            high = self.value(node.upper.value, row)
            if left > high or (node.upper.strict and left == high):  # type: ignore[operator]
                return False
        return True

    def value(self, node: c.Value, row: Row) -> object:
        """A value, exact."""
        if isinstance(node, c.Literal):
            return node.value
        if isinstance(node, c.FactValue):
            return self.fact(node.name, row)
        if isinstance(node, c.AsOf):
            return self.as_of
        if isinstance(node, c.PercentOf):
            return node.share * self.value(node.of, row)  # type: ignore[operator]
        if isinstance(node, c.Sum):
            return sum(self.value(term, row) for term in node.terms)  # type: ignore[misc]
        if isinstance(node, c.Difference):
            return self.value(node.left, row) - self.value(node.right, row)  # type: ignore[operator]
        if isinstance(node, c.Shift | c.Before | c.DueDay):
            return self.day(node, row)
        if isinstance(node, c.Choose):
            for case in node.cases:
                if self.holds(case.when, row):
                    return self.value(case.value, row)
            return self.value(node.otherwise, row)
        if isinstance(node, c.DefinitionValue):
            definition = self.rules.definitions[node.name]
            if definition.each is not None:
                return self.value(definition.value, row)
            if node.name not in self.totals:
                self.totals[node.name] = self.value(definition.value, row)
            return self.totals[node.name]
        inside = [
            item
            for item in self.items[node.item]
            if node.where is None or self.holds(node.where, item)
        ]
        if isinstance(node, c.Count):
            return len(inside)
        return sum(item[node.fact] for item in inside)  # type: ignore[misc]

    def day(self, node: c.Shift | c.Before | c.DueDay, row: Row) -> int:
        """A day counted from (or back from) another, by the calendar."""
        if isinstance(node, c.DueDay):
            deadlines = self.rules.rules[node.rule].deadlines
            due = next(d.due for d in deadlines if d.id == node.deadline)
            return self.value(due, row)  # type: ignore[return-value]
        start: int = self.value(node.of, row)  # type: ignore[assignment]
        if start >= NOT_YET:
            return start
        try:
            return moved_day(default_calendar(), start, node)
        except NoCalendar:  # years ahead: the day before it rolls is near enough for a floor
            return start + (node.amount if isinstance(node, c.Shift) else -node.amount)
