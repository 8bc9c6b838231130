"""`days`: the period calculator, with the days it counted."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from compliancecheck.cli import inputs, options, output
from compliancecheck.cli.errors import UsageError
from compliancecheck.cli.sheets import sheet_for
from compliancecheck.model.texts import Texts

if TYPE_CHECKING:
    from compliancecheck.logic.calendar import Calendar
    from compliancecheck.logic.periods import Computed
    from compliancecheck.model.calendar import Period

ROLLS = ("none", "next_working_day")
_START_HINT = Texts(
    "write it as 2026-11-24, or a time with its zone as 2026-09-30T16:30Z",
    "请写成 `2026-11-24`，或带时区的时刻，如 `2026-09-30T16:30Z`",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `days`."""
    parser.add_argument(
        "start", metavar="START", help="the day of the event, or the day a period lies before"
    )
    parser.add_argument(
        "period",
        metavar="PERIOD",
        nargs="+",
        help="`+45 working days`, `+2 months`, `at least 60 working days before`, "
        "`within 60 working days before`; also in Chinese, as 届满60个工作日前",
    )
    parser.add_argument(
        "--roll",
        metavar="|".join(ROLLS),
        help="`next_working_day` (default): an act in days, weeks, months or years that ends on "
        "a rest day moves; `none`: a validity, which does not",
    )
    options.add_calendar(parser)
    options.add_format(parser)
    parser.add_argument("--lang", choices=("en", "zh"), help="language (default: LANG, else en)")
    parser.add_argument(
        "--color", choices=("always", "never", "auto"), default="auto", help="colours (auto)"
    )
    parser.add_argument("--no-color", action="store_true", help="the same as --color never")


def execute(args: argparse.Namespace) -> int:
    """Print the days of a period; 0, or 2 where it cannot be counted."""
    wanted = options.outputs(args)
    start = event_day(args.start)
    period = _period(" ".join(args.period))
    validity = _roll(args.roll, period) == "none"
    calendar = inputs.load_calendar(args.calendar)
    done = _computed(calendar, start, period, validity)
    for to in wanted:
        text = _json(done) if to.format == "json" else _text(done, calendar, to, args, validity)
        if to.file is None:
            output.say(text)
        else:
            output.write_whole(to.file, [text])
    return 0


def event_day(text: str) -> int:
    """The ordinal of a day; a time with a zone is first put into China's (UTC+8)."""
    if "T" not in text or len(text) <= 10:
        return options.day(text).toordinal()
    try:
        when = datetime.fromisoformat(text)
        return (when if when.tzinfo is None else when.astimezone(options.CHINA)).toordinal()
    except (ValueError, OverflowError) as error:
        says = Texts(f"`{text}` is not a time: {error}", f"`{text}` 不是时刻")
        raise UsageError(says, _START_HINT) from None


def _period(text: str) -> Period:
    from compliancecheck.reading.numbers import Refused
    from compliancecheck.reading.periods import read_period

    try:
        return read_period(text)
    except Refused as refused:
        raise UsageError(refused.says, refused.advice) from None


def _roll(text: str | None, period: Period) -> str:
    if text is None:
        return "next_working_day"
    if text not in ROLLS:
        from difflib import get_close_matches

        near = get_close_matches(text, ROLLS, 1, 0.5)
        there_are = Texts(
            "there are `none` and `next_working_day`", "可用的有 `none` 和 `next_working_day`"
        )
        says = Texts(f"there is no --roll `{text}`", f"`--roll` 没有 `{text}` 这个取值")
        raise UsageError(says, options.hint(near, there_are))
    if text == "next_working_day" and period.direction != "after":
        raise UsageError(
            Texts(
                "a day before another is never moved later: that would shorten the notice",
                "倒数得出的日期从不顺延：顺延会缩短提前期",
            ),
            Texts("leave --roll out", "请去掉 `--roll`"),
        )
    return text


def _computed(calendar: Calendar, start: int, period: Period, validity: bool) -> Computed:
    from compliancecheck.logic.calendar import NoCalendar
    from compliancecheck.logic.periods import compute

    try:
        return compute(calendar, start, period, roll=not validity)
    except NoCalendar as missing:
        if period.unit != "working_days":
            raise UsageError(
                Texts(
                    f"the period leads to the year {missing.year}, which has no dates",
                    f"期间延续到 {missing.year} 年，没有那样的日期",
                ),
                Texts(
                    "days are counted from 0001-01-01 to 9999-12-31",
                    "日期从 `0001-01-01` 算到 `9999-12-31`",
                ),
            ) from None
        raise UsageError(
            Texts(
                f"no calendar for {missing.year}: working days cannot be counted there",
                f"没有 {missing.year} 年的日历，无法计算工作日",
            ),
            Texts(
                "there are calendars from 2004 to 2030; --calendar FILE adds a year",
                "已有 2004 至 2030 年的日历；`--calendar 文件` 可添加年份",
            ),
        ) from None


def _text(
    done: Computed,
    calendar: Calendar,
    to: options.Output,
    args: argparse.Namespace,
    validity: bool,
) -> str:
    from compliancecheck.reports.days import days_text

    sheet = sheet_for(to, args)
    return days_text(done, calendar, sheet, validity)


def _json(done: Computed) -> str:
    from compliancecheck.reports.days import days_json
    from compliancecheck.reports.lines import json_text

    return json_text(days_json(done)) + "\n"
