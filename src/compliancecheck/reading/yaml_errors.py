"""What libyaml says of a broken text, in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Texts
from compliancecheck.reading.problems import Problem, file_problem

if TYPE_CHECKING:
    from compliancecheck.reading.source import Origin

MAX_DEPTH = 64
"""Levels of lists and mappings in a file; an honest one has under ten."""

TAB = Texts("a tab in the indentation", "缩进中有制表符")
SPACES = Texts("indent with spaces", "请用空格缩进")
_QUOTE_OPEN = Texts("the quote that opens here is not closed", "此处的引号没有闭合")
_NO_START = Texts("a value cannot begin with this character", "值不能以这个字符开头")
_QUOTES = Texts("put the text into quotes", "请给文本加引号")


def too_deep() -> Texts:
    """That lists and mappings stand in each other too deeply."""
    return Texts(f"nested more than {MAX_DEPTH} levels deep", f"嵌套超过 {MAX_DEPTH} 层")


# What libyaml says -> what is said here, and what to write instead.  With "context", the place
# is where the unfinished thing begins, not where the parser gave up.
_WORDS: tuple[tuple[str, Texts, Texts | None, str], ...] = (
    # libyaml 0.2.6 looks ahead, and meets its own bound of 1,000 before we count to ours.
    ("exceeded maximum nesting depth", too_deep(), None, "here"),
    (
        "mapping values are not allowed",
        Texts("a second `: ` on the line", "这一行有第二个 `: `"),
        Texts(
            "put the text into quotes if the colon belongs to it, or check the indentation",
            "冒号若属于文本，请给文本加引号；否则请检查缩进",
        ),
        "here",
    ),
    (
        "could not find expected ':'",
        Texts("no `:` after this name", "这个名称后面没有 `:`"),
        Texts(
            "write `NAME: value`, with a plain colon and a space",
            "请写成 `名称: 值`，用半角冒号加空格",
        ),
        "context",
    ),
    (
        "did not find expected key",
        Texts("here a name was expected", "此处应为名称"),
        Texts(
            "check the indentation and quotes of this line and of the one before",
            "请检查这一行和上一行的缩进与引号",
        ),
        "here",
    ),
    (
        "did not find expected '-' indicator",
        Texts("here the next item (`- `) was expected", "此处应为下一项（`- `）"),
        Texts("check the indentation of this line", "请检查这一行的缩进"),
        "here",
    ),
    (
        "did not find expected ',' or ']'",
        Texts("the list that begins here is not closed", "从这里开始的列表没有闭合"),
        Texts(
            "close it with `]`, and put `, ` between its items",
            "请用 `]` 结束，各项之间用 `, ` 隔开",
        ),
        "context",
    ),
    (
        "did not find expected ',' or '}'",
        Texts("the mapping that begins here is not closed", "从这里开始的花括号没有闭合"),
        Texts(
            "close it with `}`, and put `, ` between its entries",
            "请用 `}` 结束，各项之间用 `, ` 隔开",
        ),
        "context",
    ),
    (
        "found unexpected end of stream",
        _QUOTE_OPEN,
        Texts(
            "close it, or double it if it belongs to the text",
            "请补上后引号；引号若属于文本，请写两个",
        ),
        "context",
    ),
    (
        "found unexpected document indicator",
        _QUOTE_OPEN,
        Texts(
            "close it before the line of `---` or `...`", "请在 `---` 或 `...` 那一行之前补上后引号"
        ),
        "context",
    ),
    (
        "found unknown escape character",
        Texts("no such escape in a text in double quotes", "双引号文本中没有这种转义"),
        Texts(
            "write `\\\\` for a backslash, or use single quotes",
            "反斜杠请写成 `\\\\`，或改用单引号",
        ),
        "here",
    ),
    ("found character that cannot start any token", _NO_START, _QUOTES, "here"),
    (
        "block sequence entries are not allowed",
        Texts("a list cannot begin on this line", "列表不能从这一行开始"),
        Texts(
            "begin it on the next line, or put the text into quotes",
            "请另起一行开始列表，或给文本加引号",
        ),
        "here",
    ),
    ("found a tab character", TAB, SPACES, "here"),
    (
        "did not find expected node content",
        Texts("here a value was expected", "此处应为一个值"),
        Texts("write a value, or close the bracket", "请写一个值，或补上右括号"),
        "here",
    ),
    (
        "did not find expected <document start>",
        Texts("after the end of the document there is more text", "文档结束后还有文字"),
        Texts(
            "check the indentation: all top-level names begin in the first column",
            "请检查缩进：顶层名称都从第一列开始",
        ),
        "here",
    ),
    (
        "did not find expected alphabetic or numeric character",
        _NO_START,
        _QUOTES,
        "context",
    ),
)


def explain(error: Any, origin: Origin) -> Problem:
    """The problem behind an error of libyaml's scanner or parser."""
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    shown = safe_text(said)
    message = Texts(
        f"not readable as YAML: {shown}", f"无法作为 YAML 读取，解析器的说法是 `{shown}`"
    )
    hint: Texts | None = None
    for words, ours, advice, where in _WORDS:
        if said.startswith(words):
            message, hint = ours, advice
            mark = context if where == "context" and context is not None else mark
            break
    if mark is None:
        return file_problem(origin.path, message, hint)
    start = origin.offset(mark.line, mark.column)
    if said.startswith("mapping values are not allowed"):
        start, message, hint = _second_colon(origin, start, message, hint)
    place = origin.place(start, start + 1)
    if any(sign in _line_at(origin, start) for sign in "：，"):
        hint = Texts(
            "write the plain signs `: ` and `, ` in place of `：` and `，`",
            "请用半角的 `: ` 和 `, ` 代替 `：` 和 `，`",
        )
    return Problem(origin.path, place.line, place.column, place.end_column, message, hint)


def _second_colon(
    origin: Origin, start: int, message: Texts, hint: Texts | None
) -> tuple[int, Texts, Texts | None]:
    """What led to a colon where none can stand: the line itself, or how the one before ends."""
    first = origin.starts[origin.place(start, start + 1).line - 1]
    if ": " in origin.text[first:start]:
        return start, message, hint
    before = origin.text[:first].rstrip()
    colon = before.rfind("：", before.rfind("\n") + 1)
    if colon >= 0:
        return colon, Texts("a full-width colon ends no name", "名称后面不能用全角冒号"), None
    return (
        start,
        Texts(
            "this line continues the value before it, so it can hold no `: `",
            "这一行接着上一行的值，所以不能再有 `: `",
        ),
        Texts(
            "check the indentation, and that the line before has its `: `",
            "请检查缩进，以及上一行是否有 `: `",
        ),
    )


def _line_at(origin: Origin, start: int) -> str:
    row = origin.place(start, start + 1).line
    stop = origin.starts[row] if row < len(origin.starts) else len(origin.text)
    return origin.text[origin.starts[row - 1] : stop]
