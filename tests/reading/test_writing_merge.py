"""Two changes of one file: together where they touch different answers, else refused."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from random import Random

import pytest

from compliancecheck.model.profile import FactRef, Profile
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reading.rewriting import state
from compliancecheck.reading.writing import CannotSplice, add_item, merged, set_answer
from tests.reading.any_profile import any_profile
from tests.reading.test_writing_any_edit import COMMENT, MAKERS
from tests.reading.vocab import RULES

CIIO = FactRef("data_export.ciio")
BASE = (
    "common:\n  company_name: V # c\ndata_export:\n  ciio: no\n  people: 5\nbattery.applies: no\n"
)


def test_changes_of_different_answers_come_together() -> None:
    mine = set_answer(BASE, RULES, CIIO, "yes")
    theirs = BASE.replace("V # c", "W # d").replace("people: 5\n", "people: 6\n  # e\n")
    assert merged(BASE, mine, theirs, RULES) == theirs.replace("ciio: no", "ciio: yes")
    assert merged(mine, BASE, mine + "# end\n", RULES) == BASE + "# end\n"
    assert merged(BASE, mine, mine, RULES) == mine


@pytest.mark.parametrize(
    ("mine", "theirs", "why"),
    [
        (BASE.replace("ciio: no", "ciio: yes"), BASE.replace("ciio: no", "ciio: unknown"),
         "same answer"),
        (BASE.replace("ciio: no", "ciio: yes"), BASE.replace("  ciio: no\n", ""), "same answer"),
        (BASE.replace("ciio: no", "ciio: yes"), BASE.replace("ciio: no", "ciio: no # note"),
         "same lines"),
        (add_item(BASE, RULES, "battery.years", "1"), add_item(BASE, RULES, "battery.years", "2"),
         "same answer"),
        (BASE + "battery.share: 1%\n", BASE + "battery.density: 5\n", "same lines"),
        (BASE.replace("ciio: no", "ciio: yes"), BASE + "- x\n", "problems"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_the_reason(mine: str, theirs: str, why: str) -> None:
    with pytest.raises(CannotSplice, match=why):
        merged(BASE, mine, theirs, RULES)


def an_edit(rng: Random, text: str) -> str:
    profile, _ = load_profile_text(text, "x", RULES)
    new = text
    for _ in range(5):
        edit = rng.choice(MAKERS)[1](rng, profile or Profile(), text)
        with suppress(CannotSplice):
            new = edit.make(text) if edit else text
        if new != text:
            break
    return new


@pytest.mark.parametrize("seed", range(8))
def test_any_two_changes_say_both_or_are_refused(seed: int) -> None:
    """The merge says what each change says, in either order, and keeps every comment of both."""
    counts: Counter[str] = Counter()
    rng = Random(seed)
    for _ in range(30):
        base = any_profile(rng.randrange(10**9))
        mine, theirs = an_edit(rng, base), an_edit(rng, base)
        try:
            both = merged(base, mine, theirs, RULES)
        except CannotSplice:
            counts["refused"] += 1
            continue
        counts["made"] += base not in (mine, theirs)
        said, a, b, c = (state(text, RULES) for text in (base, mine, theirs, both))
        for key in said.keys() | a.keys() | b.keys() | c.keys():
            old = said.get(key)
            assert c.get(key) == (a.get(key) if a.get(key) != old else b.get(key)), base
        assert state(merged(base, theirs, mine, RULES), RULES) == c
        kept = Counter(COMMENT.findall(mine)) & Counter(COMMENT.findall(theirs))
        assert not kept - Counter(COMMENT.findall(both)), (base, mine, theirs)
    assert counts["made"] > 5
