"""The proof of a finding: its trace, its margins, the answers that force it, and why it is N/A."""

from __future__ import annotations

from dataclasses import replace

from compliancecheck.logic.computing import Env
from compliancecheck.logic.decisive import decisive_answers
from compliancecheck.logic.engine import Engine, engine_of
from compliancecheck.logic.margins import margins_of
from compliancecheck.logic.tracing import Tracer
from compliancecheck.model.findings import (
    Evaluation,
    Explanation,
    Finding,
    Outcome,
    Reason,
    Status,
    TraceNode,
)
from compliancecheck.model.instruments import Rule, Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import Truth

MOST_TRACERS = 64  # kept by an engine, one for each item
_YES = frozenset({Outcome.PASS, Outcome.MET, Outcome.INFORMATIVE})
_NO = frozenset({Outcome.FAIL, Outcome.NOT_MET})


def explain(evaluation: Evaluation, finding: Finding, *, proof: bool = True) -> Explanation:
    """The proof of one finding of *evaluation*.

    The decisive answers cost some evaluations of this one rule; *proof* False leaves them out
    (``decisive`` and ``also`` are then empty and no node is marked).
    """
    engine = engine_of(evaluation, finding.rule)
    found, also = decisive_answers(engine, finding) if proof else ((), ())
    trace = trace_of(engine, finding, frozenset(found))
    return Explanation(
        finding=replace(finding, reason=reason(evaluation, finding)),
        trace=trace,
        margins=margins_of(engine, finding, frozenset(found)),
        decisive=found,
        also=also,
    )


MOST_PROVED = 2_000
"""Findings of a profile beyond which decisive answers are sought only on request."""


def worth_proving(evaluation: Evaluation, finding: Finding) -> bool:
    """Whether a report seeks the decisive answers: for what surely applies, in a profile of a
    size that a person reads (each costs some evaluations of the whole list)."""
    return finding.fired and len(evaluation.findings) <= MOST_PROVED


def env_of(engine: Engine, finding: Finding) -> Env | None:
    """The item that a finding is about; None if its list is empty."""
    rule = engine.rules.rules[finding.rule]
    if rule.each is None:
        return ()
    if finding.item is None and not finding.further:
        return None
    return (engine.item_world(rule.each, finding.item),)


# -- why not --------------------------------------------------------------------------------------


def reason(evaluation: Evaluation, finding: Finding) -> Reason | None:
    """Why a rule does not apply; None if it does or may."""
    if finding.status is not Status.NOT_APPLICABLE:
        return None
    engine = engine_of(evaluation, finding.rule)
    rule = evaluation.rules.rules[finding.rule]
    given = finding.reason
    if given is not None:
        governs = given.kind == "not_in_force" and given.by is None
        return replace(given, by=_governing(engine, rule)) if governs else given
    env = env_of(engine, finding)
    if env is None:
        return Reason("no_item")
    return _found_reason(engine, rule, env)


def _found_reason(engine: Engine, rule: Rule, env: Env) -> Reason:
    tracer = Tracer(engine, engine.judge())
    if tracer.in_force(rule) is False:
        return Reason("not_in_force", _governing(engine, rule))
    for instrument, article in engine.program.displacing(rule.id):
        if tracer.displaced(instrument) is True:
            return Reason("displaced", instrument, article)
    own = tracer.own_conditions(rule, env)
    if own is False:
        return Reason("scope")
    exemptions = engine.program.exempted_by[rule.id]
    truths = {by: tracer.scope_truth(by, env) for by in exemptions}
    for wanted in (True, None) if own is True else (True,):
        for by, truth in truths.items():
            if truth is wanted:
                return Reason("exempted", by, engine.rules.rules[by].article)
    return Reason("scope")


def _governing(engine: Engine, rule: Rule) -> str | None:
    """The edition that governs in place of the rule's instrument."""
    tracer = Tracer(engine, engine.judge())
    rules = engine.rules
    for name in _editions(rules, rule.instrument):
        if name != rule.instrument and tracer.displaced(name) is True:
            return name
    return None


