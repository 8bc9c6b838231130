"""Safe, bounded YAML: a text becomes a tree of nodes with places; scalars stay plain text.

Built on the events of libyaml (PyYAML's ``CParser``), which reads character by character and
does not recurse; composing is ours, so that depth, size and count are bounded and every
construct that we do not accept is refused at its line and column.  Nothing falls back to the
slower pure parser, and nothing resolves types: what a scalar means is decided by who asks.
"""

from __future__ import annotations

import gc
import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, NamedTuple

from compliancecheck.model.safe import shorten
from compliancecheck.model.texts import Place, Texts
from compliancecheck.reading.files import MAX_BYTES, decode, too_large
from compliancecheck.reading.files import read_file as read_file
from compliancecheck.reading.problems import (
    MAX_PROBLEMS,
    Problem,
    file_problem,
    given_twice,
    problem_at,
)
from compliancecheck.reading.yaml_errors import MAX_DEPTH as MAX_DEPTH
from compliancecheck.reading.yaml_errors import SPACES, TAB, explain, too_deep

MAX_LINES = 1_000_000
MAX_NODES = 600_000
"""Scalars, lists and mappings of one file; an honest profile of 6 MB has under 400,000."""

_SPLIT = Texts("split it", "请拆分")
_REMOVE = Texts("remove it", "请删除")
_ENTRY = Texts("write `NAME: value`", "请写成 `名称: 值`")
_BREAK = re.compile("\r\n|\r|\n")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Any tab before the first visible character of a line; libyaml takes most of them for an error.
_TAB_INDENT = re.compile("^ *(\t)", re.MULTILINE)


