"""Reading a profile against the vocabulary: all answers with their places, or all problems.

Nested and dotted keys mean the same.  ``evidence:``, ``readings:`` and ``dated:`` are read in
``profile_extras``.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import (
    Adopted,
    Answer,
    Evidence,
    FactRef,
    Item,
    ItemList,
    Profile,
)
from compliancecheck.model.safe import safe_text, shorten
from compliancecheck.model.texts import Place, Texts
from compliancecheck.reading import profile_extras
from compliancecheck.reading.files import decode, read_file
from compliancecheck.reading.problems import (
    Problem,
    Problems,
    ProblemsError,
    TooMany,
    given_twice,
    in_order,
    perhaps,
    problem_at,
)
from compliancecheck.reading.scalars import implausible, read_answer
from compliancecheck.reading.source import Mapping, Node, Scalar, Sequence, load
from compliancecheck.reading.vocabulary import SPECIAL, Vocabulary, vocabulary

Read = tuple[Profile | None, tuple[Problem, ...]]


def load_profile_file(path: str, rules: Rules) -> Read:
    """The profile in a file (None if it has errors) and its problems, warnings among them."""
    try:
        return load_profile_text(read_file(path), path, rules)
    except ProblemsError as error:
        return None, error.problems


def load_profile_text(text: str | bytes, path: str, rules: Rules) -> Read:
    """The profile in a text or in a file's bytes; *path* names it in places and problems."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    decoded = decode(data, path) if isinstance(text, bytes) else text
    if isinstance(decoded, Problem):
        return None, (decoded,)
    root, problems = load(decoded, path)
    return read_profile(root, problems, path, hashlib.sha256(data).hexdigest(), rules)


def read_profile(
    root: Node | None, problems: tuple[Problem, ...], path: str, sha256: str, rules: Rules
) -> Read:
    """The profile in a node tree; *problems* are those of the tree itself."""
    if root is None:
        return None, in_order(problems)
    if not isinstance(root, Mapping):
        hint = Texts(
            "a profile begins like `common:` or `dated: 2026-11-24`",
            "企业档案的开头如 `common:` 或 `dated: 2026-11-24`",
        )
        says = Texts("this is no profile", "这不是企业档案")
        return None, in_order((*problems, problem_at(root.place, says, hint)))
    reader = _Reader(rules, vocabulary(rules), Problems(problems))
    with suppress(TooMany):
        reader.root(root)
    found = in_order(reader.problems)
    if any(problem.is_error for problem in found):
        return None, found
    warnings = tuple(f"{safe_text(p.file)}:{p.line}:{p.column}: {p.message}" for p in found)
    return reader.profile(path, sha256, warnings), found


def looks_like_profile(node: Node | None, rules: Rules) -> bool:
    """Whether a file's root carries a profile's keys (when a directory is searched)."""
    if not isinstance(node, Mapping) or node.get("language") is not None:
        return False
    names = vocabulary(rules)
    known = [key.text for key, _ in node.entries if _is_known(key.text, names)]
    return any(name not in SPECIAL for name in known) or (
        bool(known) and len(known) == len(node.entries)
    )


def _is_known(key: str, names: Vocabulary) -> bool:
    return key in SPECIAL or key in names.sections or names.company_fact(key) is not None


