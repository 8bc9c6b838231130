"""The screen that offers an unsettled point of law: each reading with what it leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from textual.app import ComposeResult
from textual.content import Content

from compliancecheck.logic.evaluate import again
from compliancecheck.logic.interview import Screen
from compliancecheck.model.findings import Evaluation, Outcome, Status
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Texts
from compliancecheck.reports import wording
from compliancecheck.tui.answer.answers_text import Choice
from compliancecheck.tui.answer.columns import BOTH_LANGUAGES
from compliancecheck.tui.answer.form import Form, Progress, focus_here
from compliancecheck.tui.answer.options import Options
from compliancecheck.tui.paper import QUIET, Paper, in_both, lines_of
from compliancecheck.tui.telling import cited
from compliancecheck.tui.words import WORDS, say

LEFT_OPEN = "\n"
"""The answer that adopts no reading; no reading has this name."""

NAMED_RULES = 1
"""So many rules are named for each verdict beside the question; `w` names them all."""


class ReadingForm(Form):
    """An unsettled point of law: each reading with what it leads to; nothing is preselected."""

    def __init__(
        self, evaluation: Evaluation, screen: Screen, progress: Progress, lang: str
    ) -> None:
        super().__init__(evaluation, progress, lang)
        assert screen.reading is not None
        self.reading = evaluation.rules.readings[screen.reading]

    def compose(self) -> ComposeResult:
        """Question, citation, the readings."""
        yield Paper(self._title)
        adopted = self.evaluation.profile.readings.get(self.reading.name)
        chosen = adopted.choice if adopted else None
        choices = [
            Choice(name, self._words(name, words), (), name == chosen)
            for name, words in self.reading.choices.items()
        ]
        choices.append(Choice(LEFT_OPEN, WORDS["leave_open"]))
        yield Options(choices, self.lang, lambda _: "")
        yield Paper(self._verdicts)

    def on_mount(self) -> None:
        """The focus is on the readings."""
        focus_here(self.query_one(Options))

    def _words(self, name: str, words: Texts) -> Texts:
        if name != self.reading.prevailing:
            return words
        en, zh = say("prevailing", "en"), say("prevailing", "zh")
        return Texts(f"{words.get('en')} [{en}]", f"{words.get('zh')}［{zh}］")

    def _title(self, width: int) -> Iterator[Content]:
        yield from self.progress.lines(width, self.lang)
        yield Content("")
        question = self.reading.question
        if width >= BOTH_LANGUAGES:
            yield from in_both(question, width, self.lang)
        else:
            yield from lines_of(question.get(self.lang), width, "bold")
        yield from lines_of(cited(self.evaluation, self.reading.name, self.lang), width, QUIET)
        yield Content("")

    def _verdicts(self, width: int) -> Iterator[Content]:
        yield Content("")
        found = [*verdict_lines(self.evaluation, self.reading.name, width, self.lang, NAMED_RULES)]
        yield from found or lines_of(say("reading_idle", self.lang), width)
        yield Content("")
        yield from lines_of(say("reading_help", self.lang), width, QUIET)

    def allows(self, action: str) -> bool:
        """It may be left open."""
        return action in ("back", "skip", "why")

    def skip(self) -> None:
        """Leave it open."""
        self.post_message(self.Adopt(self.reading.name, None))

    def on_options_accepted(self, event: Options.Accepted) -> None:
        """Adopt one."""
        event.stop()
        if event.text:
            choice = None if event.text == LEFT_OPEN else event.text
            self.post_message(self.Adopt(self.reading.name, choice))
        else:
            self.app.notify(say("choose_first", self.lang), markup=False, timeout=4)


def verdict_lines(
    evaluation: Evaluation, reading: str, width: int, lang: str, most: int = 99
) -> Iterator[Content]:
    """For each reading the ways and the verdicts that turn on it, whichever is adopted.

    At most *most* of its rules are named for each verdict, the others counted.
    """
    evaluation = _undecided(evaluation, reading)
    sep, colon = ("、", "：") if lang == "zh" else (", ", ": ")
    for n, (choice, words) in enumerate(evaluation.rules.readings[reading].choices.items(), 1):
        ways = _together(_ways(evaluation, reading, choice, lang))
        outcomes = _together(_outcomes(evaluation, reading, choice, lang))
        if not ways and not outcomes:
            continue
        yield from lines_of(words.get(lang), width, "", 4, f"{n} → ")
        for said, names in ways.items():
            yield from lines_of(f"{said}{colon}{sep.join(names)}", width, QUIET, 6, "    ")
        for said, names in outcomes.items():
            further = [say("further_ones", lang, n=len(names) - most)] if names[most:] else []
            shown = wording.semicolon(lang).join([*names[:most], *further])
            yield from lines_of(f"{said}{colon}{shown}", width, QUIET, 6, "    ")


def _together(said: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """What is said of several alike, with the names of all of them."""
    found: dict[str, list[str]] = {}
    for name, words in said:
        names = found.setdefault(words, [])
        if name not in names:
            names.append(name)
    return found


_kept: dict[str, tuple[Evaluation, Evaluation]] = {}
"""The last evaluation with a reading left open, beside the one that it was made from."""


def _undecided(evaluation: Evaluation, reading: str) -> Evaluation:
    """The evaluation with this reading left open."""
    profile = evaluation.profile
    if reading not in profile.readings:
        return evaluation
    known = _kept.get(reading)
    if known is None or known[0] is not evaluation:
        others = {name: one for name, one in profile.readings.items() if name != reading}
        known = (evaluation, again(evaluation, replace(profile, readings=others)))
        _kept.clear()
        _kept[reading] = known
    return known[1]


def _ways(
    evaluation: Evaluation, reading: str, choice: str, lang: str
) -> Iterator[tuple[str, str]]:
    """What a choice leads to, by item, where this reading alone decides."""
    rules = evaluation.rules
    for line in evaluation.routes:
        for verdict in line.readings if line.contested else ():
            if verdict.adopt == ((reading, choice),):
                ways = [wording.way_text(rules, line.route, way, lang) for way in verdict.ways]
                name = safe_text(line.item) if line.item else wording.COMPANY.get(lang)
                yield name, wording.listed(ways, lang)


def _outcomes(
    evaluation: Evaluation, reading: str, choice: str, lang: str
) -> Iterator[tuple[str, str]]:
    """The verdict of each contested finding by this choice, whatever the other readings are."""
    for finding in evaluation.findings:
        if finding.status is not Status.CONTESTED:
            continue
        outcomes: set[Outcome] = set()
        for verdict in finding.readings:
            if (reading, choice) in verdict.adopt:
                outcomes |= verdict.outcomes
        if outcomes:
            title = safe_text(evaluation.rules.rules[finding.rule].title.get(lang))
            yield title, wording.outcomes_text(outcomes, lang)
