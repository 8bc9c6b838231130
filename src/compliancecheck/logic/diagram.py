"""Decision diagrams: reduced, ordered, with one branch a cell; built once, walked often.

A node asks one variable and has a child for each of its cells.  Terminals are negative
numbers: ``TRUE`` and ``FALSE`` while conditions are built, outcomes once a rule is put together,
and ``IMPOSSIBLE`` for what no completion reaches (a cell that a gate excludes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

FALSE = -1
TRUE = -2
IMPOSSIBLE = -3
FIRST_OUTCOME = -4

MOST_NODES = 10_000
Branches = tuple[tuple[int, int], ...]
"""The cells of a node that are left, each with its child."""


class TooManyNodes(Exception):
    """A diagram grew beyond ``MOST_NODES``: a lint error of the rule that was built."""


class Builder:
    """Builds nodes without repeats; *sizes* is the number of cells of each variable, in order."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = sizes
        self.nodes: list[tuple[int, tuple[int, ...]]] = []
        self._ids: dict[tuple[int, tuple[int, ...]], int] = {}
        self._ites: dict[tuple[int, int, int], int] = {}

    def node(self, variable: int, children: tuple[int, ...]) -> int:
        """The node that asks *variable*, or its child if all children are the same."""
        first = children[0]
        if all(child == first for child in children):
            return first
        key = (variable, children)
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = len(self.nodes)
            self.nodes.append(key)
            if found >= MOST_NODES * 20:
                raise TooManyNodes
        return found

    def atom(self, variable: int, cells: frozenset[int]) -> int:
        """True in *cells* of the variable, else false."""
        return self.node(
            variable, tuple(TRUE if c in cells else FALSE for c in range(self.sizes[variable]))
        )

    def ite(self, test: int, then: int, other: int) -> int:
        """If *test* then *then* else *other*; an impossible test stays impossible."""
        if test < 0:
            return then if test == TRUE else other if test == FALSE else IMPOSSIBLE
        if then == other:
            return then
        if then == TRUE and other == FALSE:
            return test
        key = (test, then, other)
        found = self._ites.get(key)
        if found is None:
            top = min([self.nodes[n][0] for n in key if n >= 0])
            rows = zip(*[self._branches(n, top) for n in key], strict=True)
            found = self.node(top, tuple([self.ite(*row) for row in rows]))
            self._ites[key] = found
        return found

    def _branches(self, node: int, variable: int) -> Sequence[int]:
        if node >= 0 and self.nodes[node][0] == variable:
            return self.nodes[node][1]
        return (node,) * self.sizes[variable]

    def conjunction(self, parts: Iterable[int]) -> int:
        """All of *parts*."""
        result = TRUE
        for part in parts:
            result = self.ite(result, part, FALSE)
        return result

    def disjunction(self, parts: Iterable[int]) -> int:
        """Any of *parts*."""
        result = FALSE
        for part in parts:
            result = self.ite(result, TRUE, part)
        return result

    def negation(self, part: int) -> int:
        """Not *part*."""
        return self.ite(part, FALSE, TRUE)


def _no_branches(node: int) -> tuple[int, Branches]:
    raise AssertionError(node)  # a constant has no node


class Restricted:
    """What is left of a diagram after all that is known has been put in.

    ``terminals`` are the terminals still reached, without the impossible; ``support`` the
    variables on which it still branches, in their order.
    """

    __slots__ = ("_nodes", "root", "support", "terminals")

    def __init__(self, root: int, branches: Callable[[int], tuple[int, Branches]]) -> None:
        self._nodes: list[tuple[int, Branches]] = []
        ids: dict[tuple[int, Branches], int] = {}
        memo: dict[int, int] = {}

        def walk(node: int) -> int:
            if node < 0:
                return node
            done = memo.get(node)
            if done is None:
                variable, children = branches(node)
                walked = [(cell, walk(child)) for cell, child in children]
                done = memo[node] = intern(variable, walked)
            return done

        def intern(variable: int, walked: list[tuple[int, int]]) -> int:
            real = tuple([b for b in walked if b[1] != IMPOSSIBLE])
            if not real:
                return IMPOSSIBLE
            first = real[0][1]
            for _, child in real:
                if child != first:
                    break
            else:
                return first
            key = (variable, real)
            found = ids.get(key)
            if found is None:
                found = ids[key] = len(self._nodes)
                self._nodes.append(key)
            return found

        self.root = walk(root)
        self.terminals, self.support = self._reach()

    @classmethod
    def constant(cls, terminal: int) -> Restricted:
        """A diagram of which one terminal is left."""
        return cls(terminal, _no_branches)

    @classmethod
    def of(
        cls,
        nodes: Sequence[tuple[int, tuple[int, ...]]],
        root: int,
        allowed: Callable[[int], Sequence[int]],
    ) -> Restricted:
        """A diagram restricted to the cells that are *allowed* of each variable."""

        def branches(node: int) -> tuple[int, Branches]:
            variable, children = nodes[node]
            return variable, tuple([(cell, children[cell]) for cell in allowed(variable)])

        return cls(root, branches)

    def refined(self, allowed: Callable[[int], Sequence[int] | None]) -> Restricted:
        """The same restricted further; None leaves the cells of a variable as they are."""

        def branches(node: int) -> tuple[int, Branches]:
            variable, children = self._nodes[node]
            cells = allowed(variable)
            if cells is None:
                return variable, children
            return variable, tuple([b for b in children if b[0] in cells])

        return Restricted(self.root, branches)

    def _reach(self) -> tuple[frozenset[int], tuple[int, ...]]:
        if self.root < 0:
            return frozenset((self.root,)), ()
        terminals: set[int] = set()
        support: set[int] = set()
        seen: set[int] = set()
        stack = [self.root]
        while stack:
            node = stack.pop()
            if node < 0:
                terminals.add(node)
            elif node not in seen:
                seen.add(node)
                variable, branches = self._nodes[node]
                support.add(variable)
                stack.extend(child for _, child in branches)
        return frozenset(terminals), tuple(sorted(support))

    def children(self, node: int) -> tuple[int, Branches]:
        """The variable that a node asks and its (cell, child) branches."""
        return self._nodes[node]