@dataclass(slots=True)
class _Reader:
    """What has been read of one profile so far."""

    rules: Rules
    names: Vocabulary
    problems: Problems
    dated: int | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    lists: dict[str, ItemList] = field(default_factory=dict)
    readings: dict[str, Adopted] = field(default_factory=dict)
    evidence: dict[FactRef, Evidence] = field(default_factory=dict)
    sections: dict[str, Place] = field(default_factory=dict)
    given: dict[str, Scalar] = field(default_factory=dict)  # key of each fact, for duplicates
    # Items of a long list say the same of many facts: it is read once.
    read: dict[tuple[str, str, str], Answer] = field(default_factory=dict)

    def profile(self, path: str, sha256: str, warnings: tuple[str, ...]) -> Profile:
        return Profile(
            path=path,
            sha256=sha256,
            dated=self.dated,
            answers=self.answers,
            lists=self.lists,
            readings=self.readings,
            evidence=self.evidence,
            sections=self.sections,
            warnings=warnings,
        )

    def say(
        self, node: Node, says: Texts, advice: Texts | None = None, severity: str = "error"
    ) -> None:
        self.problems.append(problem_at(node.place, says, advice, severity=severity))

    def root(self, root: Mapping) -> None:
        evidence: Node | None = None
        for key, value in root.entries:
            name = key.text
            self.sections.setdefault(name, key.place)
            self.sections.setdefault(name.split(".", 1)[0], key.place)
            if name == "dated":
                self.dated = profile_extras.read_dated(value, self.problems)
            elif name == "readings":
                self.readings = profile_extras.read_readings(
                    value, self.rules.readings, self.problems
                )
            elif name == "evidence":
                evidence = value
            elif name == "waivers":
                says = Texts(
                    "`waivers:` is part of the format but not built yet",
                    "`waivers:` 属于格式，但尚未实现",
                )
                self.say(key, says, Texts("remove it", "请删除"))
            else:
                self._entry(key, value, name)
        if evidence is not None:  # last, as it names answers that may stand below it
            reader = profile_extras.EvidenceReader(self.names, self.problems)
            self.evidence = reader.read(evidence, self.answers, self.lists)
        self.problems.extend(
            profile_extras.acts_to_come(
                self.rules.facts, self.dated, self.answers, self.lists, self.evidence
            )
        )

    def _entry(self, key: Scalar, value: Node, name: str) -> None:
        fact = self.names.company_fact(name)
        if fact is not None:
            self._fact(fact, key, value, name)
        elif name in self.names.sections:
            self._section(value, name)
        else:
            self._unknown(key, value, name)

    def _section(self, value: Node, name: str) -> None:
        if isinstance(value, Mapping):
            for key, inner in value.entries:
                self._entry(key, inner, f"{name}.{key.text}")
        elif not (isinstance(value, Scalar) and not value.text and not value.quoted):
            shown = shorten(name)
            self.say(
                value,
                Texts(
                    f"`{shown}` is a section of facts, it has no value itself",
                    f"`{shown}` 是事实的分组，本身没有值",
                ),
                Texts(
                    "write its facts below it, one a line, indented",
                    "请在下面缩进写它的事实，每行一个",
                ),
            )

    def _unknown(self, key: Scalar, value: Node, name: str) -> None:
        known = [*self.names.company, *self.names.sections, *SPECIAL]
        is_section = isinstance(value, Mapping) and "." not in name
        kind = Texts("section", "分组") if is_section else Texts("fact", "事实")
        wide = _full_width(key.text)
        near, shown = perhaps(name, known), shorten(name)
        self.say(
            key,
            Texts(f"no {kind.en} `{shown}`{near.en}", f"没有{kind.zh} `{shown}`{near.zh}"),
            Texts(f"write plain characters: `{wide}`", f"请用半角字符：`{wide}`") if wide else None,
        )

    def _fact(self, fact: Fact, key: Scalar, value: Node, name: str) -> None:
        self._renamed(key, name, fact.name)
        first = self.given.setdefault(fact.name, key)
        if first is not key:
            self.say(key, given_twice(shorten(fact.name), first.place.line))
        elif fact.type is FactType.LIST:
            self._list(fact, value)
        else:
            answer = self._answer(fact, value)
            if answer is not None:
                self.answers[fact.name] = answer

    def _renamed(self, key: Scalar, name: str, now: str) -> None:
        if name != now:
            old = shorten(name)
            self.say(
                key,
                Texts(f"`{old}` is now `{now}`", f"`{old}` 现在叫 `{now}`"),
                Texts(f"write `{now}`", f"请写 `{now}`"),
                "warning",
            )

    def _answer(self, fact: Fact, value: Node) -> Answer | None:
        seen = (fact.name, value.text, value.style) if isinstance(value, Scalar) else None
        known = self.read.get(seen) if seen else None
        if known is not None:
            return Answer(known.values, known.text, value.place, known.not_yet)
        answer = read_answer(fact, value)
        if isinstance(answer, Problem):
            self.problems.append(answer)
            return None
        unusual = implausible(fact, answer)
        if unusual:
            self.say(value, unusual, None, "warning")
        elif seen and fact.type is not FactType.TEXT and len(self.read) < 5_000:
            self.read[seen] = answer
        return answer

    # --- lists -----------------------------------------------------------------------------

    def _list(self, fact: Fact, value: Node) -> None:
        if isinstance(value, Scalar):
            if value.text == "unknown":
                self.answers[fact.name] = Answer(None, value.text, value.place)
            else:
                says = Texts(f"`{fact.name}` is a list", f"`{fact.name}` 是列表")
                self.say(value, says, _list_hint(fact))
        elif isinstance(value, Sequence):
            self.lists[fact.name] = ItemList(self._items(fact, value), False, value.place)
        else:
            self._open_list(fact, value)

    def _open_list(self, fact: Fact, value: Mapping) -> None:
        items, more = value.get("items"), value.get("more")
        for key, _ in value.entries:
            if key.text not in ("items", "more"):
                near = perhaps(key.text, ("items", "more"))
                shown = shorten(key.text)
                says = Texts(f"no part `{shown}` of a list{near.en}",
                             f"列表没有 `{shown}` 这一部分{near.zh}")  # fmt: skip
                self.say(key, says, _list_hint(fact))
                return
        if not isinstance(items, Sequence):
            says = Texts("`items:` of a list are missing", "列表缺少 `items:`")
            self.say(items or value, says, _list_hint(fact))
        elif not (isinstance(more, Scalar) and more.text == "unknown"):
            says = Texts(
                "beside `items:` stands `more: unknown`", "`items:` 要与 `more: unknown` 一起写"
            )
            self.say(more or value, says, _list_hint(fact))
        else:
            self.lists[fact.name] = ItemList(self._items(fact, items), True, value.place)

    def _items(self, fact: Fact, value: Sequence) -> tuple[Item, ...]:
        items: list[Item] = []
        keys: dict[str, Scalar] = {}
        for node in value.items:
            if not isinstance(node, Mapping):
                says = Texts(
                    f"an item of `{fact.name}` has facts", f"`{fact.name}` 的每一项都要写事实"
                )
                self.say(node, says, _list_hint(fact))
                continue
            item = self._item(fact, node, keys)
            if item is not None:
                items.append(item)
        return tuple(items)

    def _item(self, fact: Fact, node: Mapping, keys: dict[str, Scalar]) -> Item | None:
        answers: dict[str, Answer] = {}
        given: dict[str, Scalar] = {}
        key_node: Scalar | None = None
        for key, value in node.entries:
            known = self.names.item_fact(fact.name, key.text)
            if key.text == fact.key:
                key_node = self._key(known, key, value, keys)
            elif known is None:
                near = perhaps(key.text, [fact.key or "", *self.names.fields[fact.name]])
                shown = shorten(key.text)
                self.say(
                    key,
                    Texts(
                        f"no fact `{shown}` of a {fact.item}{near.en}",
                        f"`{fact.item}` 没有事实 `{shown}`{near.zh}",
                    ),
                )
                continue
            if known is None:
                continue
            first = given.setdefault(known.name, key)
            if first is not key:
                self.say(key, given_twice(known.name, first.place.line))
                continue
            self._renamed(key, key.text, known.field_name)
            answer = self._answer(known, value)
            if answer is not None:
                answers[known.name] = answer
        if key_node is None:
            if not any(key.text == fact.key for key, _ in node.entries):
                says = Texts(
                    f"this item of `{fact.name}` has no `{fact.key}`",
                    f"`{fact.name}` 的这一项没有 `{fact.key}`",
                )
                self.say(node, says, _list_hint(fact))
            return None
        return Item(key_node.text, answers, node.place)

    def _key(
        self, fact: Fact | None, key: Scalar, value: Node, keys: dict[str, Scalar]
    ) -> Scalar | None:
        if not isinstance(value, Scalar) or not value.text.strip():
            advice = Texts("write a name that no other item has", "请写一个其他项没有的名称")
            self.say(value, _names_item(key.text), advice)
            return None
        name = _key_value(fact, value)
        if name is None:
            advice = Texts("write one known value, no range", "请写一个已知的值，不写范围")
            self.say(value, _names_item(key.text), advice)
            return None
        first = keys.setdefault(name, value)
        if first is not value:
            line, shown = first.place.line, shorten(value.text)
            self.say(
                value,
                Texts(
                    f"two items are named `{shown}`; first at line {line}",
                    f"有两项都叫 `{shown}`，第一次在第 {line} 行",
                ),
            )
            return None
        return value


