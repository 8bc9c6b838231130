"""`explain`: which rules fired and why, as trees with the strip, or as json."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from compliancecheck.cli import inputs, options, output
from compliancecheck.cli.sheets import sheet_for

if TYPE_CHECKING:
    from compliancecheck.model.findings import Evaluation, Finding


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `explain`."""
    parser.add_argument("profile", metavar="PROFILE", help="profile file, or -")
    parser.add_argument(
        "patterns", metavar="RULE", nargs="*", help="id, short id, instrument, or a pattern of one"
    )
    options.add_common(parser)
    options.add_law(parser)
    options.add_calendar(parser)
    options.add_format(parser)


def execute(args: argparse.Namespace) -> int:
    """Print the proofs; 0, or 2 where the profile has problems."""
    wanted = options.outputs(args)
    evaluation = inputs.evaluated_for(args, args.patterns)
    findings, left = _chosen(evaluation, args)
    for to in wanted:
        text = _json(evaluation, findings) if to.format == "json" else ""
        if to.format == "text":
            text = _text(evaluation, findings, left, to, args)
        if to.file is None:
            output.say(text)
        else:
            output.write_whole(to.file, [text])
    return 0


def _chosen(evaluation: Evaluation, args: argparse.Namespace) -> tuple[list[Finding], str]:
    """The findings to show, and what is said of the others."""
    from compliancecheck.model.findings import Status
    from compliancecheck.reports.summary import empty_packs, in_order, is_folded

    found = in_order(evaluation)
    if args.patterns:
        named = [f for f in found if options.matches(f.rule, args.patterns)]
        if not named:
            raise options.no_finding()
        return named, ""
    empty = empty_packs(evaluation)
    shown = [
        f
        for f in found
        if f.status is not Status.NOT_APPLICABLE and not is_folded(evaluation, f, empty)
    ]
    none = sum(1 for f in found if f.status is Status.NOT_APPLICABLE)
    folded = len(found) - len(shown) - none
    zh = options.language(args) == "zh"
    left = []
    if folded:
        left.append(
            f"? 待定 {folded}项：所属规则包尚未作答；写出规则编号即可查看原因"
            if zh
            else f"? MAY APPLY  {folded} more, of packs with no answer yet: name a rule to see why"
        )
    if none:
        left.append(
            f"- 不适用 {none}项：写出规则编号即可查看原因"
            if zh
            else f"- N/A  {none} more: name a rule to see why"
        )
    return shown, "\n".join(left)


def _text(
    evaluation: Evaluation,
    findings: list[Finding],
    left: str,
    to: options.Output,
    args: argparse.Namespace,
) -> str:
    from compliancecheck.reports.tree import trees_text

    sheet = sheet_for(to, args)
    return trees_text(evaluation, findings, sheet, routes=not args.patterns, left=left)


def _json(evaluation: Evaluation, findings: list[Finding]) -> str:
    from compliancecheck.reports.json_report import profile_json, report_json
    from compliancecheck.reports.lines import json_text

    profile = profile_json(evaluation, findings)
    data = report_json(
        evaluation.rules,
        evaluation.as_of,
        evaluation.law or evaluation.as_of,
        [profile],
        (),
        0,
        drafts=evaluation.drafts,
    )
    return json_text(data) + "\n"
