"""The screen that offers an unsettled point of law: each reading with what it leads to."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content

from compliancecheck.logic.interview import Screen
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Texts
from compliancecheck.reports import wording
from compliancecheck.tui.answer.answers_text import Choice
from compliancecheck.tui.answer.form import Form, Progress, focus_here
from compliancecheck.tui.answer.options import Options
from compliancecheck.tui.paper import QUIET, Paper, lines_of
from compliancecheck.tui.words import say


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
        yield from lines_of(self.reading.question.get(self.lang), width, "bold")
        yield from lines_of(cited(self.evaluation, self.reading.name, self.lang), width, QUIET)
        yield Content("")

    def _verdicts(self, width: int) -> Iterator[Content]:
        colon, semicolon = ("：", "；") if self.lang == "zh" else (": ", "; ")
        for n, choice in enumerate(self.reading.choices, 1):
            said = [f"{name}{colon}{ways}" for name, ways in self._ways(choice)]
            if said:
                yield Content("")
                yield from lines_of(semicolon.join(said), width, "", 5, f"{n} →  ")
        yield Content("")
        yield from lines_of(say("reading_help", self.lang), width, QUIET)

    def _ways(self, choice: str) -> Iterator[tuple[str, str]]:
        """What a choice leads to, by item, where this reading alone decides."""
        rules = self.evaluation.rules
        for line in self.evaluation.routes:
            for verdict in line.readings if line.contested else ():
                if verdict.adopt == ((self.reading.name, choice),):
                    ways = [wording.way_text(rules, line.route, w, self.lang) for w in verdict.ways]
                    yield (
                        line.item or wording.COMPANY.get(self.lang),
                        wording.listed(ways, self.lang),
                    )

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
            self.post_message(self.Adopt(self.reading.name, event.text))
        else:
            self.app.notify(say("choose_first", self.lang), markup=False, timeout=4)


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
