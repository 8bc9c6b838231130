"""How a dated act stands on the day of evaluation: overdue, soon, done, lapsed, …"""

from __future__ import annotations

from dataclasses import dataclass

from compliancecheck.model.findings import Standing
from compliancecheck.model.instruments import Deadline
from compliancecheck.model.values import Interval, Number

SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class Days:
    """What is known of the days of an act; an interval without ends: nothing."""

    due: Interval
    opens: Interval | None
    start: Interval
    done: Interval | None  # None: no fact says when it was done


def standing_of(deadline: Deadline, days: Days, as_of: int) -> tuple[Standing, bool]:
    """The standing, and whether it would help to know whether the act was done."""
    if _surely_done(deadline, days, as_of):
        return Standing.DONE, False
    low, high = days.due.low, days.due.high
    if low is None and high is None:
        return Standing.UNKNOWN, False
    if _before(high, as_of):
        return _past(deadline, days, as_of)
    if low is None or low < as_of:  # the day of evaluation lies within the range
        act = deadline.kind == "duty" and deadline.who == "company"
        return (Standing.MAY_BE_OVERDUE if act else Standing.UNKNOWN), act
    return _ahead(deadline, days, low, as_of)


def _surely_done(deadline: Deadline, days: Days, as_of: int) -> bool:
    """Done by the day of evaluation; a right is used inside its window or not at all."""
    done = days.done
    if done is None or done.high is None or done.high > as_of:
        return False
    if deadline.kind != "right":
        return True
    opens = days.opens.low if days.opens is not None else None
    last = days.due.high
    too_early = opens is not None and done.high < opens
    too_late = last is not None and done.low is not None and done.low > last
    return not (too_early or too_late)


def _before(day: Number | None, as_of: int) -> bool:
    return day is not None and day < as_of


def _past(deadline: Deadline, days: Days, as_of: int) -> tuple[Standing, bool]:
    """The due day is surely past, and the act is not surely done.

    Overdue is also what was missed for sure, though of the days since nobody has said anything:
    a ``not yet`` of a day after the due day. The duty fails then. One of the due day itself
    leaves the rest of that day open.
    """
    done = days.done
    if deadline.who == "authority" or deadline.kind == "end":
        return Standing.ENDED, False
    not_done = done is None or (done.low is not None and done.low > as_of)
    if deadline.kind == "right":
        return Standing.LAPSED, not not_done
    if not_done:
        return Standing.OVERDUE, False
    last = days.due.high
    missed = done is not None and done.low is not None and last is not None and done.low > last + 1
    return (Standing.OVERDUE if missed else Standing.MAY_BE_OVERDUE), True


def _ahead(deadline: Deadline, days: Days, low: Number, as_of: int) -> tuple[Standing, bool]:
    """The due day is today or later."""
    if deadline.who == "authority":
        return Standing.UPCOMING, False
    soon = low - as_of <= SOON_DAYS
    if deadline.kind == "end":
        return (Standing.SOON if soon else Standing.UPCOMING), False
    opens = days.opens.low if days.opens is not None else None
    start = days.start.low  # of a day that is counted back it lies after the due day
    if (opens is not None and opens > as_of) or (start is not None and as_of < start < low):
        return Standing.UPCOMING, False
    return (Standing.SOON if soon else Standing.OPEN), True
