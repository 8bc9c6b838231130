"""The rows of the review: packs, themes and items as headings, each question with its state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.questions import GOALS, waiting_for
from compliancecheck.model.facts import Fact, Pack
from compliancecheck.model.findings import Evaluation, Status
from compliancecheck.model.profile import Answer, FactRef, ItemList
from compliancecheck.tui.review.state import Review, State
from compliancecheck.tui.words import say


@dataclass(frozen=True, slots=True)
class Row:
    """A heading (``state`` None), a question (``ref``) or an unsettled point of law
    (``reading``); ``depth`` is how far it is indented."""

    key: str
    depth: int
    title: str
    state: State | None = None
    ref: FactRef | None = None
    reading: str = ""


@dataclass(slots=True)
class Listed:
    """What the rows of one evaluation are made from, worked out once."""

    evaluation: Evaluation
    skipped: frozenset[FactRef]
    lang: str
    waiting: Mapping[FactRef, list[str]] = field(init=False)
    open_readings: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.waiting = waiting_for(self.evaluation, GOALS)
        self.open_readings = frozenset(_open_readings(self.evaluation))

    # -- states --------------------------------------------------------------------------------

    def answer(self, ref: FactRef) -> Answer | None:
        """The answer to a question that is not a list."""
        return engine_of(self.evaluation).answer(ref)

    def items(self, fact: Fact) -> ItemList | None:
        """What a list holds; None: not answered."""
        return self.evaluation.profile.lists.get(fact.name)

    def state(self, ref: FactRef) -> State:
        """How a question stands."""
        fact = self.evaluation.rules.facts[ref.name]
        if fact.fields:
            given = self.items(fact)
            if given is not None:
                nothing_known = given.open and not given.items
                return State.UNKNOWN if nothing_known else State.ANSWERED
        else:
            answer = self.answer(ref)
            if answer is not None:
                return State.UNKNOWN if answer.unknown else State.ANSWERED
        if ref not in self.waiting:
            return State.NOT_NEEDED
        return State.SKIPPED if ref in self.skipped else State.OPEN

    def counts(self) -> dict[State, int]:
        """How many questions are open, unknown and answered; what is not needed is not counted."""
        profile = self.evaluation.profile
        given = [*profile.answers.values()]
        unknown = answered = 0
        for one in profile.lists.values():
            empty = one.open and not one.items
            unknown, answered = unknown + empty, answered + (not empty)
            given += [answer for item in one.items for answer in item.answers.values()]
            answered -= len(one.items)  # the name of an item is no question of its own
        unknown += sum(1 for answer in given if answer.unknown)
        answered += sum(1 for answer in given if not answer.unknown)
        unanswered = [ref for ref in self.waiting if self.state(ref) is State.OPEN]
        left = [ref for ref in self.waiting if self.state(ref) is State.SKIPPED]
        return {
            State.OPEN: len(unanswered),
            State.SKIPPED: len(left),
            State.UNKNOWN: unknown,
            State.ANSWERED: answered,
        }

    # -- rows ----------------------------------------------------------------------------------

    def rows(self, review: Review) -> Iterator[Row]:
        """The rows that pass the filters, each heading only if something stands below it."""
        words = review.words.lower().split()

        def passes(row: Row) -> bool:
            return row.state in review.states and (not words or self._has(row, words))

        for pack in self.evaluation.rules.packs.values():
            yield from self._section(self._pack(pack), passes)
        yield from self._section(self._readings(), passes)

    def _section(self, rows: Iterator[Row], passes: Callable[[Row], bool]) -> Iterator[Row]:
        above: list[Row] = []
        for row in rows:
            above = [head for head in above if head.depth < row.depth]
            if row.state is None:
                above.append(row)
            elif passes(row):
                yield from above
                above = []
                yield row

    def _has(self, row: Row, words: list[str]) -> bool:
        parts = [row.title, row.reading]
        if row.ref is not None:
            fact = self.evaluation.rules.facts[row.ref.name]
            parts += [row.ref.name, row.ref.item or "", fact.label.en, fact.label.zh]
            parts += [fact.question.get(lang) for lang in ("en", "zh")] if fact.question else []
        text = "\n".join(parts).lower()
        return all(word in text for word in words)

    def _pack(self, pack: Pack) -> Iterator[Row]:
        own = [f for f in self.evaluation.rules.facts.values() if f.pack == pack.id]
        company = [f for f in own if f.list is None and not f.fields]
        yield Row(f"pack {pack.id}", 0, pack.title.get(self.lang))
        for fact in company:
            if fact.theme is None:
                yield self._question(FactRef(fact.name), 1)
        for theme, title in pack.themes.items():
            yield Row(f"theme {pack.id} {theme}", 1, title.get(self.lang))
            for fact in company:
                if fact.theme == theme:
                    yield self._question(FactRef(fact.name), 2)
        for fact in own:
            if fact.fields:
                yield from self._list(fact)

    def _list(self, fact: Fact) -> Iterator[Row]:
        yield self._question(FactRef(fact.name), 1)
        given = self.items(fact)
        own = (f for f in self.evaluation.rules.facts.values() if f.list == fact.name)
        names = [field.name for field in own if field.field_name != fact.key]
        for item in given.items if given else ():
            yield Row(f"item {fact.name} {item.key}", 2, item.key)
            for name in names:
                yield self._question(FactRef(name, item.key), 3)

    def _question(self, ref: FactRef, depth: int) -> Row:
        label = self.evaluation.rules.facts[ref.name].label.get(self.lang)
        return Row(row_key(ref), depth, label, self.state(ref), ref)

    def _readings(self) -> Iterator[Row]:
        rules, adopted = self.evaluation.rules, self.evaluation.profile.readings
        yield Row("readings", 0, say("review_readings", self.lang))
        for name, reading in rules.readings.items():
            state = State.NOT_NEEDED
            if name in adopted:
                state = State.ANSWERED
            elif name in self.open_readings:
                state = State.OPEN
            yield Row(f"reading {name}", 1, reading.question.get(self.lang), state, reading=name)


def row_key(ref: FactRef) -> str:
    """What tells the row of a question from all others."""
    return f"{ref.name}\n{ref.item or ''}"


def _open_readings(evaluation: Evaluation) -> Iterator[str]:
    """The readings on which a contested finding, or a contested route, turns."""
    for finding in evaluation.findings:
        if finding.status is Status.CONTESTED:
            for verdict in finding.readings:
                yield from (name for name, _ in verdict.adopt)
    for line in evaluation.routes:
        if line.contested:
            for way in line.readings:
                yield from (name for name, _ in way.adopt)
