"""The entry: finds the named command, loads only what it needs, turns errors into exit codes."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

from compliancecheck import __version__
from compliancecheck.cli.errors import OUR_FAULT, WRONG_INPUT, Stop, UsageError
from compliancecheck.model.texts import Texts

COMMANDS = {
    "init": "a short starter profile",
    "ui": "the app: interview, findings and why (also: compliancecheck PROFILE)",
    "check": "evaluate profiles (files, directories, - for standard input)",
    "explain": "which rules fired and why, as trees with the strip",
    "questions": "the questions that still matter, with the rules behind each",
    "deadlines": "acts and days: what is overdue, due, expected; also as a calendar (ics)",
    "days": "the period calculator: due, safe_due, and the days counted",
    "compare": "two days of law over one profile, two profiles, or a draft and the law",
    "what-if": "the nearest changes of answers that turn a finding; nothing is written",
    "rules": "list, show, lint or test the rules",
    "schema": "JSON Schema of profiles, packs and findings",
}
_LATER = frozenset({"verify", "portfolio", "sql", "report"})
_USAGE = """\
usage: compliancecheck [PROFILE]              opens the app
       compliancecheck COMMAND [OPTIONS] …    (COMMAND --help shows its options)

Which Chinese compliance rules apply to a company, why, by which article, and how
far the next bound is. Not legal advice.

commands:
{commands}

exit codes: 0 nothing at the threshold, 1 findings, 2 wrong input or command,
            70 our fault
"""


def run() -> int:
    """What the console script calls: the command of ``sys.argv``; returns the exit code."""
    # Findings are many small objects without cycles: looking for cycles after every 700 new ones
    # takes a third of the time of a long run, and finds nothing.
    gc.set_threshold(100_000, 20, 50)
    return main(sys.argv[1:])


def main(argv: list[str]) -> int:
    """Carry out one command line and return its exit code; never raises for wrong input."""
    from compliancecheck.cli import output

    output.prepare()
    output.speak_in(_asked_lang(argv))
    try:
        code = _dispatch(argv)
        output.flush()
    except UsageError as error:
        code = _say_usage_error(error)
    except Stop as stop:
        code = stop.code
    except BrokenPipeError:  # written past output.say, as by --help
        output.reader_has_gone()
        code = 0
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        code = _too_large(error) or _our_fault(error)
    return code


def _asked_lang(argv: list[str]) -> str:
    """The language that a command line asks for, read before it is known to be right."""
    from compliancecheck.cli.options import environment_language

    for n, word in enumerate(argv):
        name, _, value = word.partition("=")
        if name == "--lang":
            value = value or next(iter(argv[n + 1 :]), "")
            if value in ("en", "zh"):
                return value
    return environment_language()


def _too_large(error: Exception) -> int:
    """Exit code 2 if rules are too large to be judged (a lint error of theirs), else 0."""
    logic = sys.modules.get("compliancecheck.logic.diagram")
    if logic is None or not isinstance(error, logic.TooManyNodes):
        return 0
    from compliancecheck.cli import output

    output.complain(
        Texts(
            "error: a rule depends on too many things at once to be judged",
            "错误：一条规则同时取决于太多事项，无法判断",
        ),
        Texts(
            "split the rule, or the conditions that it holds; see docs/writing-rules.md",
            "请拆分这条规则或它的条件；见 `docs/writing-rules.md`",
        ),
    )
    return WRONG_INPUT


def _dispatch(argv: list[str]) -> int:
    if argv and argv[0] in ("-h", "--help", "help"):
        return _help(argv[1:])
    if argv and argv[0] in ("-V", "--version"):
        sys.stdout.write(f"compliancecheck {__version__}\n")
        return 0
    name, rest = _named(argv)
    command = import_module(f"compliancecheck.cli.{name.replace('-', '_')}")
    from compliancecheck.cli import options, output, settings

    parser = options.Parser(prog=f"compliancecheck {name}", description=COMMANDS[name])
    command.add_arguments(parser)
    if settings.SHOW in rest:
        return settings.show(parser, rest)
    args = parser.parse_args(rest)
    settings.apply(args)
    output.speak_in(options.language(args))
    code: int = command.execute(args)
    return code


def _help(rest: list[str]) -> int:
    if rest and rest[0] in COMMANDS:
        return _dispatch([rest[0], "--help"])
    commands = "\n".join(f"  {name:<10} {what}" for name, what in COMMANDS.items())
    from compliancecheck.cli import output

    output.say(_USAGE.format(commands=commands))
    return 0


def _named(argv: list[str]) -> tuple[str, list[str]]:
    """The command and its arguments; a path alone, options alone or nothing is the app."""
    if not argv or argv[0] in COMMANDS:
        return (argv[0], argv[1:]) if argv else ("ui", [])
    if argv[0].startswith("-") and argv[0] != "-":
        return "ui", argv
    if _looks_like_a_path(argv[0]):
        return "ui", argv
    raise _unknown_command(argv[0])


def _looks_like_a_path(text: str) -> bool:
    import os

    return os.path.exists(text) or os.sep in text or text.endswith((".yaml", ".yml"))


def _unknown_command(name: str) -> UsageError:
    from difflib import get_close_matches

    from compliancecheck.cli import options

    if name in _LATER:
        return UsageError(options.not_built(name), options.see("compliancecheck"))
    near = get_close_matches(name, COMMANDS, 1, 0.5)
    says = Texts(f"no command and no file `{name}`", f"没有命令或文件 `{name}`")
    return UsageError(says, options.hint(near, options.see("compliancecheck")))


def _say_usage_error(error: UsageError) -> int:
    from compliancecheck.cli import output

    output.complain_of(error.says, error.advice)
    return WRONG_INPUT


def _our_fault(error: Exception) -> int:
    """One line for the user; the traceback on request, for a report."""
    import os

    from compliancecheck.cli import output

    if os.environ.get("COMPLIANCECHECK_DEBUG"):
        raise error
    output.complain(
        Texts(
            f"error: compliancecheck itself failed ({type(error).__name__}: {error}); "
            "this is a bug",
            f"错误：compliancecheck 自身出错（`{type(error).__name__}: {error}`）；这是程序缺陷",
        ),
        Texts(
            "COMPLIANCECHECK_DEBUG=1 shows where; no file was left half written",
            "`COMPLIANCECHECK_DEBUG=1` 会显示出错位置；没有文件只写了一半",
        ),
    )
    return OUR_FAULT
