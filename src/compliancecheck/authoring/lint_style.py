"""How the YAML of packs is written: line length, block style, the order of sections and keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from compliancecheck.model.facts import Pack
from compliancecheck.model.instruments import Rules
from compliancecheck.model.texts import Place
from compliancecheck.reading.files import read_file
from compliancecheck.reading.pack_files import FactsFile, InstrumentFile
from compliancecheck.reading.pack_reader import digest_of, pack_paths
from compliancecheck.reading.packs import shipped_rules
from compliancecheck.reading.problems import Problem, ProblemsError, pack_problem
from compliancecheck.reading.source import Mapping, Node, Scalar, load
from compliancecheck.reading.source import Sequence as NodeList

MOST_CHARACTERS = 100
RULE_KEYS = (
    *("id", "article", "each", "level", "title", "applies_when", "requires", "compares"),
    *("words", "exempts", "then", "way", "confidence", "cite", "examples"),
)
"""The keys of a rule in the order of the language; its own days may stand where they read well."""


def style_problems(rules: Rules) -> Iterator[Problem]:
    """Problems of style in the files of all packs that can be found."""
    for pack in rules.packs.values():
        directory = _directory(pack)
        for path in pack_paths(directory) if directory is not None else ():
            yield from file_problems(path, f"{pack.path}/{path.name}")


def _directory(pack: Pack) -> Path | None:
    """Where a pack lies; the shipped ones name their files relative to the rules."""
    for directory in (Path(pack.path), shipped_rules().parent / pack.path):
        if directory.is_dir() and digest_of(directory) == pack.sha256:
            return directory
    return None


def file_problems(path: Path, shown: str) -> Iterator[Problem]:
    """Problems of style in one file, which problems name as *shown*."""
    try:
        data = read_file(str(path))
    except ProblemsError as error:
        yield from error.problems
        return
    yield from _lines(data.decode("utf-8", "replace"), shown)
    node, _ = load(data, shown)
    if isinstance(node, Mapping):
        is_facts = node.get("facts") is not None and node.get("instrument") is None
        yield from _order(node, (FactsFile if is_facts else InstrumentFile).keys())
        for rule in _items(node.get("rules")):
            if isinstance(rule, Mapping):
                yield from _order(rule, RULE_KEYS)
        yield from _flow(node)


def _lines(text: str, shown: str) -> Iterator[Problem]:
    for number, line in enumerate(text.splitlines(), 1):
        end = len(line)
        if end > MOST_CHARACTERS:
            place = Place(shown, number, MOST_CHARACTERS + 1, end + 1)
            yield pack_problem(place, f"the line has {end} characters; at most {MOST_CHARACTERS}")
        if line != line.rstrip():
            yield pack_problem(Place(shown, number, end, end + 1), "blanks at the end of the line")


def _order(node: Mapping, known: Sequence[str]) -> Iterator[Problem]:
    """The first key that stands later than one which the language writes after it."""
    last = ""
    for key, _ in node.entries:
        if key.text not in known:
            continue
        if last and known.index(key.text) < known.index(last):
            yield pack_problem(key.place, f"`{key.text}` is written before `{last}`")
            return
        last = key.text


def _flow(node: Node) -> Iterator[Problem]:
    if isinstance(node, Scalar):
        return
    if node.flow:
        first = node.place.line
        if node.origin.place(node.end - 1, node.end).line != first:
            yield pack_problem(
                node.place, "flow style goes over several lines; write it as a block"
            )
        elif isinstance(node, Mapping) and any(e.key.text in ("all", "any") for e in node.entries):
            yield pack_problem(node.place, "write `all` and `any` as a block, one condition a line")
        return
    for part in _items(node):
        yield from _flow(part)


def _items(node: Node | None) -> Iterator[Node]:
    if isinstance(node, Mapping):
        yield from (entry.value for entry in node.entries)
    elif isinstance(node, NodeList):
        yield from node.items
