"""Routes: which way the law asks for, item by item and for the company as a whole."""

from __future__ import annotations

from compliancecheck.logic.computing import Env, truth_of
from compliancecheck.logic.diagram import FIRST_OUTCOME
from compliancecheck.logic.engine import Engine
from compliancecheck.logic.moving import Inputs
from compliancecheck.logic.narrowing import ItemWorld
from compliancecheck.logic.verdicts import Verdicts
from compliancecheck.model.findings import Evaluation, RouteLine, WayVerdict
from compliancecheck.model.instruments import Route

Ways = frozenset[str | None]
"""Ways that are left; None among them is *no way*."""


def route_lines(engine: Engine) -> tuple[RouteLine, ...]:
    """A line for each item and one for the company, for every route."""
    lines: list[RouteLine] = []
    for route in engine.rules.routes.values():
        lines.extend(_lines(engine, route))
    return tuple(lines)


def members_of(evaluation: Evaluation, line: RouteLine, way: str) -> tuple[str, ...]:
    """The rules that give, or may give, *way* to the item of a line (the company: any item)."""
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
    for rule in rules:
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
    lines = [_line(engine, route, item, v) for item, v in judged if item.key is not None]
    return [*lines, _company(engine, route, judged)]


def _way_names(route: Route, terminals: frozenset[int]) -> Ways:
    names: list[str | None] = [*route.ways, None]
    return frozenset(names[FIRST_OUTCOME - t] for t in terminals)


def _ordered(route: Route, ways: Ways) -> tuple[str, ...]:
    return tuple(way for way in route.ways if way in ways)


def _line(engine: Engine, route: Route, item: ItemWorld | None, verdicts: Verdicts) -> RouteLine:
    ways = _way_names(route, verdicts.terminals)
    inputs = engine.inputs(verdicts)
    readings = tuple(
        WayVerdict(v.adopt, _with_none(route, _way_names(route, v.left.terminals)))
        for v in verdicts.each
        if v.adopt and len(ways) > 1
    )
    return RouteLine(
        route=route.name,
        item=item.key if item else None,
        possible=_ordered(route, ways),
        none_possible=None in ways,
        contested=len(ways) > 1 and not verdicts.open and not verdicts.too_many,
        readings=readings,
        missing=engine.facts_that_matter(inputs),
        open_list=bool(inputs.lists),
        reason="no_way" if ways == {None} else None,
    )


def _with_none(route: Route, ways: Ways) -> tuple[str | None, ...]:
    return (*_ordered(route, ways), *((None,) if None in ways else ()))


def _company(engine: Engine, route: Route, judged: list[tuple[ItemWorld, Verdicts]]) -> RouteLine:
    if not judged:
        return RouteLine(route.name, None, (), False, False, reason="no_item")
    readings = sorted({name for _, v in judged for each in v.each for name, _ in each.adopt})
    combinations = engine.combinations(readings)
    too_many = combinations is None
    combos = [()] if combinations is None else combinations
    unlike = list({(item.key is None, id(v.each)): (item, v) for item, v in judged}.values())
    per_combination = [(adopt, _strongest(engine, route, unlike, dict(adopt))) for adopt in combos]
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
        missing=engine.facts_that_matter(inputs, whole=True),
        open_list=open_list,
        reason="no_way" if ways == {None} else None,
    )


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
    per_combination: list[tuple[tuple[tuple[str, str], ...], Ways]],
) -> Inputs:
    found = Inputs()
    if all(len(ways) == 1 for _, ways in per_combination):
        return found
    for item, verdicts in judged:
        if item.key is not None:
            found.add(engine.inputs(verdicts))
        else:
            found.lists.add(item.item)
    return found
