"""Options that several commands share, and a parser whose errors carry a hint."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NoReturn

from compliancecheck.cli.errors import Stop, UsageError
from compliancecheck.model.texts import Texts

if TYPE_CHECKING:
    from compliancecheck.model.instruments import Rules

CHINA = timezone(timedelta(hours=8))
_LATER_OPTIONS = frozenset({"--baseline", "--write-baseline"})
_LATER_FORMATS = frozenset({"sarif", "junit", "gitlab", "markdown", "html", "oscal", "csv"})


class Parser(argparse.ArgumentParser):
    """An argument parser that raises :class:`UsageError` instead of printing and exiting."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """A wrong command line."""
        from compliancecheck.cli.parser_errors import explain

        raise UsageError(Texts(message, explain(message)), see(self.prog))

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """The end after `--help`: not of the whole process, which may be a test."""
        raise Stop(status)

    def parse_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: None = None
    ) -> argparse.Namespace:
        """Parse; an option of a later version is refused by name, others with the nearest."""
        found, unknown = self.parse_known_intermixed_args(args)
        for word in unknown:
            raise self._unknown(word.partition("=")[0])
        return found

    def _unknown(self, word: str) -> UsageError:
        from difflib import get_close_matches

        if word in _LATER_OPTIONS:
            return UsageError(not_built(word), see(self.prog))
        known = [o for action in self._actions for o in action.option_strings]
        near = get_close_matches(word, known, 1, 0.6)
        says = Texts(f"unknown argument `{word}`", f"未知参数 `{word}`")
        return UsageError(says, hint(near, see(self.prog)))


SEE_RULES = Texts("see `compliancecheck rules list`", "见 `compliancecheck rules list`")


def see(prog: str) -> Texts:
    """Where a command tells its options."""
    return Texts(f"see `{prog} --help`", f"见 `{prog} --help`")


def not_built(name: str) -> Texts:
    """That something is named in the design, and is not there yet."""
    return Texts(f"`{name}` is not built yet", f"`{name}` 尚未实现")


def hint(near: Sequence[str], look: Texts) -> Texts:
    """What to write instead: the nearest name if there is one, and where to look."""
    if not near:
        return look
    return Texts(f"perhaps `{near[0]}`; {look.en}", f"是不是 `{near[0]}`？{look.zh}")


def ticked(names: Iterable[str]) -> str:
    """Names in a Chinese sentence."""
    return "、".join(f"`{name}`" for name in names)


# -- days ---------------------------------------------------------------------------------------


def today() -> date:
    """Today in China (UTC+8)."""
    return datetime.now(CHINA).date()


def day(text: str) -> date:
    """A day on the command line: ISO, as 2026-11-24, with ASCII digits."""
    try:
        if len(text) == 10 and text.isascii() and "W" not in text:  # no day of a week
            return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            Texts(f"`{text}` is not a day: {error}", f"`{text}` 不是日期：日历上没有这一天"),
            Texts("write it as 2026-11-24", "请写成 `2026-11-24`"),
        ) from None
    if text == "today":
        return today()
    raise UsageError(
        Texts(f"`{text}` is not a day", f"`{text}` 不是日期"),
        Texts("write it as 2026-11-24, or `today`", "请写成 `2026-11-24`，或写 `today`"),
    )


# -- groups of options ----------------------------------------------------------------------------


def add_common(parser: argparse.ArgumentParser, *, as_of: bool = True) -> None:
    """Rules, day, language, colours."""
    if as_of:
        parser.add_argument(
            "--as-of", metavar="DATE", help="day of evaluation (default: today in UTC+8)"
        )
    parser.add_argument(
        "--rules",
        metavar="DIR",
        action="append",
        help="rules of this directory in place of the shipped ones (repeatable; `shipped` "
        "names those)",
    )
    parser.add_argument(
        "--lang", choices=("en", "zh"), help="language (default: the settings, else LANG)"
    )
    parser.add_argument(
        "--color", choices=("always", "never", "auto"), default="auto", help="colours (auto)"
    )
    parser.add_argument("--no-color", action="store_true", help="the same as --color never")
    parser.add_argument(
        "--show-settings",
        action="store_true",
        help="say what each setting is and where it comes from, and do nothing else",
    )


def add_law(parser: argparse.ArgumentParser, *, day: bool = True, drafts: bool = True) -> None:
    """The day of law, and drafts."""
    if day:
        parser.add_argument(
            "--law",
            metavar="DATE",
            help="day of law: what was in force then, over today's facts (default: --as-of)",
        )
    if drafts:
        parser.add_argument(
            "--drafts", action="store_true", help="judge drafts too; they never count"
        )


def add_calendar(parser: argparse.ArgumentParser) -> None:
    """Files with the working days of years that no shipped calendar knows."""
    parser.add_argument(
        "--calendar",
        metavar="FILE",
        action="append",
        default=[],
        help="a file with the calendar of a year, as cn-2027.yaml (repeatable)",
    )


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Which rules count: patterns on the id, the short id or the instrument."""
    for name, what in (("--select", "only rules"), ("--ignore", "no rules")):
        parser.add_argument(
            name,
            metavar="PATTERN",
            action="append",
            default=[],
            help=f"{what} whose id, short id or instrument matches, as `rd-*` (repeatable)",
        )


