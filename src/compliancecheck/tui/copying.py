"""Copying: what of the place under the cursor can be taken along, to the clipboard or a file.

The clipboard is that of the terminal (OSC 52, base64: no character of a text can leave as a
command); as not every terminal has one, everything can be written to a file too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList, Tree

from compliancecheck.model.findings import DatedAct, Evaluation, Finding
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Place
from compliancecheck.reading.entries import entry_yaml, file_of
from compliancecheck.reports import dates, wording
from compliancecheck.reports.sheet import Sheet
from compliancecheck.reports.whole import citation, finding_markdown
from compliancecheck.tui.answer.form import Form
from compliancecheck.tui.dates.act_page import ActPage
from compliancecheck.tui.export import name_of, write_new
from compliancecheck.tui.overlays import Ask, FullText, said
from compliancecheck.tui.paper import shortened
from compliancecheck.tui.rules.page import RulePage
from compliancecheck.tui.words import say

if TYPE_CHECKING:
    from compliancecheck.tui.app import ComplianceApp

WIDTH = 100
"""Cells a line of a text that is laid out to be copied."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to copy: the key of its words, and its text (lines that passed the gate)."""

    key: str
    text: str


def safe_lines(text: str) -> str:
    """*text* through the gate line by line; the line breaks stay."""
    return "\n".join(safe_text(line.replace("\t", "    ")) for line in text.splitlines())


def pieces(app: ComplianceApp, screen: Screen[object] | None = None) -> list[Piece]:
    """What can be copied here, or of another screen, each once; the first of two alike."""
    found: dict[str, Piece] = {}
    for piece in _pieces(app, screen or app.screen):
        text = safe_lines(piece.text)
        if text.strip():
            found.setdefault(text, Piece(piece.key, text))
    return list(found.values())


def _pieces(app: ComplianceApp, screen: Screen[object]) -> Iterator[Piece]:
    session, lang = app.session, app.lang
    selected = screen.get_selected_text()
    if selected:
        yield Piece("piece.selected", selected)
    if isinstance(screen, FullText):
        yield Piece("piece.page", screen.whole(WIDTH))
        return
    evaluation = session.evaluation if session is not None else None
    if isinstance(screen, RulePage):
        yield from _law_pieces(app.rules, screen.shown, evaluation, lang)
        yield Piece("piece.page", screen.whole(WIDTH))
        return
    if evaluation is None:
        yield from _cursor(screen)
    elif isinstance(screen, ActPage):
        yield from _act_pieces(evaluation, screen.act, lang)
    else:
        yield from _of_tab(app, evaluation)
        yield from _cursor(screen)
        yield from _file_line(app)


def _of_tab(app: ComplianceApp, evaluation: Evaluation) -> Iterator[Piece]:
    main, lang = app.main, app.lang
    if main is None:
        return
    if main.tab == 1:
        form = main.answer.form
        ref = form.asked() if isinstance(form, Form) else None
        if ref is not None:
            yield from _fact_pieces(evaluation, ref, lang)
    elif main.tab == 2 and isinstance(main.findings.current, Finding):
        yield from _finding_pieces(evaluation, main.findings.current, lang)
    elif main.tab == 3 and main.rules.current is not None:
        yield from _law_pieces(evaluation.rules, main.rules.current.id, evaluation, lang)
    elif main.tab == 4 and main.dates.current is not None:
        yield from _act_pieces(evaluation, main.dates.current, lang)
    elif main.tab == 5 and main.compare.current is not None:
        row = main.compare.current
        one = row.pair[1] or row.pair[0]
        rule = row.group[0].rule if row.group else one.rule if one is not None else ""
        yield from _law_pieces(evaluation.rules, rule, evaluation, lang)


def _fact_pieces(evaluation: Evaluation, ref: FactRef, lang: str) -> Iterator[Piece]:
    fact = evaluation.rules.facts[ref.name]
    yield Piece("piece.fact", wording.path_of(evaluation.rules, ref))
    yield Piece("piece.question", (fact.question or fact.label).get(lang))


def _finding_pieces(evaluation: Evaluation, finding: Finding, lang: str) -> Iterator[Piece]:
    yield Piece("piece.rule", finding.rule)
    yield Piece("piece.markdown", finding_markdown(evaluation, finding, lang))
    yield Piece("piece.citation", citation(evaluation, finding.rule, lang))
    for ref in finding.missing[:1]:
        yield Piece("piece.fact", wording.path_of(evaluation.rules, ref))


