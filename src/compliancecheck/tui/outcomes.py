"""What becomes of a change to a profile: written or not, and why; an answer in conflict."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import StrEnum

from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef, Profile
from compliancecheck.reading import writing
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reading.splicing import CannotSplice, lines_of


class Wrote(StrEnum):
    """What became of a change."""

    SAVED = "saved"
    MERGED = "merged"  # the file had changed outside; both changes are in it now
    IN_MEMORY = "in_memory"  # the file may not be written
    REFUSED = "refused"  # nothing changed; ``Session.refusal`` says why
    CLASH = "clash"  # the same answer was changed outside; ``Session.clash`` holds both


class Unwritten(StrEnum):
    """Why the answers are not in the file, by the name of the words that say so."""

    FULL = "disk_full"
    DENIED = "is_read_only"  # the file or its folder
    CHANGED = "unwritten_changed"  # by another program, while answers waited to be written
    FAILED = "unwritten_failed"  # anything else; ``Session.refusal`` has the system's words


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file and its number."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Clash:
    """One answer, changed here and outside; where that took it out, the line as it ``was``."""

    ref: FactRef
    mine: str
    theirs: str | None  # None: deleted
    was: Line | None = None


def lines_of_clash(text: str, clash: Clash, rules: Rules) -> tuple[Line, Line] | None:
    """The line with the answer given here as it would be, and that of the file, or as it was."""
    try:
        mine = writing.set_answer(text, rules, clash.ref, clash.mine)
    except CannotSplice:
        return None
    one, other = line_of(mine, clash.ref, rules), line_of(text, clash.ref, rules)
    other = other or clash.was
    return (one, other) if one and other else None


def line_of(text: str, ref: FactRef, rules: Rules) -> Line | None:
    """The line of a profile on which an answer stands."""
    profile, _ = load_profile_text(text, "", rules)
    fact = rules.facts[ref.name]
    if profile is None:
        return None
    answers = profile.answers
    if fact.list is not None:
        items = profile.lists[fact.list].items if fact.list in profile.lists else ()
        answers = next((item.answers for item in items if item.key == ref.item), {})
    place = answers[ref.name].place if ref.name in answers else None
    if place is None:
        return None
    return Line(place.line, lines_of(text.removeprefix("\ufeff"))[place.line - 1].strip())


def has_room(profile: Profile | None, rules: Rules, ref: FactRef) -> bool:
    """Whether the item of which an answer is, is still there."""
    name = rules.facts[ref.name].list
    items = profile.items_of(name) if profile is not None and name is not None else ()
    return name is None or any(item.key == ref.item for item in items)


def why_unwritten(error: OSError) -> Unwritten:
    """What kind of failure it is."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Unwritten.FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Unwritten.DENIED
    return Unwritten.FAILED
