"""The pane beside a question: what stands now, what this answer would do, who decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from compliancecheck.logic.drafts import is_draft
from compliancecheck.model.findings import Evaluation, Finding, RouteLine
from compliancecheck.model.profile import FactRef
from compliancecheck.reports import wording
from compliancecheck.reports.status import LOOKS, DisplayStatus, display_status
from compliancecheck.reports.summary import in_order, status_counts
from compliancecheck.tui.answer.side_why import why_lines
from compliancecheck.tui.paper import (
    QUIET,
    heading,
    lines_of,
    mark,
    padded,
    plain,
    shortened,
    status_style,
    symbol,
)
from compliancecheck.tui.telling import deciding, title_of
from compliancecheck.tui.words import count, say

_FOOT = (DisplayStatus.NOT_APPLICABLE, DisplayStatus.INFORMATIVE)
_FIRST = (
    DisplayStatus.FAIL,
    DisplayStatus.NEEDS_PROOF,
    DisplayStatus.CONTESTED,
    DisplayStatus.MAY_APPLY,
)
WIDE, MOST_TITLES = 38, 3


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked beside the pane: the fact, what an answer would make of it, and whether one
    can be tried out at all; ``stale``: the file has problems since; ``before``: the evaluation
    without the answer, if it is the one that was given."""

    ref: FactRef | None
    goal: str
    after: Evaluation | None
    trying: bool
    stale: bool
    before: Evaluation | None = None


def verdict_lines(evaluation: Evaluation, width: int, lang: str, *, stale: bool) -> list[Content]:
    """What stands now: how many findings have each status, and the way that is left."""
    now = now_lines(evaluation, width, lang, stale=stale)
    return [*now, Content(""), *route_lines(evaluation, width, lang)]


def question_lines(
    evaluation: Evaluation, question: Question, width: int, room: int, lang: str
) -> Iterator[Content]:
    """What belongs to a question; what does not fit into *room* rows stands under ``w``."""
    if question.ref is None:
        return
    rules = deciding(evaluation, question.ref, question.goal)
    decides = list(deciding_lines(evaluation, rules, width, lang))
    if room - len(decides) < 6:  # a few articles then; all of them stand under w
        decides = list(deciding_lines(evaluation, rules, width, lang, most=2))
    yield Content("")
    tried = list(_tried_lines(evaluation, question, width, room - len(decides), lang))
    yield from tried
    yield from decides
    left = room - 1 - len(tried) - len(decides) - 1
    if width >= WIDE and not question.stale:
        both = (question.before or evaluation, question.after)
        why = list(why_lines(both, question.ref, rules, (width, left), lang))
        yield from [Content(""), *why] if why else []


def _tried_lines(
    evaluation: Evaluation, question: Question, width: int, rows: int, lang: str
) -> Iterator[Content]:
    """What the answer under the cursor would change."""
    if not question.trying:
        return
    yield heading(say("this_answer", lang))
    if question.after is None:
        yield from lines_of(say("pick_to_see", lang), width, QUIET)
    else:
        before = question.before or evaluation
        yield from change_lines(before, question.after, width, lang, max(rows - 3, 3))
    yield Content("")


def now_lines(evaluation: Evaluation, width: int, lang: str, *, stale: bool) -> Iterator[Content]:
    """How many findings have each status; with titles where there is room for them."""
    yield heading(say("stale_now" if stale else "now", lang))
    counts = status_counts(evaluation)
    shown = [s for s in DisplayStatus if counts[s] and s not in _FOOT]
    column = max((mark(s, lang).cell_length for s in shown), default=0)
    titles = _titled(evaluation, shown) if width >= WIDE else {}
    for status in shown:
        yield padded(mark(status, lang), column + 1) + f"{counts[status]:>3}"
        found = titles.get(status, [])
        for finding in found:
            title = shortened(title_of(evaluation, finding, lang), width - 4)
            yield plain(f"  · {title}", QUIET)
        if found and counts[status] > len(found):
            more = say("and_more", lang, n=counts[status] - len(found))
            yield from lines_of(more, width, QUIET, 4, "    ")
    foot = [f"{LOOKS[s].word.get(lang)} {counts[s]}" for s in _FOOT if counts[s]]
    if foot:
        yield from lines_of("  ".join(foot), width, QUIET)


def _titled(
    evaluation: Evaluation, shown: Sequence[DisplayStatus]
) -> dict[DisplayStatus, list[Finding]]:
    """The findings that are named: of those that ask for something each time a few; what is met
    or not yet due only while few are named."""
    found: dict[DisplayStatus, list[Finding]] = {}
    for finding in in_order(evaluation):
        if is_draft(evaluation.rules, finding.rule):
            break  # drafts come last
        listed = found.setdefault(display_status(finding), [])
        if len(listed) < MOST_TITLES:
            listed.append(finding)
    named = sum(len(found.get(status, ())) for status in _FIRST)
    return {s: found[s] for s in shown if s in found and (s in _FIRST or named <= MOST_TITLES)}


