"""The text of an answer becomes a value of the declared type; YAML's own guess is never asked.

One value, or partial knowledge of it (a range, some of the choices), a set of choices,
``unknown`` or, for an event, ``not yet``.  Whatever is refused says what to write instead.
"""

from __future__ import annotations

import re

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.profile import Answer
from compliancecheck.model.safe import shorten
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import Interval, Members, Number, Option, Values, point
from compliancecheck.model.written import range_words
from compliancecheck.reading.numbers import YES_OR_NO, Refused, expected, read_number
from compliancecheck.reading.problems import Problem, perhaps, problem_at
from compliancecheck.reading.source import Mapping, Node, Origin, Scalar, Sequence, load

BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}
NUMBER_SIDES = {"over": (True, True), "at_least": (True, False), "under": (False, True),
                "at_most": (False, False)}  # fmt: skip
DAY_SIDES = {"after": (True, True), "on_or_after": (True, False), "before": (False, True),
             "on_or_before": (False, False)}  # fmt: skip
"""Sides of a range: whether it is the lower one, and whether its bound is left out."""
_KEEP_ONE = Texts("keep one of them", "请只保留一个")
_SEVERAL = Texts("for several write `{one_of: […]}`", "多个可能请写 `{one_of: […]}`")


def read_scalar(fact: Fact, scalar: Scalar) -> Answer | Problem:
    """What a scalar says of a fact, or why it says nothing."""
    return read_answer(fact, scalar)


def read_text(fact: Fact, text: str) -> Answer | Problem:
    """What a text typed by a person says of a fact; ``{…}`` and ``[…]`` are read as YAML.

    The problem's columns count in *text*; the answer has no place.
    """
    node: Node | None = None
    if fact.type is not FactType.TEXT:
        text = text.strip()
        if text.startswith("{") or (fact.type is FactType.CHOICES and text.startswith("[")):
            node, problems = load(text, "")
            if problems:
                return problems[0]
    if node is None:
        node = Scalar(text, "", 0, len(text), Origin("", text))
    answer = read_answer(fact, node)
    return answer if isinstance(answer, Problem) else Answer(
        answer.values, answer.text, None, answer.not_yet
    )  # fmt: skip


def read_answer(fact: Fact, node: Node) -> Answer | Problem:
    """What a node says of a fact that is not a list, or why it says nothing."""
    try:
        values, not_yet = _read(fact, node)
        if values is not None:
            _within_bounds(fact, values, _written(node))
    except Refused as refused:
        return problem_at((refused.node or node).place, refused.says, refused.advice)
    return Answer(values, _written(node), node.place, not_yet)


def implausible(fact: Fact, answer: Answer) -> Texts | None:
    """A warning where no value of the answer is usual for the fact, else None."""
    if fact.usual is None or not isinstance(answer.values, tuple):
        return None
    if any(not part.meet(fact.usual).is_empty for part in answer.values):
        return None
    shown, usual = shorten(answer.text), range_words(fact, fact.usual)
    return Texts(
        f"`{shown}` is possible but unusual: {usual.en} is usual; is the unit right?",
        f"`{shown}` 可能但不常见：通常{usual.zh}；单位对吗？",
    )


