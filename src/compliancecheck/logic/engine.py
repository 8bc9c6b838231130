"""The state of one evaluation: the narrowed world, and a judge for each choice of readings.

Everything that asks "what is left of this diagram" goes through :meth:`Engine.verdicts`.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from itertools import product

from compliancecheck.logic.alike import Alike
from compliancecheck.logic.calendar import Calendar, default_calendar
from compliancecheck.logic.cells import Compiled
from compliancecheck.logic.computing import Env, Judge
from compliancecheck.logic.diagram import IMPOSSIBLE
from compliancecheck.logic.fact_values import is_known
from compliancecheck.logic.memory import Memory
from compliancecheck.logic.moving import Inputs, inputs_of
from compliancecheck.logic.narrowing import ItemWorld, World, narrow
from compliancecheck.logic.program import Program
from compliancecheck.logic.verdicts import OfAlike, Ordered, Sameness, Verdict, Verdicts
from compliancecheck.model.findings import Adoption, Evaluation, Outcome, ReadingVerdict
from compliancecheck.model.instruments import Rule, Rules
from compliancecheck.model.profile import Answer, FactRef, Profile
from compliancecheck.model.values import Values

MOST_COMBINATIONS = 64
MOST_NAMED = 100
FEWEST_ALIKE = 8  # a shorter list is not worth the comparison
_KEPT_PROGRAMS = 16
_programs: dict[tuple[int, int, int | None, str | None, int], Program] = {}


def program(
    rules: Rules,
    as_of: int,
    law: int | None,
    draft: str | None = None,
    calendar: Calendar | None = None,
) -> Program:
    """The program of these rules on these days; the last few are kept, with their diagrams."""
    calendar = calendar or default_calendar()
    key = (id(rules), as_of, law, draft, id(calendar))
    found = _programs.get(key)
    if found is None:
        if len(_programs) >= _KEPT_PROGRAMS:
            _programs.pop(next(iter(_programs)))
        found = _programs[key] = Program(rules, as_of, law, draft, calendar)
    return found


def alike_of(program: Program, item: str) -> Alike:
    """What tells items apart, made once for a program."""
    found = program.alike.get(item)
    if not isinstance(found, Alike):
        found = program.alike[item] = Alike(program, item)
        program.alike_in.update(found.diagrams)
    return found


class Impossible(Exception):
    """Answers that no completion allows together, found only when a diagram was walked."""

    def __init__(self, refs: tuple[FactRef, ...]) -> None:
        super().__init__(refs)
        self.refs = refs


class Engine:
    """One profile, one day of evaluation, one day of law; with *draft*, inside that draft."""

    def __init__(
        self,
        profile: Profile,
        rules: Rules,
        as_of: int,
        law: int | None,
        draft: str | None = None,
        calendar: Calendar | None = None,
    ) -> None:
        self.profile = profile
        self.rules = rules
        self.as_of = as_of
        self.law = law
        self.draft = draft
        self.program = program(rules, as_of, law, draft, calendar)
        self.calendar = self.program.calendar
        self.world: World = narrow(rules, profile, as_of)
        self.adopted = {
            name: reading.choice
            for name, reading in profile.readings.items()
            if name in rules.readings
        }
        self.memory = Memory()
        self._shared_facts: dict[tuple[tuple[int, ...], bool], Ordered] = {}
        self._judges: dict[Adoption, Judge] = {}
        self.of_alike = OfAlike()
        self.tracers: dict[str | None, object] = {}  # by item, kept by explain
        self._find_alike()
        self._inside: dict[str, Engine] = {}

    def again(self, profile: Profile) -> Engine:
        """The engine of another profile on the same days, inside the same draft."""
        return Engine(profile, self.rules, self.as_of, self.law, self.draft, self.calendar)

    def inside(self, rule: str) -> Engine:
        """The engine that judges a rule: of a draft's rule, one inside that draft."""
        instrument = self.rules.instruments[self.rules.rules[rule].instrument]
        if not instrument.is_draft or self.draft == instrument.id:
            return self
        if instrument.id not in self._inside:
            self._inside[instrument.id] = Engine(
                self.profile, self.rules, self.as_of, self.law, instrument.id, self.calendar
            )
        return self._inside[instrument.id]

    def _find_alike(self) -> None:
        for item, world in self.world.lists.items():
            if len(world.items) < FEWEST_ALIKE:
                continue
            alike = alike_of(self.program, item)
            judges, not_yet = alike.judges(self.judge()), self.world.not_yet.keys()
            classes: dict[Hashable, int] = {}
            for one in world.items:
                one.alike = classes.setdefault(alike.signature(one, judges, not_yet), len(classes))
                if one.alike == len(world.unlike):
                    world.unlike.append(one)

    def judge(self, adopt: Adoption = ()) -> Judge:
        """The judge with the profile's own readings and these."""
        found = self._judges.get(adopt)
        if found is None:
            chosen = {**self.adopted, **dict(adopt)}
            found = self._judges[adopt] = Judge(self.program, self.world, chosen, self.memory)
        return found

    @cached_property
    def undecided(self) -> Judge:
        """A judge without the readings that the profile adopts."""
        return Judge(self.program, self.world, {}, self.memory)

    def verdicts(self, compiled: Compiled, env: Env) -> Verdicts:
        """With all readings open; if that does not settle it, once for each combination.

        For items that are alike this is the same, and done once.
        """
        alike = self._alike(compiled, env)
        if alike is None:
            return self._verdicts(compiled, env)
        found = self.of_alike.verdicts.get((id(compiled), alike))
        if found is None:
            found = self._verdicts(compiled, env)
            self.of_alike.verdicts[id(compiled), alike] = found
        return Verdicts(compiled, env, found.each, found.too_many)

    def once_for_alike(
        self, verdicts: Verdicts, told: Callable[[Verdicts], tuple[ReadingVerdict, ...]]
    ) -> tuple[ReadingVerdict, ...]:
        """What is told of verdicts: the same for items that are alike, and kept once."""
        alike = self._alike(verdicts.compiled, verdicts.env)
        if alike is None:
            return told(verdicts)
        key = (id(verdicts.compiled), alike)
        if key not in self.of_alike.readings:
            self.of_alike.readings[key] = told(verdicts)
        return self.of_alike.readings[key]

    def _alike(self, compiled: Compiled, env: Env) -> int | None:
        """The class of the one item that is bound; None where the diagram knows no classes."""
        if len(env) != 1 or id(compiled) not in self.program.alike_in:
            return None
        return env[0].alike

    def _verdicts(self, compiled: Compiled, env: Env) -> Verdicts:
        judge = self.judge()
        left = judge.restrict(compiled, env)
        if left.root == IMPOSSIBLE:
            raise Impossible(self._answered_in(compiled, env))
        alone = Verdicts(compiled, env, (Verdict((), left, judge),))
        if len(left.terminals) == 1:
            return alone
        readings = sorted(inputs_of(judge, compiled, left, env).readings)
        if not readings:
            return alone
        combinations = self.combinations(readings)
        if combinations is None:
            return Verdicts(compiled, env, alone.each, too_many=True)
        each = []
        for adopt in combinations:
            own = self.judge(adopt)
            each.append(Verdict(adopt, own.refine(compiled, left, env), own))
        return Verdicts(compiled, env, tuple(each))

    def _answered_in(self, compiled: Compiled, env: Env) -> tuple[FactRef, ...]:
        """The answers that a diagram reads, of facts behind a gate first."""
        names = dict.fromkeys(v.fact for v in compiled.variables if v.fact is not None)
        refs = [self.judge().ref(name, env) for name in names]
        answered = [ref for ref in refs if self.answer(ref) is not None]
        return tuple(sorted(answered, key=lambda r: self.rules.facts[r.name].gate is None))

    def outcome(self, rule: Rule, env: Env) -> Outcome | None:
        """What a rule is where its conditions, part by part, already settle it."""
        if len(env) != 1 or env[0].alike is None:
            return self._outcome(rule, env)
        known = self.of_alike.outcomes
        key = (rule.id, env[0].alike)
        if key not in known:
            known[key] = self._outcome(rule, env)
        return known[key]

    def _outcome(self, rule: Rule, env: Env) -> Outcome | None:
        judge = self.judge()
        scope = judge.truth(self.program.scope(rule.id), env)
        if not scope:
            return None if scope is None else Outcome.NOT_APPLICABLE
        if rule.requires is not None:
            met = judge.truth(self.program.expression(rule.requires), env)
            return None if met is None else Outcome.PASS if met else Outcome.FAIL
        if rule.compares is not None:
            met = judge.truth(self.program.expression(rule.compares), env)
            return None if met is None else Outcome.MET if met else Outcome.NOT_MET
        return Outcome.INFORMATIVE

    def combinations(self, readings: list[str]) -> list[Adoption] | None:
        """Every combination of these readings' choices; None if there are more than 64."""
        choices = [tuple(self.rules.readings[name].choices) for name in readings]
        count = 1
        for options in choices:
            count *= len(options)
        if count > MOST_COMBINATIONS:
            return None
        return [tuple(zip(readings, row, strict=True)) for row in product(*choices)]

    def inputs(self, verdicts: Verdicts) -> Inputs:
        """What can still move the combinations that are not settled."""
        compiled, env = verdicts.compiled, verdicts.env
        same = self.sameness(compiled, env) if verdicts.open else None
        if same is None:
            return self._inputs(verdicts)
        found = self.of_alike.inputs.get(same)
        if found is None:
            found = self.of_alike.inputs[same] = self._inputs(verdicts)
        return found.of_item(env[0].key)

    def sameness(self, compiled: Compiled, env: Env) -> Sameness | None:
        """Where this is the same for two items, so is, fact for fact, what matters of them.

        None where nothing says so.
        """
        alike = self._alike(compiled, env)
        if alike is None:
            return None
        item = env[0]
        kind = alike_of(self.program, item.item)
        if id(compiled) not in kind.movable:
            return None
        known = self.of_alike.known.get((item.item, item.key))
        if known is None:
            answers = self._answers(item)
            unknown = {name for name, answer in answers.items() if answer.unknown}
            known = self.of_alike.known[item.item, item.key] = kind.known(item, unknown)
        return id(compiled), alike, known

    def _answers(self, item: ItemWorld) -> Mapping[str, Answer]:
        name = self._list_names[item.item]
        place = self.item_positions(name)[item.key or ""]
        return self.profile.lists[name].items[place].answers

    def _inputs(self, verdicts: Verdicts) -> Inputs:
        found = Inputs()
        done: set[int] = set()  # facts are the same for every combination
        for verdict in verdicts.open:
            found.add(inputs_of(verdict.judge, verdicts.compiled, verdict.left, verdicts.env, done))
        return found

    def resting_on(self, compiled: Compiled, env: Env) -> Adoption:
        """The adopted readings that a diagram would still read if they were not adopted."""
        if not self.adopted:
            return ()
        alike = self._alike(compiled, env)
        if alike is None:
            return self._resting_on(compiled, env)
        found = self.of_alike.resting.get((id(compiled), alike))
        if found is None:
            found = self._resting_on(compiled, env)
            self.of_alike.resting[id(compiled), alike] = found
        return found

    def _resting_on(self, compiled: Compiled, env: Env) -> Adoption:
        judge = self.undecided
        live = inputs_of(judge, compiled, judge.restrict(compiled, env), env).readings
        return tuple(sorted((n, c) for n, c in self.adopted.items() if n in live))

    def facts_that_matter(self, inputs: Inputs, *, whole: bool = False) -> tuple[FactRef, ...]:
        """The facts of some inputs, in the order of the vocabulary, item by item.

        A fact in a constraint with one that was answered ``unknown`` moves that. Of what a
        total rests on, the first ``MOST_NAMED`` facts are named, all of them if *whole*.
        """
        own = self._with_neighbours(inputs.facts)
        if not inputs.shared:
            return tuple(sorted(own, key=self.order))
        shared = self._of_totals(inputs.shared, whole)
        missing = list(shared.refs)
        for ref in sorted(own - shared.known, key=self.order, reverse=True):
            missing.insert(bisect(shared.orders, self.order(ref)), ref)
        return tuple(missing) if len(missing) > len(shared.refs) else shared.refs

    def _of_totals(self, inputs: Mapping[int, Inputs], whole: bool) -> Ordered:
        """The facts of shared inputs; many items rest on the same."""
        key = (tuple(inputs), whole)
        if key not in self._shared_facts:
            found: set[FactRef] = set()
            for shared in inputs.values():
                facts = sorted(self._with_neighbours(shared.facts), key=self.order)
                found.update(facts if whole else facts[:MOST_NAMED])
            refs = tuple(sorted(found, key=self.order))
            orders = [self.order(ref) for ref in refs]
            # The inputs are kept beside their key, so that their ids stay their own.
            self._shared_facts[key] = Ordered(refs, frozenset(refs), orders, dict(inputs))
        return self._shared_facts[key]

    def _with_neighbours(self, refs: set[FactRef]) -> set[FactRef]:
        found = set(refs)
        for ref in refs:
            if self.answered_unknown(ref):
                found |= set(self._neighbours(ref))
        return found

    def _neighbours(self, ref: FactRef) -> list[FactRef]:
        names = []
        for c in self.rules.constraints:
            if ref.name in (c.lesser, c.greater):
                names.append(c.greater if ref.name == c.lesser else c.lesser)
        refs = [FactRef(n, ref.item if self.rules.facts[n].list else None) for n in names]
        return [r for r in refs if not is_known(self.values(r))]

    def order(self, ref: FactRef) -> tuple[bool, int, int, int]:
        """Where a fact stands among the questions: optional ones last, then the vocabulary."""
        fact = self.rules.facts[ref.name]
        own = self.positions[ref.name]
        if fact.list is None:
            return (fact.optional, own, 0, 0)
        item = self.item_positions(fact.list).get(ref.item or "", 0)
        return (fact.optional, self.positions[fact.list], item, own)

    @cached_property
    def _list_names(self) -> Mapping[str, str]:
        return {item: fact.name for item, fact in self.rules.lists().items()}

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The place of each fact in the vocabulary."""
        return {name: n for n, name in enumerate(self.rules.facts)}

    def item_positions(self, list_name: str) -> Mapping[str, int]:
        """The place of each item in its list."""
        if list_name not in self._item_positions:
            given = self.profile.lists.get(list_name)
            items = given.items if given else ()
            self._item_positions[list_name] = {item.key: n for n, item in enumerate(items)}
        return self._item_positions[list_name]

    @cached_property
    def _item_positions(self) -> dict[str, Mapping[str, int]]:
        return {}

    def answered_unknown(self, ref: FactRef) -> bool:
        """Whether the profile says that this fact is not known."""
        answer = self.answer(ref)
        return answer is not None and answer.unknown

    def answer(self, ref: FactRef) -> Answer | None:
        """The profile's answer to a fact, or None."""
        list_name = self.rules.facts[ref.name].list
        if list_name is None:
            return self.profile.answers.get(ref.name)
        given = self.profile.lists.get(list_name)
        position = self.item_positions(list_name).get(ref.item or "")
        if given is None or position is None:
            return None
        return given.items[position].answers.get(ref.name)

    def values(self, ref: FactRef) -> Values:
        """What a fact may be after narrowing."""
        if ref.item is None and self.rules.facts[ref.name].list is None:
            return self.world.company[ref.name]
        return self.item(ref).values[ref.name]

    def item(self, ref: FactRef) -> ItemWorld:
        """The item of a fact (the further one if it has no key)."""
        item = self.rules.facts[ref.name].item or ""
        return self.item_world(item, ref.item)

    def item_world(self, item: str, key: str | None) -> ItemWorld:
        """One item of a list by its key; None is the further one."""
        world = self.world.lists[item]
        if key is None:
            assert world.further is not None
            return world.further
        return next(i for i in world.items if i.key == key)


def engine_of(evaluation: Evaluation, rule: str | None = None) -> Engine:
    """The engine behind an evaluation (that judges *rule*); made anew where it was not kept."""
    if rule is not None:
        return engine_of(evaluation).inside(rule)
    if isinstance(evaluation.engine, Engine):
        return evaluation.engine
    return Engine(evaluation.profile, evaluation.rules, evaluation.as_of, evaluation.law)
