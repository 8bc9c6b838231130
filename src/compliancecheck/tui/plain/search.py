"""Going to anything by words, and the list of all answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.interview import Screen
from compliancecheck.logic.questions import question_order, questions, waiting_for
from compliancecheck.logic.words import ref_words
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import shorten
from compliancecheck.reports import dates as dated
from compliancecheck.reports import wording
from compliancecheck.reports.rule_page import Beside
from compliancecheck.reports.rule_page_text import rule_text
from compliancecheck.reports.summary import in_order
from compliancecheck.tui.plain.desk import Desk, Step, Wrong
from compliancecheck.tui.plain.ends import ask
from compliancecheck.tui.plain.looks import finding_said, proof
from compliancecheck.tui.plain.turn import Line, Menu, Turn
from compliancecheck.tui.telling import answer_said

MOST_FOUND = 200
Place = tuple[str, str, Callable[[], "Step | Turn"]]
"""What is said of a place, what is searched in, and how to go there."""


def find(desk: Desk, words: str) -> Turn:
    """Every question, finding, date and rule that has all the words."""
    wanted = words.casefold().split()
    if not wanted:
        raise Wrong(desk.word("plain_name_it", example=desk.word("plain_say_find")))
    lines: list[Line] = []
    for said, searched, go in _places(desk):
        if all(word in searched.casefold() for word in wanted):
            lines.append(Line(said, go))
        if len(lines) == MOST_FOUND:
            break
    if not lines:
        raise Wrong(desk.word("plain_found_nothing", words=shorten(words)))
    return Menu(desk, desk.word("plain_found", n=len(lines)), lines)


def _places(desk: Desk) -> Iterator[Place]:
    evaluation, lang = desk.evaluation, desk.lang
    rules = evaluation.rules
    waiting = [question.ref for question in questions(evaluation)]
    known = set(waiting)
    for ref in [*waiting, *(ref for ref in all_refs(evaluation) if ref not in known)]:
        fact = rules.facts[ref.name]
        asked, words = fact.question or fact.label, ref_words(rules, ref)
        said = f"{words.get(lang)}{desk.colon}{asked.get(lang)}"
        texts = (words.en, words.zh, asked.en, asked.zh, fact.label.en, fact.label.zh, ref.name)
        yield said, " ".join(texts), partial(ask, desk, ref)
    for finding in in_order(evaluation):
        title = rules.rules[finding.rule].title
        searched = f"{title.en} {title.zh} {finding.rule} {finding.item or ''}"
        yield finding_said(desk, finding), searched, partial(proof, desk, finding)
    sheet = desk.voice.sheet(lang)
    for act in dated.in_order(evaluation):
        when = f"{dated.standing_words(act).get(lang)} {dated.days_text(act, sheet)}".strip()
        said = f"{dated.act_text(act, sheet)}{desk.colon}{when}"
        searched = f"{act.act.en} {act.act.zh} {act.item or ''}"
        yield said, searched, partial(rule_page, desk, act.rule)
    for rule in rules.rules.values():
        short = rules.instruments[rule.instrument].short
        article = wording.article_text(rule.article, lang)
        said = f"{rule.title.get(lang)}{desk.colon}{short.get(lang)} {article}"
        full = rules.instruments[rule.instrument].title
        searched = " ".join(
            (rule.title.en, rule.title.zh, rule.id, short.en, short.zh, full.en, full.zh)
        )
        yield said, searched, partial(rule_page, desk, rule.id)


def rule_page(desk: Desk, name: str) -> Step:
    """A rule in words, as `rules show` prints it."""
    evaluation = desk.evaluation
    day = evaluation.law or evaluation.as_of
    sheet = desk.voice.sheet(desk.lang)
    text = rule_text(evaluation.rules, evaluation.rules.rules[name], day, sheet, Beside())
    desk.voice.blank()
    desk.voice.lines(text.splitlines())
    return Step.STAY


def still_asked(desk: Desk) -> Turn:
    """The questions that still matter for the goal."""
    evaluation, engine = desk.evaluation, engine_of(desk.evaluation)
    refs = [
        ref
        for ref in waiting_for(evaluation, (desk.walk.goal,))
        if ref.name not in evaluation.profile.lists and desk.session.answer_of(ref) is None
    ]
    refs.sort(key=lambda ref: question_order(engine, ref))
    if not refs:
        raise Wrong(desk.word("plain_nothing_asked"))
    lines = [Line(_question(desk, ref), partial(ask, desk, ref)) for ref in refs]
    return Menu(desk, desk.word("plain_still_asked", n=len(refs)), lines)


def _question(desk: Desk, ref: FactRef) -> str:
    fact = desk.evaluation.rules.facts[ref.name]
    asked = (fact.question or fact.label).get(desk.lang)
    return f"{ref.item}{desk.colon}{asked}" if ref.item else asked


def review(desk: Desk) -> Turn:
    """All answers, by pack and item, and what is open of what matters; a number asks again."""
    evaluation, lang = desk.evaluation, desk.lang
    rules = evaluation.rules
    waiting = waiting_for(evaluation, (desk.walk.goal,))
    lines: list[Line] = []
    head = ""
    for ref in all_refs(evaluation):
        fact = rules.facts[ref.name]
        given = desk.session.answer_of(ref)
        if given is None and ref not in waiting:
            continue
        title = ref.item or rules.packs[fact.pack].title.get(lang)
        if title != head:
            lines.append(Line(title))
            head = title
        value = answer_said(fact, given, lang) if given else desk.word("plain_open_mark")
        said = f"{fact.label.get(lang)}{desk.colon}{value}"
        lines.append(Line(said, partial(ask, desk, ref)))
    lines += _readings(desk)
    return Menu(desk, desk.word("plain_review"), lines)


def _readings(desk: Desk) -> list[Line]:
    evaluation, lang = desk.evaluation, desk.lang
    lines = []
    offered = [n for n in evaluation.rules.readings if n in desk.walk.offered]
    for name in dict.fromkeys([*evaluation.profile.readings, *offered]):
        reading = evaluation.rules.readings[name]
        adopted = evaluation.profile.readings.get(name)
        said = (
            reading.choices[adopted.choice].get(lang) if adopted else desk.word("plain_left_open")
        )
        text = f"{reading.question.get(lang)}{'' if lang == 'zh' else ' '}{said}"
        lines.append(Line(text, partial(_ask_reading, desk, name)))
    return [Line(desk.word("plain_review_readings")), *lines] if lines else []


def _ask_reading(desk: Desk, name: str) -> Step:
    question = desk.evaluation.rules.readings[name].question
    desk.walk.show(Screen("reading", desk.walk.goal, question, reading=name))
    desk.at = 0
    return Step.SHOW


def all_refs(evaluation: Evaluation) -> Iterator[FactRef]:
    """Every fact of the company, and those of each item by item."""
    rules, lists = evaluation.rules, evaluation.profile.lists
    for fact in rules.facts.values():
        if fact.list is None:
            yield FactRef(fact.name)
    for name, items in lists.items():
        key = rules.facts[name].key
        fields = [f for f in rules.facts.values() if f.list == name and f.field_name != key]
        for item in items.items:
            for fact in fields:
                yield FactRef(fact.name, item.key)
