"""The ladder of editions above a comparison: what each day's law asks of this company."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from compliancecheck.logic.editions import ladder, rung
from compliancecheck.model.comparison import Rung, Segment
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.safe import cell_width
from compliancecheck.model.texts import iso
from compliancecheck.reports.layout import cut
from compliancecheck.reports.status import LOOKS, DisplayStatus
from compliancecheck.reports.summary import empty_packs, status_counts
from compliancecheck.tui.compare.sides import verdict
from compliancecheck.tui.paper import QUIET, lines_of, plain
from compliancecheck.tui.words import say

PAUSE = 0.02
"""Seconds between two editions in which keys are heard."""

Ladders = dict[str, tuple[Rung, ...]]
"""The editions of each pack that asks, or may ask, something of the company."""

Marks = Sequence[tuple[str, int | None]]
"""The letters of the sides with their days of law; a draft has none."""


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


def segments_of(evaluation: Evaluation, ladders: Ladders | None) -> list[Segment]:
    """The segments of law that a side can be put in; where no pack asks anything, of all packs."""
    packs = ladders or evaluation.rules.packs
    return [segment for pack in packs for segment in ladder(evaluation.rules, pack)]


def words_of(rungs: Sequence[Rung], lang: str) -> list[str]:
    """What each edition asks: its ways, else how many findings have which status."""
    ways = [verdict(rung, lang) for rung in rungs]
    return ways if any(ways) else [_counted(rung, lang) for rung in rungs]


def _counted(rung: Rung, lang: str) -> str:
    counts = status_counts(rung.evaluation)
    shown = [s for s in DisplayStatus if counts[s] and s is not DisplayStatus.NOT_APPLICABLE]
    parts = [f"{LOOKS[s].symbol}{counts[s]}" for s in shown]
    return " ".join(parts) or say("nothing_applies", lang)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a ladder: the first day of an edition, or the day of a side within one.

    ``words`` are what is asked from then on, where it turns and at a side; ``names`` what began.
    """

    day: int
    letters: str
    words: str
    names: tuple[str, ...]
    turns: bool = False

    @property
    def is_mark(self) -> bool:
        """Whether it is the day of a side only."""
        return not self.names


def steps(rungs: Sequence[Rung], marks: Marks, lang: str) -> list[Step]:
    """Every edition of a pack, and every side, in the order of days."""
    said = words_of(rungs, lang)
    on: dict[int, str] = {}
    for letter, day in marks:
        if day is not None:
            on[day] = on.get(day, "") + letter
    found = []
    for n, step in enumerate(rungs):
        day = step.segment.first
        letters, turns = on.pop(day, ""), n == 0 or said[n] != said[n - 1]
        words = said[n] if turns or letters else ""
        found.append(Step(day, letters, words, _begun(step, lang), turns))
    for day, letters in on.items():
        held = (said[n] for n, step in enumerate(rungs) if step.segment.holds(day))
        found.append(Step(day, letters, next(held, say("nothing_applies", lang)), ()))
    return sorted(found, key=lambda step: step.day)


def _begun(rung: Rung, lang: str) -> tuple[str, ...]:
    instruments = rung.evaluation.rules.instruments
    names = (instruments[event.instrument].short.get(lang) for event in rung.segment.events)
    return tuple(dict.fromkeys(names))


def ladder_lines(
    ladders: Ladders, marks: Marks, width: int, most: int, lang: str
) -> Iterator[Content]:
    """The editions, one a line, and the days of the sides between them.

    At most *most* lines: the sides, where the verdict turns (between the sides first), then what is
    nearest to side A. The rest stands under ``w``.
    """
    every = {pack: steps(rungs, marks, lang) for pack, rungs in ladders.items()}
    titled = len(every) > 1
    room = most - (len(every) if titled else 0)
    shown = _chosen(every, marks, room)
    left = sum(map(len, every.values())) - sum(map(len, shown.values()))
    lines: list[Content] = []
    for pack, all_steps in every.items():
        if titled and shown[pack]:
            title = next(iter(ladders[pack])).evaluation.rules.packs[pack].title
            lines.append(plain(cut(title.get(lang), width), QUIET))
        lines += _drawn(all_steps, shown[pack], width, lang)
    if left:
        more = say("more_editions", lang, n=left)
        if lines and lines[-1].cell_length + cell_width(more) + 2 <= width:
            lines[-1] = lines[-1] + "  " + plain(more, QUIET)
        else:
            lines.append(plain(" " * _LEAD + more, QUIET))
    yield from lines


def whole_ladder(ladders: Ladders, marks: Marks, width: int, lang: str) -> Iterator[Content]:
    """The same with every edition, nothing cut."""
    for pack, rungs in ladders.items():
        title = rungs[0].evaluation.rules.packs[pack].title
        yield from lines_of(title.get(lang), width, "bold")
        for step in steps(rungs, marks, lang):
            names = _comma(lang).join(step.names)
            text = "  ".join(piece for piece in (step.words, names) if piece)
            lead = _lead(step, "●" if step.is_mark else "┼")
            yield from lines_of(text, width, "bold" if step.is_mark else "", _LEAD, lead)


def _chosen(every: dict[str, list[Step]], marks: Marks, most: int) -> dict[str, list[int]]:
    """Which steps are shown, by pack."""
    days = [day for _, day in marks if day is not None]
    at = days[0] if days else 0
    between = range(min(days, default=0), max(days, default=0) + 1)

    def rank(step: Step) -> tuple[int, int]:
        if step.letters:
            return 0, 0
        order = (1 if step.day in between else 2) if step.turns else 3
        return order, abs(step.day - at)

    ranked = [(rank(s), pack, n) for pack, found in every.items() for n, s in enumerate(found)]
    kept = sorted(ranked)[: max(most, 0)]
    return {pack: sorted(n for _, p, n in kept if p == pack) for pack in every}


_LEAD = 16
"""Cells before the words of a step: letters, day, joint."""

_LEAST_NAMES = 45
"""Cells that are left for the names of what began, if they stand in a column of their own."""


def _lead(step: Step, joint: str) -> str:
    return f"{step.letters:>2} {iso(step.day)} {joint} "


def _drawn(every: Sequence[Step], shown: Sequence[int], width: int, lang: str) -> Iterator[Content]:
    column = max((cell_width(every[n].words) for n in shown if every[n].names), default=0)
    if width - _LEAD - column < _LEAST_NAMES:
        column = 0
    before = -1
    for n in shown:
        step = every[n]
        joint = "●" if step.is_mark else "┼" if n == before + 1 else "┊"
        before = n
        bold = "bold" if step.letters else ""
        line = plain(_lead(step, joint), bold or QUIET)
        line = line + plain(cut(step.words, width - _LEAD), bold)
        if step.names:
            line = line + " " * (_LEAD + column - line.cell_length)
            gap = "  " if line.cell_length > _LEAD else ""
            names = _whole_names(step.names, width - line.cell_length - len(gap), lang)
            line = line + gap + plain(names, QUIET) if names else line
        yield line


def _whole_names(names: Sequence[str], room: int, lang: str) -> str:
    """As many names as there is room for, none cut; ``… w`` where there are more."""
    comma, more = _comma(lang), f"{'……' if lang == 'zh' else '…'} w"
    for n in range(len(names), 0, -1):
        text = comma.join(names[:n]) + ("" if n == len(names) else comma + more)
        if cell_width(text) <= room:
            return text
    return more if cell_width(more) <= room else ""


def _comma(lang: str) -> str:
    return "、" if lang == "zh" else ", "
