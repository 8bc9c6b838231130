"""The state of one evaluation: the narrowed world, and a judge for each choice of readings.

Everything that asks "what is left of this diagram" goes through :meth:`Engine.verdicts`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from itertools import product
from typing import Any, TypeVar

from compliancecheck.logic.alike import Alike
from compliancecheck.logic.calendar import Calendar, default_calendar
from compliancecheck.logic.cells import Compiled
from compliancecheck.logic.computing import Env, Judge
from compliancecheck.logic.diagram import IMPOSSIBLE
from compliancecheck.logic.memory import Memory
from compliancecheck.logic.missing import MissingFacts
from compliancecheck.logic.moving import Inputs, inputs_of
from compliancecheck.logic.narrowing import World, narrow
from compliancecheck.logic.program import Program
from compliancecheck.logic.starting import Starts
from compliancecheck.logic.verdicts import OfAlike, Sameness, Verdict, Verdicts
from compliancecheck.model.findings import Adoption, Evaluation, Outcome, ReadingVerdict
from compliancecheck.model.instruments import Rule, Rules
from compliancecheck.model.profile import FactRef, Profile

T = TypeVar("T")
MOST_COMBINATIONS = 64
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


class Engine(MissingFacts):
    """One profile, one day of evaluation, one day of law; with *draft*, inside that draft."""

    def __init__(
        self,
        profile: Profile,
        rules: Rules,
        as_of: int,
        law: int | None,
        draft: str | None = None,
        calendar: Calendar | None = None,
        before: Engine | None = None,
    ) -> None:
        """What *before* knows of the items that both profiles have is taken from there."""
        super().__init__(profile, rules)
        self.as_of = as_of
        self.law = law
        self.draft = draft
        self.program = program(rules, as_of, law, draft, calendar)
        self.calendar = self.program.calendar
        same = before is not None and before.rules is rules
        known = before.starts if before is not None and same else None
        self.starts: Starts = Starts.after(known, profile, as_of)
        self.world: World = narrow(rules, profile, as_of, self.starts)
        self.adopted = {
            name: reading.choice
            for name, reading in profile.readings.items()
            if name in rules.readings
        }
        self.memory = Memory()
        self.kept: dict[Hashable, tuple[object, object, Any]] = {}  # by :func:`kept`
        self.exact_reads: dict[tuple[int, str], list[str]] = {}  # kept by in_play.py
        self._judges: dict[Adoption, Judge] = {}
        self.of_alike = OfAlike()
        self.slim = False  # whether alike items share their findings and lines
        self.tracers: dict[str | None, object] = {}  # by item, kept by explain
        self._find_alike()
        self._inside: dict[str, Engine] = {}

    def again(self, profile: Profile) -> Engine:
        """The engine of another profile on the same days, inside the same draft."""
        return Engine(
            profile, self.rules, self.as_of, self.law, self.draft, self.calendar, before=self
        )

    def inside(self, rule: str) -> Engine:
        """The engine that judges a rule: of a draft's rule, one inside that draft."""
        instrument = self.rules.instruments[self.rules.rules[rule].instrument]
        if not instrument.is_draft or self.draft == instrument.id:
            return self
        if instrument.id not in self._inside:
            own = Engine(
                self.profile, self.rules, self.as_of, self.law, instrument.id, self.calendar, self
            )
            own.slim = self.slim
            self._inside[instrument.id] = own
        return self._inside[instrument.id]

    def _find_alike(self) -> None:
        for item, world in self.world.lists.items():
            if len(world.items) < FEWEST_ALIKE:
                continue
            alike = alike_of(self.program, item)
            judges, not_yet = alike.judges(self.judge()), self.world.not_yet.keys()
            named: dict[str | None, tuple[str, ...]] = {}
            for ref in not_yet:
                named[ref.item] = (*named.get(ref.item, ()), ref.name)
            classes: dict[Hashable, int] = {}
            of_same: dict[Hashable, int] = {}  # items share their values where these are the same
            for one in world.items:
                same = (id(one.values), named.get(one.key))
                found = of_same.get(same)
                if found is None:
                    seen = alike.signature(one, judges, not_yet)
                    found = of_same[same] = classes.setdefault(seen, len(classes))
                one.alike = found
                if found == len(world.unlike):
                    world.unlike.append(one)
                    world.classes.append([])
                world.classes[found].append(one)

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
        known = self.of_alike.known.get(id(item.values))
        if known is None:
            known = self.of_alike.known[id(item.values)] = kind.known(item)
        return id(compiled), alike, known

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


def kept(evaluation: Evaluation, name: Hashable, make: Callable[[], T]) -> T:
    """What was made of an evaluation under a name; made once, and gone with the evaluation.

    It may not hold the evaluation itself.
    """
    engine = evaluation.engine
    if not isinstance(engine, Engine):
        return make()
    found = engine.kept.get(name)
    if found is None or found[0] is not evaluation.findings or found[1] is not evaluation.routes:
        found = engine.kept[name] = (evaluation.findings, evaluation.routes, make())
    made: T = found[2]
    return made


def engine_of(evaluation: Evaluation, rule: str | None = None) -> Engine:
    """The engine behind an evaluation (that judges *rule*); made anew where it was not kept."""
    if rule is not None:
        return engine_of(evaluation).inside(rule)
    if isinstance(evaluation.engine, Engine):
        return evaluation.engine
    return Engine(evaluation.profile, evaluation.rules, evaluation.as_of, evaluation.law)
