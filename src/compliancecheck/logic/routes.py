"""Routes: which way the law asks for, item by item and for the company as a whole."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from compliancecheck.logic.computing import Env, truth_of
from compliancecheck.logic.diagram import FIRST_OUTCOME
from compliancecheck.logic.engine import Engine
from compliancecheck.logic.moving import Inputs
from compliancecheck.logic.narrowing import ItemWorld
from compliancecheck.logic.verdicts import Sameness, Verdicts
from compliancecheck.model.findings import Adoption, Evaluation, RouteLine, WayVerdict
from compliancecheck.model.instruments import Route

Ways = frozenset[str | None]
"""Ways that are left; None among them is *no way*."""


def route_lines(engine: Engine) -> tuple[RouteLine, ...]:
    """A line for each item and one for the company, for every route."""
    lines: list[RouteLine] = []
    for route in engine.rules.routes.values():
        lines.extend(_lines(engine, route))
    return tuple(lines)


def members_of(
    evaluation: Evaluation, line: RouteLine, way: str, among: Container[str] | None = None
) -> tuple[str, ...]:
    """The rules that give, or may give, *way* to the item of a line (the company: any item).

    Only those *among* some are looked at, if these are given: a long list is gone through for each.
    """
    from compliancecheck.logic.engine import engine_of

    engine = engine_of(evaluation)
    route = engine.rules.routes[line.route]
    rules = engine.program.members(route.name)[way]
    items = _items(engine, route) if line.item is None else None
    envs: list[Env] = (
        [(item,) for item in items]
        if items is not None
        else [(engine.item_world(route.each or "", line.item),)]
    )
    if route.each is None:
        envs = [()]
    found = []
    for rule in rules if among is None else (rule for rule in rules if rule in among):
        diagram = engine.program.scope_diagram(rule)
        if any(truth_of(engine.judge().restrict(diagram, env)) is not False for env in envs):
            found.append(rule)
    return tuple(found)


def _items(engine: Engine, route: Route) -> list[ItemWorld]:
    world = engine.world.lists[route.each or ""]
    return [*world.items, *([world.further] if world.further else [])]


def _lines(engine: Engine, route: Route) -> list[RouteLine]:
    compiled = engine.program.route_diagram(route.name)
    if route.each is None:
        return [_line(engine, route, None, engine.verdicts(compiled, ()))]
    items = _items(engine, route)
    judged = [(item, engine.verdicts(compiled, (item,))) for item in items]
    if engine.slim:
        return [_company(engine, route, judged)]
    lines = [_line(engine, route, item, v) for item, v in judged if item.key is not None]
    return [*lines, _company(engine, route, judged)]


def ways_left(engine: Engine, wanted: RouteLine) -> tuple[str | None, ...]:
    """The ways that are left on the line of this route and item, strongest first, and at last
    None if *no way* is. All lines are judged: answers that cannot be are found so."""
    found: tuple[str | None, ...] = ()
    for route in engine.rules.routes.values():
        compiled = engine.program.route_diagram(route.name)
        if route.each is None:
            verdicts = engine.verdicts(compiled, ())
            if wanted.route == route.name:
                found = _with_none(route, _way_names(route, verdicts.terminals))
            continue
        world = engine.world.lists[route.each]
        items = [*(world.unlike or world.items), *([world.further] if world.further else [])]
        judged = [(item, engine.verdicts(compiled, (item,))) for item in items]
        if wanted.route != route.name:
            continue
        if wanted.item is not None:
            item = world.item(wanted.item)
            own = engine.verdicts(compiled, (item,)).terminals if item is not None else frozenset()
            found = _with_none(route, _way_names(route, own))
        elif judged:
            per_combination, _ = _combined(engine, route, judged)
            ways: Ways = frozenset(w for _, left in per_combination for w in left)
            found = _with_none(route, ways)
    return found


def _way_names(route: Route, terminals: frozenset[int]) -> Ways:
    names: list[str | None] = [*route.ways, None]
    return frozenset(names[FIRST_OUTCOME - t] for t in terminals)


def _ordered(route: Route, ways: Ways) -> tuple[str, ...]:
    return tuple(way for way in route.ways if way in ways)


def _line(engine: Engine, route: Route, item: ItemWorld | None, verdicts: Verdicts) -> RouteLine:
    same = engine.sameness(verdicts.compiled, verdicts.env) if item is not None else None
    known = engine.of_alike.lines.get(same) if same is not None else None
    if item is not None and known is not None:
        missing = engine.moved(known[0].missing, known[1], item)
        if missing is not None:
            return replace(known[0], item=item.key, missing=missing)
    inputs = engine.inputs(verdicts)
    line = _judged(engine, route, item, verdicts, inputs)
    if item is not None and same is not None:
        spots = engine.template(item, line.missing, inputs)
        if spots is not None:
            engine.of_alike.lines[same] = line, spots
    return line


def _judged(
    engine: Engine, route: Route, item: ItemWorld | None, verdicts: Verdicts, inputs: Inputs
) -> RouteLine:
    ways = _way_names(route, verdicts.terminals)
    readings = tuple(
        WayVerdict(v.adopt, _with_none(route, _way_names(route, v.left.terminals)))
        for v in verdicts.each
        if v.adopt and len(ways) > 1
    )
    missing = engine.facts_that_matter(inputs)
    return RouteLine(
        route=route.name,
        item=item.key if item else None,
        possible=_ordered(route, ways),
        none_possible=None in ways,
        contested=len(ways) > 1 and not verdicts.open and not verdicts.too_many,
        readings=readings,
        missing=missing,
        open_list=bool(inputs.lists),
        reason="no_way" if ways == {None} else None,
        rests=engine.rests(item, missing, inputs),
    )


def _with_none(route: Route, ways: Ways) -> tuple[str | None, ...]:
    return (*_ordered(route, ways), *((None,) if None in ways else ()))


def _company(engine: Engine, route: Route, judged: list[tuple[ItemWorld, Verdicts]]) -> RouteLine:
    if not judged:
        return RouteLine(route.name, None, (), False, False, reason="no_item")
    per_combination, too_many = _combined(engine, route, judged)
    ways: Ways = frozenset(w for _, found in per_combination for w in found)
    settled_each = all(len(found) == 1 for _, found in per_combination)
    inputs = _company_inputs(engine, judged, per_combination)
    open_list = any(item.key is None for item, _ in judged)
    return RouteLine(
        route=route.name,
        item=None,
        possible=_ordered(route, ways),
        none_possible=None in ways,
        contested=len(ways) > 1 and settled_each and not too_many,
        readings=tuple(
            WayVerdict(adopt, _with_none(route, found))
            for adopt, found in per_combination
            if adopt and len(ways) > 1
        ),
        missing=() if engine.slim else engine.facts_that_matter(inputs, whole=True),
        open_list=open_list,
        reason="no_way" if ways == {None} else None,
    )


PerCombination = list[tuple[Adoption, Ways]]


def _combined(
    engine: Engine, route: Route, judged: list[tuple[ItemWorld, Verdicts]]
) -> tuple[PerCombination, bool]:
    """The ways of the company for each combination of readings; whether there are too many."""
    unlike = list({(item.key is None, id(v.each)): (item, v) for item, v in judged}.values())
    readings = sorted({name for _, v in unlike for each in v.each for name, _ in each.adopt})
    combinations = engine.combinations(readings)
    combos: list[Adoption] = [()] if combinations is None else combinations
    found = [(adopt, _strongest(engine, route, unlike, dict(adopt))) for adopt in combos]
    return found, combinations is None


def _strongest(
    engine: Engine,
    route: Route,
    judged: list[tuple[ItemWorld, Verdicts]],
    adopt: dict[str, str],
) -> Ways:
    """What the strongest way of any item may be, if these readings are adopted."""
    ranks = {way: n for n, way in enumerate(route.ways)}
    weakest_sure = len(ranks)  # the rank that some item surely reaches
    found: set[str | None] = set()
    sure_of_one = False
    for item, verdicts in judged:
        ways = _item_ways(route, verdicts, adopt)
        found |= ways
        if item.key is not None and None not in ways:
            sure_of_one = True
            weakest_sure = min(weakest_sure, max(ranks[w] for w in ways if w is not None))
    kept: set[str | None] = {w for w in found if w is not None and ranks[w] <= weakest_sure}
    if not sure_of_one:
        kept.add(None)
    return frozenset(kept)


def _item_ways(route: Route, verdicts: Verdicts, adopt: dict[str, str]) -> Ways:
    ways: Ways = frozenset()
    for verdict in verdicts.each:
        if all(adopt.get(name, choice) == choice for name, choice in verdict.adopt):
            ways |= _way_names(route, verdict.left.terminals)
    return ways


def _company_inputs(
    engine: Engine,
    judged: list[tuple[ItemWorld, Verdicts]],
    per_combination: PerCombination,
) -> Inputs:
    found = Inputs()
    if all(len(ways) == 1 for _, ways in per_combination):
        return found
    same_of: dict[Sameness, tuple[list[ItemWorld], Verdicts]] = {}
    for item, verdicts in judged:
        same = engine.sameness(verdicts.compiled, verdicts.env) if item.key is not None else None
        if item.key is None:
            found.lists.add(item.item)
        elif same is None:
            found.add(engine.inputs(verdicts))
        elif verdicts.open:
            same_of.setdefault(same, ([], verdicts))[0].append(item)
    for items, verdicts in same_of.values():
        found.add_of_each(items, engine.inputs(verdicts).of_item(items[0].key))
    return found