def _editions(rules: Rules, instrument: str) -> list[str]:
    """An instrument with all that it replaces and all that replace it, one after the other."""
    found = [instrument]
    for name in found:
        near = [*rules.instruments[name].replaces] if name in rules.instruments else []
        near += [other.id for other in rules.instruments.values() if name in other.replaces]
        found += [other for other in near if other not in found and other in rules.instruments]
    return found


# -- the tree -------------------------------------------------------------------------------------


def trace_of(
    engine: Engine, finding: Finding, decisive: frozenset[FactRef] = frozenset()
) -> TraceNode:
    """The reasoning tree of a finding: its scope, and what it requires or compares."""
    rule = engine.rules.rules[finding.rule]
    env = env_of(engine, finding)
    root = TraceNode(
        words=rule.title,
        truth=_truth(finding),
        article=rule.article,
        confidence=_confidence(engine.rules, rule),
        rule=rule.id,
    )
    if env is None:
        return replace(root, children=(_empty_list(engine, rule),))
    tracer = _tracer(engine, finding.item)
    scope = TraceNode(
        words=Texts("applies", "适用"),
        truth=finding.scope,
        children=tracer.scope_parts(rule, env),
    )
    test = _requirement(tracer, rule, finding, env)
    tree = replace(root, children=(scope, *((test,) if test else ())))
    return _marked(tree, decisive) if decisive else tree


def _tracer(engine: Engine, item: str | None) -> Tracer:
    """The tracer of the findings of one item: they share exemptions and named conditions."""
    found = engine.tracers.get(item)
    if not isinstance(found, Tracer):
        if len(engine.tracers) >= MOST_TRACERS:
            engine.tracers.pop(next(iter(engine.tracers)))
        found = engine.tracers[item] = Tracer(engine, engine.judge())
    return found


def _truth(finding: Finding) -> Truth:
    if finding.possible <= _YES:
        return True
    return False if finding.possible <= _NO | {Outcome.NOT_APPLICABLE} else None


def _requirement(tracer: Tracer, rule: Rule, finding: Finding, env: Env) -> TraceNode | None:
    test = rule.requires if rule.requires is not None else rule.compares
    if test is None:
        return None
    node = tracer.node(test, env)
    inside = finding.possible - {Outcome.NOT_APPLICABLE}
    if inside and not node.review:  # the diagram decides, also where the condition alone is open
        settled = True if inside <= _YES else False if inside <= _NO else None
        node = replace(node, truth=settled)
    en, zh = ("requires", "要求") if rule.requires is not None else ("compares", "对照")
    words = Texts(f"{en}: {node.words.get('en')}", f"{zh}：{node.words.get('zh')}")
    return replace(node, words=words)


def _confidence(rules: Rules, rule: Rule) -> str | None:
    if rule.confidence:
        return rule.confidence
    sources = rules.instruments[rule.instrument].sources
    return sources[0].confidence if sources else None


def _empty_list(engine: Engine, rule: Rule) -> TraceNode:
    fact = engine.rules.lists()[rule.each or ""]
    given = engine.profile.lists.get(fact.name)
    label = fact.label
    return TraceNode(
        words=Texts(f"“{label.get('en')}” has an item", f"“{label.get('zh')}”中有内容"),
        truth=False,
        value=Texts("none", "无"),
        ref=FactRef(fact.name),
        place=given.place if given else None,
    )


def _marked(node: TraceNode, decisive: frozenset[FactRef]) -> TraceNode:
    """The tree with all nodes marked that read a decisive answer, themselves or below."""
    done: dict[int, TraceNode] = {}

    def mark(one: TraceNode) -> TraceNode:
        found = done.get(id(one))
        if found is None:
            children = tuple(mark(child) for child in one.children)
            reads = one.ref in decisive or any(child.decisive for child in children)
            found = one
            if reads or any(a is not b for a, b in zip(children, one.children, strict=True)):
                found = replace(one, children=children, decisive=reads)
            done[id(one)] = found
        return found

    return mark(node)
