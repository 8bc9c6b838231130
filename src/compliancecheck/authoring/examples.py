"""Runs the worked examples of rules: base profile, changed facts, and what was expected."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.figures import interval_words
from compliancecheck.model.findings import Evaluation, Finding, RouteLine, Status
from compliancecheck.model.instruments import Example, Rule, Rules
from compliancecheck.model.profile import Adopted, Profile
from compliancecheck.model.texts import Place, iso
from compliancecheck.model.values import Interval
from compliancecheck.reading.plain import as_node
from compliancecheck.reading.profiles import read_profile


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example of a rule, and what was wrong with it; *differences* empty: as expected."""

    rule: str
    example: str
    place: Place | None
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the rule gave what the example expects."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class Case:
    """An example with its profile; *profile* is None where that has *problems*."""

    rule: Rule
    example: Example
    profile: Profile | None
    item: str | None
    problems: tuple[str, ...] = ()


def run_examples(rules: Rules, pattern: str | None = None) -> list[ExampleResult]:
    """Runs the examples of all rules (of those whose id matches *pattern*, as ``*/exempt-*``)."""
    return list(each_example(rules, pattern))


def each_example(rules: Rules, pattern: str | None = None) -> Iterator[ExampleResult]:
    """The same one after the other, for who must do something else in between."""
    for case in cases(rules, pattern):
        differences = case.problems
        if case.profile is not None:
            evaluation = evaluate(
                case.profile,
                rules,
                as_of=case.example.as_of,
                drafts=True,
                wanted=case.rule.id.__eq__,
            )
            differences = tuple(_differences(case, evaluation))
        yield ExampleResult(case.rule.id, case.example.name, case.example.place, differences)


def cases(rules: Rules, pattern: str | None = None) -> Iterator[Case]:
    """The examples of the chosen rules with their profiles, in the order of the rules."""
    for rule in rules.rules.values():
        if pattern is None or pattern == rule.id or fnmatchcase(rule.id, pattern):
            for example in rule.examples:
                yield _case(rule, example, rules)


def _case(rule: Rule, example: Example, rules: Rules) -> Case:
    try:
        data, item = _data(rule, example, rules)
    except LookupError as error:
        return Case(rule, example, None, None, (str(error.args[0]),))
    path = example.place.path if example.place else ""
    profile, problems = read_profile(as_node(data, path), (), path, "", rules)
    if profile is None:
        return Case(rule, example, None, item, tuple(p.message for p in problems))
    readings = {name: Adopted(choice) for name, choice in example.readings.items()}
    adopted = Profile(
        path=profile.path,
        dated=profile.dated,
        answers=profile.answers,
        lists=profile.lists,
        readings={**profile.readings, **readings},
        evidence=profile.evidence,
        sections=profile.sections,
    )
    return Case(rule, example, adopted, item)


# --- the profile of an example -------------------------------------------------------------------


def _data(rule: Rule, example: Example, rules: Rules) -> tuple[dict[str, object], str | None]:
    """The profile's data, and the key of the item that is judged."""
    base = rules.base_profiles[example.like] if example.like else {}
    data: dict[str, object] = {"dated": iso(example.as_of)}
    data.update(_flat(base, rules, ""))
    item: dict[str, object] | None = None
    key: str | None = None
    changed = _flat(example.facts, rules, "")
    if rule.each is not None:
        item, key = _item(rule.each, example, rules, data)
    for name, value in changed.items():
        prefix, _, field = name.partition(".")
        if item is not None and prefix == rule.each:
            item[field] = value
        elif prefix in rules.lists():
            other, _ = _item(prefix, example, rules, data)
            if other is None:
                raise LookupError(f"`{name}` is of an item, and the base profile has none")
            other[field] = value
        else:
            data[name] = value
    return data, key


def _flat(data: Mapping[str, object], rules: Rules, prefix: str) -> dict[str, object]:
    """Dotted names instead of nested ones; values and lists are copies."""
    flat: dict[str, object] = {}
    for key, value in data.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping) and name not in rules.facts:
            flat.update(_flat(value, rules, f"{name}."))
        else:
            flat[name] = copy.deepcopy(value)
    return flat


