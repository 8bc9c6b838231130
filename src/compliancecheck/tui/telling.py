"""What a screen says of a profile, as words: titles, choices, ways, endings. No Textual here.

Plain mode says the same as the app, out of the same functions.
"""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.logic.bands import fact_axis, option_bands
from compliancecheck.logic.drafts import is_draft
from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.questions import DATES, DUTIES, OTHERS, ROUTES, waiting_for
from compliancecheck.logic.reach import reach_of
from compliancecheck.logic.routes import members_of
from compliancecheck.logic.words import ref_words, values_words
from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.findings import Axis, Band, Evaluation, Finding, RouteLine
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import Answer, FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import Option
from compliancecheck.reading.scalars import read_text
from compliancecheck.reports import wording
from compliancecheck.reports.status import DisplayStatus, outcome_word
from compliancecheck.reports.strip import way_words
from compliancecheck.reports.summary import status_counts
from compliancecheck.tui.answer import answers_text as texts
from compliancecheck.tui.outcomes import Clash
from compliancecheck.tui.words import WORDS, count, say

GOAL_WORDS = {
    ROUTES: ("goal_routes", "go_routes_one", "go_routes"),
    DUTIES: ("goal_duties", "go_duties_one", "go_duties"),
    DATES: ("goal_dates", "go_dates_one", "go_dates"),
    OTHERS: ("goal_others", "go_others_one", "go_others"),
}
"""For each goal its name, and how to go on with it: one question, or several."""

COMPANY_NAME = "common.company_name"
MOST_WORKED_OUT = 5
_OPEN = (
    DisplayStatus.NEEDS_PROOF,
    DisplayStatus.MAY_APPLY,
    DisplayStatus.NOT_YET_DUE,
    DisplayStatus.CONTESTED,
)


# -- findings -------------------------------------------------------------------------------------


def title_of(evaluation: Evaluation, finding: Finding, lang: str) -> str:
    """A finding's title; with its item where there are several."""
    rule = evaluation.rules.rules[finding.rule]
    title = safe_text(rule.title.get(lang))
    if is_draft(evaluation.rules, rule.id):
        title = f"{wording.DRAFT.get(lang)}{wording.colon(lang)}{title}"
    if rule.each is None:
        return title
    items = {f.item for f in evaluation.findings if f.rule == finding.rule}
    name = wording.item_name(finding, lang)
    if len(items) < 2 or not name:
        return title
    return f"{title}（{name}）" if lang == "zh" else f"{title} ({name})"


def deciding(evaluation: Evaluation, ref: FactRef, goal: str) -> list[str]:
    """The rules that wait for a fact: of the route while that is the goal, else all."""
    waiting = {f.rule for f in evaluation.findings if ref in f.missing}
    if goal == ROUTES:
        members: set[str] = set()
        # The item's own line and the company's first: a long list has a line an item.
        lines = sorted(evaluation.routes, key=lambda line: line.item not in (ref.item, None))
        for line in lines:
            if waiting <= members or (members and line.item not in (ref.item, None)):
                break
            if ref in line.missing or line.open_list:
                for way in line.possible:
                    members |= set(members_of(evaluation, line, way, waiting))
        waiting = members or waiting
    return [rule for rule in evaluation.rules.rules if rule in waiting]


def because_said(evaluation: Evaluation, ref: FactRef, goal: str, lang: str) -> tuple[str, str]:
    """The title of the first rule that waits for a fact, and how many more do; both may be empty.

    Where no rule does, an act may wait for its day. Chinese counts all of them (甲等3项),
    English the others (A and 2 more).
    """
    names = deciding(evaluation, ref, goal)
    if not names:
        waiting = waiting_for(evaluation, (goal,)).get(ref, ())
        names = [name for name in waiting if name in evaluation.rules.rules]
    if not names:
        return "", ""
    n = len(names) if lang == "zh" else len(names) - 1
    more = "" if len(names) == 1 else say("and_rules", lang, n=n)
    return safe_text(evaluation.rules.rules[names[0]].title.get(lang)), more


# -- answers --------------------------------------------------------------------------------------


def answer_said(fact: Fact, answer: Answer, lang: str) -> str:
    """An answer in words, safe to show."""
    if answer.not_yet:
        return WORDS["not_yet"].get(lang)
    if answer.values is None:
        return WORDS["not_known"].get(lang)
    return safe_text(values_words(fact, answer.values).get(lang))


def leads_said(evaluation: Evaluation, leads_to: tuple[str, ...], lang: str) -> str:
    """What a choice leads to, in a word or two; empty where that says nothing."""
    known: dict[str, Texts] = dict(way_words(evaluation.rules.routes))
    for name in leads_to:
        word = outcome_word(name)
        if word is not None:
            known[name] = word
    return safe_text(texts.leads_words(leads_to, known, lang))


