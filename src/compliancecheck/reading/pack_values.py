"""What definitions compute and what facts are compared with: from nodes to typed values."""

from __future__ import annotations

from collections.abc import Callable

from compliancecheck.model.conditions import (
    AsOf,
    Case,
    Choose,
    Condition,
    Count,
    DefinitionValue,
    Difference,
    DistinctTotal,
    FactValue,
    Literal,
    PercentOf,
    Sum,
    Total,
    Value,
)
from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.instruments import Definition
from compliancecheck.reading.forms import NOT_BUILT
from compliancecheck.reading.pack_dates import DAY, UNITS, Dates, Scope, Typing
from compliancecheck.reading.pack_literals import Literals, Typed, looks_like_name
from compliancecheck.reading.pack_names import LATER_VALUES, Declared, Desk, Kind, Names
from compliancecheck.reading.source import Mapping, Node, Scalar, Sequence

PEOPLE = "people"
_SIBLINGS = {
    "value": (),
    "percent": ("of",),
    "sum": (),
    "difference": (),
    "count": ("where",),
    "total": ("where",),
    "choose": ("otherwise",),
    "distinct_total": ("where", "known_as", "known_over"),
    "plus": ("of", "roll"),
    "minus": ("of", "roll"),
    "at_least_before": tuple(UNITS),
    "within_before": tuple(UNITS),
    "due": (),
}


