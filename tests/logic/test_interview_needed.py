"""What is asked can change something that is asked for; what is not asked cannot.

Held against the oracle on generated cases that are small enough to list all their completions,
and on the shipped law along interviews of the examples.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from benchmarks.questions import Company, all_facts, interview, truth_of

from compliancecheck.logic.bands import effect
from compliancecheck.logic.cells import number_cells
from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.fact_values import is_known
from compliancecheck.logic.in_play import inside, intervals_in_play
from compliancecheck.logic.interview import next_screen
from compliancecheck.logic.questions import DUTIES, GOALS, ROUTES
from compliancecheck.logic.reach import closure, linked
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Evaluation, Finding, Outcome, Status
from compliancecheck.model.profile import Answer, FactRef
from compliancecheck.model.values import Interval, Members
from compliancecheck.reading.packs import load_rules
from compliancecheck.reading.profiles import load_profile_text
from tests import agreement, generators
from tests.blurring import Case
from tests.reference import Pick, Row, World, combinations, completions

CHUNK, MOST = 40, 60
COMPARED = (Outcome.MET, Outcome.NOT_MET, Outcome.INFORMATIVE)
IDLE = (FactType.LIST, FactType.TEXT)
Completion = tuple[Row, Mapping[str, list[Row]]]
Facts = Mapping[FactRef, object]
Moved = dict[tuple[str, str | None], set[FactRef]]


def listed(case: Case) -> list[Completion] | None:
    """All completions of a case whose items are all named; None where there are too many."""
    if any(
        name not in case.profile.lists for name in (f.name for f in case.rules.lists().values())
    ):
        return None
    if any(items.open for items in case.profile.lists.values()):
        return None
    found: list[Completion] = []
    for company, items in completions(case.rules, case.profile, case.as_of, 0):
        found.append((company, {name: list(rows) for name, rows in items.items()}))
        if len(found) > MOST:
            return None
    return found


def facts_of(company: Row, items: Mapping[str, list[Row]]) -> Facts:
    """A completion as one table; whether an act came later the same day is a part of it."""
    found = {FactRef(n): (type(v), v) for n, v in company.items() if not n.startswith("#")}
    for rows in items.values():
        for row in rows:
            own = {n: v for n, v in row.items() if not n.startswith("#")}
            found |= {FactRef(n, str(row["#key"])): (type(v), v) for n, v in own.items()}
    return found


def outcomes(case: Case, world: World) -> Iterator[tuple[tuple[str, str | None], Outcome | None]]:
    """What each rule is in one completion; of what is only compared, either way is the same."""
    for rule in case.rules.rules.values():
        for row in world.rows(rule.each):
            key = str(row["#key"]) if rule.each and row is not None else None
            outcome = world.outcome(rule, row)
            yield (rule.id, key), None if outcome in COMPARED else outcome


def moved(case: Case, found: list[Completion], near: bool) -> Moved:
    """By finding the facts in which two completions differ that have different outcomes.

    They differ in that fact alone, or with *near* also in what its gates and bounds go along with.
    """
    links = linked(case.rules)
    result: Moved = {}
    for adopted in combinations(case.rules, case.profile):
        judged = []
        for company, items in found:
            each: dict[tuple[str, str | None], set[Outcome | None]] = {}
            pick = Pick()
            while True:
                world = World(case.rules, company, items, dict(adopted), case.as_of, case.law, pick)
                if world.counts_agree():
                    for key, outcome in outcomes(case, world):
                        each.setdefault(key, set()).add(outcome)
                if not pick.next_way():
                    break
            judged.append((facts_of(company, items), each))
        refs = {ref for facts, _ in judged for ref in facts}
        for ref in refs:
            along = closure({ref.name}, links) if near else {ref.name}
            groups: dict[frozenset[tuple[FactRef, object]], list[int]] = {}
            for n, (facts, _) in enumerate(judged):
                kept = frozenset(
                    (r, v) for r, v in facts.items() if r != ref and not (near and r.name in along)
                )
                groups.setdefault(kept, []).append(n)
            for group in groups.values():
                for key in {key for n in group for key in judged[n][1]}:
                    seen = [
                        (judged[n][0].get(ref), frozenset(judged[n][1][key]))
                        for n in group if key in judged[n][1]
                    ]  # fmt: skip
                    if any(a[0] != b[0] and a[1] != b[1] for a in seen for b in seen):
                        result.setdefault(key, set()).add(ref)
    return result


def asks(finding: Finding) -> set[FactRef]:
    return set(finding.missing) if finding.status is Status.UNDETERMINED else set()


@pytest.mark.parametrize("seeds", [range(n, n + CHUNK) for n in range(0, 160, CHUNK)], ids=str)
def test_asked_is_what_moves_a_finding(seeds: range) -> None:
    """All that moves a finding is asked, and nearly all that is asked moves one.

    The rest are facts that a condition compares with themselves, or with what they are bound to:
    the engine takes each test by itself, and asks rather than leave one out.
    """
    told: Counter[str] = Counter()
    for seed in seeds:
        case = generators.case(seed, plain=True)
        found = listed(case)
        if found is None:
            continue
        alone, near = moved(case, found, near=False), moved(case, found, near=True)
        for finding in agreement.run(case).findings:
            if finding.further or finding.reason or finding.waits_until is not None:
                continue
            key = finding.rule, finding.item
            missed = alone.get(key, set()) - asks(finding)
            assert not missed, f"seed {seed}: {key} is moved by {missed}, which is not asked"
            told["asked"] += len(asks(finding))
            told["idle"] += len(asks(finding) - near.get(key, set()))
    assert told["asked"] > 10, told
    assert told["idle"] * 3 <= told["asked"], told


# -- the shipped law ------------------------------------------------------------------------------


def tries(evaluation: Evaluation, ref: FactRef) -> Iterator[Answer]:
    """Answers to a question: each option, or each part of its axis between bounds in play."""
    fact = evaluation.rules.facts[ref.name]
    if fact.type.is_numeric:
        tests = [inside(fact, i) for i in intervals_in_play(evaluation, ref)]
        for cell in number_cells((t for t in tests if not t.is_empty), fact.type.is_whole):
            assert isinstance(cell, Interval)
            yield Answer((cell.meet(fact.bounds),), "")
        if fact.event:
            yield Answer(None, "not yet", not_yet=True)
    elif fact.type is FactType.BOOLEAN:
        yield from (Answer(frozenset({option}), "") for option in (True, False))
    elif fact.type is FactType.CHOICE:
        yield from (Answer(frozenset({option}), "") for option in fact.choices)
    elif fact.type is FactType.CHOICES:
        for some in (frozenset[str](), *(frozenset({option}) for option in fact.choices)):
            yield Answer(Members(some, some), "")


def state(evaluation: Evaluation) -> object:
    """All that a question may be asked for: ways, statuses, days; and why they are open."""
    return (
        [(line.possible, line.none_possible, line.missing) for line in evaluation.routes],
        [(f.possible, f.missing, f.waits_until) for f in evaluation.findings],
        evaluation.dates,
    )


@pytest.mark.parametrize(
    ("name", "goals"), [("exporter-by-range", (ROUTES,)), ("battery-just-under", GOALS)]
)
def test_each_question_of_an_example_can_change_what_it_is_asked_for(
    name: str, goals: tuple[str, ...]
) -> None:
    """By itself; but a figure that is compared with one that is not answered yet has no bound."""
    rules = load_rules()
    asked: list[FactRef] = []
    idle: list[str] = []
    first_of_two: list[str] = []

    def before(evaluation: Evaluation, ref: FactRef) -> None:
        now, answers = state(evaluation), list(tries(evaluation, ref))
        asked.append(ref)
        if all(state(effect(evaluation, ref, answer)) == now for answer in answers):
            (idle if len(answers) > 1 else first_of_two).append(ref.name)

    interview(truth_of(name, rules), rules, goals, before)
    assert len(asked) > 8
    assert idle == []
    assert set(first_of_two) <= {"accounts.main_business_revenue", "volume.output"}


@pytest.mark.parametrize("name", ["exporter-by-range", "battery-just-under"])
def test_at_the_end_no_fact_is_left_that_could_change_a_finding(name: str) -> None:
    """Each fact that nobody asked is given each of its answers: every finding stays as it is."""
    rules = load_rules()
    truth = truth_of(name, rules)
    company = Company.of(truth, rules)
    company.answer(*interview(truth, rules, GOALS).order)
    end = company.evaluation
    left = [r for r in all_facts(truth, rules) if r not in company.asked]
    left = [r for r in left if rules.facts[r.name].type not in IDLE and is_open(end, r)]
    settled = [(f.rule, f.item, f.possible) for f in end.findings if not f.missing]
    moved_by = []
    for ref in left:
        for answer in tries(end, ref):
            changed = effect(end, ref, answer)
            now = {(f.rule, f.item): f.possible for f in changed.findings}
            if not changed.conflicts and any(now[r, i] != p for r, i, p in settled):
                moved_by.append(ref)
    assert left, "everything was asked: nothing is shown"
    assert moved_by == []


def is_open(evaluation: Evaluation, ref: FactRef) -> bool:
    """Whether a fact is not answered and may be more than one thing."""
    engine = engine_of(evaluation)
    return engine.answer(ref) is None and not is_known(engine.values(ref))


SMALL_HANDLER = """\
dated: 2026-11-24
battery:
  applies: false
