"""Reading a user's calendar file (``cn-2027.yaml``): a new notice counts the day it appears.

    2027:
      status: official
      source: "number of the notice, its page on gov.cn"
      published: 2026-11-30
      weekday_off: [01-01, 02-05]      # Monday-Friday days that are off
      weekend_work: [02-20]            # Saturdays and Sundays that are worked

Everything else follows the weekday. Days of the December before are written whole, as
``2026-12-31``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from compliancecheck.model.calendar import Overlay, YearTable
from compliancecheck.model.safe import shorten
from compliancecheck.model.texts import iso
from compliancecheck.reading.files import read_file
from compliancecheck.reading.problems import (
    Problem,
    Problems,
    ProblemsError,
    TooMany,
    in_order,
    perhaps,
    problem_at,
)
from compliancecheck.reading.source import Mapping, Node, Scalar, Sequence, load

Read = tuple[Overlay | None, tuple[Problem, ...]]

KEYS = ("status", "source", "published", "weekday_off", "weekend_work")
STATUSES = ("official", "provisional")
USUAL = range(244, 256)
"""Working days of a year as the notices leave them (248 to 251 since 2020), with some room."""

_YEAR = re.compile("20[0-9]{2}")
_SHORT = re.compile("[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHAPE = "write it like `2027: {status: official, source: …, published: 2026-11-30, …}`"
_DAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip


def load_calendar_file(path: str) -> Read:
    """The overlay in a file (None if it has errors) and its problems, warnings among them."""
    try:
        return load_calendar_text(read_file(path), path)
    except ProblemsError as error:
        return None, error.problems


def load_calendar_text(text: str | bytes, path: str) -> Read:
    """The overlay in a text or in a file's bytes; *path* names it in places and problems."""
    root, found = load(text, path)
    problems = Problems(found)
    tables: dict[int, YearTable] = {}
    if root is not None:
        with suppress(TooMany):
            tables = {table.year: table for table in _years(root, problems)}
    ordered = in_order(problems)
    if any(problem.is_error for problem in ordered):
        return None, ordered
    return Overlay(tables, path), ordered


def _years(root: Node, problems: Problems) -> Iterator[YearTable]:
    if not isinstance(root, Mapping):
        problems.append(problem_at(root.place, "this is no calendar", _SHAPE))
        return
    for key, value in root.entries:
        if _YEAR.fullmatch(key.text) is None:
            message = f"`{shorten(key.text)}` is no year of this century"
            if key.text in KEYS:
                message = f"`{key.text}` stands below its year"
            problems.append(problem_at(key.place, message, _SHAPE))
        elif not isinstance(value, Mapping):
            message = f"{key.text} has no table"
            problems.append(problem_at(value.place, message, _SHAPE))
        else:
            table = _Reader(int(key.text), key, value, problems).read()
            if table is not None:
                yield table


