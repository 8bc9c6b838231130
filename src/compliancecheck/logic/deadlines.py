"""The dated acts of a profile: each deadline of what applies, for each item of its list."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace

from compliancecheck.logic.acts import Acts
from compliancecheck.logic.engine import Engine
from compliancecheck.logic.narrowing import ItemWorld
from compliancecheck.logic.reach import values_read
from compliancecheck.model.findings import DatedAct, Finding
from compliancecheck.model.instruments import Deadline, Rule
from compliancecheck.model.profile import FactRef


def dated_acts(engine: Engine, findings: Sequence[Finding]) -> tuple[DatedAct, ...]:
    """The dated acts of what applies or may apply, in the order of the findings."""
    found: list[DatedAct] = []
    makers: dict[str, _OfRule] = {}
    for finding in findings:
        rule = engine.rules.rules[finding.rule]
        if not rule.deadlines or finding.further or finding.scope is False:
            continue
        if rule.id not in makers:
            makers[rule.id] = _OfRule(engine.inside(rule.id), rule)
        found += makers[rule.id].acts(finding)
    return tuple(found)


class _OfRule:
    """The acts of one rule, for one item after the other: alike ones are worked out once."""

    def __init__(self, engine: Engine, rule: Rule) -> None:
        self.engine = engine
        self.rule = rule
        world = engine.world.lists[rule.each] if rule.each is not None else None
        self.items = {item.key: item for item in world.items} if world is not None else {}
        self.read = {d.id: sorted(self._reads(d)) for d in rule.deadlines}
        self._known: dict[Hashable, list[DatedAct]] = {}

    def _reads(self, deadline: Deadline) -> set[str]:
        """The facts of the item on which the days of a deadline rest."""
        program, rules = self.engine.program, self.engine.rules
        values = [deadline.due, *([deadline.opens] if deadline.opens is not None else [])]
        names = {deadline.done_on} if deadline.done_on is not None else set()
        while deadline.or_expected is not None:
            deadline = rules.rules[deadline.or_expected[0]].deadline(deadline.or_expected[1])
            values.append(deadline.due)
        for value in values:
            names |= values_read(program, value)
        return {name for name in names if rules.facts[name].item_of() == self.rule.each}

    def acts(self, finding: Finding) -> Iterator[DatedAct]:
        """The acts of one finding."""
        for deadline in self.rule.deadlines:
            if self.rule.each is None:
                yield from Acts(self.engine, self.rule, deadline, finding, ()).all()
                continue
            item = self.items[finding.item]
            key = self._key(deadline, finding, item)
            found = self._known.get(key)
            if found is None:
                own = Acts(self.engine, self.rule, deadline, finding, (item,))
                found = self._known[key] = list(own.all())
            for act in found:
                yield act if act.item == finding.item else _of_item(act, finding.item)

    def _key(self, deadline: Deadline, finding: Finding, item: ItemWorld) -> Hashable:
        answers = [self.engine.answer(FactRef(n, item.key)) for n in self.read[deadline.id]]
        return (
            deadline.id,
            finding.possible,
            finding.readings,
            tuple([item.values[name] for name in self.read[deadline.id]]),
            tuple([None if answer is None else answer.unknown for answer in answers]),
        )


def _of_item(act: DatedAct, key: str | None) -> DatedAct:
    """The same act of another item, which is alike."""

    def moved_ref(ref: FactRef) -> FactRef:
        return FactRef(ref.name, key) if ref.item == act.item else ref

    return replace(
        act,
        item=key,
        done_ref=None if act.done_ref is None else moved_ref(act.done_ref),
        needs=tuple([moved_ref(ref) for ref in act.needs]),
    )
