"""From a profile to findings and routes: the procedure of the language, step by step.

Ageing and narrowing give the world, diagrams are walked over it for each rule and item, and
what they still reach is read as a status.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import repeat

from compliancecheck.logic.calendar import Calendar
from compliancecheck.logic.computing import Env
from compliancecheck.logic.deadlines import dated_acts
from compliancecheck.logic.engine import Engine, Impossible, engine_of
from compliancecheck.logic.known_totals import known_conflicts
from compliancecheck.logic.memory import collector_paused
from compliancecheck.logic.moving import Inputs
from compliancecheck.logic.narrowing import ItemWorld
from compliancecheck.logic.program import OUTCOME
from compliancecheck.logic.reach import footing
from compliancecheck.logic.routes import route_lines
from compliancecheck.logic.verdicts import Verdicts
from compliancecheck.logic.waiting import waits_until
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import (
    Conflict,
    DatedAct,
    Evaluation,
    Finding,
    Outcome,
    ReadingVerdict,
    Reason,
    RouteLine,
    Status,
)
from compliancecheck.model.instruments import Rule, Rules
from compliancecheck.model.profile import FactRef, Profile
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import Truth

_STATUS = {
    Outcome.PASS: Status.PASS,
    Outcome.FAIL: Status.FAIL,
    Outcome.NOT_APPLICABLE: Status.NOT_APPLICABLE,
    Outcome.INFORMATIVE: Status.INFORMATIVE,
    Outcome.MET: Status.INFORMATIVE,
    Outcome.NOT_MET: Status.INFORMATIVE,
}
_TOGETHER = Texts(
    "these answers cannot all be true: each allows what another excludes",
    "这些回答不能同时成立",
)
_BENCHMARK = frozenset({Outcome.MET, Outcome.NOT_MET})


def evaluate(
    profile: Profile,
    rules: Rules,
    *,
    as_of: int,
    law: int | None = None,
    drafts: bool = False,
    wanted: Callable[[str], bool] | None = None,
    asked: Callable[[str], bool] | None = None,
    calendar: Calendar | None = None,
    before: Evaluation | None = None,
    slim: bool = False,
) -> Evaluation:
    """All findings and routes of *profile* on the day of evaluation *as_of* (a day ordinal).

    *law* is the day of law (None: each instrument's own, else the day of evaluation). With
    *drafts* the rules of drafts are judged too, each draft as if it alone held beside the law.
    *wanted* chooses rules by id; a rule that is *asked* for gives a finding also while its
    instrument is out of force (else it gives none). Where answers contradict each other the
    result has ``conflicts`` and no findings: a contradictory profile has no meaning. Working
    days are those of *calendar* (None: the one that is shipped). What *before*, an evaluation of
    a profile with some of the same items, knows of these is not worked out anew. A *slim* one is
    to be counted only: items that are alike share findings, which name nothing that is missing,
    and there are no lines of items and no dates.
    """
    known = before.engine if before is not None else None
    known = known if isinstance(known, Engine) else None
    with collector_paused():
        engine = Engine(profile, rules, as_of, law, calendar=calendar, before=known)
        chosen = [
            r
            for r in rules.rules.values()
            if (wanted is None or wanted(r.id)) and (drafts or not _is_draft(rules, r))
        ]
        engine.slim = slim
        return _evaluated(engine, chosen, asked, drafts)


def _evaluated(
    engine: Engine, chosen: list[Rule], asked: Callable[[str], bool] | None, drafts: bool
) -> Evaluation:
    conflicts = contradictions(engine)
    findings: tuple[Finding, ...] = ()
    routes: tuple[RouteLine, ...] = ()
    acts: tuple[DatedAct, ...] = ()
    if not conflicts:
        try:
            findings = tuple(
                f
                for rule in chosen
                for f in _rule_findings(
                    engine.inside(rule.id), rule, asked is not None and asked(rule.id)
                )
            )
            routes = route_lines(engine)
            acts = () if engine.slim else dated_acts(engine, findings)
        except Impossible as error:
            findings, conflicts = (), (Conflict(error.refs, _TOGETHER),)
    return Evaluation(
        profile=engine.profile,
        rules=engine.rules,
        as_of=engine.as_of,
        law=engine.law,
        findings=findings,
        routes=routes,
        conflicts=conflicts,
        age_notes=tuple(engine.world.notes),
        dates=acts,
        drafts=drafts,
        engine=engine,
    )


def contradictions(engine: Engine) -> tuple[Conflict, ...]:
    """The answers that cannot all be true."""
    return (*engine.world.conflicts, *_total_conflicts(engine))


def again(
    evaluation: Evaluation, profile: Profile, wanted: Callable[[str], bool] | None = None
) -> Evaluation:
    """The evaluation of another profile on the same days, with drafts if they were judged.

    *wanted* chooses rules by id, as in :func:`evaluate`; routes are always there.
    """
    return evaluate(
        profile,
        evaluation.rules,
        as_of=evaluation.as_of,
        law=evaluation.law,
        drafts=evaluation.drafts,
        wanted=wanted,
        calendar=engine_of(evaluation).calendar,
        before=evaluation,
    )


def at_law(evaluation: Evaluation, law: int | None) -> Evaluation:
    """The evaluation of the same profile by the law of another day."""
    return evaluate(
        evaluation.profile,
        evaluation.rules,
        as_of=evaluation.as_of,
        law=law,
        drafts=evaluation.drafts,
        calendar=engine_of(evaluation).calendar,
    )


def _is_draft(rules: Rules, rule: Rule) -> bool:
    return rules.instruments[rule.instrument].is_draft


def judge_rule(engine: Engine, rule: Rule, item: ItemWorld | None) -> Finding:
    """The finding of one rule for one item (None: the company)."""
    env: Env = () if item is None else (item,)
    if not engine.adopted:  # else the finding names the readings on which it rests
        outcome = engine.outcome(rule, env)
        if outcome is not None:
            return _plain(rule, item, outcome)
    compiled = engine.program.rule_diagram(rule)
    return _finding(engine, rule, item, engine.verdicts(compiled, env))


def statuses(engine: Engine, rule: Rule, keys: AbstractSet[str | None]) -> set[Status]:
    """The statuses that :func:`judge_rule` finds for some items (the company: None), by key.

    All items are judged: answers that cannot be are found so.
    """
    if rule.each is None:
        return {_status_of(engine, rule, ())}
    world = engine.world.lists[rule.each]
    if not world.items and world.further is None:  # an answer closed the gate of the list
        return {Status.NOT_APPLICABLE} if None in keys else set()
    wanted = {item.alike if item.alike is not None else id(item)
              for item in world.items if item.key in keys}  # fmt: skip
    found = set()
    for item in world.unlike or world.items:
        status = _status_of(engine, rule, (item,))
        if (item.alike if item.alike is not None else id(item)) in wanted:
            found.add(status)
    if world.further is not None:
        status = _status_of(engine, rule, (world.further,))
        if None in keys:
            found.add(status)
    return found


def _status_of(engine: Engine, rule: Rule, env: Env) -> Status:
    outcome = engine.outcome(rule, env) if not engine.adopted else None
    if outcome is not None:
        return _STATUS[outcome]
    verdicts = engine.verdicts(engine.program.rule_diagram(rule), env)
    return _status(verdicts, frozenset(OUTCOME[t] for t in verdicts.terminals))


def _plain(rule: Rule, item: ItemWorld | None, outcome: Outcome) -> Finding:
    """A finding that is settled, whatever the readings."""
    return _of_class(rule, item, _STATUS[outcome], frozenset({outcome}))


def _of_class(
    rule: Rule, item: ItemWorld | None, status: Status, possible: frozenset[Outcome]
) -> Finding:
    """A finding of which nothing is said but its status: the same for items that are alike."""
    return Finding(
        rule=rule.id,
        item=item.key if item else None,
        further=item is not None and item.key is None,
        status=status,
        possible=possible,
        scope=_scope(possible),
        met=_met(possible),
    )


def _rule_findings(engine: Engine, rule: Rule, asked: bool) -> Iterator[Finding]:
    standing = engine.program.standing(rule)
    if standing.instrument_in_force is False and not asked:
        return  # an instrument out of force gives no findings
    reason = None
    if standing.in_force is False:
        reason = Reason("not_in_force")
    elif standing.displaced_by:
        reason = Reason("displaced", *standing.displaced_by[0])
    if rule.each is None:
        yield _settled(rule, None, reason) if reason else judge_rule(engine, rule, None)
        return
    world = engine.world.lists[rule.each]
    if not world.items and world.further is None:
        yield _settled(rule, None, Reason("no_item"))
        return
    alike: dict[int, Finding] = {}
    if reason and engine.slim and world.items:
        yield from repeat(_settled(rule, world.items[0], reason), len(world.items))
        world = replace(world, items=[])
    for item in [*world.items, *([world.further] if world.further else [])]:
        if reason:
            yield _settled(rule, item, reason)
            continue
        found = None if item.alike is None else alike.get(item.alike)
        if found is not None:
            yield found if engine.slim else found.of_item(item.key)
            continue
        found = _as_another(engine, rule, item) or judge_rule(engine, rule, item)
        if item.alike is not None and not found.missing and found.waits_until is None:
            alike[item.alike] = found
        yield found


def _as_another(engine: Engine, rule: Rule, item: ItemWorld) -> Finding | None:
    """The finding of an item of which the same is known as of one before it."""
    if item.alike is None:
        return None
    same = engine.sameness(engine.program.rule_diagram(rule), (item,))
    known = engine.of_alike.findings.get(same) if same is not None else None
    if known is None or engine.slim:
        return None if known is None else known[0]
    missing = engine.moved(known[0].missing, known[1], item)
    return None if missing is None else known[0].of_item(item.key, missing)


def _settled(rule: Rule, item: ItemWorld | None, reason: Reason) -> Finding:
    return Finding(
        rule=rule.id,
        item=item.key if item else None,
        further=item is not None and item.key is None,
        status=Status.NOT_APPLICABLE,
        possible=frozenset({Outcome.NOT_APPLICABLE}),
        scope=False,
        reason=reason,
    )


def _finding(engine: Engine, rule: Rule, item: ItemWorld | None, verdicts: Verdicts) -> Finding:
    same = engine.sameness(verdicts.compiled, verdicts.env)
    possible = frozenset(OUTCOME[t] for t in verdicts.terminals)
    status = _status(verdicts, possible)
    readings = engine.once_for_alike(verdicts, _reading_verdicts) if len(possible) > 1 else ()
    if engine.slim and not (status is Status.UNDETERMINED and _scope(possible)):
        return replace(_of_class(rule, item, status, possible), readings=readings)
    inputs = engine.inputs(verdicts)
    missing = engine.facts_that_matter(inputs)
    lists: tuple[str, ...] = ()
    if inputs.lists:
        known = engine.rules.lists()
        lists = tuple(fact.name for name, fact in known.items() if name in inputs.lists)
    if item is not None and item.key is None and verdicts.open:
        lists = lists or (engine.rules.lists()[item.item].name,)
        missing = tuple(ref for ref in missing if not _of_nobody(engine, ref))
    waits = None
    if status is Status.UNDETERMINED and Outcome.NOT_APPLICABLE not in possible:
        clear = not lists and not inputs.review and not verdicts.too_many
        waits = _waits(engine, verdicts, inputs, missing) if clear else None
        missing = missing if waits is None else ()
    held = "review" if inputs.review and not missing and not lists else None
    found = Finding(
        rule=rule.id,
        item=item.key if item else None,
        further=item is not None and item.key is None,
        status=status,
        possible=possible,
        scope=_scope(possible),
        met=_met(possible),
        readings=readings,
        adopted=engine.resting_on(verdicts.compiled, verdicts.env),
        missing=missing,
        open_lists=lists,
        held=held,
        waits_until=waits,
        rests=engine.rests(item, missing, inputs),
    )
    if same is not None and item is not None and waits is None and not _open_days(engine, found):
        spots = engine.template(item, missing, inputs)
        if spots is not None:
            engine.of_alike.findings[same] = found, spots
    return found


def _open_days(engine: Engine, finding: Finding) -> bool:
    """Whether a finding hangs on days alone, so that not only what is known of them counts."""
    return bool(finding.missing) and all(
        engine.rules.facts[ref.name].type is FactType.DATE for ref in finding.missing
    )


def _waits(
    engine: Engine, verdicts: Verdicts, inputs: Inputs, missing: tuple[FactRef, ...]
) -> int | None:
    """:func:`waits_until`, worked out once for items of which the diagram reads the same."""
    compiled, env = verdicts.compiled, verdicts.env
    same = engine.sameness(compiled, env)
    if inputs.shared or same is None:
        return waits_until(engine, verdicts, missing)
    item = env[0]
    read = footing(engine.program, compiled).items.get(item.item, ())
    key = (same, tuple([item.values[name] for name in read]))
    if key not in engine.of_alike.waits:
        engine.of_alike.waits[key] = waits_until(engine, verdicts, missing)
    return engine.of_alike.waits[key]


def _of_nobody(engine: Engine, ref: FactRef) -> bool:
    return ref.item is None and engine.rules.facts[ref.name].list is not None


def _status(verdicts: Verdicts, possible: frozenset[Outcome]) -> Status:
    if len(possible) == 1:
        return _STATUS[next(iter(possible))]
    if possible == _BENCHMARK:
        return Status.INFORMATIVE
    if verdicts.too_many or verdicts.open:
        return Status.UNDETERMINED
    return Status.CONTESTED


def _reading_verdicts(verdicts: Verdicts) -> tuple[ReadingVerdict, ...]:
    return tuple(
        ReadingVerdict(v.adopt, frozenset(OUTCOME[t] for t in v.left.terminals))
        for v in verdicts.each
        if v.adopt
    )


def _scope(possible: frozenset[Outcome]) -> Truth:
    if Outcome.NOT_APPLICABLE not in possible:
        return True
    return False if len(possible) == 1 else None


def _met(possible: frozenset[Outcome]) -> Truth:
    if possible == {Outcome.MET}:
        return True
    return False if possible == {Outcome.NOT_MET} else None


def _total_conflicts(engine: Engine) -> Iterator[Conflict]:
    for value, kind in known_conflicts(engine.judge()):
        fact, known = engine.rules.facts[value.fact], engine.rules.facts[value.known_as or ""]
        given = engine.profile.lists.get(fact.list or "")
        refs = tuple(
            FactRef(value.fact, item.key)
            for item in (given.items if given else ())
            if value.fact in item.answers
        )
        says = (
            Texts(
                f"“{known.label.en}” is less than that of a single item",
                f"“{known.label.zh}”少于单独一项的数量",
            )
            if kind == "few"
            else Texts(
                f"“{known.label.en}” is more than all items together",
                f"“{known.label.zh}”多于各项之和",
            )
        )
        yield Conflict((FactRef(known.name), *refs), says)