class _Reader:
    """Reads the table of one year."""

    def __init__(self, year: int, key: Scalar, node: Mapping, problems: Problems) -> None:
        self.year, self.key, self.node, self.problems = year, key, node, problems
        self.errors = 0

    def read(self) -> YearTable | None:
        """The table, or None where it has errors, which are told."""
        for key, _ in self.node.entries:
            if key.text not in KEYS:
                hint = f"there are {', '.join(f'`{name}`' for name in KEYS)}"
                near = perhaps(key.text, KEYS)
                self._say(key, f"no key `{shorten(key.text)}` of a year{near}", hint)
        status = self._status()
        source = self._source(status)
        published = self._published(status)
        off = self._days("weekday_off", weekend=False)
        work = self._days("weekend_work", weekend=True)
        if self.errors or status is None:
            return None
        table = YearTable(
            self.year,
            "official" if status == "official" else "provisional",
            frozenset(off),
            frozenset(work),
            source,
            published,
        )
        self._plausible(table)
        return table

    def _say(
        self, node: Node, message: str, hint: str | None = None, severity: str = "error"
    ) -> None:
        self.errors += severity == "error"
        self.problems.append(problem_at(node.place, message, hint, severity=severity))

    def _text(self, name: str) -> Scalar | None:
        """A scalar that is not left empty; None where there is none (told if it is no scalar)."""
        node = self.node.get(name)
        if node is None:
            return None
        if not isinstance(node, Scalar) or not node.text.strip():
            self._say(node, f"`{name}` has no text")
            return None
        return node

    def _status(self) -> str | None:
        if self.node.get("status") is None:
            hint = "write `status: official` once there is a notice, else `status: provisional`"
            self._say(self.key, f"{self.year} has no `status`", hint)
            return None
        node = self._text("status")
        if node is None or node.text in STATUSES:
            return node.text if node else None
        near = perhaps(node.text, STATUSES)
        hint = "a calendar is `official` or `provisional`"
        self._say(node, f"no status `{shorten(node.text)}`{near}", hint)
        return None

    def _source(self, status: str | None) -> str:
        node = self._text("source")
        if status == "official" and self.node.get("source") is None:
            hint = "write the number of the notice and its page on gov.cn; without it the year "
            hint += "is `provisional`"
            self._say(self.key, f"{self.year} is official and names no `source`", hint)
        elif status == "official" and node is not None and "gov.cn" not in node.text:
            hint = "name the page on gov.cn where the notice stands"
            self._say(node, "the source names no page on gov.cn", hint, "warning")
        return node.text if node else ""

    def _published(self, status: str | None) -> int | None:
        node = self._text("published")
        if node is None:
            if status == "official" and self.node.get("published") is None:
                hint = "write the day of the notice, like `published: 2026-11-30`"
                self._say(self.key, f"{self.year} is official and has no `published`", hint)
            return None
        day = _day(node.text) if _WHOLE.fullmatch(node.text) else None
        if day is None:
            hint = "write it like 2026-11-30"
            self._say(node, f"`{shorten(node.text)}` is not a day", hint)
        elif not self.year - 2 < date.fromordinal(day).year <= self.year:
            hint = f"a notice for {self.year} comes in {self.year - 1}, or changes in {self.year}"
            self._say(node, f"a notice for {self.year} published on {node.text}", hint)
        return day

    def _days(self, name: str, *, weekend: bool) -> list[int]:
        node = self.node.get(name)
        if not isinstance(node, Sequence):
            hint = f"write `{name}: [02-05, 02-08]`, or `{name}: []` if there are none"
            message = f"{self.year} has no `{name}`" if node is None else f"`{name}` is a list"
            self._say(self.key if node is None else node, message, hint)
            return []
        found: dict[int, Node] = {}
        for item in node.items:
            day = self._one(item)
            if day is None or not self._fits(item, day, weekend):
                continue
            if found.setdefault(day, item) is not item:
                line = found[day].place.line
                self._say(item, f"{iso(day)} is given twice; first at line {line}")
        return list(found)

    def _one(self, node: Node) -> int | None:
        """The day of an item: of the year, or of the December before."""
        text = node.text if isinstance(node, Scalar) else ""
        day = None
        if _SHORT.fullmatch(text):
            day = _day(f"{self.year}-{text}")
        elif _WHOLE.fullmatch(text):
            day = _day(text)
        if day is None:
            hint = "write month and day with two digits each, like 02-05, one day an item"
            self._say(node, f"`{shorten(text)}` is not a day of {self.year}", hint)
            return None
        when = date.fromordinal(day)
        if when.year != self.year and (when.year, when.month) != (self.year - 1, 12):
            hint = f"days of {self.year}, or of December {self.year - 1}, can stand here"
            self._say(node, f"{text} is not a day of {self.year}", hint)
            return None
        return day

    def _fits(self, node: Node, day: int, weekend: bool) -> bool:
        is_weekend = date.fromordinal(day).weekday() >= 5
        if is_weekend == weekend:
            return True
        message = f"{iso(day)} is a {_DAYS[date.fromordinal(day).weekday()]}"
        if weekend:
            hint = "`weekend_work` holds Saturdays and Sundays that are worked; Monday to Friday "
            hint += "is worked unless it stands in `weekday_off`"
        else:
            hint = "`weekday_off` holds Monday to Friday; a weekend is off unless it stands in "
            hint += "`weekend_work`"
        self._say(node, message, hint)
        return False

    def _plausible(self, table: YearTable) -> None:
        first, last = (date(self.year, *end).toordinal() for end in ((1, 1), (12, 31)))
        working = sum(
            day in table.weekend_work
            or (date.fromordinal(day).weekday() < 5 and day not in table.weekday_off)
            for day in range(first, last + 1)
        )
        if working not in USUAL:
            hint = "the notices since 2020 left 248 to 251: are all days written?"
            message = f"{self.year} has {working} working days"
            self._say(self.key, message, hint, "warning")


def _day(text: str) -> int | None:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None
