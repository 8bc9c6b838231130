"""Holds the engine's findings and routes against the oracle: sound, monotone, exact over cells.

Each function returns what is wrong in words, an empty list if nothing is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model import conditions as c
from compliancecheck.model.facts import FactType, Gate
from compliancecheck.model.findings import Adoption, Evaluation, Finding, Outcome, RouteLine, Status
from compliancecheck.model.instruments import Rule, Rules
from compliancecheck.model.profile import Profile
from tests.blurring import Case, is_known
from tests.reference import FURTHER, Key, TooMany, Truths, combinations, truths

Left = frozenset[object]

_SHOWN = {
    Outcome.PASS: Status.PASS,
    Outcome.FAIL: Status.FAIL,
    Outcome.NOT_APPLICABLE: Status.NOT_APPLICABLE,
    Outcome.INFORMATIVE: Status.INFORMATIVE,
    Outcome.MET: Status.INFORMATIVE,
    Outcome.NOT_MET: Status.INFORMATIVE,
}


def run(case: Case, profile: Profile | None = None) -> Evaluation:
    """What the engine says of a case, or of another profile on the same days."""
    return evaluate(profile or case.profile, case.rules, as_of=case.as_of, law=case.law)


def list_all(case: Case) -> Truths:
    """What the oracle says of a case; nothing of the few that would take it too long."""
    try:
        return truths(case.rules, case.profile, case.as_of, case.law, case.further)
    except TooMany:
        return Truths()


def key(finding: Finding) -> Key:
    return finding.rule, FURTHER if finding.further else finding.item


def outcomes(finding: Finding, combination: Adoption) -> Left:
    """What the engine leaves possible for one combination of all readings."""
    for verdict in finding.readings:
        if set(verdict.adopt) <= set(combination):
            return frozenset(verdict.outcomes)
    return frozenset(finding.possible)


def ways(line: RouteLine, combination: Adoption) -> Left:
    for verdict in line.readings:
        if set(verdict.adopt) <= set(combination):
            return frozenset(verdict.ways)
    return frozenset([*line.possible, *([None] if line.none_possible else [])])


def status(each: Iterable[Left]) -> Status:
    """The status that the table of the language gives for these outcomes by combination."""
    each = list(each)
    together = frozenset(o for left in each for o in left)
    if len(together) == 1:
        return next(_SHOWN[o] for o in together)  # type: ignore[index]
    if together <= {Outcome.MET, Outcome.NOT_MET}:
        return Status.INFORMATIVE
    return Status.CONTESTED if all(len(left) == 1 for left in each) else Status.UNDETERMINED


# --- sound ----------------------------------------------------------------------------------------


def unsound(case: Case, found: Evaluation, truth: Truths) -> list[str]:
    """Where a completion has an outcome, or a way, that the engine does not hold possible."""
    if not truth.outcomes:
        return []  # a profile without completions
    if found.conflicts:
        return [f"conflict, but there are completions: {found.conflicts[0].says.en}"]
    wrong = []
    findings = {key(f): f for f in found.findings}
    judged = {rule for rule, _ in findings}
    for (rule, item), by_reading in truth.outcomes.items():
        if rule not in judged:  # its instrument is out of force
            if any(o is not Outcome.NOT_APPLICABLE for each in by_reading.values() for o in each):
                wrong.append(f"no finding for {rule}, but it is {by_reading}")
            continue
        if (rule, item) not in findings:
            if item is not None or not case.rules.rules[rule].each:
                wrong.append(f"no finding for {rule} {item}")
            continue
        finding = findings[rule, item]
        for combination, listed in by_reading.items():
            if not listed <= outcomes(finding, combination):
                wrong.append(_says("unsound", finding, combination, listed))
    wrong += _unsound_ways(found, truth)
    return wrong + [f"status: {f}" for f in found.findings if not _agrees_with_itself(case, f)]


def _unsound_ways(found: Evaluation, truth: Truths) -> list[str]:
    lines = {(line.route, line.item): line for line in found.routes}
    wrong = []
    for (route, item), by_reading in truth.ways.items():
        if item == FURTHER:
            continue
        for combination, listed in by_reading.items():
            if not listed <= ways(lines[route, item], combination):
                wrong.append(
                    f"unsound: way of {item} for {combination}: {listed} but {lines[route, item]}"
                )
    return wrong


def _agrees_with_itself(case: Case, finding: Finding) -> bool:
    each = [outcomes(finding, x) for x in combinations(case.rules, case.profile)]
    together = frozenset(o for left in each for o in left)
    met_by_reading = together == {Outcome.MET, Outcome.NOT_MET}
    return together == finding.possible and (finding.status is status(each) or met_by_reading)


def _says(word: str, finding: Finding, combination: Adoption, listed: Iterable[object]) -> str:
    left = sorted(str(o) for o in outcomes(finding, combination))
    told = sorted(str(o) for o in listed)
    return f"{word}: {key(finding)} for {combination}: listed {told}, engine {left}"


# --- monotone -------------------------------------------------------------------------------------


def unmonotone(case: Case, precise: Profile, vague: Profile) -> list[str]:
    """Where *precise*, which allows less than *vague*, leaves more possible, or unsettles."""
    before, after = run(case, vague), run(case, precise)
    if before.conflicts or after.conflicts:
        return [f"conflict: {(*before.conflicts, *after.conflicts)}"]
    wrong = []
    old = {key(f): f for f in before.findings}
    for finding in after.findings:
        past = old.get(key(finding)) or old.get((finding.rule, FURTHER))
        if past is None:
            wrong.append(f"monotone: {key(finding)} had no finding")
            continue
        nothing = case.rules.rules[finding.rule].each and key(finding)[1] is None
        for combination in combinations(case.rules, precise):
            left, was = outcomes(finding, combination), outcomes(past, combination)
            if not left <= was and not nothing:
                wrong.append(_says("grew", finding, combination, was))
        if past.status is Status.CONTESTED and finding.status is Status.UNDETERMINED:
            wrong.append(f"contested became undetermined: {key(finding)}")
    lines = {(line.route, line.item): line for line in before.routes}
    for line in after.routes:
        if (line.route, line.item) in lines:
            for combination in combinations(case.rules, precise):
                if not ways(line, combination) <= ways(lines[line.route, line.item], combination):
                    wrong.append(f"grew: way {line} was {lines[line.route, line.item]}")
    return wrong


# --- exact over cells -----------------------------------------------------------------------------


def inexact(case: Case, found: Evaluation, truth: Truths) -> tuple[list[str], Counter[Status]]:
    """Where the engine holds more possible than the oracle, though it need not; and how many
    findings of each status were fit to be compared so."""
    wrong: list[str] = []
    compared: Counter[Status] = Counter()
    if found.conflicts or not truth.outcomes:
        return wrong, compared
    reach = Reach(case)
    for finding in found.findings:
        rule = case.rules.rules[finding.rule]
        listed = truth.outcomes.get(key(finding))
        if listed is None or not reach.independent(rule, finding.further):
            continue
        compared[finding.status] += 1
        for combination, each in listed.items():
            if outcomes(finding, combination) != each:
                wrong.append(_says("inexact", finding, combination, each))
        expected = status(frozenset(each) for each in listed.values())
        if finding.status is not expected and finding.possible != {Outcome.MET, Outcome.NOT_MET}:
            wrong.append(f"status: {key(finding)} is {finding.status}, not {expected}")
    return wrong, compared


class _Shared(Exception):
    """Two leaves or definitions may be fed by the same fact, or something is not listed whole."""


class Reach:
    """What a rule reads. Judged on the structure alone, and on the safe side.

    A leaf or definition varies freely if none of the facts that feed it (with the gates of these)
    feeds anything else in reach; then the engine must be as exact as the oracle.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._rules: Rules = case.rules

    def independent(self, rule: Rule, further: bool) -> bool:
        gates = [f.gate.only_if for f in self._rules.facts.values() if f.gate]
        if not all(_is_one_test(gate) for gate in gates):
            return False  # an answer may say of a gate that one of several parts holds
        if further and self._list_gate():
            return False
        try:
            parts: list[tuple[str, Counter[str]]] = []
            if further:
                parts.append(("leaf further", self._list(rule.each or "")))
            parts += self._scope(rule)
            for condition in (rule.requires, rule.compares):
                parts += self._condition(condition) if condition is not None else ()
            _check(parts)
            self._check_links(sum((feeds for _, feeds in parts), Counter[str]()))
        except _Shared:
            return False
        return True

    def _check_links(self, read: Counter[str]) -> None:
        """What ties facts together beside gates: constraints, and numbers known over all items."""
        facts = self._rules.facts
        guards = sum((self._gate_facts(f.gate) for f in facts.values()), Counter[str]())
        for constraint in self._rules.constraints:
            tied = (constraint.lesser, constraint.greater)
            if (
                any(facts[name].gate or name in guards for name in tied)
                or any(facts[name].type is FactType.NUMBER for name in tied)
                or all(name in read for name in tied)
            ):
                raise _Shared
        if self._known_totals() and not self._items_known():
            raise _Shared

    def _known_totals(self) -> list[c.DistinctTotal]:
        values = (d.value for d in self._rules.definitions.values())
        return [v for v in values if isinstance(v, c.DistinctTotal) and v.known_as]

    def _items_known(self) -> bool:
        """Whether there are no more items than the profile has, with all answers exact."""
        for fact in self._rules.lists().values():
            given = self._case.profile.lists.get(fact.name)
            if given is None or given.open or fact.gate:
                return False
            for item in given.items:
                for name in fact.fields:
                    old = item.answers.get(name)
                    if old is None or old.values is None or not is_known(old.values):
                        return False
        return True

    def _scope(self, rule: Rule) -> Iterator[tuple[str, Counter[str]]]:
        displacing = [p.instrument for p in self._rules.prevails if p.rule == rule.id]
        for name in (rule.instrument, *displacing):
            law_of = self._rules.instruments[name].law_of
            if law_of and self._case.law is None:
                yield self._fact(law_of)
        scope = self._rules.instruments[rule.instrument].applies_when
        for condition in (scope, rule.applies_when):
            if condition is not None:
                yield from self._condition(condition)
        for other in self._rules.rules.values():
            named = other.exempts is not None and rule.id in other.exempts
            by_way = other.exempts is not None and other.way and rule.way and other.way != rule.way
            if named or by_way:
                yield from self._scope(other)

    def _condition(self, x: c.Condition) -> Iterator[tuple[str, Counter[str]]]:
        """What a condition varies with: (name, the facts that feed it) one by one."""
        if x.note.review:
            yield f"review {x!r}", Counter([f"review {x!r}"])
            return
        match x:
            case c.All(parts) | c.Any(parts):
                for part in parts:
                    yield from self._condition(part)
            case c.Not(part):
                yield from self._condition(part)
            case c.FactIs(name) | c.Includes(name):
                yield self._fact(name)
            case c.Compare(left, lower, upper):
                for side, limit in (("lower", lower), ("upper", upper)):
                    if limit is not None:
                        name, feeds = self._comparison(left, limit)
                        yield name.replace("leaf", f"leaf {side}"), feeds
            case c.Some(item, where) | c.Every(item, where):
                yield f"leaf {x!r}", self._where(item, where) + self._list(item)
            case c.HoldsCondition(name):
                yield from self._condition(self._rules.conditions[name].when)
            case c.HoldsRule(name):
                yield from self._scope(self._rules.rules[name])

    def _where(self, item: str, where: c.Condition) -> Counter[str]:
        """What decides of which items a condition holds: it must vary freely for each."""
        inside = list(self._condition(where))
        _check(inside)
        feeding = sum((_distinct(feeds) for _, feeds in inside), Counter[str]())
        if any(not name.startswith(item + ".") for name in feeding):
            raise _Shared
        return _distinct(feeding)

    def _comparison(
        self, left: c.FactValue | c.DefinitionValue, limit: c.Limit
    ) -> tuple[str, Counter[str]]:
        if isinstance(limit.value, c.Literal | c.AsOf):
            if isinstance(left, c.FactValue):
                return self._fact(left.name)
            if self._has_gaps(left):
                raise _Shared  # between the days that it can be lie others, which no cell knows
            return f"definition {left.name}", self._feeds(left)
        feeds = self._feeds(left) + self._feeds(limit.value)
        if self._is_counted(left) or self._is_counted(limit.value):
            self._check_listed(feeds)
        return f"leaf {left} {limit}", feeds

    def _is_counted(self, value: c.Value) -> bool:
        if isinstance(value, c.DefinitionValue):
            return self._is_counted(self._rules.definitions[value.name].value)
        return isinstance(value, c.Shift | c.Before | c.DueDay | c.Choose)

    def _check_listed(self, names: Iterable[str]) -> None:
        """Days that are listed in part only cannot be counted on: their bounds must be listed."""
        for name in names:
            fact = self._rules.facts[name]
            if fact.type is FactType.DATE and (fact.bounds.low is None or fact.event):
                raise _Shared

    def _has_gaps(self, value: c.Value) -> bool:
        match value:
            case c.DefinitionValue(name):
                return self._has_gaps(self._rules.definitions[name].value)
            case c.Choose(cases, otherwise):
                return any(map(self._has_gaps, [*(case.value for case in cases), otherwise]))
            case c.Shift(of, _, unit, roll):
                return roll or unit is c.Unit.WORKING_DAYS or self._has_gaps(of)
            case c.Before(of, _, unit):
                return unit is c.Unit.WORKING_DAYS or self._has_gaps(of)
        return False

    def _fact(self, name: str) -> tuple[str, Counter[str]]:
        fact = self._rules.facts[name]
        if any(value.known_as == name for value in self._known_totals()):
            raise _Shared  # items narrow it, which the engine need not see
        return f"fact {name}", Counter([name]) + self._gate_facts(fact.gate)

    def _gate_facts(self, gate: Gate | None) -> Counter[str]:
        """The facts of a gate and of their own gates."""
        if gate is None:
            return Counter()
        return sum((feeds for _, feeds in self._condition(gate.only_if)), Counter[str]())

    def _list(self, item: str) -> Counter[str]:
        """What decides how many items there are."""
        fact = self._rules.lists()[item]
        return Counter([fact.name] if self._open(item) else []) + self._gate_facts(fact.gate)

    def _open(self, item: str) -> bool:
        given = self._case.profile.lists.get(self._rules.lists()[item].name)
        return given is None or given.open

    def _list_gate(self) -> Gate | None:
        return next((f.gate for f in self._rules.lists().values()), None)

    def _feeds(self, value: c.Value) -> Counter[str]:
        match value:
            case c.FactValue(name):
                if self._rules.facts[name].type is FactType.NUMBER:
                    raise _Shared  # listed in halves only
                return self._fact(name)[1]
            case c.DefinitionValue(name):
                return self._feeds(self._rules.definitions[name].value)
            case c.PercentOf(_, of) | c.Shift(of) | c.Before(of):
                return self._feeds(of)
            case c.DueDay(rule, deadline):
                return self._feeds(self._rules.rules[rule].deadline(deadline).due)
            case c.Sum(terms):
                return sum((self._feeds(term) for term in terms), Counter[str]())
            case c.Difference(left, right):
                return self._feeds(left) + self._feeds(right)
            case c.Count(item, where):
                if self._open(item):
                    raise _Shared  # listed with few further items only
                return self._list(item) + (self._where(item, where) if where else Counter())
            case c.Total(name, item, where):
                # The engine takes all between least and most: so it is where each item counts.
                if self._open(item) or self._rules.facts[name].gate:
                    raise _Shared
                if where is not None and not self._items_known():
                    raise _Shared
                feeds = self._feeds(c.FactValue(name)) + self._list(item)
                return feeds + (self._where(item, where) if where else Counter())
            case c.Choose(cases, otherwise):
                feeds = self._feeds(otherwise)
                for case in cases:
                    parts = list(self._condition(case.when))
                    _check(parts)
                    feeds += _distinct(sum((f for _, f in parts), Counter[str]()))
                    feeds += self._feeds(case.value)
                return feeds
            case c.DistinctTotal(fact, item, where, known_as):
                if self._open(item):
                    raise _Shared
                feeds = self._feeds(c.FactValue(fact)) + self._list(item)
                if where is not None:
                    inside = [name for _, f in self._condition(where) for name in f]
                    if not self._items_known() or any(not n.startswith(item) for n in inside):
                        raise _Shared
                return feeds + Counter([known_as] if known_as else [])
        return Counter()


def _is_one_test(gate: c.Condition) -> bool:
    if isinstance(gate, c.Includes):
        return len(gate.options) == 1
    return isinstance(gate, c.FactIs | c.Compare)


def _distinct(feeds: Mapping[str, int]) -> Counter[str]:
    return Counter(set(feeds))


def _check(parts: Iterable[tuple[str, Counter[str]]]) -> None:
    """Raises _Shared unless each leaf and definition has its feeding facts to itself."""
    distinct = dict(parts)
    total = sum((_distinct(feeds) for feeds in distinct.values()), Counter[str]())
    for name, feeds in distinct.items():
        if not name.startswith("fact ") and (
            any(n > 1 for n in feeds.values()) or any(total[fact] > 1 for fact in feeds)
        ):
            raise _Shared