def route_lines(evaluation: Evaluation, width: int, lang: str) -> Iterator[Content]:
    """The way that is left for the company, or for the only item."""
    lines = [line for line in evaluation.routes if line.reason != "no_item"]
    if not lines:
        return
    yield heading(say("route", lang))
    items = [line for line in lines if line.item is not None]
    shown = items if len(items) == 1 else [line for line in lines if line.item is None]
    for line in shown:
        yield from lines_of(way_of(evaluation, line, lang), width, _route_style(line))


def way_of(evaluation: Evaluation, line: RouteLine, lang: str) -> str:
    """The ways left of a line, or that it is open."""
    if len(line.possible) + line.none_possible > 2 and not line.contested:
        return say("open_route", lang)
    return wording.route_text(evaluation.rules, line, lang)


def _route_style(line: RouteLine) -> str:
    if line.settled:
        return status_style(DisplayStatus.PASS)
    status = DisplayStatus.CONTESTED if line.contested else DisplayStatus.MAY_APPLY
    return status_style(status)


def change_lines(
    before: Evaluation, after: Evaluation, width: int, lang: str, room: int | None = None
) -> Iterator[Content]:
    """What one answer would change: ways first, then findings whose status turns.

    In at most *room* lines (None: all): what falls away is then only counted, and what does not
    fit is said to stand under ``w``.
    """
    if after.conflicts:
        for conflict in after.conflicts[:1]:
            yield from lines_of(say("gives_conflict", lang), width, "$error")
            yield from lines_of(conflict.says.get(lang), width, QUIET)
        return
    changes = [
        *_route_changes(before, after, width, lang),
        *_status_changes(before, after, width, lang, counted=room is not None),
    ]
    if not changes:
        yield from lines_of(say("no_change", lang), width, QUIET)
        return
    left, used = len(changes), 0
    for lines in changes:
        if room is not None and used + len(lines) + (left > 1) > room and used:
            yield from lines_of(say("more_w", lang, n=left), width, QUIET)
            return
        yield from lines
        used, left = used + len(lines), left - 1


def _route_changes(
    before: Evaluation, after: Evaluation, width: int, lang: str
) -> Iterator[list[Content]]:
    old = {(line.route, line.item): line for line in before.routes}
    items = [line for line in after.routes if line.item is not None]
    for line in after.routes:
        if line.item is None and len(items) == 1:
            continue  # the company's line says the same as its only item's
        was = old.get((line.route, line.item))
        same = was is not None and (was.possible, was.none_possible, was.contested) == (
            line.possible,
            line.none_possible,
            line.contested,
        )
        if not same:
            name = f"{line.item}: " if len(items) > 1 and line.item else ""
            text = f"{name}{way_of(after, line, lang)}"
            yield lines_of(text, width, _route_style(line), 2, "→ ")


def _status_changes(
    before: Evaluation, after: Evaluation, width: int, lang: str, *, counted: bool
) -> Iterator[list[Content]]:
    old = {(f.rule, f.item, f.further): display_status(f) for f in before.findings}
    away = 0
    for finding in in_order(after):
        was = old.get((finding.rule, finding.item, finding.further))
        now = display_status(finding)
        if was is None or was is now:
            continue
        if counted and now is DisplayStatus.NOT_APPLICABLE:
            away += 1
            continue
        head = symbol(was) + " → " + symbol(now) + " "
        title = title_of(after, finding, lang)
        if counted:  # two lines; all of it stands under w
            title = shortened(title, 2 * (width - 6) - 6)
        first, *rest = lines_of(title, width, "", 6, " " * 6)
        yield [head + first[6:], *rest]
    if away:
        words = count(away, lang, "falls_away", "fall_away")
        yield lines_of(words, width, QUIET, 2, "→ - ")


def deciding_lines(
    evaluation: Evaluation, rules: Iterable[str], width: int, lang: str, most: int = 99
) -> Iterator[Content]:
    """Articles by instrument."""
    articles: dict[str, list[str]] = {}
    for name in rules:
        rule = evaluation.rules.rules[name]
        found = articles.setdefault(rule.instrument, [])
        if rule.article not in found:
            found.append(rule.article)
    if not articles:
        return
    yield heading(say("decides", lang))
    for instrument, numbers in articles.items():
        short = evaluation.rules.instruments[instrument].short.get(lang)
        yield from lines_of(short, width)
        text = wording.articles_text(numbers[:most], lang)
        if len(numbers) > most:
            text += say("more_under_w", lang)
        yield from lines_of(text, width, QUIET, 2, "  ")