def add_format(parser: argparse.ArgumentParser, more: str = "") -> None:
    """Formats with their files; *more* says what else there is than text and json."""
    parser.add_argument(
        "--format",
        metavar="FORMAT[:FILE]",
        action="append",
        dest="formats",
        help=f"text (default) or json{more}, on standard output or in a file (repeatable)",
    )


def as_of(args: argparse.Namespace) -> date:
    """The day of evaluation of a command line."""
    return day(args.as_of) if args.as_of is not None else today()


def law(args: argparse.Namespace) -> int | None:
    """The day of law of a command line as an ordinal; None where it was not asked for."""
    return None if args.law is None else day(args.law).toordinal()


def language(args: argparse.Namespace) -> str:
    """The language asked for, else that of the environment, else English."""
    return str(args.lang) if args.lang else environment_language()


def environment_language() -> str:
    """The language of the environment, else English."""
    value = os.environ.get(language_variable(), "")
    return "zh" if value.lower().startswith("zh") else "en"


def language_variable() -> str:
    """The variable of the environment that says which language; empty where none does."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((name for name in names if os.environ.get(name)), "")


def color(args: argparse.Namespace) -> str | None:
    """``always``, ``never`` or None where the terminal decides."""
    if args.no_color:
        return "never"
    return None if args.color == "auto" else str(args.color)


# -- formats --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Output:
    """One report: its format and the file it goes to (None: standard output)."""

    format: str
    file: str | None = None


FORMATS = ("text", "json")
CHECK_FORMATS = (*FORMATS, "github")
_ONE_COMMAND = {"github": "check", "ics": "deadlines"}


def outputs(args: argparse.Namespace, formats: Sequence[str] = FORMATS) -> tuple[Output, ...]:
    """The reports that were asked for; text on standard output if none was.

    *formats* are those that the command has.
    """
    found = tuple(output_of(text, formats) for text in args.formats or ["text"])
    for file in {o.file for o in found}:
        if sum(1 for o in found if o.file == file) > 1:
            where = Texts("standard output", "标准输出")
            where = where if file is None else Texts(f"`{file}`", f" `{file}`")
            raise UsageError(
                Texts(f"two reports cannot both go to {where.en}", f"两份报告不能都写到{where.zh}"),
                Texts(
                    "give one of them a file: --format json:report.json",
                    "请给其中一份指定文件：`--format json:report.json`",
                ),
            )
    return found


def output_of(text: str, formats: Sequence[str]) -> Output:
    """One report that is asked for as FORMAT or FORMAT:FILE; raises :class:`UsageError`."""
    name, colon, file = text.partition(":")
    if name not in formats:
        there_are = Texts(
            f"there are {', '.join(formats[:-1])} and {formats[-1]}", f"可用的有 {ticked(formats)}"
        )
        says = Texts(f"there is no format `{name}`", f"没有格式 `{name}`")
        if name in _LATER_FORMATS:
            says = Texts(f"the format `{name}` is not built yet", f"格式 `{name}` 尚未实现")
        elif name in _ONE_COMMAND:
            own = _ONE_COMMAND[name]
            says = Texts(f"the format `{name}` is one of `{own}`", f"格式 `{name}` 只用于 `{own}`")
        raise UsageError(says, there_are)
    if colon and not file:
        raise UsageError(
            Texts(f"`{text}` names no file", f"`{text}` 没有写文件名"),
            Texts(f"write {name} or {name}:FILE", f"请写 `{name}` 或 `{name}:文件`"),
        )
    return Output(name, file or None)


# -- selection ------------------------------------------------------------------------------------


def matches(rule_id: str, patterns: Iterable[str]) -> bool:
    """Whether a rule's id, short id or instrument matches one of some patterns."""
    instrument, _, slug = rule_id.rpartition("/")
    return any(
        fnmatchcase(name, pattern) for pattern in patterns for name in (rule_id, slug, instrument)
    )


