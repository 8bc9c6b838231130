"""Days counted from another day: moved dates, days before an end, the due day of a rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from compliancecheck.model.conditions import Before, DueDay, Shift, Unit, Value
from compliancecheck.model.facts import FactType
from compliancecheck.reading.pack_literals import Literals, Typed, looks_like_name
from compliancecheck.reading.pack_names import Desk, Names, meant
from compliancecheck.reading.source import Mapping, Node, Scalar

DAY = Typed(FactType.DATE)
UNITS: dict[str, tuple[Unit, int, int]] = {  # in what it is counted, times how many, the most
    "years": (Unit.MONTHS, 12, 50),
    "months": (Unit.MONTHS, 1, 600),
    "weeks": (Unit.DAYS, 7, 520),
    "days": (Unit.DAYS, 1, 3650),
    "working_days": (Unit.WORKING_DAYS, 1, 3650),
}
ROLLS = {"none": False, "next_working_day": True}
Typing = tuple[Value, Typed]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a condition or value stands: its instrument and the items that are bound there.

    In a *gate* only facts are compared, and only with literals. *rule* is the rule whose own
    condition it is; *start* the day from which a moved date counts if it names none; *roll*
    whether the moved days of a deadline go to the next working day.
    """

    instrument: str | None
    items: frozenset[str] = frozenset()
    gate: bool = False
    rule: str | None = None
    start: Value | None = None
    roll: bool = False

    def with_item(self, item: str | None) -> Scope:
        """The same place, with one more item bound."""
        if item is None:
            return self
        items = self.items | {item}
        return Scope(self.instrument, items, self.gate, self.rule, self.start, self.roll)

    def inner(self) -> Scope:
        """The same place inside a value: what is counted there is no last day of an act."""
        return Scope(self.instrument, self.items, self.gate, self.rule)


class Dates:
    """Reads values that are days."""

    def __init__(
        self, names: Names, desk: Desk, value: Callable[[Node, Scope, Typed | None], Typing | None],
        named: Callable[[Node, Scope], Typing | None],
    ) -> None:  # fmt: skip
        self.names = names
        self.desk = desk
        self.literals = Literals(desk)
        self._value = value
        self._named = named

    def shift(self, node: Mapping, word: str, scope: Scope) -> Typing | None:
        """`{of: NAME, plus: {working_days: 10}, roll: none}`."""
        by = node.get(word)
        assert by is not None
        start = self._start(node, word, scope)
        period = self._of_units(by)
        roll = self.rolls(node.get("roll"), period[1] if period else None, scope.roll)
        if start is None or period is None or roll is None:
            return None
        amount, unit = period
        back = word == "minus"
        if back and roll and node.get("roll") is not None:
            self.desk.refuse(node, "a day that is counted back does not roll")
            return None
        moved = Shift(start, -amount if back else amount, unit, roll and not back)
        return moved, DAY

    def _start(self, node: Mapping, word: str, scope: Scope) -> Value | None:
        of = node.get("of")
        if of is None and scope.start is not None:
            return scope.start
        if of is None:
            self.desk.refuse(node, f"`of` is missing beside `{word}`")
            return None
        return self._day(of, scope, "moved")

    def _day(self, of: Node, scope: Scope, how: str) -> Value | None:
        inner = scope.inner()
        found = self._named(of, inner) if looks_like_name(of) else self._value(of, inner, DAY)
        if found is not None and found[1] != DAY:
            self.desk.refuse(of, f"only a date can be {how}, not {found[1]}")
            return None
        return None if found is None else found[0]

    def _of_units(self, by: Node) -> tuple[int, Unit] | None:
        if not isinstance(by, Mapping) or not by.entries:
            self.desk.refuse(by, "write `{years: 3}` or `{working_days: 10}`")
            return None
        amount, units = 0, set()
        for key, value in by.entries:
            read = self.period(key, value)
            if read is None:
                return None
            amount += read[0]
            units.add(read[1])
        if len(units) > 1:
            self.desk.refuse(by, "a date is moved in one unit; only years and months go together")
            return None
        return amount, units.pop()

    def period(self, key: Scalar, value: Node) -> tuple[int, Unit] | None:
        """One unit with its number; None, and a problem, if it is none."""
        if key.text not in UNITS:
            message = f"a date is moved by {', '.join(UNITS)}, not `{key.text}`"
            self.desk.refuse(key, message, meant(key.text, UNITS))
            return None
        unit, factor, most = UNITS[key.text]
        count = self.literals.count(value)
        if count is not None and count > most:
            self.desk.refuse(value, f"{most} is the most {key.text} that are counted")
            return None
        return None if count is None else (count * factor, unit)

    def rolls(self, node: Node | None, unit: Unit | None, default: bool) -> bool | None:
        """What `roll` says; None, and a problem, if it is no word of it."""
        if node is None:
            return default and unit is not Unit.WORKING_DAYS
        if not isinstance(node, Scalar) or node.text not in ROLLS:
            self.desk.refuse(node, "`roll` is `none` or `next_working_day`")
            return None
        if ROLLS[node.text] and unit is Unit.WORKING_DAYS:
            self.desk.refuse(node, "a period in working days ends on one; nothing rolls")
            return None
        return ROLLS[node.text]

    def before(self, node: Mapping, word: str, scope: Scope) -> Typing | None:
        """`{at_least_before: E, working_days: 60}` or `{within_before: E, …}`."""
        end = node.get(word)
        assert end is not None
        of = self._day(end, scope, "counted back from")
        units = [e for e in node.entries if e.key.text in UNITS]
        if len(units) != 1:
            hint = f"write `{{{word}: NAME, working_days: 60}}`"
            self.desk.refuse(node, f"beside `{word}` stands one period", hint)
            return None
        period = self.period(units[0].key, units[0].value)
        if of is None or period is None:
            return None
        return Before(of, period[0], period[1], word == "within_before"), DAY

    def due(self, node: Node, scope: Scope) -> Typing | None:
        """`{due: ID}`, a deadline of the rule itself."""
        if not isinstance(node, Scalar):
            self.desk.refuse(node, "the id of a deadline belongs here")
            return None
        if scope.rule is None:
            self.desk.refuse(node, "`due` belongs in the own conditions of a rule with deadlines")
            return None
        forms = self.names.declared[scope.rule].form.deadlines or ()
        ids = [form.id.text for form in forms]
        if node.text not in ids:
            hint = meant(node.text, ids) or (f"its deadlines are {', '.join(ids)}" if ids else None)
            self.desk.refuse(node, f"this rule has no deadline `{node.text}`", hint)
            return None
        return DueDay(scope.rule, node.text), DAY