class Origin:
    """The text of a file with the starts of its lines: places from offsets."""

    __slots__ = ("path", "starts", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text  # without a byte order mark
        self.starts = array("L", [0])
        self.starts.extend(found.end() for found in _BREAK.finditer(text))

    def place(self, start: int, end: int) -> Place:
        """The place of a stretch of the text; one of several lines ends with its first."""
        row = bisect_right(self.starts, start) - 1
        first = self.starts[row]
        if row + 1 < len(self.starts) and end > self.starts[row + 1]:
            stop = self.starts[row + 1]
            end = max(start, first + len(self.text[first:stop].rstrip()))
        column = start - first + 1
        return Place(self.path, row + 1, column, max(column + 1, end - first + 1))

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column, both counted from 0 (as libyaml counts)."""
        if line >= len(self.starts):
            return len(self.text)
        return min(self.starts[line] + column, len(self.text))


@dataclass(slots=True, eq=False)
class Scalar:
    """A scalar as it is written: ``text`` is what its quotes or block hold.

    ``start`` and ``end`` are offsets (code points) into the text without byte order mark; of
    a quoted scalar they include the quotes.  ``style`` is ``""`` for a plain scalar, else one
    of ``' " | >``.  A value that is left empty is a plain scalar with no text.
    """

    text: str
    style: str
    start: int
    end: int
    origin: Origin

    @property
    def quoted(self) -> bool:
        """Whether it stands in quotes or in a block."""
        return self.style != ""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.origin.place(self.start, self.end)


class Entry(NamedTuple):
    """A key of a mapping with its value."""

    key: Scalar
    value: Node


@dataclass(slots=True, eq=False)
class Sequence:
    """A list; ``flow`` where it is written in brackets."""

    items: tuple[Node, ...]
    flow: bool
    start: int
    end: int  # of a block: after its last item
    origin: Origin

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.origin.place(self.start, self.end)


@dataclass(slots=True, eq=False)
class Mapping:
    """Keys and values in the order of the file, each key once; ``flow`` where in braces."""

    entries: tuple[Entry, ...]
    flow: bool
    start: int
    end: int  # of a block: after its last value
    origin: Origin

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.origin.place(self.start, self.end)

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        for entry in self.entries:
            if entry.key.text == key:
                return entry.value
        return None


Node = Scalar | Sequence | Mapping


def load(text: str | bytes, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The root node of one YAML document, and all that is wrong with it.

    *path* names the file in places and problems.  The node is None where the text cannot be
    read to its end; entries that could not be read (aliases, a key given twice) are left out.
    """
    if isinstance(text, bytes):
        decoded = decode(text, path)
        if isinstance(decoded, Problem):
            return None, (decoded,)
        text = decoded
    elif len(text) > MAX_BYTES:
        return None, (too_large(path),)
    text = text.removeprefix("\ufeff")
    if text.count("\n") + text.count("\r") - text.count("\r\n") > MAX_LINES:
        says = Texts(f"the file has more than {MAX_LINES:,} lines", f"文件超过 {MAX_LINES:,} 行")
        return None, (file_problem(path, says, _SPLIT),)
    origin = Origin(path, text)
    problems = _forbidden_characters(origin)
    tabs = _tabs(origin)
    if tabs or len(problems) > MAX_PROBLEMS:
        return None, (*problems, *tabs)
    parsed = _FORBIDDEN.sub("\ufffd", origin.text) if problems else origin.text
    composer = _Composer(origin)
    root = composer.compose(parsed)
    return root, (*problems, *composer.problems)


def _forbidden_characters(origin: Origin) -> list[Problem]:
    problems = []
    for found in _FORBIDDEN.finditer(origin.text):
        bidi = _BIDI.match(found[0])
        kind = Texts("a bidirectional", "双向排版") if bidi else Texts("a control", "控制")
        place = origin.place(found.start(), found.end())
        shown = shorten(found[0])
        problems.append(
            problem_at(
                place,
                Texts(
                    f"{kind.en} character ({shown}) is not accepted",
                    f"不接受{kind.zh}字符（`{shown}`）",
                ),
                Texts(
                    "remove it; in a text in double quotes it may stand as an escape",
                    "请删除；在双引号文本中可写成转义形式",
                ),
            )
        )
        if len(problems) > MAX_PROBLEMS:
            break
    return problems


def _tabs(origin: Origin) -> list[Problem]:
    problems = []
    for found in _TAB_INDENT.finditer(origin.text):
        place = origin.place(found.start(1), found.end(1))
        problems.append(problem_at(place, TAB, SPACES))
        if len(problems) > MAX_PROBLEMS:
            break
    return problems


class _Open:
    """A list or mapping whose end has not come yet."""

    __slots__ = ("flow", "is_mapping", "key", "keys", "parts", "start")

    def __init__(self, is_mapping: bool, flow: bool, start: int) -> None:
        self.is_mapping = is_mapping
        self.flow = flow
        self.start = start
        self.parts: list[Any] = []
        self.keys: dict[str, Scalar] = {}
        self.key: Scalar | None = None  # what waits for its value


_IGNORED = Scalar("", "", 0, 0, Origin("", ""))
"""Stands where a key is that was refused: its value is read and dropped."""


class _Stop(Exception):
    """A bound was passed: nothing more is read."""


class _Composer:
    """Builds the tree from events, with a stack of its own: no text can exhaust ours."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.documents = 0
        self.count = 0
        self.stack: list[_Open] = []
        self.known: dict[str, str] = {}  # short texts occur often; each is kept once

    def compose(self, text: str) -> Node | None:
        from yaml import YAMLError  # 35 ms that only reading YAML needs to pay
        from yaml._yaml import CParser

        parser = CParser(text)
        collecting = gc.isenabled()
        gc.disable()  # nothing made here is garbage: looking for it takes a third of the time
        try:
            self._events(parser)
        except YAMLError as error:
            self.problems.append(explain(error, self.origin))
            return None
        except _Stop:
            return None
        finally:
            parser.dispose()
            if collecting:
                gc.enable()
        if self.root is None and not self.problems:
            self.problems.append(
                file_problem(
                    self.origin.path, Texts("the file holds nothing", "文件是空的"), _ENTRY
                )
            )
        return self.root

    def _events(self, parser: Any) -> None:
        get = parser.get_event
        while True:
            event = get()
            if event is None:
                return
            kind = type(event).__name__
            if kind == "ScalarEvent":
                self._scalar(event)
            elif kind == "MappingStartEvent" or kind == "SequenceStartEvent":
                self._begin(event, kind == "MappingStartEvent")
            elif kind == "MappingEndEvent" or kind == "SequenceEndEvent":
                self._end(event)
            elif kind == "AliasEvent":
                name = f"`*{shorten(event.anchor)}`"
                self._refuse(event, Texts(f"an alias ({name}) is not accepted",
                                          f"不接受别名（{name}）"),
                             Texts("write the value out", "请把值写出来"))  # fmt: skip
                self._put(None)
            elif kind == "DocumentStartEvent":
                self._document(event)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if event.tags:
            self._refuse(event, Texts("`%TAG` is not accepted", "不接受 `%TAG`"),
                         Texts("remove the line", "请删除这一行"))  # fmt: skip
        if self.documents > 1:
            says = Texts("a second document begins here", "此处开始了第二个文档")
            one = Texts("one file holds one document", "一个文件只能有一个文档")
            self._refuse(event, says, one)
            raise _Stop

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if event.tag or event.anchor:
            self._decorated(event)
        text = event.value
        if len(text) < 40:
            text = self.known.setdefault(text, text)
        self._counted(event)
        self._put(Scalar(text, event.style or "", start, end, self.origin))

    def _begin(self, event: Any, is_mapping: bool) -> None:
        if event.tag or event.anchor:
            self._decorated(event)
        self._counted(event)
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(event, too_deep(), None)
            raise _Stop
        top = self.stack[-1] if self.stack else None
        if top is not None and top.is_mapping and top.key is None:
            self._refuse(event, Texts("a key must be a name", "键必须是一个名称"),
                         Texts("quote it if it is meant as a text",
                               "如果是文本，请加引号"))  # fmt: skip
            top.key = _IGNORED
            # The key itself is read as if it were a value, and so its value is the next one.
            top.parts.append(None)
        self.stack.append(_Open(is_mapping, bool(event.flow_style), event.start_mark.index))

    def _end(self, event: Any) -> None:
        done = self.stack.pop()
        parts = tuple(part for part in done.parts if part is not None)
        end = event.end_mark.index if done.flow else done.start
        if not done.flow and parts:
            last = parts[-1]
            end = last.value.end if isinstance(last, Entry) else last.end
        if done.is_mapping:
            self._put(Mapping(parts, done.flow, done.start, end, self.origin))
        else:
            self._put(Sequence(parts, done.flow, done.start, end, self.origin))

    def _put(self, node: Node | None) -> None:
        """Hands a finished node to what it is part of; None is one that was refused."""
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if not top.is_mapping:
            top.parts.append(node)
        elif top.key is None:
            top.key = self._key(top, node)
        elif top.parts and top.parts[-1] is None and top.key is _IGNORED:
            top.parts.pop()  # the end of a key that is a list or a mapping
        else:
            if node is not None and top.key is not _IGNORED:
                top.parts.append(Entry(top.key, node))
            top.key = None

    def _key(self, top: _Open, node: Node | None) -> Scalar:
        if not isinstance(node, Scalar):
            return _IGNORED
        first = top.keys.setdefault(node.text, node)
        if node.text == "<<" and not node.quoted:
            self._at(node, Texts("a merge key (`<<`) is not accepted", "不接受合并键（`<<`）"),
                     Texts("write the entries out", "请把各项写出来"))  # fmt: skip
        elif not node.text and not node.quoted:
            self._at(node, Texts("a key is missing before `:`", "`:` 前面缺少名称"), _ENTRY)
        elif first is not node:
            self._at(node, given_twice(shorten(node.text), first.place.line))
        else:
            return node
        return _IGNORED

    def _decorated(self, event: Any) -> None:
        if event.tag:
            first = event.start_mark.index
            written = self.origin.text[first : first + 200].split()[0]
            tag = f"`{shorten(written)}`"
            self._refuse(event, Texts(f"a tag ({tag}) is not accepted", f"不接受标签（{tag}）"),
                         _REMOVE)  # fmt: skip
        if event.anchor:
            name = f"`&{shorten(event.anchor)}`"
            self._refuse(event, Texts(f"an anchor ({name}) is not accepted",
                                      f"不接受锚点（{name}）"), _REMOVE)  # fmt: skip

    def _counted(self, event: Any) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            self._refuse(event, Texts(f"the file has more than {MAX_NODES:,} values",
                                      f"文件中的值超过 {MAX_NODES:,} 个"), _SPLIT)  # fmt: skip
            raise _Stop

    def _at(self, node: Scalar, says: Texts, advice: Texts | None = None) -> None:
        self._add(problem_at(node.place, says, advice))

    def _refuse(self, event: Any, says: Texts, advice: Texts | None) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        self._add(problem_at(self.origin.place(start, max(end, start + 1)), says, advice))

    def _add(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) > MAX_PROBLEMS:
            raise _Stop