def _key_value(fact: Fact | None, value: Scalar) -> str | None:
    """What a key says: the text itself, or the one value that a number or choice has."""
    if fact is None or fact.type is FactType.TEXT:
        return value.text
    read = read_answer(fact, value)
    if not isinstance(read, Answer):
        return value.text  # its problem is told where the answer is read
    if isinstance(read.values, frozenset) and len(read.values) == 1:
        return str(next(iter(read.values)))
    if isinstance(read.values, tuple) and len(read.values) == 1 and read.values[0].is_point:
        return str(read.values[0].low)
    return None


def _names_item(key: str) -> Texts:
    return Texts(f"`{key}` names the item", f"`{key}` 是该项的名称")


def _list_hint(fact: Fact) -> Texts:
    return Texts(
        f"write the items below it, each beginning with `- {fact.key}: …`; `[]` if there are "
        "none; `unknown`; or `items: […]` with `more: unknown`",
        f"请在下面逐项写，每项以 `- {fact.key}: …` 开头；没有时写 `[]`；不知道时写 `unknown`；"
        "或写 `items: […]` 并加 `more: unknown`",
    )


def _full_width(text: str) -> str | None:
    """The same key in plain characters, if full-width ones are what is wrong with it."""
    import unicodedata

    plain = unicodedata.normalize("NFKC", text)
    return shorten(plain) if plain != text else None
