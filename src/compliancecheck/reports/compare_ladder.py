"""The ladder of editions, drawn: each day on which the law changed, and this company under it."""

from __future__ import annotations

from collections.abc import Sequence

from compliancecheck.model.comparison import Event, Rung
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.instruments import Rules
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import iso
from compliancecheck.reports import wording
from compliancecheck.reports.layout import wrap
from compliancecheck.reports.sheet import Sheet, plural
from compliancecheck.reports.status import LOOKS, DisplayStatus
from compliancecheck.reports.summary import status_counts

Marks = Sequence[tuple[str, int]]
"""Letters of the compared sides with their days of law."""
_SHOWN = (
    DisplayStatus.FAIL,
    DisplayStatus.NEEDS_PROOF,
    DisplayStatus.CONTESTED,
    DisplayStatus.MAY_APPLY,
    DisplayStatus.NOT_YET_DUE,
    DisplayStatus.INFORMATIVE,
    DisplayStatus.PASS,
)
_TOP, _RUNG, _SIDE = "┬", "┼", "│"
_PLAIN = str.maketrans({_TOP: "+", _RUNG: "+", _SIDE: "|", "→": ">"})


def ladder_lines(rungs: Sequence[Rung], marks: Marks, sheet: Sheet) -> list[str]:
    """The ladder from the first day on, the earliest law at the top; a route where it turns."""
    lines: list[str] = []
    before: list[str] = []
    for n, rung in enumerate(rungs):
        segment = rung.segment
        letters = "".join(letter for letter, day in marks if segment.holds(day))
        joint = _TOP if n == 0 else _RUNG
        side = " " if n == len(rungs) - 1 else _SIDE
        lead = f"{letters:>2} {iso(segment.first)} "
        room = sheet.width - len(lead) - 2
        events = [_event_words(rung.evaluation.rules, event, sheet) for event in segment.events]
        words = sheet.say("; ", "；").join(dict.fromkeys(events))
        routes = route_words(rung.evaluation, sheet)
        verdict = [*(route for route in routes if route not in before), _counts(rung, sheet)]
        before = routes
        first, *more = wrap(words, room)
        lines.append(f"{lead}{joint} {first}")
        for text in [*more, *(row for said in verdict for row in wrap(said, room))]:
            lines.append(f"{' ' * len(lead)}{side} {text}")
    return [line.rstrip().translate(_PLAIN) if sheet.ascii else line.rstrip() for line in lines]


def _counts(rung: Rung, sheet: Sheet) -> str:
    counts = status_counts(rung.evaluation)
    parts = [
        f"{LOOKS[s].sign(sheet.ascii)} {counts[s]} {LOOKS[s].word.get(sheet.lang)}"
        for s in _SHOWN
        if counts[s]
    ]
    return sheet.say(", ", "，").join(parts) or sheet.say("nothing applies", "无适用规定")


def route_words(evaluation: Evaluation, sheet: Sheet) -> list[str]:
    """The company's line of each route."""
    return [
        sheet.say("route: ", "路径：") + wording.route_text(evaluation.rules, line, sheet.lang)
        for line in evaluation.routes
        if line.item is None and line.reason != "no_item"
    ]


def _event_words(rules: Rules, event: Event, sheet: Sheet) -> str:
    name = sheet.get(rules.instruments[event.instrument].short)
    if event.rule is not None:
        article = wording.article_text(safe_text(rules.rules[event.rule].article), sheet.lang)
        # The rule has days of its own: its article may be older, or go on.
        name += sheet.say(f", a rule at {article}", f"，{article}的规则")
    text = {
        "begins": sheet.say(f"+ {name}", f"+ {name}"),
        "ends": sheet.say(f"- {name} ends", f"- {name}失效"),
    }[event.kind]
    notes = []
    if event.disputed:
        notes.append(sheet.say("disputed", "有争议"))
    if event.displaces:
        count = len(event.displaces)
        notes.append(sheet.say(f"displaces {plural(count, 'rule')}", f"取代{count}条规则"))
    joined = sheet.say(", ", "，").join(notes)
    return text + (sheet.say(f" ({joined})", f"（{joined}）") if joined else "")
