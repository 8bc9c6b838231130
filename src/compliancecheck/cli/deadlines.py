"""`deadlines`: the acts of one profile with their days, as a list, as json, or as a calendar."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from compliancecheck.cli import inputs, options, output
from compliancecheck.cli.sheets import sheet_for

if TYPE_CHECKING:
    from compliancecheck.model.findings import Evaluation

FORMATS = (*options.FORMATS, "ics")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `deadlines`."""
    parser.add_argument("profile", metavar="PROFILE", help="profile file, or -")
    options.add_common(parser)
    options.add_law(parser)
    options.add_calendar(parser)
    options.add_format(parser, ", or ics (a calendar)")


def execute(args: argparse.Namespace) -> int:
    """Print the acts; 0, or 2 where the profile has problems."""
    wanted = options.outputs(args, FORMATS)
    evaluation = inputs.evaluated(
        args.profile,
        inputs.load_rules(args.rules),
        options.as_of(args).toordinal(),
        options.language(args),
        law=options.law(args),
        drafts=args.drafts,
        calendar=args.calendar,
    )
    for to in wanted:
        text = _report(evaluation, to, args)
        if to.file is None:
            output.say(text)
        else:
            output.write_whole(to.file, [text])
    return 0


def _report(evaluation: Evaluation, to: options.Output, args: argparse.Namespace) -> str:
    lang = options.language(args)
    if to.format == "json":
        from compliancecheck.reports.dates_json import deadlines_json
        from compliancecheck.reports.lines import json_text

        return json_text(deadlines_json(evaluation)) + "\n"
    if to.format == "ics":
        from compliancecheck.reports.ics import calendar_text

        return calendar_text(evaluation, lang)
    from compliancecheck.reports.deadlines import deadlines_text

    sheet = sheet_for(to, args)
    return deadlines_text(evaluation, sheet)
