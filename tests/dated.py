"""Cases with days that are counted: moved dates in all units, deadlines, and their due days.

They are drawn beside those of ``generators``, so that each keeps its own seeds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from compliancecheck.model import conditions as c
from compliancecheck.model.facts import Fact, FactType, Gate, GateValue
from compliancecheck.model.instruments import Deadline, Rule
from compliancecheck.model.values import ANY, Number
from tests.blurring import Case
from tests.builders import ITEM, NOT_YET, definition, fact, rule, texts
from tests.generators import DATES, WINDOW, _Draw


def case(seed: int, plain: bool = False) -> Case:
    """The case of a seed; *plain* ones are mostly such that the engine must be exact."""
    random = Random(f"dated {seed}")
    while True:
        found = _Dated(random, plain).case()
        if found is not None:
            return found


@dataclass
class _Dated(_Draw):
    """Draws more dates than other facts, and compares them with days that are counted."""

    def case(self) -> Case | None:
        found = super().case()
        if found is None:
            return None
        ahead = max(found.profile.dated or found.as_of, found.as_of)
        answers = dict(found.profile.answers)
        for f in self.facts:
            value = found.truth[0].get(f.name)
            after = f.event and not f.list and isinstance(value, int) and value > ahead
            if after and self.maybe(0.7):
                answers[f.name] = NOT_YET
        return replace(found, profile=replace(found.profile, answers=answers))

    def direct(self) -> list[Rule]:
        """Rules that always apply and ask for no more than that something is done in time."""
        made = super().direct()
        events = [f for f in self.facts if f.event and not f.list and f.bounds.high is None]
        for n, done in enumerate(events[:2]):
            id_ = f"{self.instruments[-1].id}/r{20 + n}"
            due = self.moved(self.random.choice([*self.dates(None), c.Literal(WINDOW[1])]))
            deadline = Deadline("act", "duty", "company", texts("act"), due, done_on=done.name)
            test = self.in_time(c.FactValue(done.name), c.DueDay(id_, "act"))
            made.append(rule(id_, requires=test, deadlines=(deadline,)))
        return made

    def fact(self, name: str, n: int) -> Fact:
        if self.maybe(0.4):
            return super().fact(name, n)
        item = ITEM if name.startswith(ITEM) else None
        only_if = self.gate(item) if n and self.maybe(0.2) else None
        closed: list[Number | GateValue] = [GateValue.NOT_YET, WINDOW[1]]
        gate = Gate(only_if, self.random.choice(closed)) if only_if else None
        event = self.maybe(0.75)
        bounds = self.random.choice([ANY, ANY, DATES]) if event else DATES
        return fact(name, FactType.DATE, bounds=bounds, event=event, gate=gate)

    def moved(self, of: c.Value) -> c.Value:
        """A day counted from another one."""
        sort = self.random.choice(["days", "working", "working", "months", "before", "window"])
        if sort == "before" or sort == "window":
            unit = self.random.choice([c.Unit.WORKING_DAYS, c.Unit.WORKING_DAYS, c.Unit.DAYS])
            return c.Before(of, self.random.choice([1, 2, 3]), unit, sort == "window")
        if sort == "working":
            return c.Shift(of, self.random.choice([1, 1, 2, 3, -1, -2]), c.Unit.WORKING_DAYS)
        roll = self.maybe(0.5)
        if sort == "months":
            return c.Shift(of, self.random.choice([1, 12]), c.Unit.MONTHS, roll)
        return c.Shift(of, self.random.choice([1, 2, 3]), c.Unit.DAYS, roll)

    def dates(self, item: str | None) -> list[c.FactValue | c.DefinitionValue]:
        """The dates that stand for a start: events of an item more often."""
        known = [c.FactValue(f.name) for f in self.usable(item) if f.type is FactType.DATE]
        made = [d for d in self.definitions if d.type is FactType.DATE and d.each in (None, item)]
        return [*known, *(c.DefinitionValue(d.name) for d in made)]

    def definition(self, n: int) -> None:
        item = ITEM if self.has_list() and self.maybe(0.4) else None
        dates = [f for f in self.dates(item) if isinstance(f, c.FactValue)]
        if not dates or self.maybe(0.4):
            super().definition(n)
            return
        name = f"p.d{n}"
        value = self.moved(self.random.choice(dates))
        if self.maybe(0.25):
            value = c.Choose((c.Case(self.condition(item, 1), value),), self.random.choice(dates))
        self.shifts[name] = 0
        self.definitions.append(definition(name, value, item, FactType.DATE))

    def due(self, item: str | None) -> c.Value:
        starts: list[c.Value] = [*self.dates(item), c.Literal(self.random.choice(WINDOW)), c.AsOf()]
        start = self.random.choice(starts)
        if self.maybe(0.15):
            return start
        if self.maybe(0.15):
            case_ = c.Case(self.condition(item, 0), self.moved(start))
            return c.Choose((case_,), self.moved(self.random.choice(starts)))
        return self.moved(start)

    def rule(self, n: int, **more: object) -> Rule:
        made = super().rule(n, **more)
        events = [f for f in self.usable(made.each) if f.type is FactType.DATE]
        if not events or self.maybe(0.25):
            return made
        done = self.random.choice(events)
        due = self.due(made.each)
        deadline = Deadline("act", "duty", "company", texts("act"), due, done_on=done.name)
        made = replace(made, deadlines=(deadline,))
        test = self.in_time(c.FactValue(done.name), c.DueDay(made.id, "act"))
        if self.maybe(0.2):
            parts = (test, self.leaf(made.each, 0))
            test = c.All(parts) if self.maybe(0.5) else c.Any(parts)
        if made.exempts is not None or made.way is not None or self.maybe(0.2):
            scope = test if made.applies_when is None else c.All((made.applies_when, test))
            return replace(made, applies_when=scope)
        if self.maybe(0.4):
            made = replace(made, applies_when=None)
        return replace(made, requires=test, compares=None, level="must")

    def in_time(self, left: c.FactValue, due: c.Value) -> c.Condition:
        """Mostly what the law asks: on or before the due day."""
        if self.maybe(0.7):
            return c.Compare(left, None, c.Limit(due))
        return self.limits(left, [due])
