"""Instruments and their rules, readings, named conditions, routes and examples."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import replace

from compliancecheck.model.conditions import Condition
from compliancecheck.model.facts import FactType
from compliancecheck.model.instruments import (
    Article,
    Example,
    Instrument,
    NamedCondition,
    Prevails,
    Reading,
    Route,
    Rule,
    Source,
)
from compliancecheck.model.texts import Place, Texts
from compliancecheck.reading.forms import keyed
from compliancecheck.reading.pack_conditions import Conditions
from compliancecheck.reading.pack_dates import Scope
from compliancecheck.reading.pack_deadlines import Deadlines
from compliancecheck.reading.pack_files import (
    ExampleForm,
    InstrumentFile,
    ReadingForm,
    RouteForm,
    RuleForm,
    texts,
)
from compliancecheck.reading.pack_names import SNAKE, Declared, Desk, Kind, Names, meant
from compliancecheck.reading.plain import plain
from compliancecheck.reading.source import Mapping, Node, Scalar

_NO_TEXT = Texts("", "")


class Instruments:
    """Reads what instruments hold, once every name is declared."""

    def __init__(self, names: Names, desk: Desk, conditions: Conditions) -> None:
        self.names = names
        self.desk = desk
        self.conditions = conditions
        self.literals = conditions.values.literals
        self.deadlines = Deadlines(names, desk, conditions.values)

    # --- what facts.yaml and instruments share ------------------------------------------------

    def reading(self, declared: Declared) -> Reading:
        """A point of law that is read in several ways."""
        form: ReadingForm = declared.form
        if len(form.choices) < 2:
            self.desk.refuse(form.key_place("choices"), "a reading has at least two choices")
        for choice, _ in keyed(form.choices, form, "choices"):
            if not SNAKE.fullmatch(choice.text):
                self.desk.refuse(choice, f"`{choice.text}` is no name of a choice")
        if form.prevailing is not None and form.prevailing.text not in form.choices:
            hint = meant(form.prevailing.text, form.choices)
            self.desk.refuse(
                form.prevailing, f"the reading has no choice `{form.prevailing.text}`", hint
            )
        return Reading(
            name=declared.name,
            article=form.article,
            question=form.question.texts(),
            choices={name: text.texts() for name, text in form.choices.items()},
            prevailing=form.prevailing.text if form.prevailing else None,
            instrument=declared.instrument,
            confidence=form.confidence,
            cite=form.citations(),
            place=declared.place,
        )

    def named_condition(self, declared: Declared) -> NamedCondition | None:
        """A condition with a name."""
        form = declared.form
        when = self.conditions.condition(form.when, _scope(declared))
        if when is None:
            return None
        return NamedCondition(
            name=declared.name,
            each=declared.each,
            when=when,
            article=form.article,
            label=texts(form.label),
            cite=form.citations(),
            place=declared.place,
        )

    def route(self, declared: Declared) -> Route:
        """A route with its ways."""
        form: RouteForm = declared.form
        complete = form.complete
        start = self.literals.day(complete.start) if complete else None
        where = self._condition(complete.where if complete else None, _scope(declared))
        for way, _ in keyed(form.ways, form, "ways"):
            if not SNAKE.fullmatch(way.text):
                self.desk.refuse(way, f"`{way.text}` is no name of a way")
        ways = {name: text.texts() for name, text in form.ways.items()}
        return Route(
            declared.name, declared.each, ways, start, where, texts(form.label), declared.place
        )

    # --- instruments ---------------------------------------------------------------------------

    def instrument(self, file: InstrumentFile, pack: str) -> Instrument:
        """The head of an instrument."""
        form = file.instrument
        if not form.sources:
            self.desk.refuse(form.key_place("sources"), "an instrument names at least one source")
        effective = self.literals.days(form.effective)
        ends = self.literals.days(form.ends)
        if effective and ends and ends.last < effective.first:
            self.desk.refuse(form.key_place("ends"), "the instrument ends before it is in force")
        return Instrument(
            id=form.id.text,
            pack=pack,
            title=form.title.texts(),
            short=form.short.texts(),
            issuer=form.issuer.texts(),
            number=texts(form.number) or _NO_TEXT,
            binding=form.binding,
            issued=self.literals.day(form.issued) or 1,
            effective=effective,
            ends=ends,
            law_of=self._law_of(form.law_of),
            applies_when=self._condition(form.applies_when, Scope(form.id.text)),
            sources=tuple(
                Source(s.url, self.literals.day(s.checked) or 1, s.confidence) for s in form.sources
            ),
            articles={
                number: Article(number, a.encoded is not None, a.not_encoded, texts(a.says))
                for number, a in form.articles.items()
            },
            replaces=tuple(form.replaces or ()),
            notice=texts(form.notice),
            place=form.id.place,
        )

    def _law_of(self, node: Scalar | None) -> str | None:
        if node is None:
            return None
        found = self.names.find(node, (Kind.FACT,), None)
        fact = None if found is None else self.names.facts.get(found.name)
        if fact is not None and (fact.type is not FactType.DATE or fact.list):
            self.desk.refuse(node, "`law_of` names a date of the company")
        return node.text

    def prevails(self, file: InstrumentFile) -> Iterator[Prevails]:
        """The rules that this instrument displaces."""
        instrument = file.instrument.id.text
        for form in file.prevails_over or ():
            for node in form.rules:
                found = self.names.find(node, (Kind.RULE,), instrument)
                if found is None:
                    continue
                if found.instrument == instrument:
                    message = f"`{node.text}` is a rule of this instrument itself"
                    self.desk.refuse(node, message, "use `exempts` inside one instrument")
                    continue
                yield Prevails(instrument, form.article, found.name)

    # --- rules ---------------------------------------------------------------------------------

    def rule(self, declared: Declared) -> Rule:
        """One provision."""
        form: RuleForm = declared.form
        scope = replace(_scope(declared), rule=declared.name)
        assert declared.instrument is not None
        for place, message in _misfits(form):
            self.desk.refuse(place, message)
        way = self._way(form, declared)
        return Rule(
            id=declared.name,
            instrument=declared.instrument,
            article=form.article,
            title=form.title.texts(),
            each=declared.each,
            level=form.level,
            applies_when=self._condition(form.applies_when, scope),
            requires=self._condition(form.requires, scope),
            compares=self._condition(form.compares, scope),
            words=form.words,
            exempts=self._exempts(form, declared),
            way=way,
            then=texts(form.then),
            deadlines=tuple(self.deadlines.of_rule(declared)),
            effective=self.literals.days(form.effective),
            ends=self.literals.days(form.ends),
            confidence=form.confidence,
            cite=form.citations(),
            examples=tuple(self._examples(form)),
            formerly=tuple(form.formerly or ()),
            place=declared.place,
        )

    def _condition(self, node: Node | None, scope: Scope) -> Condition | None:
        return None if node is None else self.conditions.condition(node, scope)

    def _exempts(self, form: RuleForm, declared: Declared) -> tuple[str, ...] | None:
        if form.exempts is None:
            return None
        freed = []
        for node in form.exempts:
            found = self.names.find(node, (Kind.RULE,), declared.instrument)
            if found is None:
                continue
            if declared.each not in (None, found.each):
                self.desk.refuse(
                    node,
                    f"an exemption for each {declared.each} cannot free from `{node.text}`, "
                    f"which is judged for {_each(found.each)}",
                )
            elif found.name == declared.name:
                self.desk.refuse(node, "a rule cannot exempt from itself")
            freed.append(found.name)
        return tuple(freed)

    def _way(self, form: RuleForm, declared: Declared) -> tuple[str, str] | None:
        if form.way is None:
            return None
        place = form.key_place("way")
        if len(form.way) != 1:
            self.desk.refuse(place, "a rule is a member of one way: write `way: {ROUTE: WAY}`")
            return None
        ((name, way),) = form.way.items()
        route = self.names.declared.get(name)
        if route is None or route.kind is not Kind.ROUTE:
            routes = [d.name for d in self.names.declared.values() if d.kind is Kind.ROUTE]
            self.desk.refuse(place, f"no route is called `{name}`", meant(name, routes))
            return None
        if way.text not in route.form.ways:
            hint = meant(way.text, route.form.ways)
            self.desk.refuse(way, f"the route `{name}` has no way `{way.text}`", hint)
            return None
        if route.each != declared.each:
            self.desk.refuse(
                place,
                f"the route is answered for {_each(route.each)}, the rule is judged for "
                f"{_each(declared.each)}",
            )
        return name, way.text

    # --- examples ------------------------------------------------------------------------------

    def _examples(self, form: RuleForm) -> Iterator[Example]:
        names: set[str] = set()
        for example in form.examples or ():
            if example.name in names:
                message = f"two examples of this rule are called `{example.name}`"
                self.desk.refuse(example.key_place("name"), message)
            names.add(example.name)
            read = self._example(example, form)
            if read is not None:
                yield read

    def _example(self, form: ExampleForm, rule: RuleForm) -> Example | None:
        as_of = self.literals.day(form.as_of)
        if form.like is not None:
            self.names.find(form.like, (Kind.PROFILE,), None)
        if form.expect.way is not None:
            self._known_way(form.expect.way)
        if form.expect.met is not None and rule.compares is None:
            place = form.expect.key_place("met")
            self.desk.refuse(place, "only a rule that compares is met or not")
        for key, choice in keyed(form.readings, form, "readings"):
            self._adopted(key, choice)
        waits = None if (day := form.expect.waits_until) is None else self.literals.day(day)
        if as_of is None:
            return None
        facts = plain(form.facts) if form.facts is not None else {}
        assert isinstance(facts, dict)
        return Example(
            name=form.name,
            like=form.like.text if form.like else None,
            as_of=as_of,
            facts=facts,
            readings={name: choice.text for name, choice in (form.readings or {}).items()},
            status=form.expect.status,
            way=form.expect.way.text if form.expect.way else None,
            met=form.expect.met,
            item=form.item,
            due=self.deadlines.expected_days(form.expect, rule),
            waits_until=waits,
            place=form.key_place("name"),
        )

    def _known_way(self, node: Scalar) -> None:
        ways = [
            way
            for declared in self.names.declared.values()
            if declared.kind is Kind.ROUTE
            for way in declared.form.ways
        ]
        if node.text not in ways:
            self.desk.refuse(node, f"no route has a way `{node.text}`", meant(node.text, ways))

    def _adopted(self, key: Scalar, choice: Scalar) -> None:
        found = self.names.find(key, (Kind.READING,), None)
        if found is not None and choice.text not in found.form.choices:
            hint = meant(choice.text, found.form.choices)
            self.desk.refuse(choice, f"`{choice.text}` is no choice of `{key.text}`", hint)


def base_profile(node: Mapping) -> AnyMapping[str, object]:
    """A base profile as plain data."""
    data = plain(node)
    assert isinstance(data, dict)
    return data


def _misfits(form: RuleForm) -> Iterator[tuple[Place, str]]:
    """What of a rule's form does not go with its kind."""
    words = ("requires", "compares", "exempts")
    kinds = [word for word in words if getattr(form, word) is not None]
    if len(kinds) > 1:
        message = f"a rule is of one kind: `{kinds[0]}` and `{kinds[1]}` do not go together"
        yield form.key_place(kinds[1]), message
    duty = form.requires is not None
    if duty and form.level is None:
        yield form.key_place("requires"), "a duty says its `level`: must or should"
    if form.level is not None and not duty:
        yield form.key_place("level"), "`level` stands beside `requires` only"
    if form.then is not None and not duty:
        yield form.key_place("then"), "`then` stands beside `requires` only"
    if form.words is not None and form.compares is None:
        yield form.key_place("words"), "`words` stands beside `compares` only"


def _scope(declared: Declared) -> Scope:
    return Scope(declared.instrument).with_item(declared.each)


def _each(item: str | None) -> str:
    return f"each {item}" if item else "the company"
