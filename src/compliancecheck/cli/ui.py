"""`ui`: opens the app."""

from __future__ import annotations

import argparse
import os
import sys

from compliancecheck.cli import inputs, options
from compliancecheck.cli.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `ui`."""
    parser.add_argument("profile", metavar="PROFILE", nargs="?", help="profile file; may be new")
    options.add_common(parser)
    options.add_law(parser)


def execute(args: argparse.Namespace) -> int:
    """Open the app on a profile, or on its three choices; the app's exit code."""
    day = None if args.as_of is None else options.day(args.as_of).toordinal()
    if args.profile is not None and os.path.isdir(args.profile):
        raise UsageError(
            f"`{args.profile}` is a directory; the app opens one profile",
            "`compliancecheck check DIR` evaluates all profiles in it",
        )
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "the app needs a terminal",
            "without one: `compliancecheck check PROFILE`, or `explain`, or `questions`",
        )
    rules = inputs.load_rules(args.rules)
    from compliancecheck.tui.app import run  # textual takes 300 ms; nothing else needs it

    code = run(
        args.profile,
        rules,
        as_of=day,
        law=options.law(args),
        drafts=args.drafts,
        lang=options.language(args),
        color=options.color(args) != "never" and not os.environ.get("NO_COLOR"),
    )
    return int(code or 0)
