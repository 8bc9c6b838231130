"""Writing to files from the app: a text that was chosen, the whole report, a picture."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from compliancecheck.model.findings import Evaluation
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import iso
from compliancecheck.reading.saving import ChangedOnDisk, save
from compliancecheck.reports.whole import REPORTS
from compliancecheck.tui.bindings import Keys, Translated
from compliancecheck.tui.help import Helped
from compliancecheck.tui.overlays import Ask
from compliancecheck.tui.paper import Paper, lines_of
from compliancecheck.tui.words import say

if TYPE_CHECKING:
    from compliancecheck.tui.app import ComplianceApp

FORMATS = {"md": "export.md", "txt": "export.txt", "json": "export.json", "ics": "export.ics"}
"""The words of each format, by the ending of the file."""

Complaint = Callable[[str], str]
"""From a name to what stands against it, in words; empty: nothing."""


class NameInput(Input, Helped):
    """The field of a file's name."""

    help_name = "name"


class NamePrompt(Translated, ModalScreen[str]):
    """The name of a file to write; what stands against it is told below the field."""

    DEFAULT_CSS = "NamePrompt { background: $background 70%; align: center middle; }"
    BINDINGS = [Binding("escape", "close", "close", key_display="esc", id="close")]

    def __init__(self, title: str, name: str, against: Complaint, lang: str) -> None:
        super().__init__()
        self.title_text, self.preset, self.against, self.lang = title, name, against, lang
        self.complaint = self._refused = ""

    def compose(self) -> ComposeResult:
        """The question, a field, and room for a complaint."""
        with VerticalScroll(id="ask", can_focus=False):
            yield Paper(lambda width: lines_of(self.title_text, width, "bold"))
            yield NameInput(self.preset, compact=True, select_on_focus=False)
            yield Paper(self._complaint, id="against")
        yield Keys(palette=False)

    def _complaint(self, width: int) -> Iterable[Content]:
        return lines_of(self.complaint, width, "$warning") if self.complaint else []

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another name: the complaint was about the one before."""
        event.stop()
        if self.complaint and event.value.strip() != self._refused:
            self.complaint = ""
            self.query_one("#against", Paper).set(self._complaint)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """That name, if nothing stands against it."""
        event.stop()
        name = event.value.strip()
        self.complaint, self._refused = self.against(name) if name else "", name
        self.query_one("#against", Paper).set(self._complaint)
        if name and not self.complaint:
            self.dismiss(name)

    def action_close(self) -> None:
        """Nothing."""
        self.dismiss("")


def cannot_be_made(name: str, lang: str) -> str:
    """What stands against a file of this name, whether or not it is there already."""
    path = os.path.expanduser(name)
    folder = os.path.dirname(path) or "."
    if os.path.isdir(path):
        return say("name_is_folder", lang, name=safe_text(name))
    if not os.path.isdir(folder):
        return say("no_folder", lang, name=safe_text(folder))
    return ""


def must_be_new(name: str, lang: str) -> str:
    """What stands against a new file of this name."""
    if os.path.lexists(os.path.expanduser(name)) and not os.path.isdir(os.path.expanduser(name)):
        return say("name_taken", lang, name=safe_text(name))
    return cannot_be_made(name, lang)


def write(path: str, text: str, *, over: bool = False) -> str:
    """Write a text whole or not at all; what went wrong, in words, else an empty text."""
    path = os.path.expanduser(path)
    try:
        before = hashlib.sha256(Path(path).read_bytes()).hexdigest() if over else None
        save(path, text, before)
    except (OSError, ChangedOnDisk, ValueError) as error:
        return getattr(error, "strerror", None) or str(error)
    return ""


def name_of(app: ComplianceApp, what: str, ending: str) -> str:
    """``PROFILE-report-DAY.md``, beside the user."""
    stem = Path(app.session.path).stem if app.session is not None else "compliancecheck"
    day = app.session.as_of if app.session is not None else app.as_of
    return f"{safe_text(stem)}-{what}-{iso(day)}.{ending}"


def free_name(name: str) -> str:
    """*name*, or the first of *name-2*, *name-3* … that is no file yet."""
    stem, ending = os.path.splitext(name)
    n, found = 1, name
    while os.path.lexists(found):
        n += 1
        found = f"{stem}-{n}{ending}"
    return found


async def write_new(app: ComplianceApp, text: str, name: str) -> None:
    """Ask for a name and write *text* to it; a file that is there stays."""
    lang = app.lang
    prompt = NamePrompt(
        say("file_to_write", lang), free_name(name), lambda typed: must_be_new(typed, lang), lang
    )
    named = await app.push_screen_wait(prompt)
    if named:
        told(app, str(named), write(str(named), text))


def told(app: ComplianceApp, name: str, failure: str) -> None:
    """Say what became of a file."""
    if failure:
        app.tell("not_written", severity="error", why=failure)
    else:
        app.tell("written", name=os.path.abspath(os.path.expanduser(name)))


async def export(app: ComplianceApp, ending: str = "") -> None:
    """Ask for a format and a name, then write the whole report; overwriting is asked."""
    evaluation = app.session.evaluation if app.session is not None else None
    if evaluation is None or app.session is None or app.session.broken:
        app.tell("nothing_to_export", severity="warning")
        return
    lang = app.lang
    if not ending:
        choices = [(format, say(words, lang)) for format, words in FORMATS.items()]
        ending = str(await app.push_screen_wait(Ask(say("export_title", lang), choices, lang)))
    if ending not in REPORTS:
        return
    what = "dates" if ending == "ics" else "report"
    preset = name_of(app, what, ending)
    prompt = NamePrompt(
        say("file_to_write", lang), preset, lambda typed: cannot_be_made(typed, lang), lang
    )
    name = str(await app.push_screen_wait(prompt) or "")
    over = bool(name) and os.path.lexists(os.path.expanduser(name))
    if not name or (over and not await _may_replace(app, name)):
        return
    app.tell("exporting")
    report = partial(_write_report, evaluation, ending, name, lang, over)
    worker = app.run_worker(report, thread=True)
    told(app, name, str(await worker.wait()))


def _write_report(evaluation: Evaluation, ending: str, name: str, lang: str, over: bool) -> str:
    return write(name, "".join(REPORTS[ending](evaluation, lang)), over=over)


async def _may_replace(app: ComplianceApp, name: str) -> bool:
    lang = app.lang
    choices = [("no", say("overwrite_no", lang)), ("yes", say("overwrite_yes", lang))]
    title = say("overwrite_title", lang, name=safe_text(name))
    return await app.push_screen_wait(Ask(title, choices, lang)) == "yes"


def screenshot(app: ComplianceApp) -> None:
    """A picture of the screen beside the user, under a name that is free."""
    name = free_name(name_of(app, "screen", "svg"))
    told(app, name, write(name, app.export_screenshot()))
