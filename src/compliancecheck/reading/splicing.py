"""Changes of a YAML text that touch only the characters or lines they must.

Every function takes a :class:`Document` and returns its new text.  Nothing is formatted anew:
comments, order, quotes, line ends and indentation stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from compliancecheck.model.texts import Texts
from compliancecheck.reading.problems import Problem, Told
from compliancecheck.reading.quoting import quoted_key
from compliancecheck.reading.source import Entry, Mapping, Node, Scalar, Sequence, load

_LINE_END = re.compile("\r\n|\r|\n")
_LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_COMMENT = re.compile("( *)(#?)[^\r\n]*(?:\r\n|\r|\n|$)")
_COMMA = re.compile(r"\s*,")  # after the only entry: nothing may stand before it then


class CannotSplice(Told):
    """The change cannot be made without writing other parts of the file anew; says why."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its node tree; offsets count from after a byte order mark."""

    text: str  # without byte order mark
    bom: str
    root: Mapping | None  # None: nothing but comments
    problems: tuple[Problem, ...] = ()

    def replaced(self, start: int, end: int, new: str) -> str:
        """The whole text with a stretch of it replaced."""
        return self.bom + self.text[:start] + new + self.text[end:]

    @property
    def line_end(self) -> str:
        """How the lines of the file end."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1

    def next_line(self, offset: int) -> int:
        """Where the line after an offset begins, or the end of the text."""
        found = _LINE_END.search(self.text, offset)
        return found.end() if found else len(self.text)

    def column(self, offset: int) -> int:
        """How far from the start of its line an offset is."""
        return offset - self.line_start(offset)

    def begins_line(self, offset: int) -> bool:
        """Whether only blanks stand before an offset on its line."""
        return not self.text[self.line_start(offset) : offset].strip(" ")

    @property
    def step(self) -> int:
        """By how much the file indents what is nested (2 where nothing is)."""
        for key, value in self.root.entries if self.root and not self.root.flow else ():
            if isinstance(value, Mapping) and not value.flow and value.entries:
                deeper = self.column(value.entries[0].key.start) - self.column(key.start)
                if deeper > 0:
                    return deeper
        return 2


@lru_cache(maxsize=2)  # a change looks at the old text and the new one several times
def parse(text: str) -> Document:
    """The document of a text; raises :class:`CannotSplice` if it is no mapping."""
    root, problems = load(text, "")
    bare = text.removeprefix("\ufeff")
    bom = text[: len(text) - len(bare)]
    if root is None and not _lines_of_content(bare):
        return Document(bare, bom, None)
    if problems or not isinstance(root, Mapping):
        raise CannotSplice(Texts("the file has problems; mend them first", "文件有问题，请先改正"))
    return Document(bare, bom, root)


def lines_of(text: str) -> list[str]:
    """The lines of a text, each with its end."""
    return _LINE.findall(text)


def _lines_of_content(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def content_end(doc: Document, node: Node) -> int:
    """Where the lines of a node end: the start of the first line after it."""
    end = node.end
    while isinstance(node, Mapping | Sequence) and not node.flow:
        last: Node | None = None
        if isinstance(node, Mapping) and node.entries:
            last = node.entries[-1].value
        elif isinstance(node, Sequence) and node.items:
            last = node.items[-1]
        if last is None:
            break
        node, end = last, last.end
    block = isinstance(node, Scalar) and node.style in ("|", ">")
    if block and doc.column(end) == 0:
        return end
    return doc.next_line(end)


def _past_comments(doc: Document, offset: int, column: int) -> int:
    """Past the comments that are indented deeper than *column*: they belong to what is above."""
    position = best = offset
    while position < len(doc.text):
        found = _COMMENT.match(doc.text, position)
        if found is None or found.end() == position:
            break
        blank = not found[0].strip()
        if not blank and not (found[2] and len(found[1]) > column):
            break
        position = found.end()
        best = best if blank else position
    return best


def insert_lines(doc: Document, offset: int, lines: list[str]) -> str:
    """The text with whole lines inserted at the start of a line (or at the end of the text)."""
    eol = doc.line_end
    block = eol.join(lines)
    before = doc.text[:offset]
    if before and not before.endswith(("\n", "\r")):
        return doc.replaced(offset, offset, eol + block)
    return doc.replaced(offset, offset, block + eol)


def insert_entry(
    doc: Document, mapping: Mapping, after: Entry | None, lines: list[str], flow: str
) -> str:
    """The text with an entry after another one (None: at the end) of a mapping.

    *lines* are those of the entry, without the indentation of the mapping; *flow* is the
    entry as it is written in braces.
    """
    if mapping.flow:
        return _insert_in_braces(doc, mapping, flow)
    column = doc.column(mapping.start)  # of a key after `?` that of its mark
    last = after or mapping.entries[-1]
    offset = _past_comments(doc, content_end(doc, last.value), column)
    return insert_lines(doc, offset, [" " * column + line for line in lines])


def _insert_in_braces(doc: Document, node: Mapping | Sequence, flow: str) -> str:
    parts = node.entries if isinstance(node, Mapping) else node.items
    if not parts:
        start = node.start + 1
        end = start if doc.text[start : node.end - 1].strip(" ") else node.end - 1
        return doc.replaced(start, end, flow + (" " if doc.text[end] == "#" else ""))
    last = parts[-1]
    end = last.value.end if isinstance(last, Entry) else last.end
    return doc.replaced(end, end, f", {flow}")


def append_item(doc: Document, sequence: Sequence, line: str, flow: str) -> str:
    """The text with one more item: *line* in a block, *flow* in brackets."""
    if sequence.flow:
        return _insert_in_braces(doc, sequence, flow)
    column = doc.column(sequence.start)
    offset = _past_comments(doc, content_end(doc, sequence), column)
    return insert_lines(doc, offset, [" " * column + "- " + line])


def replace_value(doc: Document, node: Node, new: str) -> str:
    """The text with the characters of a value replaced by *new*, which is one line."""
    if isinstance(node, Scalar) and node.style in ("|", ">"):
        raise CannotSplice(Texts("the value is a block of text", "值是文本块"))
    if isinstance(node, Mapping | Sequence):
        if not node.flow:
            raise CannotSplice(Texts("the value stands on several lines", "值占多行"))
        written = doc.text[node.start : node.end]
        if "#" in written and _LINE_END.search(written):
            raise CannotSplice(Texts("there is a comment inside the value", "值内有注释"))
    space = " " if node.start == node.end and doc.text[node.start - 1 : node.start] != " " else ""
    return doc.replaced(node.start, node.end, space + new)


def fill(
    doc: Document, key: Scalar, value: Scalar, lines: list[str], flow: bool, brace: str
) -> str:
    """The text with entries below a key whose value was left empty."""
    if flow:
        return replace_value(doc, value, brace)
    column = doc.column(key.start) + doc.step
    offset = doc.next_line(value.end)
    return insert_lines(doc, offset, [" " * column + line for line in lines])


def remove_entry(doc: Document, mapping: Mapping, entry: Entry) -> str:
    """The text without an entry; the last one of a file leaves ``{}``."""
    if mapping.flow:
        place = mapping.entries.index(entry)
        spans = [(e.key.start, e.value.end) for e in mapping.entries]
        return _remove_from_braces(doc, spans, place)
    if doc.begins_line(entry.key.start):
        start, end = doc.line_start(entry.key.start), content_end(doc, entry.value)
        alone = mapping is doc.root and len(mapping.entries) == 1
        return doc.replaced(start, end, "{}" + doc.line_end if alone else "")
    _no_mark(doc, entry)
    later = [e for e in mapping.entries if e.key.start > entry.key.start]
    if not later or doc.text[entry.value.end : later[0].key.start].strip():
        raise CannotSplice(
            Texts("the answer shares its line with the item's dash", "回答与该项的短横线在同一行")
        )
    return doc.replaced(entry.key.start, later[0].key.start, "")


def _no_mark(doc: Document, entry: Entry) -> None:
    before = doc.text[doc.line_start(entry.key.start) : entry.key.start]
    if before.rstrip().endswith("?"):
        raise CannotSplice(
            Texts("the name of the answer stands after a `?`", "回答的名称写在 `?` 之后")
        )


def _remove_from_braces(doc: Document, spans: list[tuple[int, int]], place: int) -> str:
    start, end = spans[place]
    if place + 1 < len(spans):
        gap, following = doc.text[end : spans[place + 1][0]], spans[place + 1][0]
        cut = (start, following)
    elif place > 0:
        gap, cut = doc.text[spans[place - 1][1] : start], (spans[place - 1][1], end)
    else:
        comma = _COMMA.match(doc.text, end)
        gap, cut = "", (start, comma.end() if comma else end)
    if gap.replace(",", "").strip():
        raise CannotSplice(Texts("there is a comment inside the braces", "花括号内有注释"))
    return doc.replaced(*cut, "")


def remove_item(doc: Document, holder: Entry, sequence: Sequence, place: int) -> str:
    """The text without an item of a list; *holder* is the entry whose value the list is."""
    if sequence.flow:
        return _remove_from_braces(doc, [(i.start, i.end) for i in sequence.items], place)
    start, end = _dash(doc, sequence, place), content_end(doc, sequence.items[place])
    if len(sequence.items) > 1:
        return doc.replaced(doc.line_start(start), end, "")
    colon = doc.text.index(":", holder.key.end) + 1
    text = doc.text
    return doc.bom + text[:colon] + " []" + text[colon : doc.line_start(start)] + text[end:]


def item_lines(doc: Document, sequence: Sequence, place: int) -> tuple[int, int]:
    """Where the lines of an item begin and end, with the comments that are indented below it."""
    dash = _dash(doc, sequence, place)
    end = content_end(doc, sequence.items[place])
    return doc.line_start(dash), _past_comments(doc, end, doc.column(dash))


def _dash(doc: Document, sequence: Sequence, place: int) -> int:
    """Where the dash of an item is: in the column of the first one, before the item."""
    column = doc.column(sequence.start)
    first = sequence.items[place - 1].end if place else sequence.start
    row = sequence.items[place].start
    while row >= first:
        row = doc.line_start(row)
        if doc.text[row : row + column + 1] == " " * column + "-":
            return row + column
        row -= 1
    raise CannotSplice(
        Texts("the item shares its line with something else", "该项与其他内容在同一行")
    )


def comment_out(doc: Document, mapping: Mapping, entry: Entry) -> str:
    """The text with the lines of an entry as comments."""
    _no_mark(doc, entry)
    if mapping.flow or not doc.begins_line(entry.key.start):
        raise CannotSplice(
            Texts("the answer shares its line with others", "回答与其他回答在同一行")
        )
    column = doc.column(entry.key.start)
    start, end = doc.line_start(entry.key.start), content_end(doc, entry.value)
    lines = lines_of(doc.text[start:end])
    done = [line[:column] + "# " + line[column:] if line.strip() else line for line in lines]
    if mapping is doc.root and len(mapping.entries) == 1:
        if done and not done[-1].endswith(("\n", "\r")):
            done.append(doc.line_end)
        done.append("{}" + doc.line_end)
    return doc.replaced(start, end, "".join(done))


def entry_text(key: str, value: str, *, flow: bool = False) -> str:
    """``key: value`` with the key in quotes where it needs them."""
    return f"{quoted_key(key, flow=flow)}: {value}"
