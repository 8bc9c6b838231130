"""Thousands of random edits of random profiles: what was not asked for stays, to the byte."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from random import Random

import pytest

from compliancecheck.model.facts import FactType
from compliancecheck.model.profile import Answer, Evidence, FactRef, Profile
from compliancecheck.reading import writing
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reading.rewriting import state_of
from compliancecheck.reading.scalars import read_text
from compliancecheck.reading.writing import CannotSplice
from tests.reading.any_profile import (
    LISTS,
    NAMES,
    NUMBERS,
    READINGS,
    TRANSFERS,
    any_profile,
    values_of,
)
from tests.reading.vocab import RULES

SEEDS = range(20)
PROFILES_A_SEED = 25
EDITS_A_PROFILE = 7
COMMENT = re.compile(r"# c\d+[^\r\n]*")
LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(slots=True)
class Edit:
    """One change: how it is made, and what it may touch.

    ``concerns`` are the keys of the state (see ``state_of``) that may differ afterwards,
    ``lines`` how many lines of the old text may be another or gone, and ``drops`` whether
    comments within what is removed go with it.
    """

    told: str
    make: Callable[[str], str]
    concerns: Callable[[object], bool]
    span: tuple[int, int] | None = None  # of the old value: nothing outside it differs
    lines: int = 0
    drops: bool = False
    inserts: bool = False  # something new comes in, nothing goes
    says: dict[object, object] = field(default_factory=dict)


Maker = Callable[[Random, Profile, str], Edit | None]


def fact_ref(rng: Random, profile: Profile) -> FactRef:
    facts = [fact for fact in RULES.facts.values() if fact.type is not FactType.LIST]
    fact = rng.choice(facts)
    items = profile.lists.get(fact.list or "")
    if fact.list is None:
        return FactRef(fact.name)
    if items is None or not items.items or fact.field_name == "year":
        return FactRef("data_export.ciio")
    return FactRef(fact.name, rng.choice(items.items).key)


def key_of(ref: FactRef) -> object:
    fact = RULES.facts[ref.name]
    return (fact.list, ref.item, fact.name) if fact.list else fact.name


def answer_of(profile: Profile, ref: FactRef) -> Answer | None:
    if ref.item is None:
        return profile.answers.get(ref.name)
    items = profile.lists[RULES.facts[ref.name].list or ""].items
    return next(item for item in items if item.key == ref.item).answers.get(ref.name)


def some_item(rng: Random, profile: Profile) -> tuple[str, str] | None:
    items = [(name, item.key) for name in LISTS if name in profile.lists
             for item in profile.lists[name].items]  # fmt: skip
    return rng.choice(items) if items else None


def a_name(rng: Random, list_name: str) -> str:
    return rng.choice(NAMES if list_name == TRANSFERS else NUMBERS)


def span_of(text: str, answer: Answer) -> tuple[int, int] | None:
    """Where an answer of one line stands in the text."""
    place = answer.place
    assert place is not None
    bare = text.removeprefix("\ufeff")
    start = sum(len(line) for line in LINE.findall(bare)[: place.line - 1]) + place.column - 1
    written = bare[start : start + place.end_column - place.column]
    return (start, start + len(written)) if written.strip("'\"") == answer.text else None


def set_answer(rng: Random, profile: Profile, text: str) -> Edit:
    ref = fact_ref(rng, profile)
    fact = RULES.facts[ref.name]
    value = rng.choice(values_of(fact))
    read = read_text(fact, value)
    assert isinstance(read, Answer)
    old = answer_of(profile, ref)
    lines = 1 if old is None or span_of(text, old) else 4  # one value may stand on several
    return Edit(
        f"set_answer {ref} {value!r}",
        lambda t: writing.set_answer(t, RULES, ref, value),
        lambda key: key == key_of(ref),
        span_of(text, old) if old else None,
        lines,
        drops=fact.type is FactType.CHOICES,  # what stands behind an option that goes
        inserts=old is None,
        says={key_of(ref): (read.values, read.not_yet)},
    )


def remove_answer(rng: Random, profile: Profile, text: str) -> Edit | None:
    ref = fact_ref(rng, profile)
    how = rng.choice((writing.remove_answer, writing.comment_answer))
    if answer_of(profile, ref) is None:
        return None
    return Edit(
        f"{how.__name__} {ref}",
        lambda t: how(t, RULES, ref),
        lambda key: key == key_of(ref),
        lines=8,
        drops=True,
    )


def add_item(rng: Random, profile: Profile, text: str) -> Edit:
    name = rng.choice(LISTS)
    key = a_name(rng, name)
    there = name in profile.lists or name in profile.answers
    return Edit(
        f"add_item {name} {key!r}",
        lambda t: writing.add_item(t, RULES, name, key),
        lambda k: k == name or (isinstance(k, tuple) and k[:2] in ((name, "items"), (name, key))),
        lines=3 if there else 1,  # `[` and `]` may stand on lines of their own
        inserts=not there,
    )


def remove_item(rng: Random, profile: Profile, text: str) -> Edit | None:
    found = some_item(rng, profile)
    if found is None:
        return None
    name, key = found
    return Edit(
        f"remove_item {name} {key!r}",
        lambda t: writing.remove_item(t, RULES, name, key),
        lambda k: isinstance(k, tuple) and (k[:2] in ((name, "items"), found) or said_of(k, key)),
        lines=40,
        drops=True,
    )


def said_of(key: object, item: str) -> bool:
    """Whether a key of the state is of evidence for an item."""
    return isinstance(key, tuple) and key[0] == "evidence" and key[1].item == item


def copy_item(rng: Random, profile: Profile, text: str) -> Edit | None:
    found = some_item(rng, profile)
    if found is None:
        return None
    name, key = found
    new = a_name(rng, name)
    return Edit(
        f"copy_item {name} {key!r} {new!r}",
        lambda t: writing.copy_item(t, RULES, name, key, new),
        lambda k: isinstance(k, tuple) and k[:2] in ((name, "items"), (name, new)),
        lines=1,  # of a list in brackets
    )


def rename_item(rng: Random, profile: Profile, text: str) -> Edit | None:
    found = some_item(rng, profile)
    if found is None:
        return None
    name, key = found
    new = a_name(rng, name)
    return Edit(
        f"rename_item {name} {key!r} {new!r}",
        lambda t: writing.rename_item(t, RULES, name, key, new),
        lambda k: (
            isinstance(k, tuple)
            and (
                k[:2] in ((name, "items"), found, (name, new)) or said_of(k, key) or said_of(k, new)
            )
        ),
        lines=2,
    )


def set_list(rng: Random, profile: Profile, text: str) -> Edit:
    name, value = rng.choice(LISTS), rng.choice(("[]", "unknown"))
    return Edit(
        f"set_list {name} {value}",
        lambda t: writing.set_list(t, RULES, name, value),
        lambda k: k == name or (isinstance(k, tuple) and k[0] == name),
        lines=3,
    )


def set_open(rng: Random, profile: Profile, text: str) -> Edit:
    name, is_open = rng.choice(LISTS), rng.random() < 0.5
    return Edit(
        f"set_open {name} {is_open}",
        lambda t: writing.set_open(t, RULES, name, is_open),
        lambda k: k == name or k == (name, "items"),
        lines=3,  # brackets may stand on lines of their own
        drops=not is_open,  # what stands behind `items:` and `more:`
    )


def adopt(rng: Random, profile: Profile, text: str) -> Edit:
    name = rng.choice(list(READINGS))
    choice = rng.choice((*READINGS[name], None))
    return Edit(
        f"set_reading {name} {choice}",
        lambda t: writing.set_reading(t, RULES, name, choice),
        lambda k: k == ("reading", name),
        lines=1,
        drops=choice is None,
        says={("reading", name): choice} if choice else {},
    )


def evidence(rng: Random, profile: Profile, text: str) -> Edit:
    ref = fact_ref(rng, profile)
    given = rng.choice(
        (
            None,
            Evidence("annual report, p. 41: {a}", "finance", 739708),
            Evidence(by="法务 # x"),
            Evidence("it's", dated=739700),
        )
    )
    parts = (given.source, given.by, given.dated) if given else None
    return Edit(
        f"set_evidence {ref} {given}",
        lambda t: writing.set_evidence(t, RULES, ref, given),
        lambda k: k == ("evidence", ref),
        lines=5,
        drops=True,
        says={("evidence", ref): parts} if given else {},
    )


def dated(rng: Random, profile: Profile, text: str) -> Edit:
    day = rng.choice(("2026-11-25", None))
    return Edit(
        f"set_dated {day}",
        lambda t: writing.set_dated(t, RULES, day),
        lambda k: k == "dated",
        lines=1,
        drops=day is None,
    )


MAKERS: tuple[tuple[int, Maker], ...] = (
    (8, set_answer),
    (1, remove_answer),
    (2, add_item),
    (1, remove_item),
    (2, copy_item),
    (2, rename_item),
    (1, set_list),
    (1, set_open),
    (1, adopt),
    (2, evidence),
    (1, dated),
)
"""How often each kind of change is made, and what makes one; a new kind is a new row."""


def texts(profile: Profile) -> dict[object, object]:
    """Every answer as it is written, by its key in the state."""
    found: dict[object, object] = {n: a.text.rstrip("\n") for n, a in profile.answers.items()}
    for name, items in profile.lists.items():
        for item in items.items:
            for fact, answer in item.answers.items():
                found[name, item.key, fact] = answer.text.rstrip("\n")
    return found


def check(edit: Edit, old: str, new: str, before: Profile, after: Profile) -> None:
    """Asserts that the change did what was asked for, and nothing else."""
    said, says = state_of(before), state_of(after)
    assert {k: v for k, v in says.items() if k in edit.says} == edit.says
    for a, b in ((said, says), (texts(before), texts(after))):
        assert {k: v for k, v in a.items() if not edit.concerns(k)} == {
            k: v for k, v in b.items() if not edit.concerns(k)
        }
    assert new.startswith("\ufeff") == old.startswith("\ufeff")
    old, new = old.removeprefix("\ufeff"), new.removeprefix("\ufeff")
    assert ends(new) <= (ends(old) or {"\n"})
    if edit.span is not None:
        start, end = edit.span
        assert new.startswith(old[:start])
        assert new.endswith(old[end:])
    if old.strip() == "{}":
        return
    if edit.inserts:
        pairs = enumerate(zip(old, new, strict=False))
        same = next((at for at, (a, b) in pairs if a != b), len(old))
        assert new.endswith(old[same:].lstrip())  # `{}` may have been written with blanks
    lost = Counter(COMMENT.findall(old)) - Counter(COMMENT.findall(new))
    assert edit.drops or not lost
    changed = gone(LINE.findall(old), LINE.findall(new))
    assert len(changed) <= edit.lines, changed
    whole = [line for line in changed if line.lstrip().startswith("# c")]
    assert edit.drops or not whole


def ends(text: str) -> set[str]:
    return set(re.findall("\r\n|\r|\n", text))


def gone(old: list[str], new: list[str]) -> list[str]:
    """The lines of *old* that are not in *new*, in a diff; a missing last line end aside."""
    old, new = list(old), list(new)
    if old and not old[-1].endswith(("\r", "\n")):
        old[-1] += next(iter(ends("".join(old))), "\n")
    if new and not new[-1].endswith(("\r", "\n")):
        new[-1] += next(iter(ends("".join(new))), "\n")
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [line for kind, a, b, _, _ in found if kind != "equal" for line in old[a:b]]


def edits(seed: int) -> Counter[str]:
    """Makes the edits of a seed; how many were made, changed nothing or were refused."""
    counts: Counter[str] = Counter()
    weights = [weight for weight, _ in MAKERS]
    for number in range(PROFILES_A_SEED):
        rng = Random(seed * 1000 + number)
        text = any_profile(rng.randrange(10**9))
        profile, _ = load_profile_text(text, "x", RULES)
        for _ in range(EDITS_A_PROFILE):
            profile = profile or Profile()  # of a file that holds nothing yet
            edit = rng.choices(MAKERS, weights)[0][1](rng, profile, text)
            if edit is None:
                continue
            try:
                new = edit.make(text)
            except CannotSplice as refused:
                counts["refused"] += 1
                if not re.search("break|touch", str(refused)):
                    continue
                pytest.fail(f"{edit.told}: {refused}\n{text}")
            counts["made" if new != text else "same"] += 1
            after, problems = load_profile_text(new, "x", RULES)
            if new == text:
                continue
            assert after is not None, (edit.told, text, new, problems)
            try:
                check(edit, text, new, profile, after)
            except AssertionError as error:
                error.add_note(f"{edit.told}\n--- before\n{text}\n--- after\n{new}")
                raise
            text, profile = new, after
    return counts


@pytest.mark.parametrize("seed", SEEDS)
def test_an_edit_leaves_the_rest_as_it_was(seed: int) -> None:
    counts = edits(seed)
    assert counts["made"] > 0.6 * sum(counts.values())
