"""`questions`: the facts that still matter, with the rules that wait for each."""

from __future__ import annotations

import argparse

from compliancecheck.cli import inputs, options, output
from compliancecheck.cli.sheets import sheet_for


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `questions`."""
    parser.add_argument("profile", metavar="PROFILE", help="profile file, or -")
    options.add_common(parser)
    options.add_law(parser)
    options.add_calendar(parser)
    options.add_format(parser)


def execute(args: argparse.Namespace) -> int:
    """Print the questions; 0, or 2 where the profile has problems."""
    day = options.as_of(args).toordinal()
    wanted = options.outputs(args)
    rules = inputs.load_rules(args.rules)
    lang = options.language(args)
    evaluation = inputs.evaluated(
        args.profile,
        rules,
        day,
        lang,
        law=options.law(args),
        drafts=args.drafts,
        calendar=args.calendar,
    )
    for to in wanted:
        if to.format == "json":
            from compliancecheck.reports.json_report import questions_json
            from compliancecheck.reports.lines import json_text

            text = json_text(questions_json(evaluation)) + "\n"
        else:
            from compliancecheck.reports.asked import questions_text

            sheet = sheet_for(to, args)
            text = questions_text(evaluation, sheet)
        if to.file is None:
            output.say(text)
        else:
            output.write_whole(to.file, [text])
    return 0
