"""What must hold of all rules of the shipped packs, whatever they say.

Nothing unanswered passes, a list that nobody answered is never silent, a number under review
settles nothing, and a draft never shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

from compliancecheck.authoring.examples import cases
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.program import Program
from compliancecheck.logic.questions import questions
from compliancecheck.logic.reach import closure, linked, reach_of
from compliancecheck.model.conditions import All, Any, Condition, HoldsCondition, Not, Some
from compliancecheck.model.findings import Evaluation, Finding, Outcome, Status
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import Answer, FactRef, ItemList, Profile
from compliancecheck.reading.packs import load_rules
from compliancecheck.reading.plain import as_node
from compliancecheck.reading.problems import render
from compliancecheck.reading.profiles import load_profile_text, read_profile

DAYS = [
    date.fromisoformat(day).toordinal()
    for day in ("2021-12-01", "2022-11-18", "2023-09-01", "2024-06-19", "2026-03-02")
]
TODAY = DAYS[-1]
Key = tuple[str, str | None, bool]


@cache
def rules() -> Rules:
    return load_rules()


@cache
def base(name: str) -> Profile:
    given, problems = read_profile(as_node(dict(rules().base_profiles[name]), name), (), name, "",
                                   rules())  # fmt: skip
    assert given is not None, [render(p, None) for p in problems]
    return given


def without_exports(given: Profile) -> Profile:
    """The same company, which exports nothing, so that no route is open."""
    ref = FactRef("data_export.exports_data")
    if ref.name in given.answers:
        return given
    return given.with_answer(ref, Answer(frozenset({False}), "false"))


def read(text: str, known: Rules) -> Profile:
    given, problems = load_profile_text(text, "profile.yaml", known)
    assert given is not None, [render(p, None) for p in problems]
    return given


def gates(answer: str) -> Profile:
    names = [pack.gate for pack in rules().packs.values() if pack.gate]
    return read("\n".join(f"{name}: {answer}" for name in names), rules())


def by_key(evaluation: Evaluation) -> dict[Key, Finding]:
    return {(f.rule, f.item, f.further): f for f in evaluation.findings}


def passed(evaluation: Evaluation) -> list[Key]:
    return [key for key, f in by_key(evaluation).items() if f.status is Status.PASS]


# -- nothing unanswered passes -------------------------------------------------------------------


@pytest.mark.parametrize("as_of", DAYS)
def test_nothing_passes_on_an_empty_profile(as_of: int) -> None:
    found = evaluate(Profile(), rules(), as_of=as_of)
    assert found.findings
    assert passed(found) == []
    duties = [f for f in found.findings if rules().rules[f.rule].kind == "duty"]
    assert all(f.status in (Status.UNDETERMINED, Status.NOT_APPLICABLE) for f in duties)


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("answer", ["true", "false"])
def test_nothing_passes_where_only_the_gates_are_answered(as_of: int, answer: str) -> None:
    found = evaluate(gates(answer), rules(), as_of=as_of)
    assert passed(found) == []


def test_what_is_unknown_passes_no_more_than_what_is_not_answered() -> None:
    names = [f.name for f in rules().facts.values() if not f.list and f.type.value != "text"]
    text = "\n".join(f"{name}: unknown" for name in names)
    found = evaluate(read(text, rules()), rules(), as_of=TODAY)
    assert passed(found) == []
    plain = evaluate(Profile(), rules(), as_of=TODAY)
    assert {k: f.possible for k, f in by_key(found).items()} == {
        k: f.possible for k, f in by_key(plain).items()
    }


def answers_of(profile: Profile) -> Iterator[tuple[FactRef, str | None]]:
    """Every answer of a profile, but for the names of items."""
    for name in profile.answers:
        yield FactRef(name), None
    for list_name, given in profile.lists.items():
        key = rules().facts[list_name].key
        for item in given.items:
            for name in item.answers:
                if rules().facts[name].field_name != key:
                    yield FactRef(name, item.key), list_name


def less(profile: Profile, read: set[str] | None = None) -> Iterator[Profile]:
    """The profile without one of its answers (to a fact among *read*), or with an open list."""
    for ref, list_name in answers_of(profile):
        if read is None or ref.name in read:
            yield profile.without(ref, list_name)
    for name, given in profile.lists.items():
        opened = ItemList(given.items, True, given.place)
        yield Profile(
            path=profile.path, dated=profile.dated, answers=profile.answers,
            lists={**profile.lists, name: opened}, readings=profile.readings,
        )  # fmt: skip


def grown(more: Evaluation, fewer: Evaluation) -> list[str]:
    """Where fewer answers say more: a pass that was none, or an outcome that was still open."""
    wrong = []
    after = by_key(fewer)
    for key, finding in by_key(more).items():
        left = after.get(key)
        if left is None:
            wrong.append(f"{key}: no finding any more")
        elif left.status is Status.PASS and finding.status is not Status.PASS:
            wrong.append(f"{key}: passes without an answer that did not let it pass")
        elif not finding.possible <= left.possible:
            wrong.append(f"{key}: {finding.possible} became {left.possible}")
    return wrong


@pytest.mark.parametrize("name", list(load_rules().base_profiles))
def test_without_an_answer_nothing_turns_to_pass(name: str) -> None:
    given = without_exports(base(name))
    pack = name.split(".")[0]
    here = {r.id for r in rules().rules.values() if _pack(r.instrument) == pack.replace("_", "-")}
    assert here
    whole = evaluate(given, rules(), as_of=TODAY, wanted=here.__contains__)
    assert whole.conflicts == ()
    for fewer in less(given):
        found = evaluate(fewer, rules(), as_of=TODAY, wanted=here.__contains__)
        assert grown(whole, found) == []


@cache
def facts_read(rule: str, as_of: int) -> set[str]:
    """The facts that a rule reads, and those that narrow them."""
    program = Program(rules(), as_of, None)
    reach = reach_of(program, program.rule_diagram(rules().rules[rule]))
    return closure(reach.own | reach.inner, linked(rules()))


def _pack(instrument: str) -> str:
    return rules().instruments[instrument].pack


@pytest.mark.parametrize("rule", list(load_rules().rules))
def test_without_an_answer_no_rule_says_more_than_its_examples_do(rule: str) -> None:
    """Each example of each rule, without each answer that this rule can read."""
    tried = 0
    for case in cases(rules(), rule):
        assert case.profile is not None
        as_of = case.example.as_of
        given = without_exports(case.profile)
        whole = evaluate(given, rules(), as_of=as_of, wanted=rule.__eq__)
        for fewer in less(given, facts_read(rule, as_of)):
            found = evaluate(fewer, rules(), as_of=as_of, wanted=rule.__eq__)
            assert grown(whole, found) == [], case.example.name
            tried += 1
    assert tried > 0


@pytest.mark.parametrize("name", list(load_rules().base_profiles))
def test_without_many_answers_nothing_turns_to_pass(name: str) -> None:
    """One after the other in an order drawn by lot: from the whole profile to an empty one."""
    given, random = base(name), Random(name)
    refs = list(answers_of(given))
    random.shuffle(refs)
    before = evaluate(given, rules(), as_of=TODAY)
    for n in range(0, len(refs), 4):
        for ref, list_name in refs[n : n + 4]:
            given = given.without(ref, list_name)
        after = evaluate(given, rules(), as_of=TODAY)
        assert grown(before, after) == []
        before = after
    assert passed(before) == []


# -- a list that nobody answered is never silent -------------------------------------------------


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize("given", [Profile(), gates("true")], ids=["nothing", "gates"])
def test_an_unanswered_list_is_never_silent(as_of: int, given: Profile) -> None:
    found = evaluate(given, rules(), as_of=as_of)
    asked = {q.ref for q in questions(found)}
    spoke = set()
    for finding in found.findings:
        each = rules().rules[finding.rule].each
        if each is None:
            continue
        assert (finding.item, finding.further) == (None, True)
        listed = rules().lists()[each].name
        if finding.status is Status.NOT_APPLICABLE:
            assert finding.reason is None or finding.reason.kind in ("displaced", "not_in_force")
            continue
        assert finding.open_lists == (listed,)
        assert FactRef(listed) in asked
        spoke.add(each)
    assert "transfer" in spoke
    for line in found.routes:
        assert line.item is None
        assert line.open_list
        assert not line.settled or line.reason == "no_way"  # none was in force on that day


def test_an_open_list_is_never_silent() -> None:
    given = base("data_export.plain")
    listed = given.lists["data_export.transfers"]
    opened = Profile(answers=given.answers, lists={"data_export.transfers": ItemList(
        listed.items, True)})  # fmt: skip
    found = evaluate(opened, rules(), as_of=TODAY)
    each = {f.rule for f in found.findings if rules().rules[f.rule].each == "transfer"}
    further = [f for f in found.findings if f.further and f.rule in each]
    assert {f.rule for f in further} == each
    assert not any(f.status is Status.PASS for f in further)
    assert FactRef("data_export.transfers") in {q.ref for q in questions(found)}
    assert [line.open_list for line in found.routes if line.item is None] == [True]


# -- a number under review settles nothing -------------------------------------------------------


def marked(condition: Condition | None) -> bool:
    """Whether some part of a condition stands under review."""
    if condition is None:
        return False
    if condition.note.review:
        return True
    if isinstance(condition, All | Any):
        return any(map(marked, condition.parts))
    if isinstance(condition, Not):
        return marked(condition.part)
    if isinstance(condition, Some):
        return marked(condition.where)
    if isinstance(condition, HoldsCondition):
        return marked(rules().conditions[condition.name].when)
    return False


def test_the_rules_with_a_condition_under_review_are_these() -> None:
    under = [r.id for r in rules().rules.values()
             if any(map(marked, (r.applies_when, r.requires, r.compares)))]  # fmt: skip
    assert sorted(under) == [
        "cn.cac-samr.2025-20/certification-open",
        "cn.cac.2025-18/audit-regular",
        "cn.cac.2025-officer/report-new",
        "cn.cac.2026-25/export-eased",
        "cn.miit.2024-14/rd-share",
        "cn.sc.2024-790/important-data-annual",
    ]


@pytest.mark.parametrize("cost", ["CNY 0", "CNY 1", "CNY 5 million", "unknown"])
def test_a_share_of_no_revenue_is_held_for_review(cost: str) -> None:
    given = read(f"""
