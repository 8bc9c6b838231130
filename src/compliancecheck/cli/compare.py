"""`compare`: two days of law over the same facts, two profiles, or a draft against the law."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from compliancecheck.cli import inputs, options, output
from compliancecheck.cli.errors import FINDINGS, OK, UsageError
from compliancecheck.cli.sheets import sheet_for
from compliancecheck.model.texts import Texts

if TYPE_CHECKING:
    from compliancecheck.model.comparison import Comparison, Rung
    from compliancecheck.model.instruments import Rules

_FORMS = Texts(
    "write `compare PROFILE --from DATE --to DATE`, `compare A.yaml B.yaml`, or "
    "`compare PROFILE --draft INSTRUMENT`",
    "请写 `compare 档案 --from 日期 --to 日期`、`compare A.yaml B.yaml` 或 "
    "`compare 档案 --draft 文件编号`",
)
_FROM_TO = Texts("write --from DATE --to DATE", "请写 `--from 日期 --to 日期`")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `compare`."""
    parser.add_argument(
        "profiles", metavar="PROFILE", nargs="+", help="profile file, or -; two are compared"
    )
    parser.add_argument(
        "--from", dest="from_", metavar="DATE", help="a day of law, compared with that of --to"
    )
    parser.add_argument("--to", metavar="DATE", help="the other day of law (default: --as-of)")
    parser.add_argument("--draft", metavar="INSTRUMENT", help="a draft, against the law")
    options.add_common(parser)
    options.add_law(parser)
    options.add_calendar(parser)
    options.add_format(parser)
    parser.add_argument("--proofs", action="store_true", help="both proofs at every difference")
    parser.add_argument("--no-editions", action="store_true", help="without the ladder of editions")
    parser.add_argument(
        "--fail-on-change", action="store_true", help="exit code 1 where anything differs"
    )


def execute(args: argparse.Namespace) -> int:
    """Print what differs; 0, with --fail-on-change 1 where something does, 2 for wrong input."""
    _refuse_mixtures(args)
    wanted = options.outputs(args)
    rules = inputs.load_rules(args.rules)
    if args.draft is not None:
        _refuse_no_draft(args.draft, rules)
    comparison = _compared(args, rules)
    ladders = {} if args.no_editions or len(args.profiles) == 2 else _ladders(comparison)
    code = FINDINGS if args.fail_on_change and comparison.differs else OK
    for to in wanted:
        text = _text(comparison, ladders, code, to, args)
        if to.file is None:
            output.say(text)
        else:
            output.write_whole(to.file, [text])
    return code


def _refuse_mixtures(args: argparse.Namespace) -> None:
    """One profile with two days of law or a draft, or two profiles; nothing else."""
    days = args.from_ is not None or args.to is not None
    if len(args.profiles) > 2:
        raise UsageError(Texts("two profiles can be compared, no more", "最多比较两个档案"), _FORMS)
    if len(args.profiles) == 2:
        if days or args.draft is not None:
            raise UsageError(
                Texts(
                    "two profiles are compared on one day; --from, --to and --draft take "
                    "one profile",
                    "两个档案在同一天比较；`--from`、`--to` 和 `--draft` 只用于一个档案",
                ),
                Texts(
                    "choose the day with --as-of, and the law with --law",
                    "用 `--as-of` 选日期，用 `--law` 选法律的日期",
                ),
            )
        if args.profiles[0] == args.profiles[1] == inputs.STDIN:
            says = Texts(
                "only one of two profiles can be standard input",
                "两个档案中只能有一个来自标准输入",
            )
            raise UsageError(says, _FORMS)
        return
    if args.draft is not None and days:
        raise UsageError(
            Texts(
                "--draft compares a draft with the law of one day, so --from and --to do not apply",
                "`--draft` 把征求意见稿与某一天的法律比较，不能再用 `--from` 和 `--to`",
            ),
            Texts("choose the day with --law", "请用 `--law` 选日期"),
        )
    if args.draft is None and args.from_ is None:
        raise UsageError(Texts("what is to be compared?", "要比较什么？"), _FORMS)
    if days and args.law is not None:
        says = Texts(
            "--law and --from give two days of law", "`--law` 和 `--from` 给出了两个法律日期"
        )
        raise UsageError(says, _FROM_TO)


def _refuse_no_draft(name: str, rules: Rules) -> None:
    from difflib import get_close_matches

    drafts = [i.id for i in rules.instruments.values() if i.is_draft]
    if name in drafts:
        return
    known = Texts(
        f"there are these drafts: {', '.join(drafts) or 'none'}",
        f"征求意见稿有：{options.ticked(drafts) or '无'}",
    )
    if name in rules.instruments:
        says = Texts(f"`{name}` is law, not a draft", f"`{name}` 是现行法，不是征求意见稿")
        raise UsageError(says, known)
    near = get_close_matches(name, drafts, 1, 0.4)
    says = Texts(f"there is no draft `{name}`", f"没有征求意见稿 `{name}`")
    raise UsageError(says, options.hint(near, known))


def _compared(args: argparse.Namespace, rules: Rules) -> Comparison:
    from compliancecheck.logic.compare import compare
    from compliancecheck.logic.compare_draft import compare_draft

    day, lang = options.as_of(args).toordinal(), options.language(args)
    path, law, drafts = args.profiles[0], options.law(args), args.drafts
    if args.draft is not None:
        found = inputs.evaluated(
            path, rules, day, lang, law=law, drafts=True, calendar=args.calendar
        )
        return compare_draft(found, args.draft)
    if len(args.profiles) == 2:
        both = [
            inputs.evaluated(each, rules, day, lang, law=law, drafts=drafts, calendar=args.calendar)
            for each in args.profiles
        ]
        return compare(*both)
    old = options.day(args.from_).toordinal()
    new = day if args.to is None else options.day(args.to).toordinal()
    if old == new:
        says = Texts("both days of law are the same", "两个法律日期相同")
        raise UsageError(says, _FROM_TO)
    from compliancecheck.logic.evaluate import at_law

    before = inputs.evaluated(
        path, rules, day, lang, law=old, drafts=drafts, calendar=args.calendar
    )
    return compare(before, at_law(before, new))


def _ladders(comparison: Comparison) -> dict[str, Sequence[Rung]]:
    """The ladder of each pack of which something differs; of all answered ones if nothing does."""
    from compliancecheck.logic.editions import rungs
    from compliancecheck.reports.summary import empty_packs

    rules = comparison.before.rules
    packs = {rules.instruments[rules.rules[c.rule].instrument].pack for c in comparison.changes}
    empty = empty_packs(comparison.after)
    shown = [p for p in rules.packs if (p in packs if packs else True) and p not in empty]
    found = {pack: rungs(comparison.after, pack) for pack in shown}
    return {pack: steps for pack, steps in found.items() if steps}


def _text(
    comparison: Comparison,
    ladders: dict[str, Sequence[Rung]],
    code: int,
    to: options.Output,
    args: argparse.Namespace,
) -> str:
    if to.format == "json":
        from compliancecheck.reports.compare_json import comparison_json
        from compliancecheck.reports.lines import json_text

        data = comparison_json(comparison, code, proofs=args.proofs, ladders=ladders)
        return json_text(data) + "\n"
    from compliancecheck.reports.compare import comparison_text

    sheet = sheet_for(to, args)
    return comparison_text(comparison, sheet, proofs=args.proofs, ladders=ladders)