def _item(
    each: str, example: Example, rules: Rules, data: dict[str, object]
) -> tuple[dict[str, object] | None, str | None]:
    """The item that an example speaks of: the only one, or the one with its key."""
    listed = rules.lists()[each]
    items = data.get(listed.name)
    if not isinstance(items, list) or not items:
        return None, None
    key = listed.key or ""
    if example.item is not None:
        items = [item for item in items if isinstance(item, dict) and item.get(key) == example.item]
    if len(items) != 1 or not isinstance(items[0], dict):
        which = f"no item `{example.item}`" if example.item else "several items"
        raise LookupError(f"the base profile has {which} in {listed.name}; write `item: KEY`")
    return items[0], str(items[0].get(key))


# --- what came out -------------------------------------------------------------------------------


def _differences(case: Case, evaluation: Evaluation) -> Iterator[str]:
    if evaluation.conflicts:
        for conflict in evaluation.conflicts:
            yield f"the facts contradict each other: {conflict.says.en}"
        return
    example = case.example
    finding = _finding(case, evaluation)
    status = Status.NOT_APPLICABLE if finding is None else finding.status
    if finding is None and _may_be_in_force(case, evaluation.rules):
        yield "there is no finding for this item"
    elif status != example.status:
        yield f"expected status {example.status}, got {status}"
    met = "unknown" if finding is None else _met(finding)
    if example.met is not None and met != example.met:
        yield f"expected met {example.met}, got {met}"
    yield from _day_differences(case, evaluation, finding)
    if example.way is not None:
        found = [_way(line) for line in _lines(case, evaluation)]
        if example.way not in found:
            yield f"expected way {example.way}, got {', '.join(found) or 'no route'}"


def _day_differences(case: Case, evaluation: Evaluation, finding: Finding | None) -> Iterator[str]:
    """Due days and the day of waiting, where they are not as expected."""
    example = case.example
    for deadline, day in example.due.items():
        acts = [a for a in evaluation.dates if a.rule == case.rule.id and a.deadline == deadline]
        own = [act for act in acts if act.item == (case.item if case.rule.each else None)]
        found = dict.fromkeys(_day_words(act.due) for act in own)
        if list(found) != [iso(day)]:
            got = " or ".join(found) or "no such act"
            yield f"expected `{deadline}` to be due on {iso(day)}, got {got}"
    waits = None if finding is None else finding.waits_until
    if example.waits_until is not None and waits != example.waits_until:
        got = "it does not wait" if waits is None else iso(waits)
        yield f"expected to wait until {iso(example.waits_until)}, got {got}"


def _day_words(due: Interval | None) -> str:
    return "a day not known" if due is None else interval_words("date", None, due).en


def _finding(case: Case, evaluation: Evaluation) -> Finding | None:
    found = [f for f in evaluation.findings if f.rule == case.rule.id]
    if case.item is not None:
        return next((f for f in found if f.item == case.item), None)
    return found[0] if found else None


def _may_be_in_force(case: Case, rules: Rules) -> bool:
    """Whether the day lies in the instrument's time; out of force it gives no findings."""
    instrument, day = rules.instruments[case.rule.instrument], case.example.as_of
    if instrument.effective is not None and instrument.effective.reached(day) is False:
        return False
    return instrument.ends is None or instrument.ends.reached(day) is not True


def _met(finding: Finding) -> str:
    return {True: "true", False: "false", None: "unknown"}[finding.met]


def _lines(case: Case, evaluation: Evaluation) -> list[RouteLine]:
    """The lines of the example's item of the routes that have the expected way."""
    routes = evaluation.rules.routes
    return [
        line
        for line in evaluation.routes
        if line.item == case.item and case.example.way in routes[line.route].ways
    ]


def _way(line: RouteLine) -> str:
    ways = [*line.possible, *(["none"] if line.none_possible else [])]
    return " or ".join(ways) + (" (contested)" if line.contested else "")