def wanted(args: argparse.Namespace, rule_ids: Iterable[str]) -> Callable[[str], bool] | None:
    """The choice of rules by --select and --ignore; None where every rule counts.

    Raises :class:`UsageError` for a pattern that matches no rule, or if none is left.
    """
    if not args.select and not args.ignore:
        return None
    ids = list(rule_ids)
    for option in ("select", "ignore"):
        for pattern in getattr(args, option):
            if not any(matches(i, [pattern]) for i in ids):
                place = _place(args, option, pattern)
                named = f"{option} {pattern}" if place else f"--{option} {pattern}"
                raise no_such_rule(named, pattern, ids, place)
    kept = frozenset(
        i
        for i in ids
        if (not args.select or matches(i, args.select)) and not matches(i, args.ignore)
    )
    if not kept:
        says = Texts(
            "--select and --ignore leave no rule", "`--select` 和 `--ignore` 之后没有剩下规则"
        )
        raise UsageError(says, SEE_RULES)
    return kept.__contains__


def _place(args: argparse.Namespace, option: str, pattern: str) -> str:
    """Where a settings file gives a pattern, as ``FILE:LINE:COLUMN: ``; empty: it does not."""
    settings = getattr(args, "settings", None)
    given = None if settings is None or option in settings.shadowed else settings.given(option)
    if given is None:
        return ""
    line, column, _ = given.parts.get(pattern, (given.line, given.column, 0))
    return f"{given.path}:{line}:{column}: "


def asked(args: argparse.Namespace) -> Callable[[str], bool] | None:
    """The rules that --select names: they give a finding also while they are not in force."""
    if not args.select:
        return None
    return lambda rule_id: matches(rule_id, args.select)


def refuse_unseen_drafts(
    args: argparse.Namespace, rules: Rules, chosen: Callable[[str], bool] | None
) -> None:
    """End the command if only rules of drafts were chosen, and drafts are left out."""
    if args.drafts or chosen is None:
        return
    kept = [rule for rule in rules.rules.values() if chosen(rule.id)]
    if all(rules.instruments[rule.instrument].is_draft for rule in kept):
        own = kept[0].instrument
        raise UsageError(
            Texts(
                f"`{own}` is a draft, and drafts are left out",
                f"`{own}` 是征求意见稿，而征求意见稿未纳入",
            ),
            Texts("add --drafts", "请加上 `--drafts`"),
        )


def no_such_rule(what: str, pattern: str, ids: Iterable[str], place: str = "") -> UsageError:
    """A pattern that names no rule, with the nearest id, and where it stands."""
    from difflib import get_close_matches

    names = sorted({n for i in ids for n in (i, i.rpartition("/")[2], i.rpartition("/")[0])})
    near = get_close_matches(pattern, names, 1, 0.5)
    at = place.removesuffix(": ") + "：" if place else ""
    says = Texts(f"{place}`{what}` matches no rule", f"{at}`{what}` 不匹配任何规则")
    return UsageError(says, hint(near, SEE_RULES))


def no_finding() -> UsageError:
    """A rule was named that gives no finding on the day."""
    return UsageError(
        Texts(
            "the rule gives no finding: its instrument is not in force that day",
            "这条规则没有结论：它所在的文件当日未施行",
        ),
        Texts(
            "see `compliancecheck rules list`, or choose a day with --as-of or --law",
            "见 `compliancecheck rules list`，或用 `--as-of`、`--law` 选日期",
        ),
    )
