"""The deadlines of a rule, and what its examples expect of them."""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.model.conditions import AsOf, Choose, DueDay, Shift, Value
from compliancecheck.model.facts import FactType
from compliancecheck.model.instruments import Deadline, Extension
from compliancecheck.reading.pack_dates import DAY, ROLLS, Scope
from compliancecheck.reading.pack_files import DeadlineForm, ExpectForm, RuleForm
from compliancecheck.reading.pack_names import KEBAB, Declared, Desk, Kind, Names, meant
from compliancecheck.reading.pack_values import Values
from compliancecheck.reading.source import Mapping, Node, Scalar


class Deadlines:
    """Reads deadlines once every name is declared."""

    def __init__(self, names: Names, desk: Desk, values: Values) -> None:
        self.names = names
        self.desk = desk
        self.values = values

    def of_rule(self, declared: Declared) -> Iterator[Deadline]:
        """The deadlines of a rule."""
        form: RuleForm = declared.form
        seen: set[str] = set()
        for one in form.deadlines or ():
            if not KEBAB.fullmatch(one.id.text):
                self.desk.refuse(one.id, f"`{one.id.text}` is no id; write it like `file`")
            if one.id.text in seen:
                self.desk.refuse(one.id, f"two deadlines of this rule are called `{one.id.text}`")
            seen.add(one.id.text)
            self._misfits(one)
            read = self._deadline(one, declared)
            if read is not None:
                yield read

    def _deadline(self, form: DeadlineForm, declared: Declared) -> Deadline | None:
        expected = self._expected(form.or_expected, declared)
        kind = form.kind or "duty"
        own = Scope(declared.instrument).with_item(declared.each)
        start: Value | None = DueDay(*expected) if expected else None
        if expected is None and form.or_expected is not None:
            start = AsOf()  # it is told already that there is no such deadline
        rolls = self._rolls(form.roll, kind)
        counted = Scope(own.instrument, own.items, start=start, roll=rolls)
        due = self._day(form.due, counted)
        opens = None if form.opens is None else self._day(form.opens, own)
        done_on = self._done_on(form.done_on, declared)
        may_extend = self._extension(form.may_extend)
        if due is None or (form.opens is not None and opens is None):
            return None
        if not any(isinstance(v, Shift) for v in _branches(due)):
            for key in ("or_expected", "may_extend", "roll"):
                if getattr(form, key) is not None:
                    message = f"`{key}` goes with a `due` that counts a period"
                    hint = "write it as `{of: NAME, plus: {working_days: 10}}`"
                    self.desk.refuse(form.key_place(key), message, hint)
        return Deadline(
            id=form.id.text,
            kind=kind,
            who=form.who or "company",
            act=form.act.texts(),
            due=due,
            opens=opens,
            done_on=done_on,
            or_expected=expected,
            may_extend=may_extend,
            article=form.article,
            has_safe_day=form.safe_due is None,
            place=form.id.place,
        )

    def _misfits(self, form: DeadlineForm) -> None:
        kind = form.kind or "duty"
        if form.who == "authority" and kind != "duty":
            message = f"the act of an authority is no `{kind}`: leave `kind` out"
            self.desk.refuse(form.key_place("kind"), message)
        for key in ("done_on", "opens", "may_extend"):
            if kind == "end" and getattr(form, key) is not None:
                message = f"an `end` is no act; `{key}` does not go with it"
                self.desk.refuse(form.key_place(key), message)

    def _day(self, node: Node, scope: Scope) -> Value | None:
        typing = self.values.value(node, scope, DAY)
        if typing is None:
            return None
        if typing[1] != DAY:
            self.desk.refuse(node, f"a day belongs here, not {typing[1]}")
            return None
        return typing[0]

    def _rolls(self, node: Scalar | None, kind: str) -> bool:
        if node is None:
            return kind != "end"
        if node.text not in ROLLS:
            self.desk.refuse(node, "`roll` is `none` or `next_working_day`")
        return ROLLS.get(node.text, False)

    def _done_on(self, node: Scalar | None, declared: Declared) -> str | None:
        if node is None:
            return None
        found = self.names.find(node, (Kind.FACT,), declared.instrument)
        fact = None if found is None else self.names.facts.get(found.name)
        if fact is None:
            return None
        if fact.type is not FactType.DATE:
            self.desk.refuse(node, f"`done_on` names a date, and `{node.text}` is none")
        elif fact.item_of() not in (None, declared.each):
            of = declared.each or "the company"
            message = f"`{node.text}` is a fact of a {fact.item_of()}, the rule is judged for {of}"
            self.desk.refuse(node, message)
        return fact.name

    def _expected(self, node: Scalar | None, declared: Declared) -> tuple[str, str] | None:
        """The deadline that `RULE/ID` or `cn.x.y/rule/id` names."""
        if node is None:
            return None
        rule_name, slash, wanted = node.text.rpartition("/")
        if not slash:
            hint = "write `RULE/ID`, or `cn.x.y/rule/id` of another instrument"
            self.desk.refuse(node, f"`{node.text}` names no deadline of a rule", hint)
            return None
        rule = self.names.declared.get(self.names.full(rule_name, declared.instrument))
        if rule is None or rule.kind is not Kind.RULE:
            rules = [d.name for d in self.names.declared.values() if d.kind is Kind.RULE]
            prefix = f"{declared.instrument}/"
            short = [name.removeprefix(prefix) for name in rules]
            self.desk.refuse(node, f"no rule is called `{rule_name}`", meant(rule_name, short))
            return None
        ids = [form.id.text for form in rule.form.deadlines or ()]
        if wanted not in ids:
            message = f"the rule `{rule_name}` has no deadline `{wanted}`"
            self.desk.refuse(node, message, meant(wanted, ids))
            return None
        if rule.each not in (None, declared.each):
            self.desk.refuse(node, f"`{rule_name}` is judged for each {rule.each}, this rule not")
            return None
        return rule.name, wanted

    def _extension(self, node: Node | None) -> Extension | None:
        if node is None:
            return None
        if isinstance(node, Scalar) and node.text == "open":
            return Extension()
        if not isinstance(node, Mapping) or len(node.entries) != 1:
            message = "`may_extend` is `open` or the period in all, as `{working_days: 60}`"
            self.desk.refuse(node, message)
            return None
        ((key, value),) = node.entries
        period = self.values.dates.period(key, value)
        return None if period is None else Extension(*period)

    def expected_days(self, form: ExpectForm, rule: RuleForm) -> dict[str, int]:
        """The due days that an example expects, by deadline."""
        ids = [one.id.text for one in rule.deadlines or ()]
        found: dict[str, int] = {}
        for name, node in (form.due or {}).items():
            if name not in ids:
                hint = meant(name, ids)
                self.desk.refuse(node, f"this rule has no deadline `{name}`", hint)
                continue
            day = self.values.literals.day(node)
            if day is not None:
                found[name] = day
        return found


def _branches(value: Value) -> Iterator[Value]:
    """A value, or what it may choose."""
    if isinstance(value, Choose):
        for case in value.cases:
            yield from _branches(case.value)
        yield from _branches(value.otherwise)
    else:
        yield value