def choices_of(
    evaluation: Evaluation, ref: FactRef, given: Answer | None
) -> tuple[texts.Choice, ...]:
    """The answers to choose from, each with what it leads to; of a number its bands.

    Of a set and of a text there are none. What many options lead to is not worked out.
    """
    fact = evaluation.rules.facts[ref.name]
    if fact.type in (FactType.BOOLEAN, FactType.CHOICE):
        options: tuple[Option, ...] = (True, False)
        options = options if fact.type is FactType.BOOLEAN else tuple(fact.choices)
        leads: dict[Option, tuple[str, ...]] = {}
        if len(options) <= MOST_WORKED_OUT:
            bands = option_bands(evaluation, ref)
            leads = {o: band.leads_to for o, band in zip(options, bands, strict=True)}
        return tuple(
            texts.Choice(
                texts.option_text(option),
                texts.option_said(fact, option),
                leads.get(option, ()),
                given is not None and given.values == frozenset({option}),
            )
            for option in options
        )
    axis = fact_axis(evaluation, ref)
    if axis is None or len(axis.bands) < 2:
        return ()
    return tuple(band_choice(fact, band, given) for band in axis.bands)


def what_each_does(evaluation: Evaluation, ref: FactRef, lang: str) -> Iterator[str]:
    """Each band or option of a fact with what it leads to, in full."""
    fact = evaluation.rules.facts[ref.name]
    axis = fact_axis(evaluation, ref) if fact.type.is_numeric else None
    bands = axis.bands if axis else () if fact.type.is_numeric else option_bands(evaluation, ref)
    ways = way_words(evaluation.rules.routes)
    for band in bands:
        words = band.words
        if isinstance(band.values, tuple):
            words = texts.interval_said(fact, band.values[0])
        known = [(name, outcome_word(name) or ways.get(name)) for name in band.leads_to]
        names = [found.get(lang) if found else name for name, found in known]
        leads = wording.listed(names, lang) or say("no_change", lang)
        yield f"{safe_text(words.get(lang))}{wording.colon(lang)}{safe_text(leads)}"


def rule_said(evaluation: Evaluation, name: str, lang: str) -> str:
    """A rule by its title, its article and its tags."""
    rules = evaluation.rules
    rule = rules.rules[name]
    pieces = [
        rule.title.get(lang),
        f"{rules.instruments[rule.instrument].short.get(lang)} "
        f"{wording.article_text(rule.article, lang)}",
        wording.tags(rules, rule, lang),
    ]
    return ("，" if lang == "zh" else ", ").join(p for p in pieces if p)


def band_choice(fact: Fact, band: Band, given: Answer | None) -> texts.Choice:
    """A band as an answer."""
    assert isinstance(band.values, tuple)
    interval = band.values[0]
    values = given.values if given else None
    now = isinstance(values, tuple) and all(v.meet(interval) == v for v in values)
    words = texts.interval_said(fact, interval)
    return texts.Choice(texts.interval_text(fact, interval), words, band.leads_to, now)


def not_yet_typed(fact: Fact, typed: str) -> bool:
    """Whether `n` was typed for `not yet`."""
    return fact.event and typed.strip().casefold() in ("n", "尚未", "not yet")


# -- readings -------------------------------------------------------------------------------------


def cited(evaluation: Evaluation, reading: str, lang: str) -> str:
    """Where an unsettled point stands: instrument and article."""
    found = evaluation.rules.readings[reading]
    places = [(c.instrument, c.article) for c in found.cite]
    if found.instrument and found.article:
        places.insert(0, (found.instrument, found.article))
    parts = []
    for instrument, article in places:
        known = evaluation.rules.instruments.get(instrument)
        short = known.short.get(lang) if known else instrument
        parts.append(f"{short} {wording.article_text(article, lang)}")
    return safe_text("; ".join(parts))


def reading_ways(evaluation: Evaluation, reading: str, choice: str, lang: str) -> list[str]:
    """What a choice leads to, by item, where this reading alone decides a way."""
    rules, found = evaluation.rules, []
    for line in evaluation.routes:
        for verdict in line.readings if line.contested else ():
            if verdict.adopt == ((reading, choice),):
                ways = [wording.way_text(rules, line.route, way, lang) for way in verdict.ways]
                name = safe_text(line.item or wording.COMPANY.get(lang))
                found.append(f"{name}{wording.colon(lang)}{wording.listed(ways, lang)}")
    return found


# -- endings --------------------------------------------------------------------------------------


def shown_routes(evaluation: Evaluation) -> list[RouteLine]:
    """The lines of the routes that an ending tells: the only item, or the company and its items."""
    lines = [line for line in evaluation.routes if line.reason != "no_item"]
    items = [line for line in lines if line.item is not None]
    company = [line for line in lines if line.item is None]
    return items if len(items) == 1 else [*company, *items]


