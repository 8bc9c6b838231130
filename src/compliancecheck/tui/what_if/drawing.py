"""The lines of the what-if pane: what is supposed, what the finding then is, what turns with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from compliancecheck.model.comparison import RouteChange
from compliancecheck.model.findings import Finding
from compliancecheck.model.instruments import Rules
from compliancecheck.model.what_if import Effect, GhostStep, Suggestion, Supposition
from compliancecheck.reports import what_if_words as words
from compliancecheck.reports import wording
from compliancecheck.tui.paper import QUIET, lines_of, mark, plain, symbol
from compliancecheck.tui.words import say


def if_lines(
    rules: Rules, suppositions: Iterable[Supposition], width: int, lang: str
) -> Iterator[Content]:
    """``if … were …``, one line or more for each answer."""
    for n, one in enumerate(suppositions):
        yield from lines_of(words.if_words(rules, one, n == 0).get(lang), width, "", 2, "")


def row(rules: Rules, number: int, found: Suggestion, width: int, lang: str) -> Content:
    """One suggestion in the list: its answers, and what the finding then is."""
    lines: list[Content] = []
    for n, one in enumerate(found.suppositions):
        lead = f"{number} " if n == 0 else "  "
        lines += lines_of(words.if_words(rules, one, n == 0).get(lang), width, "", 2, lead)
    then = Content("  ") + plain("→ ") + mark(words.shown_status(found.after), lang)
    if found.after.met is not None:
        then = then + plain(f"  {words.state_words(found.after).get(lang)}")
    count = len(found.effects) + len(found.routes)
    if count:
        then = then + plain(f"  {say('turns_with', lang, n=count)}", QUIET)
    if found.given:
        lines += lines_of(words.GIVEN.get(lang), width, QUIET, 2, "  ")
    lines.append(then)
    if found.set_aside:
        text = words.anew_words(rules, found.set_aside, lang)
        lines += lines_of(text, width, QUIET, 4, "  ")
    return Content("\n").join(lines)


def turn_lines(
    rules: Rules,
    effects: Iterable[Effect],
    routes: Iterable[RouteChange],
    width: int,
    lang: str,
) -> Iterator[Content]:
    """What turns with it: routes first, then findings, the worst outcome first."""
    found = False
    for change in routes:
        found = True
        name = change.item
        if name is None:
            name = wording.COMPANY.get(lang) if rules.routes[change.route].each else ""
        sides = [
            wording.route_text(rules, line, lang) if line else wording.NO_ITEM.get(lang)
            for line in (change.before, change.after)
        ]
        colon = wording.colon(lang) if name else ""
        yield from lines_of(f"{name}{colon}{' → '.join(sides)}", width, "", 2, "⇒ ")
    for effect, items in words.grouped(effects):
        found = True
        before, after = words.shown_status(effect.before), words.shown_status(effect.after)
        title = words.title_of(rules, words.effect_finding(effect), items, lang)
        head = symbol(before) + plain(" → ") + mark(after, lang, short=True) + "  "
        first, *rest = lines_of(title, width, "", head.cell_length, " " * head.cell_length)
        yield head + first[head.cell_length :]
        yield from rest
    if not found:
        yield from lines_of(say("turns_nothing", lang), width, QUIET)


def then_lines(rules: Rules, found: Suggestion, width: int, lang: str) -> Iterator[Content]:
    """All that turns with a suggestion, and the answers that are to be given anew."""
    yield from turn_lines(rules, found.effects, found.routes, width, lang)
    if found.set_aside:
        yield from lines_of(words.anew_words(rules, found.set_aside, lang), width, QUIET)


def ghost_lines(
    rules: Rules, finding: Finding, step: GhostStep, width: int, lang: str
) -> Iterator[Content]:
    """What the finding is if the figure lies where the ghost stands, and how much turns with it."""
    if not step.reachable:
        yield from lines_of(say("ghost_unreached", lang), width, QUIET)
        return
    if step.supposition is None or step.after is None:
        yield from lines_of(say("ghost_now", lang), width, QUIET)
        return
    yield from if_lines(rules, (step.supposition,), width, lang)
    before, after = words.shown_status(finding), words.shown_status(step.after)
    count = len(step.effects) + len(step.routes)
    more = plain(f"  {say('turns_with', lang, n=count)}", QUIET) if count else ""
    yield symbol(before) + plain(" → ") + mark(after, lang) + more