battery:
  applies: true
  is_applying: false
  years:
    - {{year: 2025, operating_revenue: CNY 0, rd_expense: {cost}}}
""", rules())  # fmt: skip
    rule = "cn.miit.2024-14/rd-share"
    (finding,) = evaluate(given, rules(), as_of=TODAY, wanted=rule.__eq__).findings
    assert finding.possible == {Outcome.PASS, Outcome.FAIL}
    assert (finding.status, finding.held) == (Status.UNDETERMINED, "review")


@pytest.mark.parametrize("reading", [None, "eased", "no_effect_on_route"])
def test_the_ease_of_small_handlers_is_held_for_review(reading: str | None) -> None:
    """Its text was not read: no reading of it frees an export."""
    adopted = f"readings: {{data_export.small_handler_export: {reading}}}" if reading else ""
    given = read(f"""
data_export:
  exports_data: true
  ciio: false
  handles_personal_information: true
  people_handled_in_total: 5000
  transfers:
    - {{name: one, access: sent_abroad, has_personal_information: true, important_data: none,
       purpose: marketing, origin: mainland, exporter_registered_in_zone: false,
       people_nonsensitive_this_year: 0, people_sensitive_this_year: 1}}
{adopted}
""", rules())  # fmt: skip
    rule, day = "cn.cac.2026-25/export-eased", date(2026, 9, 1).toordinal()
    (finding,) = evaluate(given, rules(), as_of=day, wanted=rule.__eq__).findings
    if reading == "no_effect_on_route":
        assert finding.status is Status.NOT_APPLICABLE
        return
    assert finding.possible == {Outcome.INFORMATIVE, Outcome.NOT_APPLICABLE}
    assert (finding.status, finding.missing) == (Status.UNDETERMINED, ())
    if reading == "eased":
        assert finding.held == "review"


@pytest.mark.parametrize("status", ["none", "applied", "passed", "not_passed", "unknown"])
@pytest.mark.parametrize("reading", [None, "may_continue", "stop"])
def test_no_application_lets_important_data_pass_without_its_day(
    status: str, reading: str | None
) -> None:
    """The two months run from a day; while nobody gives it, nothing was applied for in time."""
    adopted = f"readings: {{data_export.two_months_meanwhile: {reading}}}" if reading else ""
    given = read(f"""
