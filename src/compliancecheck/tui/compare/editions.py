"""The ladder of editions above a comparison: what each day's law asks of this company."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from textual.content import Content

from compliancecheck.logic.editions import ladder, rung
from compliancecheck.model.comparison import Rung
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.safe import cell_width
from compliancecheck.model.texts import iso
from compliancecheck.reports.layout import cut
from compliancecheck.reports.status import LOOKS, DisplayStatus
from compliancecheck.reports.summary import empty_packs, status_counts
from compliancecheck.tui.compare.sides import merged, verdict
from compliancecheck.tui.paper import QUIET, plain
from compliancecheck.tui.words import say

PAUSE = 0.02
"""Seconds between two editions in which keys are heard."""

Ladders = dict[str, tuple[Rung, ...]]
"""The editions of each pack that asks, or may ask, something of the company."""


async def climb(evaluation: Evaluation) -> Ladders:
    """The ladders; keys are heard between two editions."""
    empty, found = empty_packs(evaluation), {}
    for pack in evaluation.rules.packs:
        rungs = []
        for segment in ladder(evaluation.rules, pack) if pack not in empty else ():
            rungs.append(rung(evaluation, pack, segment))
            await asyncio.sleep(PAUSE)
        if any(_says_something(rung) for rung in rungs):
            found[pack] = tuple(rungs)
    return found


def _says_something(rung: Rung) -> bool:
    return any(finding.scope is not False for finding in rung.evaluation.findings)


def words_of(rungs: Sequence[Rung], lang: str) -> list[str]:
    """What each edition asks: its ways, else how many findings have which status."""
    ways = [verdict(rung, lang) for rung in rungs]
    return ways if any(ways) else [_counted(rung, lang) for rung in rungs]


def _counted(rung: Rung, lang: str) -> str:
    counts = status_counts(rung.evaluation)
    shown = [s for s in DisplayStatus if counts[s] and s is not DisplayStatus.NOT_APPLICABLE]
    parts = [f"{LOOKS[s].symbol}{counts[s]}" for s in shown]
    return " ".join(parts) or say("nothing_applies", lang)


def ladder_lines(
    ladders: Ladders, marks: Sequence[tuple[str, int | None]], width: int, most: int, lang: str
) -> Iterator[Content]:
    """The editions, those with one verdict on one line; *marks* are the sides and their days.

    At most *most* lines, with both sides among them; the rest stands under ``w``.
    """
    rows = [row for rungs in ladders.values() for row in _rows(rungs, marks, lang)]
    shown = _chosen([bool(letters) for letters, _, _, _ in rows], most)
    before = -1
    for n in shown:
        letters, day, words, names = rows[n]
        joint = "┼" if n == before + 1 else "┊"
        before = n
        yield _line(f"{letters:>2} {day} {joint} ", words, names, width)
    left = len(rows) - len(shown)
    if left:
        yield plain(" " * 14 + say("more_editions", lang, n=left), QUIET)


def _rows(
    rungs: Sequence[Rung], marks: Sequence[tuple[str, int | None]], lang: str
) -> Iterator[tuple[str, str, str, str]]:
    """For each run of editions: the sides in it, its first day, its verdict, what began."""
    said = words_of(rungs, lang)
    for first, last in merged(rungs, said):
        run = rungs[first : last + 1]
        letters = "".join(
            letter
            for letter, day in marks
            if day is not None and any(rung.segment.holds(day) for rung in run)
        )
        names = dict.fromkeys(
            rung.evaluation.rules.instruments[event.instrument].short.get(lang)
            for rung in run
            for event in rung.segment.events
        )
        comma = "、" if lang == "zh" else ", "
        yield letters, iso(run[0].segment.first), said[first], comma.join(names)


def _chosen(marked: Sequence[bool], most: int) -> list[int]:
    """Which lines are shown: those of the sides, then the latest."""
    if len(marked) <= most:
        return list(range(len(marked)))
    first = [n for n, on in enumerate(marked) if on]
    rest = [n for n in reversed(range(len(marked))) if not marked[n]]
    return sorted([*first, *rest][: max(most - 1, len(first))])


def _line(lead: str, words: str, names: str, width: int) -> Content:
    left = cut(words, width - cell_width(lead))
    line = plain(lead, QUIET) + plain(left)
    room = width - line.cell_length - 2
    return line + "  " + plain(cut(names, room), QUIET) if room >= 6 else line