class Values:
    """Reads values; definitions are read when first asked for, so that each knows its type."""

    def __init__(
        self, names: Names, desk: Desk, condition: Callable[[Node, Scope], Condition | None]
    ) -> None:
        self.names = names
        self.desk = desk
        self.literals = Literals(desk)
        self.dates = Dates(names, desk, self.value, self.named)
        self._condition = condition
        self.definitions: dict[str, Definition] = {}
        self._open: list[str] = []  # definitions being read: one inside itself is a loop
        self._failed: set[str] = set()

    # --- what has a name ---------------------------------------------------------------------

    def named(self, node: Node, scope: Scope) -> tuple[FactValue | DefinitionValue, Typed] | None:
        """A number or date by its name, with its type."""
        found = self.names.find(node, (Kind.FACT, Kind.DEFINITION), scope.instrument)
        if found is None or not self.bound(node, found, scope):
            return None
        return self.typed(node, found)

    def typed(
        self, node: Node, found: Declared
    ) -> tuple[FactValue | DefinitionValue, Typed] | None:
        """The value that a fact or definition is, with its type."""
        if found.kind is Kind.DEFINITION:
            definition = self.definition(found.name)
            if definition is None:
                return None
            return DefinitionValue(found.name), Typed(definition.type, definition.unit)
        fact = self.names.facts.get(found.name)
        if fact is None:
            return None
        if not fact.type.is_numeric:
            self.desk.refuse(node, f"`{found.name}` is a {fact.type}, no number and no date")
            return None
        return FactValue(found.name), Typed(fact.type, fact.unit)

    def bound(self, node: Node, found: Declared, scope: Scope) -> bool:
        """Whether the item whose facts a name reads is bound; else that is a problem."""
        if found.each is None or found.each in scope.items:
            return True
        name = node.text if isinstance(node, Scalar) else found.name
        self.desk.refuse(
            node,
            f"`{name}` reads facts of an item, and no `{found.each}` is bound here",
            f"write `each: {found.each}` above, or put it under `some: {found.each}`",
        )
        return False

    def definition(self, name: str) -> Definition | None:
        """A definition by its full name; None if it has problems."""
        if name in self.definitions or name in self._failed:
            return self.definitions.get(name)
        declared = self.names.declared[name]
        if name in self._open:
            loop = " → ".join([*self._open[self._open.index(name) :], name])
            self.desk.refuse(declared.place, f"these definitions go round in a circle: {loop}")
            self._failed.update(self._open[self._open.index(name) :])
            return None
        self._open.append(name)
        read = self._definition(declared)
        self._open.pop()
        if read is None or name in self._failed:
            self._failed.add(name)
            return None
        self.definitions[name] = read
        return read

    def _definition(self, declared: Declared) -> Definition | None:
        form = declared.form
        scope = Scope(declared.instrument).with_item(declared.each)
        typing = self.value(form.value, scope, None)
        if typing is None:
            return None
        return Definition(
            name=declared.name,
            each=declared.each,
            label=form.label.texts(),
            type=typing[1].type,
            unit=typing[1].unit,
            value=typing[0],
            article=form.article,
            cite=form.citations(),
            place=declared.place,
        )

    # --- right sides of comparisons -----------------------------------------------------------

    def right_side(self, node: Node, typed: Typed, scope: Scope) -> Value | None:
        """What a number or date of type *typed* is compared with."""
        if isinstance(node, Scalar):
            if node.text == "as_of" and typed == DAY:
                return self._not_in_gate(node, scope, AsOf())
            literal = self.literals.number(node, typed)
            return None if literal is None else Literal(literal)
        keys = _keys(node)
        if not keys or not keys <= {"value", "percent", "of", "due", *LATER_VALUES}:
            self.desk.refuse(
                node,
                "a right side is a literal, `{value: NAME}`, `{percent: 3%, of: NAME}` or "
                "`{due: ID}`",
            )
            return None
        typing = self.value(node, scope, typed)
        if typing is None or not self._alike(node, typing[1], typed):
            return None
        return self._not_in_gate(node, scope, typing[0])

    def _not_in_gate(self, node: Node, scope: Scope, value: Value) -> Value | None:
        if scope.gate:
            self.desk.refuse(node, "a gate compares facts with literals only")
            return None
        return value

    def _alike(self, node: Node, got: Typed, wanted: Typed) -> bool:
        if got.alike(wanted):
            return True
        self.desk.refuse(node, f"{got} cannot be compared with {wanted}")
        return False

    # --- values of definitions ----------------------------------------------------------------

    def value(self, node: Node, scope: Scope, expected: Typed | None) -> Typing | None:
        """A value with its type; *expected* types a literal."""
        if isinstance(node, Scalar):
            return self._scalar(node, expected)
        word = self._word(node)
        if word is None:
            return None
        assert isinstance(node, Mapping)
        match word:
            case "value":
                return self.named(_at(node, "value"), scope)
            case "percent":
                return self._percent(node, scope)
            case "sum":
                return self._sum(_at(node, "sum"), scope)
            case "difference":
                return self._difference(_at(node, "difference"), scope)
            case "count":
                return self._count(node, scope)
            case "total":
                return self._total(node, scope)
            case "choose":
                return self._choose(node, scope)
            case "distinct_total":
                return self._distinct_total(node, scope)
            case "plus" | "minus":
                return self.dates.shift(node, word, scope)
            case "due":
                return self.dates.due(_at(node, "due"), scope)
            case _:
                return self.dates.before(node, word, scope)

    def _word(self, node: Node) -> str | None:
        """The key that says what kind of value a mapping is, once its keys are in order."""
        keys = _keys(node)
        for later in LATER_VALUES:
            if later in keys:
                self.desk.refuse(node, NOT_BUILT.format(later))
                return None
        found = [word for word in _SIBLINGS if word in keys]
        if not isinstance(node, Mapping) or not found:
            self.desk.refuse(
                node,
                "no value is written so",
                f"a value is a literal, `as_of`, or a mapping with one of {', '.join(_SIBLINGS)}",
            )
            return None
        word = found[0]
        for entry in node.entries:
            if entry.key.text not in (word, *_SIBLINGS[word]):
                self.desk.refuse(entry.key, f"`{entry.key.text}` has no place beside `{word}`")
                return None
        return word

    def _scalar(self, node: Scalar, expected: Typed | None) -> Typing | None:
        if node.text == "as_of":
            return AsOf(), DAY
        if expected is None and looks_like_name(node):
            self.desk.refuse(node, "a value is expected here", f"write `{{value: {node.text}}}`")
            return None
        typed = expected or self.literals.guess(node)
        if typed is None:
            return None
        literal = self.literals.number(node, typed)
        return None if literal is None else (Literal(literal), typed)

    def _percent(self, node: Mapping, scope: Scope) -> Typing | None:
        share = self.literals.number(_at(node, "percent"), Typed(FactType.PERCENT))
        of_node = self._needed(node, "of", "percent")
        of = None if of_node is None else self.named(of_node, scope)
        if share is None or of is None:
            return None
        if share <= 0:
            self.desk.refuse(_at(node, "percent"), "a share must be over 0%")
            return None
        if of[1].type in (FactType.DATE, FactType.PERCENT):
            self.desk.refuse(_at(node, "of"), f"no share can be taken of {of[1]}")
            return None
        kind = FactType.NUMBER if of[1].type is FactType.INTEGER else of[1].type
        return PercentOf(share, of[0]), Typed(kind, of[1].unit)

    def _sum(self, node: Node, scope: Scope) -> Typing | None:
        if not isinstance(node, Sequence) or not node.items:
            self.desk.refuse(node, "`sum` needs a list of terms")
            return None
        terms = self._together(node, list(node.items), scope, names=True)
        if terms is None:
            return None
        if terms[1].type is FactType.DATE:
            self.desk.refuse(node, "dates cannot be added up")
            return None
        return Sum(terms[0]), terms[1]

    def _difference(self, node: Node, scope: Scope) -> Typing | None:
        if not isinstance(node, Sequence) or len(node.items) != 2:
            self.desk.refuse(node, "`difference` takes two terms, `[a, b]`: a less b")
            return None
        terms = self._together(node, list(node.items), scope, names=True)
        if terms is None:
            return None
        if terms[1].type is FactType.DATE:
            self.desk.refuse(node, "no date is taken from another")
            return None
        left, right = terms[0]
        return Difference(left, right), terms[1]

    def _count(self, node: Mapping, scope: Scope) -> Typing | None:
        item_node = _at(node, "count")
        if not isinstance(item_node, Scalar):
            form = "a count is written `{count: ITEM}`, with `where` beside it for some"
            self.desk.refuse(item_node, form)
            return None
        item = self.names.find_item(item_node)
        if item is None:
            return None
        where = node.get("where")
        inside = None if where is None else self._condition(where, scope.with_item(item))
        if where is not None and inside is None:
            return None
        return Count(item, inside), Typed(FactType.INTEGER)

    def _total(self, node: Mapping, scope: Scope) -> Typing | None:
        fact = self._added(_at(node, "total"), scope)
        if fact is None or fact.item is None:
            return None
        where = node.get("where")
        inside = None if where is None else self._condition(where, scope.with_item(fact.item))
        if where is not None and inside is None:
            return None
        return Total(fact.name, fact.item, inside), Typed(fact.type, fact.unit)

    def _added(self, node: Node, scope: Scope) -> Fact | None:
        """A fact of an item that can be added up."""
        found = self.names.find(node, (Kind.FACT,), scope.instrument)
        fact = None if found is None else self.names.facts.get(found.name)
        if fact is None:
            return None
        if not fact.type.is_numeric or fact.type is FactType.DATE or not fact.list:
            what = f"a {fact.type}" if fact.list else "no fact of an item"
            hint = "write `{total: ITEM.FACT}` with a number, an amount or a percentage"
            self.desk.refuse(node, f"`{fact.name}` is {what}; no total can be made of it", hint)
            return None
        return fact

    def _choose(self, node: Mapping, scope: Scope) -> Typing | None:
        cases = _at(node, "choose")
        otherwise = node.get("otherwise")
        if not isinstance(cases, Sequence) or not cases.items or otherwise is None:
            self.desk.refuse(node, "`choose` is a list of cases, with `otherwise` beside it")
            return None
        whens: list[Condition | None] = []
        nodes: list[Node] = []
        for case in cases.items:
            if not isinstance(case, Mapping) or _keys(case) != {"when", "is"}:
                self.desk.refuse(case, "a case is written `{when: CONDITION, is: VALUE}`")
                return None
            whens.append(self._condition(_at(case, "when"), scope))
            nodes.append(_at(case, "is"))
        values = self._together(node, [*nodes, otherwise], scope, names=False)
        read = [when for when in whens if when is not None]
        if values is None or len(read) < len(whens):
            return None
        *firsts, last = values[0]
        pairs = zip(read, firsts, strict=True)
        return Choose(tuple(Case(when, value) for when, value in pairs), last), values[1]

    def _together(
        self, at: Node, nodes: list[Node], scope: Scope, *, names: bool
    ) -> tuple[tuple[Value, ...], Typed] | None:
        """Values of one type: literals take the type of those that have one of their own."""
        done: dict[int, Typing | None] = {}
        for n, node in enumerate(nodes):
            if names and looks_like_name(node):
                done[n] = self.named(node, scope)
            elif not isinstance(node, Scalar) or node.text == "as_of":
                done[n] = self.value(node, scope, None)
        typed = _widest([t[1] for t in done.values() if t is not None])
        for n, node in enumerate(nodes):
            if n not in done:
                done[n] = self.value(node, scope, typed)
                typed = typed or _widest([t[1] for t in done.values() if t is not None])
        read = [done[n] for n in range(len(nodes))]
        values = [t for t in read if t is not None]
        if len(values) < len(read):
            return None
        for node, (_, own) in zip(nodes, values, strict=True):
            if not own.alike(values[0][1]):
                self.desk.refuse(node, f"{own} does not go with {values[0][1]}")
                return None
        widest = _widest([own for _, own in values])
        assert widest is not None
        return tuple(value for value, _ in values), widest

    def _distinct_total(self, node: Mapping, scope: Scope) -> Typing | None:
        fact = self._people(_at(node, "distinct_total"), scope, of_item=True)
        if fact is None:
            return None
        found = self.names.facts[fact]
        item = found.item
        assert item is not None
        inside = Scope(scope.instrument, frozenset({item}))
        problems = len(self.desk.problems)
        where, over = (
            None if part is None else self._condition(part, inside)
            for part in (node.get("where"), node.get("known_over"))
        )
        known_node = node.get("known_as")
        known = None if known_node is None else self._people(known_node, scope, of_item=False)
        if len(self.desk.problems) > problems:
            return None
        if over is not None and known is None:
            self.desk.refuse(node, "`known_over` says over what `known_as` counts; it is missing")
            return None
        return DistinctTotal(fact, item, where, known, over), Typed(found.type, found.unit)

    def _people(self, node: Node, scope: Scope, *, of_item: bool) -> str | None:
        """A count of people: a fact of an item, or the company's own."""
        found = self.names.find(node, (Kind.FACT,), scope.instrument)
        fact = None if found is None else self.names.facts.get(found.name)
        if fact is None:
            return None
        if fact.type is not FactType.INTEGER or fact.unit != PEOPLE or bool(fact.list) != of_item:
            whose = "of an item" if of_item else "of the company"
            self.desk.refuse(node, f"an integer {whose} with `unit: {PEOPLE}` belongs here")
            return None
        return fact.name

    def _needed(self, node: Mapping, key: str, word: str) -> Node | None:
        found = node.get(key)
        if found is None:
            self.desk.refuse(node, f"`{key}` is missing beside `{word}`")
        return found


def _widest(types: list[Typed]) -> Typed | None:
    """The type of all together: a number as soon as one is no integer."""
    for typed in types:
        if typed.type is not FactType.INTEGER:
            return typed
    return types[0] if types else None


def _keys(node: Node) -> set[str]:
    return {entry.key.text for entry in node.entries} if isinstance(node, Mapping) else set()


def _at(node: Mapping, key: str) -> Node:
    found = node.get(key)
    assert found is not None
    return found
