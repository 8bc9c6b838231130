"""`ui`: opens the app, or talks in plain text where there is no terminal for it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from compliancecheck.cli import inputs, options, output, settings
from compliancecheck.cli.errors import WRONG_INPUT, UsageError
from compliancecheck.model.texts import Texts

if TYPE_CHECKING:
    from compliancecheck.model.instruments import Rules
    from compliancecheck.tui.preferences import Preferences


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `ui`."""
    parser.add_argument(
        "profile", metavar="PROFILE", nargs="?", help="profile file, may be new; or a directory"
    )
    parser.add_argument(
        "--plain",
        action="store_true",
        help="one question at a time as text (also where TERM=dumb, TUI_PLAIN=1, or in a pipe)",
    )
    options.add_common(parser)
    options.add_law(parser)


def execute(args: argparse.Namespace) -> int:
    """Open the app on a profile, or on its three choices; the app's exit code."""
    day = None if args.as_of is None else options.day(args.as_of).toordinal()
    folder = args.profile is not None and os.path.isdir(args.profile)
    if _wants_plain(args):
        if folder:
            raise UsageError(
                Texts(
                    f"`{args.profile}` is a directory; plain mode asks about one profile",
                    f"`{args.profile}` 是文件夹；纯文本模式一次只问一个档案",
                ),
                Texts(
                    "`compliancecheck check DIR` evaluates all profiles in it",
                    "`compliancecheck check 文件夹` 评估其中所有档案",
                ),
            )
        return _talk(args)
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
        preferences=_preferences(args),
        find=_finder(args.profile, rules) if folder else None,
    )
    return int(code or 0)


def _finder(folder: str, rules: Rules) -> Callable[[], tuple[Sequence[str], int]]:
    """What looks for profiles in a folder, as `check` does."""

    def find() -> tuple[Sequence[str], int]:
        found = inputs.find([folder], rules)
        return found.paths, found.skipped

    return find


def _wants_plain(args: argparse.Namespace) -> bool:
    """Whether to talk in lines: asked for, or there is no terminal on which an app can draw."""
    wanted = args.plain or os.environ.get("TUI_PLAIN", "0") not in ("", "0")
    wanted = wanted or bool(args.settings.value("ui.plain", False))
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return wanted or not terminal or os.environ.get("TERM") == "dumb"


def _talk(args: argparse.Namespace) -> int:
    """Plain mode; a profile with problems is told with its lines, and ends with 2."""
    if args.profile is None:
        raise UsageError(
            Texts(
                "the app needs a terminal, and plain mode the name of a profile",
                "界面需要终端，纯文本模式需要档案的文件名",
            ),
            Texts(
                "write `compliancecheck ui PROFILE --plain`; PROFILE may be a new file",
                "请写 `compliancecheck ui 档案 --plain`；档案可以是新文件",
            ),
        )
    rules = inputs.load_rules(args.rules)
    from compliancecheck.tui.plain.talk import Talk, open_voice
    from compliancecheck.tui.session import Session

    session = Session.open(
        args.profile,
        rules,
        options.as_of(args).toordinal(),
        options.language(args),
        law=options.law(args),
        drafts=args.drafts,
    )
    if session.broken or session.evaluation is None:
        inputs.show_problems(session.problems)
        inputs.say_not_evaluated(sum(problem.is_error for problem in session.problems))
        return WRONG_INPUT
    try:
        Talk(session, open_voice(options.color(args) == "always"), sys.stdin).run()
    except BrokenPipeError:
        raise
    except OSError as error:  # the session keeps those of the profile's file
        output.not_printed(error)
    return 0


def _preferences(args: argparse.Namespace) -> Preferences:
    """How the user likes the app; what is wrong with their settings ends the command."""
    from compliancecheck.reading.settings import SETTINGS
    from compliancecheck.tui.preferences import preferences

    given = {name: args.settings.given(name) for name in SETTINGS}
    found, problems = preferences(given, args.settings.user_path)
    settings.refuse(problems)
    return replace(found, origins=tuple(settings.origins(args.settings, args)))
