"""Going back in plain mode: to the question before, and to the one whose answer was undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compliancecheck.model.profile import Answer, FactRef, ItemList, Profile
from compliancecheck.tui.answer.walk import stands
from compliancecheck.tui.plain.desk import Desk, Step, Wrong
from compliancecheck.tui.plain.ends import ask


def back(desk: Desk) -> Step:
    """The question that was shown before this one, answered or skipped. Raises Wrong."""
    before = desk.walk.before(desk.at)
    if before is not None:
        desk.at = before
    elif desk.walk.back() is None:
        raise Wrong(desk.word("plain_first"))
    else:
        desk.at = desk.walk.last_at if desk.screen.kind == "facts" else 0
    return Step.SHOW


def after_redo(desk: Desk) -> None:
    """The answer is there again: the next question; a list that is being changed stays."""
    walk, here = desk.walk, desk.walk.screen
    _clear(desk)
    found = walk.again(desk.evaluation)
    desk.at = 0
    if here is not None and here.kind == "names" and found.kind != "gates":
        walk.back()


def after_undo(desk: Desk, before: Profile | None) -> None:
    """The question whose answer was undone; *before*: the profile until then."""
    walk, here = desk.walk, desk.walk.screen
    _clear(desk)
    reading = _undone_reading(before, desk.evaluation.profile)
    for n, screen in enumerate(walk.seen):
        if reading is not None and screen.reading == reading:
            walk.offered.discard(reading)
            del walk.seen[n + 1 :]
            desk.at = 0
            return
    undone = next(_undone(before, desk.evaluation.profile), None)
    if undone is None:
        if here is None or walk.screen is not here:
            walk.again(desk.evaluation)
            desk.at = 0
        return
    found = [n for n, screen in enumerate(walk.seen) if undone in screen.refs]
    if not found:
        ask(desk, undone)
        return
    del walk.seen[found[-1] + 1 :]
    screen = desk.screen
    desk.at = screen.refs.index(undone) if screen.kind == "facts" else 0
    if screen.goal != walk.goal:
        walk.goal, walk.second_round = screen.goal, False


def _clear(desk: Desk) -> None:
    """Forget what is no longer there."""
    walk = desk.walk
    walk.seen = [s for s in walk.seen if stands(desk.evaluation, s)]
    walk.answered = {r for r in walk.answered if desk.session.answer_of(r)}


def _undone(before: Profile | None, now: Profile) -> Iterator[FactRef]:
    """The facts that are answered otherwise now, and the lists that lost an item or an answer."""
    if before is None:
        return
    for name in _differing(before.answers, now.answers):
        yield FactRef(name)
    for name in dict.fromkeys((*before.lists, *now.lists)):
        old, new = before.lists.get(name), now.lists.get(name)
        if old is None or new is None:
            if old is not None:
                yield FactRef(name)
            continue
        yield from _in_list(name, old, new)


def _undone_reading(before: Profile | None, now: Profile) -> str | None:
    """The point of law of which another reading is adopted now, or none."""
    if before is None:
        return None
    old, new = before.readings, now.readings
    names = dict.fromkeys((*old, *new))
    chosen = {name: [r[name].choice if name in r else None for r in (old, new)] for name in names}
    return next((name for name, (one, other) in chosen.items() if one != other), None)


def _in_list(name: str, old: ItemList, new: ItemList) -> Iterator[FactRef]:
    items = {item.key: item for item in new.items}
    if any(item.key not in items for item in old.items):
        yield FactRef(name)
    for item in old.items:
        if item.key in items:
            for fact in _differing(item.answers, items[item.key].answers):
                yield FactRef(fact, item.key)


def _differing(old: Mapping[str, Answer], new: Mapping[str, Answer]) -> Iterator[str]:
    for name in dict.fromkeys((*old, *new)):
        one, other = old.get(name), new.get(name)
        if (one.text if one else None) != (other.text if other else None):
            yield name
