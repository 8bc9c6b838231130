"""Writing to files from the app: a text that was chosen, the whole report, a picture."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from compliancecheck.model.findings import Evaluation
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import iso
from compliancecheck.reading.saving import ChangedOnDisk, save
from compliancecheck.reading.system_words import system_words
from compliancecheck.reports.whole import REPORTS
from compliancecheck.tui.name_prompt import NamePrompt
from compliancecheck.tui.overlays import Ask, said
from compliancecheck.tui.words import say

if TYPE_CHECKING:
    from compliancecheck.tui.app import ComplianceApp

FORMATS = {"md": "export.md", "txt": "export.txt", "json": "export.json", "ics": "export.ics"}
"""The words of each format, by the ending of the file."""


def cannot_be_made(name: str, lang: str) -> str:
    """What stands against a file of this name, whether or not it is there already."""
    if not name:
        return say("name_needed", lang)
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


def _against(app: ComplianceApp, check: Callable[[str, str], str], name: str) -> str:
    """What stands against a name, in the language of the app as it is by now."""
    return check(name, app.lang)


def _formats(lang: str) -> list[tuple[str, str]]:
    return [(format, say(words, lang)) for format, words in FORMATS.items()]


def write(path: str, text: str, lang: str = "en", *, over: bool = False) -> str:
    """Write a text whole or not at all; what went wrong, in words, else an empty text."""
    path = os.path.expanduser(path)
    try:
        before = hashlib.sha256(Path(path).read_bytes()).hexdigest() if over else None
        save(path, text, before)
    except (OSError, ChangedOnDisk, ValueError) as error:
        return system_words(error).get(lang)
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
    against = partial(_against, app, must_be_new)
    prompt = NamePrompt(said("file_to_write"), free_name(name), against, app.lang, "name")
    named = await app.push_screen_wait(prompt)
    if named:
        told(app, str(named), write(str(named), text, app.lang))


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
    if not ending:
        ask = Ask(said("export_title"), _formats, app.lang)
        ending = str(await app.push_screen_wait(ask))
    if ending not in REPORTS:
        return
    what = "dates" if ending == "ics" else "report"
    preset = name_of(app, what, ending)
    against = partial(_against, app, cannot_be_made)
    prompt = NamePrompt(said("file_to_write"), preset, against, app.lang, "name")
    name = str(await app.push_screen_wait(prompt) or "")
    over = bool(name) and os.path.lexists(os.path.expanduser(name))
    if not name or (over and not await _may_replace(app, name)):
        return
    app.tell("exporting")
    report = partial(_write_report, evaluation, ending, name, app.lang, over)
    worker = app.run_worker(report, thread=True)
    told(app, name, str(await worker.wait()))


def _write_report(evaluation: Evaluation, ending: str, name: str, lang: str, over: bool) -> str:
    return write(name, "".join(REPORTS[ending](evaluation, lang)), lang, over=over)


async def _may_replace(app: ComplianceApp, name: str) -> bool:
    def choices(lang: str) -> list[tuple[str, str]]:
        return [("no", say("overwrite_no", lang)), ("yes", say("overwrite_yes", lang))]

    title = said("overwrite_title", name=safe_text(name))
    return await app.push_screen_wait(Ask(title, choices, app.lang)) == "yes"


def screenshot(app: ComplianceApp) -> None:
    """A picture of the screen beside the user, under a name that is free."""
    name = free_name(name_of(app, "screen", "svg"))
    told(app, name, write(name, app.export_screenshot(), app.lang))
