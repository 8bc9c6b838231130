"""The vocabulary of packs: facts with their gates, constraints, and the pack itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from compliancecheck.model.facts import (
    Constraint,
    Counted,
    Fact,
    FactType,
    Gate,
    GateValue,
    Pack,
)
from compliancecheck.model.texts import Place, Texts
from compliancecheck.model.values import Interval, Number, Option, exact
from compliancecheck.reading.forms import keyed
from compliancecheck.reading.pack_conditions import Conditions
from compliancecheck.reading.pack_dates import Scope
from compliancecheck.reading.pack_files import (
    ConstraintForm,
    FactForm,
    FactsFile,
    ItemFactForm,
    texts,
)
from compliancecheck.reading.pack_literals import Typed, truth
from compliancecheck.reading.pack_names import (
    SNAKE,
    WORDS,
    Declared,
    Desk,
    Kind,
    Names,
    meant,
)
from compliancecheck.reading.source import Mapping, Node, Scalar, Sequence

_CHOSEN = (FactType.CHOICE, FactType.CHOICES)
_KEY_TYPES = (FactType.TEXT, FactType.CHOICE, FactType.INTEGER, FactType.DATE)
_AT_MOST = ("at_most", "on_or_before")
_AT_LEAST = ("at_least", "on_or_after")
_STARTS = ("start_of_year", "start_of_previous_year")


class Facts:
    """Declares the facts of all packs first; gates and constraints are read when all are known."""

    def __init__(self, names: Names, desk: Desk, conditions: Conditions) -> None:
        self.names = names
        self.desk = desk
        self.conditions = conditions
        self.literals = conditions.values.literals
        self._forms: dict[str, ItemFactForm] = {}

    def pack(self, file: FactsFile, pack: str, path: str, sha256: str) -> Pack:
        """The pack of a `facts.yaml`; its facts must have been declared."""
        form = file.pack
        gate = form.gate
        if gate is not None:
            found = self.names.find(gate, (Kind.FACT,), None)
            fact = None if found is None else self.names.facts.get(found.name)
            if fact is not None and (fact.type is not FactType.BOOLEAN or fact.list):
                self.desk.refuse(gate, "the gate of a pack is a boolean fact of the company")
        themes = {name: text.texts() for name, text in (form.themes or {}).items()}
        return Pack(pack, form.title.texts(), gate.text if gate else None, themes, sha256, path)

    def declare(self, file: FactsFile, pack: str) -> None:
        """Takes up the facts of a `facts.yaml`, without their gates."""
        themes = file.pack.themes or {}
        for key, form in keyed(file.facts, file, "facts"):
            self._fact(key, form, pack, themes)
            if form.type != "list" or form.item is None:
                continue
            item = form.item
            if not self._item_name(item):
                continue
            self.names.items[item.text] = key.text
            for inner, field in keyed(form.facts, form, "facts"):
                self._fact(inner, field, pack, themes, key.text, item.text)

    def _item_name(self, item: Scalar) -> bool:
        name = item.text
        if name in WORDS or not SNAKE.fullmatch(name):
            self.desk.refuse(item, f"`{name}` cannot be the name of an item")
        elif name in self.names.items:
            self.desk.refuse(item, f"the list `{self.names.items[name]}` has the item `{name}`")
        else:
            return True
        return False

    # --- facts ---------------------------------------------------------------------------------

    def _fact(
        self,
        key: Scalar,
        form: ItemFactForm,
        pack: str,
        themes: object,
        in_list: str | None = None,
        item: str | None = None,
    ) -> None:
        name = key.text if item is None else f"{item}.{key.text}"
        declared = Declared(Kind.FACT, name, key.place, form, None, item)
        if item is not None and not SNAKE.fullmatch(key.text):
            self.desk.refuse(key, f"`{key.text}` is no name of an item's fact")
            return
        if not self.names.declare(declared):
            return
        kind = FactType(form.type)
        for place, message in self._misfits(kind, form, key):
            self.desk.refuse(place, message)
        if form.theme is not None and isinstance(themes, dict) and form.theme.text not in themes:
            hint = meant(form.theme.text, themes)
            self.desk.refuse(form.theme, f"the pack has no theme `{form.theme.text}`", hint)
        typed = Typed(kind, form.unit)
        numeric = kind.is_numeric
        self._forms[name] = form
        self.names.facts[name] = Fact(
            name=name,
            type=kind,
            label=form.label.texts(),
            pack=pack,
            question=texts(form.question),
            help=texts(form.help),
            unit=form.unit,
            choices={c: text.texts() for c, text in (form.choices or {}).items()},
            bounds=self._interval(form.bounds if numeric else None, typed) or Interval(),
            usual=self._interval(form.usual if numeric else None, typed),
            counted=self._counted(form),
            event=form.event,
            optional=form.optional,
            theme=form.theme.text if form.theme else None,
            cite=form.citations(),
            list=in_list,
            item=_item(form, item),
            key=form.key.text if isinstance(form, FactForm) and form.key else None,
            fields=_fields(form),
            formerly=tuple(form.formerly or ()),
            place=key.place,
        )

    def _misfits(
        self, kind: FactType, form: ItemFactForm, key: Scalar
    ) -> Iterator[tuple[Place, str]]:
        """What of a fact's form does not go with its type."""
        if (kind in _CHOSEN) != bool(form.choices):
            words = "`choices:` goes with `type: choice`, or `type: choices` for a set"
            yield form.key_place("choices"), words
        for choice, _ in keyed(form.choices, form, "choices"):
            if not SNAKE.fullmatch(choice.text) or choice.text == "unknown":
                yield choice.place, f"`{choice.text}` is no name of a choice"
        if kind is FactType.MONEY and not _is_currency(form.unit):
            yield form.key_place("unit"), "money has its currency as unit, as `unit: CNY`"
        counts = (FactType.INTEGER, FactType.NUMBER, FactType.MONEY)
        if form.unit is not None and kind not in counts:
            yield form.key_place("unit"), f"a {kind} has no unit"
        for word in ("bounds", "usual"):
            if getattr(form, word) is not None and not kind.is_numeric:
                yield form.key_place(word), f"a {kind} has no `{word}`"
        if form.counted is not None and kind is not FactType.INTEGER:
            yield form.key_place("counted"), "only an integer is `counted`"
        if form.event and kind is not FactType.DATE:
            yield form.key_place("event"), "only a date is an `event`"
        if (form.only_if is None) != (form.otherwise is None):
            yield form.key_place("only_if"), "`only_if` and `otherwise` go together"
        if form.only_if is not None and kind is FactType.TEXT:
            yield form.key_place("only_if"), "a text has no gate"
        yield from self._list_misfits(kind, form, key)

    def _list_misfits(
        self, kind: FactType, form: ItemFactForm, key: Scalar
    ) -> Iterator[tuple[Place, str]]:
        if not isinstance(form, FactForm):
            if kind is FactType.LIST:
                yield key.place, "a list inside a list is not possible"
            return
        if kind is FactType.LIST:
            missing = [word for word in ("item", "key", "facts") if not getattr(form, word)]
            if missing:
                yield key.place, f"a list needs `{missing[0]}`"
            elif form.key is not None and form.facts is not None:
                field = form.facts.get(form.key.text)
                if field is None:
                    yield form.key.place, f"the list's items have no fact `{form.key.text}`"
                elif FactType(field.type) not in _KEY_TYPES:
                    yield form.key.place, f"a {field.type} cannot name an item"
        else:
            for word in ("item", "key", "facts"):
                if getattr(form, word) is not None:
                    yield form.key_place(word), f"`{word}` belongs to `type: list` only"

    def _interval(self, node: Mapping | None, typed: Typed) -> Interval | None:
        return None if node is None else self.literals.interval(node, typed)

    def _counted(self, form: ItemFactForm) -> Counted | None:
        if form.counted is None:
            return None
        start: str | int = form.counted.start
        if start not in _STARTS:
            if not (isinstance(start, str) and start.isascii() and start.isdigit()):
                self.desk.refuse(
                    form.counted.key_place("from"),
                    f"a count runs from {', '.join(_STARTS)} or a year, not `{start}`",
                )
                return None
            start = int(start)
        return Counted(start, form.counted.fresh_for)

    # --- gates ---------------------------------------------------------------------------------

    def gates(self) -> None:
        """Reads the gates of all facts, once every fact is declared."""
        for name, form in self._forms.items():
            if form.only_if is None or form.otherwise is None:
                continue
            fact = self.names.facts[name]
            items = frozenset({fact.item} if fact.list and fact.item else ())
            test = self.conditions.condition(form.only_if, Scope(None, items, gate=True))
            value = self._otherwise(form.otherwise, fact)
            if test is not None and value is not None:
                self.names.facts[name] = replace(fact, gate=Gate(test, value))

    def _otherwise(self, node: Node, fact: Fact) -> Option | Number | GateValue | None:
        if fact.type in (FactType.LIST, FactType.CHOICES):
            if isinstance(node, Sequence) and not node.items:
                return GateValue.EMPTY_LIST
            what = "list" if fact.type is FactType.LIST else "set"
            self.desk.refuse(node, f"behind a closed gate a {what} is empty: write `[]`")
            return None
        if not isinstance(node, Scalar):
            self.desk.refuse(node, f"one value of `{fact.name}` belongs here")
            return None
        if fact.type is FactType.BOOLEAN:
            value = truth(node)
            if value is None:
                self.desk.refuse(node, f"`{fact.name}` is true or false")
            return value
        if fact.type is FactType.CHOICE:
            if node.text in fact.choices:
                return node.text
            hint = meant(node.text, fact.choices)
            self.desk.refuse(node, f"`{node.text}` is no choice of `{fact.name}`", hint)
            return None
        if fact.type is FactType.DATE and node.text == "as_of":
            return GateValue.AS_OF
        if fact.event and node.text == "not yet":
            return GateValue.NOT_YET
        return self.literals.number(node, Typed(fact.type, fact.unit))

    # --- constraints ---------------------------------------------------------------------------

    def constraints(self, file: FactsFile) -> Iterator[Constraint]:
        """The constraints of a `facts.yaml`: one fact at most another, or a share of it."""
        for form in file.constraints or ():
            read = self._constraint(form)
            if read is not None:
                yield read

    def _constraint(self, form: ConstraintForm) -> Constraint | None:
        node = form.must
        each = self.names.find_item(form.each)
        if form.each is not None and each is None:
            return None
        if len(node.entries) != 1:
            self.desk.refuse(node, "a constraint compares exactly one fact with another")
            return None
        scope = Scope(None).with_item(each)
        left = self._side(node.entries[0].key, scope)
        right = self._bound(node.entries[0].value, scope)
        if left is None or right is None:
            return None
        word, factor, other = right
        if (left.type is FactType.DATE) != word.startswith("on_or"):
            self.desk.refuse(node, f"`{word}` is no way to compare {_typed(left)}")
            return None
        if not _typed(left).alike(_typed(other)):
            message = f"{_typed(left)} cannot be compared with {_typed(other)}"
            self.desk.refuse(node, message)
            return None
        says: Texts = form.says.texts()
        if word in _AT_MOST:
            return Constraint(left.name, other.name, factor, says, each, node.place)
        inverse = exact(1 / Fraction(factor))
        return Constraint(other.name, left.name, inverse, says, each, node.place)

    def _side(self, node: Node, scope: Scope) -> Fact | None:
        found = self.names.find(node, (Kind.FACT,), None)
        if found is None or not self.conditions.values.bound(node, found, scope):
            return None
        fact = self.names.facts.get(found.name)
        if fact is not None and not fact.type.is_numeric:
            self.desk.refuse(node, f"`{found.name}` is a {fact.type}, no number and no date")
            return None
        return fact

    def _bound(self, node: Node, scope: Scope) -> tuple[str, Number, Fact] | None:
        """The operator, the factor, and the other fact."""
        form = "write `{at_most: {value: FACT}}` or `{at_most: {percent: 50%, of: FACT}}`"
        if not isinstance(node, Mapping) or len(node.entries) != 1:
            self.desk.refuse(node, "a constraint has one bound", form)
            return None
        word, value = node.entries[0]
        if word.text not in (*_AT_MOST, *_AT_LEAST):
            self.desk.refuse(word, f"`{word.text}` is no bound of a constraint", form)
            return None
        keys = {e.key.text for e in value.entries} if isinstance(value, Mapping) else set()
        factor: Number | None = 1
        if not isinstance(value, Mapping) or keys not in ({"value"}, {"percent", "of"}):
            self.desk.refuse(value, "a constraint compares with another fact", form)
            return None
        if "percent" in keys:
            percent = value.get("percent")
            assert percent is not None
            factor = self.literals.number(percent, Typed(FactType.PERCENT))
            if factor is not None and factor <= 0:
                self.desk.refuse(percent, "a share must be over 0%")
                factor = None
            if word.text.startswith("on_or"):
                self.desk.refuse(percent, "no share can be taken of a date")
                factor = None
        name = value.get("value") or value.get("of")
        assert name is not None
        other = self._side(name, scope)
        if factor is None or other is None:
            return None
        return word.text, factor, other


def _typed(fact: Fact) -> Typed:
    return Typed(fact.type, fact.unit)


def _is_currency(unit: str | None) -> bool:
    return unit is not None and len(unit) == 3 and unit.isascii() and unit.isupper()


def _item(form: ItemFactForm, item: str | None) -> str | None:
    if item is not None:
        return item
    return form.item.text if isinstance(form, FactForm) and form.item else None


def _fields(form: ItemFactForm) -> tuple[str, ...]:
    """The full names of a list's facts (`transfer.purpose`)."""
    if not isinstance(form, FactForm) or form.item is None:
        return ()
    return tuple(f"{form.item.text}.{name}" for name in form.facts or ())
