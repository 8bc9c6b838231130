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
from compliancecheck.model.texts import Texts, iso
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
_FORM = "`2027: {status: official, source: …, published: 2026-11-30, …}`"
_SHAPE = Texts(f"write it like {_FORM}", f"请写成 {_FORM}")
_DAYS = (
    Texts("Monday", "周一"), Texts("Tuesday", "周二"), Texts("Wednesday", "周三"),
    Texts("Thursday", "周四"), Texts("Friday", "周五"), Texts("Saturday", "周六"),
    Texts("Sunday", "周日"),
)  # fmt: skip

_WORKED = Texts(
    "`weekend_work` holds Saturdays and Sundays that are worked; Monday to Friday "
    "is worked unless it stands in `weekday_off`",
    "`weekend_work` 写上班的周六、周日；周一至周五除写在 `weekday_off` 的以外都上班",
)
_OFF = Texts(
    "`weekday_off` holds Monday to Friday; a weekend is off unless it stands in `weekend_work`",
    "`weekday_off` 写周一至周五中放假的日子；周末除写在 `weekend_work` 的以外都休息",
)


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
        says = Texts("this is no calendar", "这不是日历文件")
        problems.append(problem_at(root.place, says, _SHAPE))
        return
    for key, value in root.entries:
        if _YEAR.fullmatch(key.text) is None:
            shown = shorten(key.text)
            says = Texts(f"`{shown}` is no year of this century", f"`{shown}` 不是本世纪的年份")
            if key.text in KEYS:
                says = Texts(f"`{shown}` stands below its year", f"`{shown}` 要写在年份下面")
            problems.append(problem_at(key.place, says, _SHAPE))
        elif not isinstance(value, Mapping):
            says = Texts(f"{key.text} has no table", f"{key.text} 年没有内容")
            problems.append(problem_at(value.place, says, _SHAPE))
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
                names = [f"`{name}`" for name in KEYS]
                hint = Texts(f"there are {', '.join(names)}", f"可用的有 {'、'.join(names)}")
                near, shown = perhaps(key.text, KEYS), shorten(key.text)
                says = Texts(
                    f"no key `{shown}` of a year{near.en}", f"年份下没有 `{shown}` 这一项{near.zh}"
                )
                self._say(key, says, hint)
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
        self, node: Node, says: Texts, advice: Texts | None = None, severity: str = "error"
    ) -> None:
        self.errors += severity == "error"
        self.problems.append(problem_at(node.place, says, advice, severity=severity))

    def _text(self, name: str) -> Scalar | None:
        """A scalar that is not left empty; None where there is none (told if it is no scalar)."""
        node = self.node.get(name)
        if node is None:
            return None
        if not isinstance(node, Scalar) or not node.text.strip():
            self._say(node, Texts(f"`{name}` has no text", f"`{name}` 没有内容"))
            return None
        return node

    def _status(self) -> str | None:
        if self.node.get("status") is None:
            hint = Texts(
                "write `status: official` once there is a notice, else `status: provisional`",
                "已有通知时写 `status: official`，否则写 `status: provisional`",
            )
            self._say(self.key, self._lacks("status"), hint)
            return None
        node = self._text("status")
        if node is None or node.text in STATUSES:
            return node.text if node else None
        near, shown = perhaps(node.text, STATUSES), shorten(node.text)
        hint = Texts(
            "a calendar is `official` or `provisional`", "日历只有 `official` 或 `provisional`"
        )
        says = Texts(f"no status `{shown}`{near.en}", f"没有状态 `{shown}`{near.zh}")
        self._say(node, says, hint)
        return None

    def _lacks(self, name: str) -> Texts:
        return Texts(f"{self.year} has no `{name}`", f"{self.year} 年没有 `{name}`")

    def _source(self, status: str | None) -> str:
        node = self._text("source")
        if status == "official" and self.node.get("source") is None:
            hint = Texts(
                "write the number of the notice and its page on gov.cn; without it the year "
                "is `provisional`",
                "请写通知的文号及其在 `gov.cn` 的网页；没有通知的年份是 `provisional`",
            )
            says = Texts(
                f"{self.year} is official and names no `source`",
                f"{self.year} 年是 `official`，却没有 `source`",
            )
            self._say(self.key, says, hint)
        elif status == "official" and node is not None and "gov.cn" not in node.text:
            hint = Texts(
                "name the page on gov.cn where the notice stands", "请写通知在 `gov.cn` 的网页"
            )
            says = Texts("the source names no page on gov.cn", "来源没有写 `gov.cn` 的网页")
            self._say(node, says, hint, "warning")
        return node.text if node else ""

    def _published(self, status: str | None) -> int | None:
        node = self._text("published")
        if node is None:
            if status == "official" and self.node.get("published") is None:
                hint = Texts(
                    "write the day of the notice, like `published: 2026-11-30`",
                    "请写通知的日期，如 `published: 2026-11-30`",
                )
                says = Texts(
                    f"{self.year} is official and has no `published`",
                    f"{self.year} 年是 `official`，却没有 `published`",
                )
                self._say(self.key, says, hint)
            return None
        day = _day(node.text) if _WHOLE.fullmatch(node.text) else None
        if day is None:
            shown = shorten(node.text)
            hint = Texts("write it like 2026-11-30", "请写成 `2026-11-30` 这样")
            self._say(node, Texts(f"`{shown}` is not a day", f"`{shown}` 不是日期"), hint)
        elif not self.year - 2 < date.fromordinal(day).year <= self.year:
            year = self.year
            hint = Texts(
                f"a notice for {year} comes in {year - 1}, or changes in {year}",
                f"{year} 年的通知在 {year - 1} 年发布，或在 {year} 年调整",
            )
            says = Texts(
                f"a notice for {year} published on {node.text}",
                f"{year} 年的通知写着发布于 {node.text}",
            )
            self._say(node, says, hint)
        return day

    def _days(self, name: str, *, weekend: bool) -> list[int]:
        node = self.node.get(name)
        if not isinstance(node, Sequence):
            hint = Texts(
                f"write `{name}: [02-05, 02-08]`, or `{name}: []` if there are none",
                f"请写 `{name}: [02-05, 02-08]`，没有时写 `{name}: []`",
            )
            listed = Texts(f"`{name}` is a list", f"`{name}` 是列表")
            says = self._lacks(name) if node is None else listed
            self._say(self.key if node is None else node, says, hint)
            return []
        found: dict[int, Node] = {}
        for item in node.items:
            day = self._one(item)
            if day is None or not self._fits(item, day, weekend):
                continue
            if found.setdefault(day, item) is not item:
                line, shown = found[day].place.line, iso(day)
                says = Texts(
                    f"{shown} is given twice; first at line {line}",
                    f"{shown} 重复出现，第一次在第 {line} 行",
                )
                self._say(item, says)
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
            shown = shorten(text)
            hint = Texts(
                "write month and day with two digits each, like 02-05, one day an item",
                "月和日各写两位数字，如 `02-05`，每项一天",
            )
            says = Texts(
                f"`{shown}` is not a day of {self.year}", f"`{shown}` 不是 {self.year} 年的日期"
            )
            self._say(node, says, hint)
            return None
        when = date.fromordinal(day)
        if when.year != self.year and (when.year, when.month) != (self.year - 1, 12):
            hint = Texts(
                f"days of {self.year}, or of December {self.year - 1}, can stand here",
                f"此处可写 {self.year} 年或 {self.year - 1} 年 12 月的日期",
            )
            says = Texts(f"{text} is not a day of {self.year}", f"{text} 不在 {self.year} 年")
            self._say(node, says, hint)
            return None
        return day

    def _fits(self, node: Node, day: int, weekend: bool) -> bool:
        is_weekend = date.fromordinal(day).weekday() >= 5
        if is_weekend == weekend:
            return True
        weekday = _DAYS[date.fromordinal(day).weekday()]
        says = Texts(f"{iso(day)} is a {weekday.en}", f"{iso(day)} 是{weekday.zh}")
        self._say(node, says, _WORKED if weekend else _OFF)
        return False

    def _plausible(self, table: YearTable) -> None:
        first, last = (date(self.year, *end).toordinal() for end in ((1, 1), (12, 31)))
        working = sum(
            day in table.weekend_work
            or (date.fromordinal(day).weekday() < 5 and day not in table.weekday_off)
            for day in range(first, last + 1)
        )
        if working not in USUAL:
            hint = Texts(
                "the notices since 2020 left 248 to 251: are all days written?",
                "2020 年以来的通知都留下 248 至 251 个工作日：日期写全了吗？",
            )
            says = Texts(
                f"{self.year} has {working} working days", f"{self.year} 年有 {working} 个工作日"
            )
            self._say(self.key, says, hint, "warning")


def _day(text: str) -> int | None:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None