def _written(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    if node.flow:
        return " ".join(node.origin.text[node.start : node.end].split())
    if isinstance(node, Sequence):
        return "[" + ", ".join(_written(item) for item in node.items) + "]"
    return "{" + ", ".join(f"{e.key.text}: {_written(e.value)}" for e in node.entries) + "}"


def _read(fact: Fact, node: Node) -> tuple[Values | None, bool]:
    """The values (None: unknown) and whether it is a *not yet*."""
    if isinstance(node, Sequence) and fact.type is FactType.CHOICES:
        return _read_set(fact, node), False
    if isinstance(node, Sequence):
        hint = Texts(
            "for several possible choices write `{one_of: […]}`",
            "多个可能的选项请写 `{one_of: […]}`",
        )
        raise Refused(
            Texts("a list is no value here", "此处不能写列表"),
            hint if fact.type is FactType.CHOICE else expected(fact),
        )
    if isinstance(node, Mapping):
        return _read_mapping(fact, node), False
    text = node.text
    if fact.type is FactType.TEXT:
        if text == "unknown" and not node.quoted:
            return None, False
        if not text.strip() and not node.quoted:
            raise _no_value()
        return frozenset({text}), False
    if not text:
        raise _no_value()
    if node.style in ("|", ">"):
        raise Refused(
            Texts("a block of text is no value here", "此处不能写文本块"),
            Texts("write the value on one line", "请把值写在一行内"),
        )
    if fact.type is FactType.BOOLEAN:
        return _read_boolean(node), False
    if text == "unknown":
        return None, False
    if fact.type is FactType.DATE and fact.event and text == "not yet":
        return None, True
    if fact.type is FactType.CHOICE:
        return frozenset({_read_choice(fact, node)}), False
    if fact.type is FactType.CHOICES:
        raise _no_set(fact, node)
    return (_read_range(fact, text),), False


def _no_value() -> Refused:
    return Refused(
        Texts("no value is written here", "此处没有写值"),
        Texts("write `unknown`, or leave the line out", "请写 `unknown`，或删去这一行"),
    )


def _read_boolean(node: Scalar) -> frozenset[Option] | None:
    if node.quoted:
        shown = shorten(node.text)
        raise Refused(
            Texts(f"`{shown}` in quotes is a text", f"带引号的 `{shown}` 是文本"),
            Texts("write it without quotes", "请去掉引号"),
        )
    if node.text == "unknown":
        return None
    value = BOOLEANS.get(node.text.lower())
    if value is None:
        shown = shorten(node.text)
        says = Texts(f"`{shown}` is neither true nor false", f"`{shown}` 既不是“是”也不是“否”")
        raise Refused(says, YES_OR_NO)
    return frozenset({value})


def _read_choice(fact: Fact, node: Node) -> str:
    if not isinstance(node, Scalar):
        raise Refused(Texts("a choice is one name", "选项是一个名称"), expected(fact), node)
    if node.text not in fact.choices:
        close, shown = perhaps(node.text, fact.choices), shorten(node.text)
        says = Texts(f"no choice `{shown}`{close.en}", f"没有选项 `{shown}`{close.zh}")
        raise Refused(says, expected(fact), node)
    return node.text


def _read_set(fact: Fact, node: Sequence) -> Members:
    """Exactly these choices."""
    taken = _read_choices(fact, node)
    return Members(taken, taken)


def _read_choices(fact: Fact, node: Sequence) -> frozenset[str]:
    seen: set[str] = set()
    for item in node.items:
        choice = _read_choice(fact, item)
        if choice in seen:
            says = Texts(f"`{choice}` stands twice in the list", f"`{choice}` 在列表中出现两次")
            raise Refused(says, _KEEP_ONE, item)
        seen.add(choice)
    return frozenset(seen)


def _read_includes(fact: Fact, node: Mapping) -> Members:
    """These choices, and perhaps more: ``{includes: […], rest: unknown}``."""
    hint = Texts(
        "write `{includes: […], rest: unknown}`; a list alone is complete",
        "请写 `{includes: […], rest: unknown}`；只写列表表示已完整",
    )
    for key, _ in node.entries:
        if key.text not in ("includes", "rest"):
            near = perhaps(key.text, ("includes", "rest"))
            shown = shorten(key.text)
            says = Texts(f"no part `{shown}` of a set{near.en}",
                         f"集合没有 `{shown}` 这一部分{near.zh}")  # fmt: skip
            raise Refused(says, hint, key)
    includes, rest = node.get("includes"), node.get("rest")
    if not isinstance(includes, Sequence):
        says = Texts("`includes` takes a list of choices", "`includes` 后面应是选项列表")
        raise Refused(says, hint, includes or node)
    if not (isinstance(rest, Scalar) and rest.text == "unknown"):
        says = Texts(
            "beside `includes` stands `rest: unknown`", "`includes` 要与 `rest: unknown` 一起写"
        )
        raise Refused(says, hint, rest or node)
    return Members(_read_choices(fact, includes), frozenset(fact.choices))


def _no_set(fact: Fact, node: Scalar) -> Refused:
    if node.text in fact.choices:
        return Refused(
            Texts(f"`{fact.name}` is a set", f"`{fact.name}` 是集合"),
            Texts(f"write it as a list: `[{node.text}]`", f"请写成列表：`[{node.text}]`"),
        )
    close, shown = perhaps(node.text, [*fact.choices, "unknown"]), shorten(node.text)
    says = Texts(f"`{shown}` is no list of choices{close.en}",
                 f"`{shown}` 不是选项列表{close.zh}")  # fmt: skip
    return Refused(says, expected(fact))


def _read_range(fact: Fact, text: str) -> Interval:
    sides = DAY_SIDES if fact.type is FactType.DATE else NUMBER_SIDES
    words = "|".join(name.replace("_", "[ _]") for name in sides)
    one_sided = re.fullmatch(f"({words}) +(.+)", text)
    if one_sided:
        side = sides[one_sided[1].replace(" ", "_")]
        return _checked(fact, text, _side(side, read_number(fact, one_sided[2])))
    low, dots, high = text.partition("..")
    if dots and "..." not in text:
        between = Interval(read_number(fact, low.rstrip()), read_number(fact, high.lstrip()))
        return _checked(fact, text, between)
    return point(read_number(fact, text))


def _side(side: tuple[bool, bool], bound: Number) -> Interval:
    lower, strict = side
    if lower:
        return Interval(bound, None, strict, False)
    return Interval(None, bound, False, strict)


def _checked(fact: Fact, text: str, values: Interval) -> Interval:
    """The range, with whole ends where only whole numbers occur; refused if nothing is in it."""
    values = values.whole() if fact.type.is_whole else values
    if values.is_empty:
        shown = shorten(text)
        raise Refused(
            Texts(f"nothing lies in `{shown}`", f"`{shown}` 中没有任何值"),
            Texts("write the lower end first, then the upper one", "请先写下限，再写上限"),
        )
    return values


def _read_mapping(fact: Fact, node: Mapping) -> Values:
    if fact.type is FactType.CHOICE:
        return _read_one_of(fact, node)
    if fact.type is FactType.CHOICES:
        return _read_includes(fact, node)
    if not fact.type.is_numeric:
        raise Refused(Texts("a mapping is no value here", "此处不能写花括号"), expected(fact))
    sides = DAY_SIDES if fact.type is FactType.DATE else NUMBER_SIDES
    values = Interval()
    seen: dict[bool, str] = {}
    for key, value in node.entries:
        name = key.text
        if name not in sides:
            near, shown = perhaps(name, sides), shorten(name)
            says = Texts(f"no side `{shown}` of a range{near.en}",
                         f"范围没有 `{shown}` 这一端{near.zh}")  # fmt: skip
            raise Refused(says, _sides(sides), key)
        if not isinstance(value, Scalar) or not value.text:
            says = Texts("a side of a range is one value", "范围的每一端是一个值")
            raise Refused(says, expected(fact), value)
        if seen.setdefault(sides[name][0], name) != name:
            which = Texts("lower", "下限") if sides[name][0] else Texts("upper", "上限")
            says = Texts(f"the range has two {which.en} sides", f"范围有两个{which.zh}")
            raise Refused(says, _KEEP_ONE, key)
        values = values.meet(_side(sides[name], _bound(fact, value)))
    if not node.entries:
        raise Refused(Texts("the range has no side", "范围没有写任何一端"), _sides(sides))
    return (_checked(fact, _written(node), values),)


def _bound(fact: Fact, node: Scalar) -> Number:
    try:
        return read_number(fact, node.text)
    except Refused as refused:
        raise Refused(refused.says, refused.advice, node) from None


def _read_one_of(fact: Fact, node: Mapping) -> frozenset[Option]:
    options = node.get("one_of")
    if options is None or len(node.entries) != 1:
        wrong = next((e.key for e in node.entries if e.key.text != "one_of"), node)
        raise Refused(Texts("a choice is no mapping", "选项不能写花括号"), _SEVERAL, wrong)
    if not isinstance(options, Sequence) or not options.items:
        says = Texts("`one_of` takes a list of choices", "`one_of` 后面应是选项列表")
        raise Refused(says, Texts("write `{one_of: […]}`", "请写 `{one_of: […]}`"), options)
    return frozenset(_read_choice(fact, item) for item in options.items)


def _sides(names: dict[str, tuple[bool, bool]]) -> Texts:
    shown = [f"`{name}`" for name in names]
    return Texts(f"a range has {', '.join(shown)}", f"范围的两端用 {'、'.join(shown)}")


def _within_bounds(fact: Fact, values: Values, text: str) -> None:
    """Refuses values of which none can be; a gate's value may lie outside the bounds."""
    if not isinstance(values, tuple):
        return
    if any(not part.meet(fact.bounds).is_empty for part in values):
        return
    if fact.gate is not None:
        closed = fact.gate.otherwise
        # A gate that gives a day of the evaluation: only the evaluation can tell.
        if isinstance(closed, str):
            return
        if not isinstance(closed, bool) and any(part.contains(closed) for part in values):
            return
    shown, bounds = shorten(text), range_words(fact, fact.bounds)
    says = Texts(
        f"`{shown}` is out of bounds: it must be {bounds.en}", f"`{shown}` 超出界限：应{bounds.zh}"
    )
    raise Refused(says, expected(fact))
