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
from compliancecheck.model.texts import Place
from compliancecheck.reading import profile_extras
from compliancecheck.reading.files import decode, read_file
from compliancecheck.reading.problems import (
    Problem,
    Problems,
    ProblemsError,
    TooMany,
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
        hint = "a profile begins like `common:` or `dated: 2026-11-24`"
        return None, in_order((*problems, problem_at(root.place, "this is no profile", hint)))
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
        self, node: Node, message: str, hint: str | None = None, severity: str = "error"
    ) -> None:
        self.problems.append(problem_at(node.place, message, hint, severity=severity))

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
                self.say(key, "`waivers:` is part of the format but not built yet", "remove it")
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
            self.say(
                value,
                f"`{shorten(name)}` is a section of facts, it has no value itself",
                "write its facts below it, one a line, indented",
            )

    def _unknown(self, key: Scalar, value: Node, name: str) -> None:
        known = [*self.names.company, *self.names.sections, *SPECIAL]
        kind = "section" if isinstance(value, Mapping) and "." not in name else "fact"
        wide = _full_width(key.text)
        hint = f"write plain characters: `{wide}`" if wide else None
        self.say(key, f"no {kind} `{shorten(name)}`{perhaps(name, known)}", hint)

    def _fact(self, fact: Fact, key: Scalar, value: Node, name: str) -> None:
        self._renamed(key, name, fact.name)
        first = self.given.setdefault(fact.name, key)
        if first is not key:
            line = first.place.line
            self.say(key, f"`{shorten(fact.name)}` is given twice; first at line {line}")
        elif fact.type is FactType.LIST:
            self._list(fact, value)
        else:
            answer = self._answer(fact, value)
            if answer is not None:
                self.answers[fact.name] = answer

    def _renamed(self, key: Scalar, name: str, now: str) -> None:
        if name != now:
            self.say(key, f"`{shorten(name)}` is now `{now}`", f"write `{now}`", "warning")

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
                self.say(value, f"`{fact.name}` is a list", _list_hint(fact))
        elif isinstance(value, Sequence):
            self.lists[fact.name] = ItemList(self._items(fact, value), False, value.place)
        else:
            self._open_list(fact, value)

    def _open_list(self, fact: Fact, value: Mapping) -> None:
        items, more = value.get("items"), value.get("more")
        for key, _ in value.entries:
            if key.text not in ("items", "more"):
                near = perhaps(key.text, ("items", "more"))
                self.say(key, f"no part `{shorten(key.text)}` of a list{near}", _list_hint(fact))
                return
        if not isinstance(items, Sequence):
            self.say(items or value, "`items:` of a list are missing", _list_hint(fact))
        elif not (isinstance(more, Scalar) and more.text == "unknown"):
            self.say(more or value, "beside `items:` stands `more: unknown`", _list_hint(fact))
        else:
            self.lists[fact.name] = ItemList(self._items(fact, items), True, value.place)

    def _items(self, fact: Fact, value: Sequence) -> tuple[Item, ...]:
        items: list[Item] = []
        keys: dict[str, Scalar] = {}
        for node in value.items:
            if not isinstance(node, Mapping):
                self.say(node, f"an item of `{fact.name}` has facts", _list_hint(fact))
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
                self.say(key, f"no fact `{shorten(key.text)}` of a {fact.item}{near}")
                continue
            if known is None:
                continue
            first = given.setdefault(known.name, key)
            if first is not key:
                line = first.place.line
                self.say(key, f"`{known.name}` is given twice; first at line {line}")
                continue
            self._renamed(key, key.text, known.field_name)
            answer = self._answer(known, value)
            if answer is not None:
                answers[known.name] = answer
        if key_node is None:
            if not any(key.text == fact.key for key, _ in node.entries):
                self.say(node, f"this item of `{fact.name}` has no `{fact.key}`", _list_hint(fact))
            return None
        return Item(key_node.text, answers, node.place)

    def _key(
        self, fact: Fact | None, key: Scalar, value: Node, keys: dict[str, Scalar]
    ) -> Scalar | None:
        if not isinstance(value, Scalar) or not value.text.strip():
            self.say(value, f"`{key.text}` names the item", "write a name that no other item has")
            return None
        name = _key_value(fact, value)
        if name is None:
            self.say(value, f"`{key.text}` names the item", "write one known value, no range")
            return None
        first = keys.setdefault(name, value)
        if first is not value:
            line = first.place.line
            self.say(value, f"two items are named `{shorten(value.text)}`; first at line {line}")
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


def _list_hint(fact: Fact) -> str:
    return (
        f"write the items below it, each beginning with `- {fact.key}: …`; `[]` if there are "
        "none; `unknown`; or `items: […]` with `more: unknown`"
    )


def _full_width(text: str) -> str | None:
    """The same key in plain characters, if full-width ones are what is wrong with it."""
    import unicodedata

    plain = unicodedata.normalize("NFKC", text)
    return shorten(plain) if plain != text else None