data_export:
  exports_data: true
  ciio: false
  assessment_status: {status}
  transfers:
    - {{name: one, access: sent_abroad, important_data: notified, sector_automotive: false,
       mechanism: none}}
{adopted}
""", rules())  # fmt: skip
    rule = "cn.cac.2024-16/assessment-important-data"
    (finding,) = evaluate(given, rules(), as_of=TODAY, wanted=rule.__eq__).findings
    if reading == "stop" or status == "not_passed":
        assert finding.status is Status.FAIL
        return
    assert finding.status is Status.UNDETERMINED
    assert finding.possible == {Outcome.PASS, Outcome.FAIL}


# -- a draft never shows -------------------------------------------------------------------------

FACTS = """
language: 1
pack:
  title: {en: Test, zh: 测试}
facts:
  t.papers:
    type: boolean
    label: {en: papers, zh: 文件}
    question: {en: "Papers?", zh: "文件？"}
  t.more:
    type: boolean
    label: {en: more papers, zh: 更多文件}
    question: {en: "More papers?", zh: "更多文件？"}
"""
INSTRUMENT = """
language: 1
instrument:
  id: ID
  title: {en: Title, zh: 标题}
  short: {en: Short, zh: 简称}
  issuer: {en: Issuer, zh: 机关}
  number: {en: No. 1, zh: 第1号}
  binding: true
  issued: 2024-01-01
  DATES
  sources:
    - {url: "https://www.example.org/", checked: 2026-11-24, confidence: verified}
  articles:
    "1": encoded
    "2": encoded