data_export:
  exports_data: true
  ciio: false
  handles_personal_information: true
  people_handled_in_total: 50000
  transfers:
    - name: members
      access: remote_access_from_abroad
      has_personal_information: true
      important_data: none
      purpose: marketing
      origin: mainland
      exporter_registered_in_zone: false
      people_nonsensitive_this_year: at least 1000000
"""


def test_a_reading_is_asked_that_settles_what_the_other_leaves_open() -> None:
    """By one reading of the decree of 2026 the export is assessed, by the other it stays open."""
    rules = load_rules()
    given, problems = load_profile_text(SMALL_HANDLER, "small.yaml", rules)
    assert given is not None, problems
    evaluation = evaluate(given, rules, as_of=date(2026, 11, 24).toordinal())
    (line,) = [line for line in evaluation.routes if line.item]
    assert (line.settled, line.contested, line.missing) == (False, False, ())
    screen = next_screen(evaluation)
    assert (screen.kind, screen.reading) == ("reading", "data_export.small_handler_export")
    offered = next_screen(evaluation, offered=frozenset({"data_export.small_handler_export"}))
    assert offered.kind == "settled"
    adopted, _ = load_profile_text(
        SMALL_HANDLER + "readings:\n  data_export.small_handler_export: no_effect_on_route\n",
        "small.yaml",
        rules,
    )
    assert adopted is not None
    after = evaluate(adopted, rules, as_of=date(2026, 11, 24).toordinal())
    assert [line.possible for line in after.routes] == [("security_assessment",)] * 2


def test_a_reading_is_not_asked_that_settles_nothing() -> None:
    """Either reading of the renewal of a certificate leaves the duty open: it is not asked."""
    rules = load_rules()
    text = (Path(__file__).parents[2] / "profiles" / "platform-listing.yaml").read_text("utf-8")
    given, problems = load_profile_text(text, "platform-listing.yaml", rules)
    assert given is not None, problems
    evaluation = evaluate(given, rules, as_of=date(2026, 11, 24).toordinal())
    held = [
        f
        for f in evaluation.findings
        if any("certificate_renewal" in name for v in f.readings for name, _ in v.adopt)
    ]
    assert held, "no finding hangs on the reading: nothing is shown"
    assert all(len(v.outcomes) > 1 for f in held for v in f.readings)
    assert next_screen(evaluation, goal=DUTIES).kind == "done"
