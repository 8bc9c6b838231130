"""Conditions: from mappings with exactly one key to nodes with resolved names, typed literals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from compliancecheck.model.conditions import (
    All,
    Any,
    Compare,
    Condition,
    Every,
    FactIs,
    HoldsCondition,
    HoldsRule,
    Includes,
    Limit,
    Not,
    Note,
    ReadingIs,
    Some,
    Value,
)
from compliancecheck.model.facts import FactType
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import Option
from compliancecheck.reading.pack_dates import DAY, Scope
from compliancecheck.reading.pack_literals import Typed, truth
from compliancecheck.reading.pack_names import (
    BOUND_WORDS,
    CHOICE_WORDS,
    CONDITION_WORDS,
    DAY_WORDS,
    NOTE_WORDS,
    SET_WORDS,
    Declared,
    Desk,
    Kind,
    Names,
    meant,
)
from compliancecheck.reading.pack_values import Values
from compliancecheck.reading.source import Entry, Mapping, Node, Scalar, Sequence

_COMPARED = (Kind.FACT, Kind.DEFINITION, Kind.READING)
_LOWER = {"over": True, "at_least": False, "after": True, "on_or_after": False}
_UPPER = {"under": True, "at_most": False, "before": True, "on_or_before": False}
_QUANTIFIERS = ("some", "every")
_EQUALITY = ({"value"}, {"percent", "of"})


class Conditions:
    """Reads conditions, and through ``values`` the values in them."""

    def __init__(self, names: Names, desk: Desk) -> None:
        self.names = names
        self.desk = desk
        self.values = Values(names, desk, self.condition)

    def condition(self, node: Node, scope: Scope) -> Condition | None:
        """The condition of a node; None, and problems, if it is wrong anywhere."""
        if not isinstance(node, Mapping):
            self.desk.refuse(node, "a condition is a mapping with one key, as `{NAME: literal}`")
            return None
        entry = self._only_key(node)
        note = self._note(node)
        if entry is None or note is None:
            return None
        note = replace(note, place=entry.key.place)
        word = entry.key.text
        if node.get("where") is not None and word not in _QUANTIFIERS:
            self.desk.refuse(node, "`where` stands beside `some` and `every` only")
            return None
        if scope.gate and word in (*_QUANTIFIERS, "holds"):
            self.desk.refuse(entry.key, f"a gate compares facts with literals; `{word}` does not")
            return None
        match word:
            case "all" | "any":
                return self._several(entry, scope, note)
            case "not":
                part = self.condition(entry.value, scope)
                return None if part is None else Not(part, note)
            case "some" | "every":
                return self._quantified(node, entry, scope, note)
            case "holds":
                return self._holds(entry.value, scope, note)
            case _:
                return self._comparison(entry, scope, note)

    def _only_key(self, node: Mapping) -> Entry | None:
        main = [entry for entry in node.entries if entry.key.text not in NOTE_WORDS]
        if not main:
            self.desk.refuse(node, "a condition is missing here")
            return None
        if len(main) > 1:
            first, second = main[0].key.text, main[1].key
            self.desk.refuse(
                second,
                f"a condition has exactly one key; here are `{first}` and `{second.text}`",
                "put them as two conditions into a list under `all:` (or `any:`)",
            )
            return None
        return main[0]

    def _note(self, node: Mapping) -> Note | None:
        texts: dict[str, str] = {}
        because, review, fine = None, False, True
        for key, value in node.entries:
            if key.text == "because":
                because = self._texts(value)
                fine = fine and because is not None
            elif key.text == "review":
                found = truth(value) if isinstance(value, Scalar) else None
                if found is None:
                    self.desk.refuse(value, "write `review: true`")
                review, fine = bool(found), fine and found is not None
            elif key.text in ("article", "confidence"):
                if not isinstance(value, Scalar):
                    self.desk.refuse(value, f"`{key.text}` is one text")
                    fine = False
                elif key.text == "confidence" and value.text not in _CONFIDENCE:
                    hint = f"known: {', '.join(_CONFIDENCE)}"
                    self.desk.refuse(value, f"`{value.text}` is no confidence", hint)
                    fine = False
                else:
                    texts[key.text] = value.text
        if not fine:
            return None
        return Note(texts.get("article"), because, texts.get("confidence"), review)

    def _texts(self, node: Node) -> Texts | None:
        if isinstance(node, Mapping) and {e.key.text for e in node.entries} == {"en", "zh"}:
            en, zh = node.get("en"), node.get("zh")
            if isinstance(en, Scalar) and isinstance(zh, Scalar) and en.text and zh.text:
                return Texts(en.text, zh.text)
        self.desk.refuse(node, "a text is written `{en: …, zh: …}`")
        return None

    def _several(self, entry: Entry, scope: Scope, note: Note) -> Condition | None:
        word, value = entry
        if not isinstance(value, Sequence) or not value.items:
            self.desk.refuse(value, f"`{word.text}` needs a list of conditions, not an empty one")
            return None
        read = [self.condition(item, scope) for item in value.items]
        parts = tuple(part for part in read if part is not None)
        if len(parts) < len(read):
            return None
        return All(parts, note) if word.text == "all" else Any(parts, note)

    def _quantified(
        self, node: Mapping, entry: Entry, scope: Scope, note: Note
    ) -> Condition | None:
        where, word = node.get("where"), entry.key.text
        if where is None or not isinstance(entry.value, Scalar):
            form = f"`{{{word}: ITEM, where: CONDITION}}`"
            self.desk.refuse(entry.key, f"a quantifier is written {form}")
            return None
        item = self.names.find_item(entry.value)
        if item is None:
            return None
        inside = self.condition(where, scope.with_item(item))
        if inside is None:
            return None
        return Some(item, inside, note) if word == "some" else Every(item, inside, note)

    def _holds(self, node: Node, scope: Scope, note: Note) -> Condition | None:
        found = self.names.find(node, (Kind.CONDITION, Kind.RULE), scope.instrument)
        if found is None or not self.values.bound(node, found, scope):
            return None
        if found.kind is Kind.RULE:
            return HoldsRule(found.name, note)
        return HoldsCondition(found.name, note)

    # --- comparisons ---------------------------------------------------------------------------

    def _comparison(self, entry: Entry, scope: Scope, note: Note) -> Condition | None:
        key, right = entry
        found = self._compared(key, scope)
        if found is None or not self.values.bound(key, found, scope):
            return None
        if scope.gate and found.kind is not Kind.FACT:
            self.desk.refuse(key, f"a gate compares facts only; `{key.text}` is a {found.kind}")
            return None
        fact = self.names.facts.get(found.name) if found.kind is Kind.FACT else None
        if found.kind is Kind.READING:
            return self._options(found, list(found.form.choices), right, note)
        if fact is not None and fact.type is FactType.CHOICE:
            return self._options(found, list(fact.choices), right, note)
        if fact is not None and fact.type is FactType.CHOICES:
            return self._includes(found, list(fact.choices), right, note)
        if fact is not None and fact.type is FactType.BOOLEAN:
            return self._boolean(found, right, note)
        if fact is not None and not fact.type.is_numeric:
            how = "; use `some` or `every`" if fact.type is FactType.LIST else ""
            self.desk.refuse(key, f"`{key.text}` is a {fact.type} and is never compared{how}")
            return None
        left = self.values.typed(key, found)
        if left is None:
            return None
        limits = self._limits(right, left[1], scope)
        if limits is None:
            return None
        lower, upper, negated = limits
        return Compare(left[0], lower, upper, negated, note)

    def _compared(self, key: Scalar, scope: Scope) -> Declared | None:
        if "." not in key.text and "/" not in key.text:
            full = self.names.full(key.text, scope.instrument)
            word = meant(key.text, CONDITION_WORDS)
            if word is not None and full not in self.names.declared:
                self.desk.refuse(key, f"`{key.text}` is neither a name nor a word here", word)
                return None
        return self.names.find(key, _COMPARED, scope.instrument)

    def _boolean(self, found: Declared, right: Node, note: Note) -> Condition | None:
        value = truth(right) if isinstance(right, Scalar) else None
        if value is None:
            self.desk.refuse(right, f"`{found.name}` is true or false; nothing else belongs here")
            return None
        return FactIs(found.name, frozenset({value}), False, note)

    def _options(
        self, found: Declared, choices: list[str], right: Node, note: Note
    ) -> Condition | None:
        negated, literals = False, [right]
        if isinstance(right, Mapping):
            operator = self._operator(right, CHOICE_WORDS, f"a {_kind(found)} is compared")
            if operator is None:
                return None
            word, value = operator
            negated = word.text in ("is_not", "none_of")
            literals = [value]
            if word.text != "is_not":
                if not isinstance(value, Sequence) or not value.items:
                    self.desk.refuse(value, f"`{word.text}` needs a list of choices")
                    return None
                literals = list(value.items)
        taken = [self._choice(node, choices, found.name) for node in literals]
        options = frozenset(option for option in taken if option is not None)
        if None in taken:
            return None
        if found.kind is Kind.READING:
            return ReadingIs(found.name, options, negated, note)
        facts: frozenset[Option] = frozenset(options)
        return FactIs(found.name, facts, negated, note)

    def _includes(
        self, found: Declared, choices: list[str], right: Node, note: Note
    ) -> Condition | None:
        """What a set holds: one option, or any of several."""
        if not isinstance(right, Mapping):
            hint = f"write `{{{found.name}: {{includes: CHOICE}}}}`"
            self.desk.refuse(right, f"`{found.name}` is a set; say what it includes", hint)
            return None
        operator = self._operator(right, SET_WORDS, "a set is compared")
        if operator is None:
            return None
        word, value = operator
        literals: list[Node] = [value]
        if word.text == "includes_any":
            if not isinstance(value, Sequence) or not value.items:
                self.desk.refuse(value, f"`{word.text}` needs a list of choices")
                return None
            literals = list(value.items)
        elif isinstance(value, Sequence):
            hint = "for one of several `includes_any`; for all of them one `includes` each"
            self.desk.refuse(value, "`includes` takes one choice", hint)
            return None
        taken = [self._choice(node, choices, found.name) for node in literals]
        options = frozenset(option for option in taken if option is not None)
        return None if None in taken else Includes(found.name, options, note)

    def _choice(self, node: Node, choices: list[str], name: str) -> str | None:
        if isinstance(node, Scalar) and node.text in choices:
            return node.text
        if not isinstance(node, Scalar):
            self.desk.refuse(node, f"a choice of `{name}` belongs here")
            return None
        hint = meant(node.text, choices) or f"its choices are {', '.join(choices)}"
        self.desk.refuse(node, f"`{node.text}` is no choice of `{name}`", hint)
        return None

    def _operator(self, right: Mapping, allowed: Iterable[str], what: str) -> Entry | None:
        """The only operator of a right side."""
        for key, _ in right.entries:
            if key.text not in allowed:
                message = f"`{key.text}` is no way in which {what}"
                self.desk.refuse(key, message, f"write one of {', '.join(allowed)}")
                return None
        if len(right.entries) != 1:
            self.desk.refuse(right, "exactly one operator belongs here")
            return None
        return right.entries[0]

    def _limits(
        self, right: Node, typed: Typed, scope: Scope
    ) -> tuple[Limit | None, Limit | None, bool] | None:
        """Lower limit, upper limit, and whether the comparison is negated."""
        keys = {e.key.text for e in right.entries} if isinstance(right, Mapping) else None
        if keys is None or keys in _EQUALITY or keys & {"table", "due"}:
            return self._equal(right, typed, scope, False)
        assert isinstance(right, Mapping)
        if "is_not" in keys and len(keys) == 1:
            return self._equal(right.entries[0].value, typed, scope, True)
        words = DAY_WORDS if typed == DAY else BOUND_WORDS
        lower: Limit | None = None
        upper: Limit | None = None
        for key, value in right.entries:
            if key.text not in words:
                hint = f"write one of {', '.join((*words, 'is_not'))}"
                self.desk.refuse(key, f"`{key.text}` is no way to compare {typed}", hint)
                return None
            taken = lower if key.text in _LOWER else upper
            if taken is not None:
                self.desk.refuse(key, "a range has at most one lower and one upper bound")
                return None
            bound = self.values.right_side(value, typed, scope)
            if bound is None:
                return None
            if key.text in _LOWER:
                lower = Limit(bound, _LOWER[key.text])
            else:
                upper = Limit(bound, _UPPER[key.text])
        if lower is None and upper is None:
            self.desk.refuse(right, "a bound is missing here")
            return None
        return lower, upper, False

    def _equal(
        self, node: Node, typed: Typed, scope: Scope, negated: bool
    ) -> tuple[Limit, Limit, bool] | None:
        value: Value | None = self.values.right_side(node, typed, scope)
        return None if value is None else (Limit(value), Limit(value), negated)


_CONFIDENCE = ("verified", "secondary", "memory")


def _kind(found: Declared) -> str:
    return "reading" if found.kind is Kind.READING else "choice"
