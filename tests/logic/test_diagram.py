"""Diagrams: reduced, the same for the same function, and don't-cares dropped when restricted."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from compliancecheck.logic.cells import (
    Atom,
    Compiler,
    Domain,
    Expression,
    GateExpression,
    Variable,
    both,
    either,
    negate,
    number_cells,
    option_cells,
)
from compliancecheck.logic.diagram import FALSE, TRUE, Builder, Restricted
from compliancecheck.model.values import Interval

SIZES = (2, 3, 2)
ATOMS = [(v, frozenset(c)) for v, n in enumerate(SIZES) for c in [{0}, {n - 1}, {0, n - 1}]]


@st.composite
def formulas(draw: st.DrawFn, depth: int = 3) -> tuple[object, ...]:
    if depth == 0 or draw(st.booleans()):
        return ("atom", *draw(st.sampled_from(ATOMS)))
    kind = draw(st.sampled_from(["and", "or", "not"]))
    count = 1 if kind == "not" else 2
    return (kind, *(draw(formulas(depth=depth - 1)) for _ in range(count)))


def build(b: Builder, f: tuple[object, ...]) -> int:
    kind, *parts = f
    if kind == "atom":
        return b.atom(parts[0], parts[1])  # type: ignore[arg-type]
    nodes = [build(b, p) for p in parts]  # type: ignore[arg-type]
    if kind == "not":
        return b.negation(nodes[0])
    return b.conjunction(nodes) if kind == "and" else b.disjunction(nodes)


def holds(f: tuple[object, ...], cells: tuple[int, ...]) -> bool:
    kind, *parts = f
    if kind == "atom":
        variable, wanted = parts
        assert isinstance(variable, int)
        assert isinstance(wanted, frozenset)
        return cells[variable] in wanted
    truths = [holds(p, cells) for p in parts]  # type: ignore[arg-type]
    return (not truths[0]) if kind == "not" else all(truths) if kind == "and" else any(truths)


@given(formulas())
def test_a_diagram_says_what_its_formula_says(f: tuple[object, ...]) -> None:
    b = Builder(SIZES)
    root = build(b, f)
    for cells in product(*map(range, SIZES)):
        left = Restricted.of(b.nodes, root, lambda v, c=cells: (c[v],))  # type: ignore[misc]
        assert left.root == (TRUE if holds(f, cells) else FALSE)


@given(formulas(), formulas())
def test_the_same_function_is_the_same_node(f: tuple[object, ...], g: tuple[object, ...]) -> None:
    b = Builder(SIZES)
    same = all(holds(f, c) == holds(g, c) for c in product(*map(range, SIZES)))
    assert (build(b, f) == build(b, g)) == same


@given(formulas())
def test_restricting_leaves_exactly_what_can_be_reached(f: tuple[object, ...]) -> None:
    b = Builder(SIZES)
    left = Restricted.of(b.nodes, build(b, f), lambda v: (0, 1) if v == 1 else (0,))
    reached = {holds(f, (0, middle, 0)) for middle in (0, 1)}
    assert {t == TRUE for t in left.terminals} == reached
    assert left.support == ((1,) if len(reached) == 2 else ())


def test_what_a_gate_excludes_does_not_count() -> None:
    gate, guarded = Variable("fact", "gate"), Variable("fact", "guarded")
    yes, no = frozenset({True}), frozenset({False})

    def domain(_: Variable) -> Domain:
        return Domain((True, False), False)

    def gates(variable: Variable) -> GateExpression | None:
        closed = Atom(guarded, no)
        return GateExpression(Atom(gate, yes), True, closed) if variable == guarded else None

    wanted: Expression = both([Atom(guarded, yes), negate(Atom(gate, yes))])
    compiler = Compiler([wanted], domain, gates)
    done = compiler.finish(compiler.build(wanted))
    assert done.variables == (gate, guarded)  # the gate first
    left = Restricted.of(done.nodes, done.root, lambda v: (0, 1))
    assert left.terminals == {FALSE}  # and not IMPOSSIBLE


def test_p_or_not_p_is_true() -> None:
    p = Atom(Variable("fact", "p"), frozenset({True}))
    wanted = either([p, negate(p)])
    compiler = Compiler([wanted], lambda _: Domain((True, False), False), lambda _: None)
    assert compiler.build(wanted) == TRUE


def test_cells_are_cut_at_the_ends_of_the_comparisons() -> None:
    tests = [Interval(1_000_000, None), Interval(None, 99_999)]
    assert number_cells(tests, whole=True) == [
        Interval(None, 99_999),
        Interval(100_000, 999_999),
        Interval(1_000_000, None),
    ]
    assert number_cells([Interval(3, None), Interval(3, None, True)], whole=False) == [
        Interval(None, 3, False, True),
        Interval(3, 3),
        Interval(3, None, True),
    ]


def test_options_that_no_test_tells_apart_stay_together() -> None:
    cells = option_cells(["a", "b", "c", "d"], [frozenset("a"), frozenset("ab")])
    assert cells == [frozenset("a"), frozenset("b"), frozenset("cd")]
