"""The whole text of anything, over the screen: why a question is asked, a proof in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from compliancecheck.logic.bands import fact_axis, option_bands
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.reports import wording
from compliancecheck.reports.status import outcome_word
from compliancecheck.reports.strip import way_words
from compliancecheck.tui.answers_text import interval_said
from compliancecheck.tui.bindings import Keys, Translated
from compliancecheck.tui.paper import QUIET, Draw, Paper, heading, lines_of, plain
from compliancecheck.tui.side import deciding
from compliancecheck.tui.words import say


class FullText(Translated, ModalScreen[None]):
    """A text to scroll through; Esc, q, w or ? close it."""

    BINDINGS = [
        Binding("escape,q,w,question_mark,f1", "close", "close", key_display="esc", id="close"),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("pagedown,space", "scroll(10)", "Page Down", show=False),
        Binding("pageup", "scroll(-10)", "Page Up", show=False),
    ]

    def __init__(self, title: str, draw: Draw, lang: str) -> None:
        super().__init__()
        self.title_text, self._text, self.lang = title, draw, lang

    def compose(self) -> ComposeResult:
        """Title and text."""
        with VerticalScroll(id="full", can_focus=False):
            yield Paper(lambda width: [*lines_of(self.title_text, width, "bold"), Content("")])
            yield Paper(self._text)
        yield Keys(palette=False)

    def action_close(self) -> None:
        """Back to where it was asked for."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Move the text."""
        self.query_one("#full", VerticalScroll).scroll_relative(y=lines, animate=False)


class Ask(Translated, ModalScreen[str]):
    """One choice out of a few; Esc takes none."""

    BINDINGS = [Binding("escape", "close", "close", key_display="esc", id="close")]

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], lang: str) -> None:
        super().__init__()
        self.title_text, self.choices, self.lang = title, tuple(choices), lang

    def compose(self) -> ComposeResult:
        """The question and its choices."""
        with VerticalScroll(id="ask", can_focus=False):
            yield Paper(lambda width: [*lines_of(self.title_text, width, "bold"), Content("")])
            yield OptionList(*(Option(plain(words), id=name) for name, words in self.choices))
        yield Keys(palette=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        self.dismiss(event.option.id or "")

    def action_close(self) -> None:
        """None of them."""
        self.dismiss("")


class Prompt(Translated, ModalScreen[str]):
    """One line of text; Esc gives none."""

    BINDINGS = [Binding("escape", "close", "close", key_display="esc", id="close")]

    def __init__(self, title: str, lang: str) -> None:
        super().__init__()
        self.title_text, self.lang = title, lang

    def compose(self) -> ComposeResult:
        """The question and a field."""
        with VerticalScroll(id="ask", can_focus=False):
            yield Paper(lambda width: lines_of(self.title_text, width, "bold"))
            yield Input(compact=True)
        yield Keys(palette=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """What was typed."""
        self.dismiss(event.value.strip())

    def action_close(self) -> None:
        """Nothing."""
        self.dismiss("")


def why_asked(evaluation: Evaluation, ref: FactRef, goal: str, lang: str) -> Draw:
    """Why a fact is asked: the question in full, what each answer does, who waits for it."""

    def draw(width: int) -> Iterator[Content]:
        fact = evaluation.rules.facts[ref.name]
        for text in (fact.question, fact.help):
            if text is not None:
                yield from lines_of(text.get(lang), width, QUIET if text is fact.help else "")
        yield plain(wording.path_of(evaluation.rules, ref), QUIET)
        yield Content("")
        if fact.type not in (FactType.TEXT, FactType.LIST):
            yield heading(say("what_each_does", lang))
            yield from _each(evaluation, ref, lang, width)
            yield Content("")
        rules = deciding(evaluation, ref, goal)
        if rules:
            yield heading(say("waiting", lang))
        for name in rules:
            yield from _rule(evaluation, name, lang, width)

    return draw


def _each(evaluation: Evaluation, ref: FactRef, lang: str, width: int) -> Iterator[Content]:
    fact = evaluation.rules.facts[ref.name]
    axis = fact_axis(evaluation, ref) if fact.type.is_numeric else None
    bands = axis.bands if axis else () if fact.type.is_numeric else option_bands(evaluation, ref)
    ways = way_words(evaluation.rules.routes)
    for band in bands:
        if isinstance(band.values, tuple):
            said = interval_said(fact, band.values[0]).get(lang)
        else:
            said = band.words.get(lang)
        names = []
        for name in band.leads_to:
            words = outcome_word(name) or ways.get(name)
            names.append(words.get(lang) if words else name)
        text = wording.listed(names, lang) or say("no_change", lang)
        colon = "：" if lang == "zh" else ": "
        yield from lines_of(f"{safe_text(said)}{colon}{safe_text(text)}", width, "", 4, "  ")


def _rule(evaluation: Evaluation, name: str, lang: str, width: int) -> Iterator[Content]:
    rule = evaluation.rules.rules[name]
    instrument = evaluation.rules.instruments[rule.instrument]
    pieces = [
        rule.title.get(lang),
        f"{instrument.short.get(lang)} {wording.article_text(rule.article, lang)}",
        wording.tags(evaluation.rules, rule, lang),
    ]
    sep = "，" if lang == "zh" else ", "
    yield from lines_of(sep.join(p for p in pieces if p), width, "", 4, "  ")
    if rule.then is not None:
        yield from lines_of(rule.then.get(lang), width, QUIET, 4, "    ")
    for source in instrument.sources[:1]:
        yield from lines_of(source.url, width, QUIET, 4, "    ")


def why_reading(evaluation: Evaluation, reading: str, lang: str) -> Draw:
    """What turns on an unsettled point of law."""

    def draw(width: int) -> Iterator[Content]:
        found = evaluation.rules.readings[reading]
        yield from lines_of(found.question.get(lang), width)
        yield Content("")
        for finding in evaluation.findings:
            if any(name == reading for v in finding.readings for name, _ in v.adopt):
                yield from _rule(evaluation, finding.rule, lang, width)
                text = wording.readings_text(evaluation.rules, finding, lang)
                yield from lines_of(text, width, QUIET, 4, "    ")

    return draw
