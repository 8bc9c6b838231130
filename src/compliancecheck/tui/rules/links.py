"""The rules and instruments that a page names: where they stand in its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.style import Style

from compliancecheck.model.instruments import Rules

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]*[A-Za-z0-9]")
_QUOTED = re.compile("“([^”]+)”")


@dataclass(frozen=True, slots=True)
class Link:
    """A rule or an instrument that is named: its id, the line, the characters."""

    id: str
    line: int
    start: int
    end: int


def links_in(rules: Rules, here: str, lines: Sequence[Content], lang: str) -> list[Link]:
    """What the page of *here* names, in the order of the lines; not itself."""
    titles = {rule.title.get(lang): rule.id for rule in rules.rules.values()}
    found = []
    for n, line in enumerate(lines):
        named = sorted(_named(rules, here, line.plain, titles))
        found += [Link(id, n, start, end) for start, end, id in named if id != here]
    return found


def _named(
    rules: Rules, here: str, line: str, titles: dict[str, str]
) -> Iterator[tuple[int, int, str]]:
    for match in _WORD.finditer(line):
        id = match.group()
        own = f"{here}/{id}"  # an instrument's page names its rules without itself
        first = not line[: match.start()].strip()
        known = id if id in rules.rules or id in rules.instruments else own if first else ""
        if known in rules.rules or known in rules.instruments:
            yield match.start(), match.end(), known
    for match in _QUOTED.finditer(line):
        if match.group(1) in titles:
            yield match.start(1), match.end(1), titles[match.group(1)]


def marked(lines: Sequence[Content], links: Sequence[Link], at: int | None) -> list[Content]:
    """The lines with their links underlined and open to a click; the one *at* stands out."""
    found = list(lines)
    for n, link in enumerate(links):
        line = found[link.line]
        style = Style.parse("reverse" if n == at else "underline")
        click = Style.from_meta({"@click": f"screen.follow({n})"})
        found[link.line] = line.stylize(style + click, link.start, link.end)
    return found