def _act_pieces(evaluation: Evaluation, act: DatedAct, lang: str) -> Iterator[Piece]:
    sheet = Sheet(lang=lang)
    said = (dates.standing_words(act).get(lang), dates.days_text(act, sheet),
            dates.act_text(act, sheet), dates.cited(evaluation, act, sheet))  # fmt: skip
    yield Piece("piece.act", "  ".join(text for text in said if text))
    yield Piece("piece.rule", act.rule)
    yield Piece("piece.citation", citation(evaluation, act.rule, lang))
    for ref in (*act.needs[:1], *([act.done_ref] if act.done_ref is not None else [])):
        yield Piece("piece.fact", wording.path_of(evaluation.rules, ref))


def _law_pieces(rules: Rules, id: str, evaluation: Evaluation | None, lang: str) -> Iterator[Piece]:
    if id in rules.rules:
        yield Piece("piece.rule", id)
        if evaluation is not None:
            yield Piece("piece.citation", citation(evaluation, id, lang))
        yield Piece("piece.entry", entry_yaml(rules.rules[id].place) or "")
    elif id in rules.instruments:
        instrument = rules.instruments[id]
        number = instrument.number.get(lang) if instrument.number else ""
        yield Piece("piece.instrument", id)
        yield Piece("piece.citation", f"{instrument.title.get(lang)} {number}".rstrip())


def _cursor(screen: Screen[object]) -> Iterator[Piece]:
    """The text of the row, or of the node, under the cursor of what has the focus."""
    yield Piece("piece.cursor", _text_under(screen.focused))


def _text_under(focused: Widget | None) -> str:
    if isinstance(focused, Tree):
        node = focused.cursor_node
        return str(node.label) if node is not None else ""
    if isinstance(focused, OptionList) and focused.highlighted is not None:
        prompt = focused.get_option_at_index(focused.highlighted).prompt
        return getattr(prompt, "plain", None) or str(prompt)
    choices, chosen = getattr(focused, "choices", ()), getattr(focused, "_selected", None)
    if isinstance(chosen, int) and chosen < len(choices):
        return str(choices[chosen].words.get(getattr(focused, "lang", "en")))
    return ""


def _file_line(app: ComplianceApp) -> Iterator[Piece]:
    """The line of the profile, or of a pack, where what is under the cursor stands."""
    place = app.main.pane.place if app.main is not None else None
    if place is None or app.session is None:
        return
    yield Piece("piece.yaml", _line_of(place, app.session.path, app.session.text))


def _line_of(place: Place, path: str, text: str) -> str:
    if place.path != path:
        found = file_of(place, shipped=False)
        if found is None:
            return ""
        text = found.read_text(encoding="utf-8", errors="replace")
    lines = text.removeprefix("\ufeff").splitlines()
    return lines[place.line - 1].strip() if 0 < place.line <= len(lines) else ""


# -- the menu --------------------------------------------------------------------------------------


async def copy(app: ComplianceApp) -> None:
    """Ask what to copy, and copy it; or write it to a file."""
    found = pieces(app)
    if not found:
        app.tell("nothing_to_copy")
        return
    screen, drawn_in = app.screen, app.lang

    def now(lang: str) -> list[Piece]:
        """The same pieces in another language, where that has as many."""
        other = found if lang == drawn_in else pieces(app, screen)
        same = [piece.key for piece in other] == [piece.key for piece in found]
        return other if same else found

    def rows(lang: str) -> list[tuple[str, str]]:
        return [(str(n), _row(piece, lang)) for n, piece in enumerate(now(lang))]

    def with_file(lang: str) -> list[tuple[str, str]]:
        return [*rows(lang), ("file", say("write_to_file", lang))]

    chosen = await app.push_screen_wait(Ask(said("take_title"), with_file, app.lang))
    if chosen == "file":
        chosen = await app.push_screen_wait(Ask(said("write_which"), rows, app.lang))
        if chosen:
            piece = now(app.lang)[int(str(chosen))]
            ending = "md" if piece.key == "piece.markdown" else "txt"
            await write_new(app, piece.text.rstrip("\n") + "\n", name_of(app, "copy", ending))
    elif chosen:
        put(app, now(app.lang)[int(str(chosen))])


def _row(piece: Piece, lang: str) -> str:
    colon = wording.colon(lang)
    first, *more = piece.text.splitlines()
    return f"{say(piece.key, lang)}{colon}{shortened(first, 60)}{' …' if more else ''}"


def put(app: ComplianceApp, piece: Piece) -> None:
    """To the clipboard of the terminal, and say so."""
    app.copy_to_clipboard(piece.text)
    app.tell("copied", what=say(piece.key, app.lang))


def copy_markdown(app: ComplianceApp) -> None:
    """The finding under the cursor as Markdown; else the first of what can be copied."""
    found = pieces(app)
    wanted = [piece for piece in found if piece.key == "piece.markdown"]
    if wanted:
        put(app, wanted[0])
    else:
        app.tell("nothing_to_copy")