"""
LAW = """
rules:
  - id: papers
    article: "1"
    level: must
    title: {en: Papers, zh: 文件}
    requires: {t.papers: true}
    then: {en: Get them., zh: 请备齐。}
  - id: by-the-other
    article: "2"
    title: {en: As the other says, zh: 依另一规定}
    applies_when: {holds: t.2026-1/further}
"""
OTHER = """
prevails_over:
  - article: "1"
    rules:
      - t.2024-1/papers
rules:
  - id: further
    article: "1"
    level: must
    title: {en: More papers, zh: 更多文件}
    applies_when: {t.more: false}
    requires: {t.papers: true}
    then: {en: Get more., zh: 请备齐。}
  - id: free
    article: "2"
    title: {en: Free, zh: 豁免}
    applies_when: {t.more: false}
    exempts:
      - t.2024-1/papers
"""


def pack(folder: Path, dates: str) -> Rules:
    """A law, and another that frees from it, displaces it and is read by it."""
    home = folder / "t" / "pack"
    home.mkdir(parents=True)
    (home / "facts.yaml").write_text(FACTS.strip(), "utf-8")
    for name, day, own in (("2024-1", "effective: 2024-01-01", LAW), ("2026-1", dates, OTHER)):
        text = INSTRUMENT.replace("ID", f"t.{name}").replace("DATES", day) + own.lstrip()
        (home / f"{name}.yaml").write_text(text.strip(), "utf-8")
    return load_rules([folder])


def test_a_draft_never_shows(tmp_path: Path) -> None:
    known = pack(tmp_path, "# a draft")
    assert known.instruments["t.2026-1"].is_draft
    given = read("t.papers: true\nt.more: false", known)
    for as_of in (*DAYS, TODAY + 20_000):
        for law in (None, TODAY, TODAY + 20_000):
            found = evaluate(given, known, as_of=as_of, law=law)
            shown = {f.rule: f.status.value for f in found.findings}
            begun = (as_of if law is None else law) >= date(2024, 1, 1).toordinal()
            assert shown == (
                {"t.2024-1/papers": "pass", "t.2024-1/by-the-other": "not_applicable"}
                if begun
                else {}
            )
    empty = evaluate(Profile(), known, as_of=TODAY)
    assert [q.ref.name for q in questions(empty)] == ["t.papers"]


def test_the_same_in_force_shows_frees_and_displaces(tmp_path: Path) -> None:
    known = pack(tmp_path, "effective: 2026-01-01")
    given = read("t.papers: true\nt.more: false", known)
    found = {f.rule: f for f in evaluate(given, known, as_of=TODAY).findings}
    assert {rule: f.status.value for rule, f in found.items()} == {
        "t.2024-1/papers": "not_applicable",
        "t.2024-1/by-the-other": "informative",
        "t.2026-1/further": "pass",
        "t.2026-1/free": "informative",
    }