def route_said(evaluation: Evaluation, line: RouteLine, lang: str, *, alone: bool) -> list[str]:
    """A way, how settled it is, and the readings on which it hangs."""
    way = ways_left(evaluation, line, lang)
    name = safe_text(line.item or wording.COMPANY.get(lang))
    if alone:
        said = [say("route_settled", lang, way=way)]
    else:
        said = [say("item_settled", lang, item=name, way=way)]
    if line.contested:
        said += [say("contested", lang), *_readings_left(evaluation, line, lang)]
    elif not line.settled:
        by_law = not line.missing and not line.open_list and line.reason is None
        waits = waits_said(evaluation, line, lang)
        mark = wording.semicolon(lang)
        not_settled = say("not_settled_by_law" if by_law else "not_settled", lang)
        said.append(not_settled if by_law or not waits else f"{not_settled}{mark}{waits}")
        said += _readings_left(evaluation, line, lang)
    else:
        n = len(route_answers(evaluation, line))
        said.append(count(n, lang, "settled_by_one", "settled_by"))
    return said


def ways_left(evaluation: Evaluation, line: RouteLine, lang: str) -> str:
    """The ways that are left, without a mark."""
    ways: list[str | None] = [*line.possible, *([None] if line.none_possible else [])]
    if line.reason is not None or not ways:
        return wording.route_text(evaluation.rules, line, lang)
    words = [wording.way_text(evaluation.rules, line.route, way, lang) for way in ways]
    return wording.listed(words, lang)


def waits_said(evaluation: Evaluation, line: RouteLine, lang: str) -> str:
    """On what a way waits that is not settled: its first fact, or the law; empty if settled."""
    if line.settled or line.reason is not None:
        return ""
    if line.missing:
        what = safe_text(ref_words(evaluation.rules, line.missing[0]).get(lang))
        more = len(line.missing) - 1
        n = len(line.missing) if lang == "zh" else more
        return say("way_waits", lang, what=what) + (say("and_rules", lang, n=n) if more else "")
    return "" if line.open_list else say("way_waits_law", lang)


def route_answers(evaluation: Evaluation, line: RouteLine) -> list[FactRef]:
    """The answers on which the route of an item (the company: of all items) rests.

    Those that its provisions read: of the company, of the item, and of other items only what is
    counted over all of them.
    """
    program, profile = engine_of(evaluation).program, evaluation.profile
    reach = reach_of(program, program.route_diagram(line.route))
    own, counted = reach.own | reach.inner, reach.inner
    found = [FactRef(name) for name in profile.answers if name in own]
    each = evaluation.rules.routes[line.route].each
    items = profile.lists.get(evaluation.rules.lists()[each].name) if each is not None else None
    for item in items.items if items else ():
        read = own if line.item in (None, item.key) else counted
        found += [FactRef(name, item.key) for name in item.answers if name in read]
    answers = engine_of(evaluation).answer
    return [ref for ref in found if (given := answers(ref)) and given.values is not None]


def _readings_left(evaluation: Evaluation, line: RouteLine, lang: str) -> Iterator[str]:
    rules, comma = evaluation.rules, "，" if lang == "zh" else ", "
    for verdict in line.readings:
        ways = [wording.way_text(rules, line.route, way, lang) for way in verdict.ways]
        picked = [rules.readings[name].choices[choice].get(lang) for name, choice in verdict.adopt]
        yield f"~ {safe_text(comma.join(picked))}{wording.colon(lang)}{wording.listed(ways, lang)}"


def done_said(evaluation: Evaluation, lang: str) -> list[str]:
    """That nothing is left to ask, how many findings fail and how many stay open."""
    counts = status_counts(evaluation)
    fail, still_open = counts[DisplayStatus.FAIL], sum(counts[s] for s in _OPEN)
    fails = say("fails_one" if fail == 1 else "fails_many", lang)
    text = say("nothing_left", lang) + ("" if lang == "zh" else " ")
    text += say("done_counts", lang, fail=fail, fails=fails, open=still_open)
    return [text, *([say("held_open", lang)] if still_open else [])]


def clash_said(clash: Clash, rules: Rules, lang: str) -> tuple[str, str]:
    """Of an answer changed here and outside, mine and theirs."""

    def words(text: str) -> str:
        answer = read_text(rules.facts[clash.ref.name], text)
        return answer_said(rules.facts[clash.ref.name], answer, lang) if isinstance(
            answer, Answer
        ) else safe_text(text)  # fmt: skip

    mine = say("mine", lang, text=words(clash.mine))
    if clash.theirs is None:
        return mine, say("theirs_deleted", lang)
    return mine, say("theirs", lang, text=words(clash.theirs))


def axis_said(axis: Axis, evaluation: Evaluation, lang: str) -> list[str]:
    """The bands of an axis in words, for whom a drawn strip says nothing."""
    said = []
    for band in axis.bands:
        leads = leads_said(evaluation, band.leads_to, lang)
        if leads:
            said.append(f"{safe_text(band.words.get(lang))}{wording.colon(lang)}{leads}")
    return said
