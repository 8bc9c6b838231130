"""`rules`: list the instruments, show one, lint the packs, run the examples of the rules."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from compliancecheck.cli import inputs, options, output
from compliancecheck.cli.errors import FINDINGS, OK, UsageError
from compliancecheck.cli.screen import screen
from compliancecheck.model.texts import Texts

if TYPE_CHECKING:
    from compliancecheck.authoring.examples import ExampleResult
    from compliancecheck.model.instruments import Rules
    from compliancecheck.reading.problems import Problem

ACTIONS = ("list", "show", "page", "lint", "test")
_THERE_ARE = Texts(
    "there are list, show, page, lint and test",
    "可用的有 `list`、`show`、`page`、`lint` 和 `test`",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `rules`."""
    parser.add_argument("action", metavar="ACTION", nargs="?", default="list",
                        help="list (default), show ID, page (markdown), lint or test")  # fmt: skip
    parser.add_argument("names", metavar="ID", nargs="*",
                        help="for show: rules or instruments, by id or short id")  # fmt: skip
    options.add_common(parser)
    options.add_selection(parser)
    options.add_format(parser)


def execute(args: argparse.Namespace) -> int:
    """List (0), or lint and test: 1 where something is wrong."""
    if args.action not in ACTIONS:
        raise _no_such_action(args.action)
    if args.names and args.action != "show":
        raise UsageError(
            Texts(
                f"`rules {args.action}` takes no name: `{args.names[0]}`",
                f"`rules {args.action}` 后面不写名称：`{args.names[0]}`",
            ),
            Texts(
                "write --select PATTERN, or `rules show ID`",
                "请写 `--select 模式`，或 `rules show 编号`",
            ),
        )
    day = options.as_of(args).toordinal()
    wanted = options.outputs(args)
    rules = inputs.load_rules(args.rules)
    if args.action == "list":
        return _list(rules, day, args, wanted)
    if args.action == "show":
        from compliancecheck.cli.rules_show import show

        _write(show(rules, args.names, day, args), wanted)
        return OK
    if args.action == "page":
        return _law_page(rules, day, wanted)
    if args.action == "lint":
        return _lint(rules, wanted)
    return _test(rules, args, wanted)


def _no_such_action(action: str) -> UsageError:
    from difflib import get_close_matches

    if action in ("coverage", "prove", "fmt"):
        return UsageError(options.not_built(f"rules {action}"), _THERE_ARE)
    near = get_close_matches(action, ACTIONS, 1, 0.5)
    says = Texts(f"no `rules {action}`", f"没有 `rules {action}`")
    return UsageError(says, options.hint(near, _THERE_ARE))


def _write(texts: dict[str, str], wanted: tuple[options.Output, ...]) -> None:
    for to in wanted:
        if to.file is None:
            output.say(texts[to.format])
        else:
            output.write_whole(to.file, [texts[to.format]])


# -- list -----------------------------------------------------------------------------------------


def _list(
    rules: Rules, day: int, args: argparse.Namespace, wanted: tuple[options.Output, ...]
) -> int:
    from compliancecheck.reports.lines import harmless, json_text
    from compliancecheck.reports.rule_list import rule_list_json, rule_list_text
    from compliancecheck.reports.sheet import Sheet

    shown = screen(options.color(args))
    sheet = Sheet(shown.width, options.language(args), shown.ascii, shown.color)
    chosen = options.wanted(args, rules.rules)
    texts = {
        "text": harmless(rule_list_text(rules, day, sheet, chosen)),
        "json": json_text(rule_list_json(rules, day, chosen)) + "\n",
    }
    _write(texts, wanted)
    return OK


# -- page -----------------------------------------------------------------------------------------


def _law_page(rules: Rules, day: int, wanted: tuple[options.Output, ...]) -> int:
    """All that is encoded as one page of markdown, for a lawyer to check."""
    from compliancecheck.reports.law_page import law_page

    for to in wanted:
        if to.format != "text":
            raise UsageError(
                Texts("`rules page` writes markdown", "`rules page` 只写 `markdown`"),
                Texts("write `rules list --format json`", "请写 `rules list --format json`"),
            )
    _write({"text": law_page(rules, day)}, wanted)
    return OK


# -- lint -----------------------------------------------------------------------------------------


def _lint(rules: Rules, wanted: tuple[options.Output, ...]) -> int:
    """Problems to standard error, each with its line; json has them too."""
    from compliancecheck.authoring.lint import lint
    from compliancecheck.reports.json_report import problem_json
    from compliancecheck.reports.lines import json_text

    problems: list[Problem] = list(lint(rules))
    inputs.show_problems(problems)
    errors = sum(1 for problem in problems if problem.is_error)
    warnings = len(problems) - errors
    counted = f"{len(rules.instruments)} instruments, {len(rules.rules)} rules: "
    counted += f"{_s(errors, 'error')}, {_s(warnings, 'warning')}\n"
    _write({"text": counted, "json": json_text([problem_json(p) for p in problems]) + "\n"}, wanted)
    return FINDINGS if errors else OK


# -- test -----------------------------------------------------------------------------------------


def _test(rules: Rules, args: argparse.Namespace, wanted: tuple[options.Output, ...]) -> int:
    """Run the examples: each that differs is a line with its place and what differs."""
    from compliancecheck.authoring.examples import run_examples
    from compliancecheck.reports.lines import harmless, json_text

    chosen = options.wanted(args, rules.rules)
    results = (
        run_examples(rules)
        if chosen is None
        else [r for rule in rules.rules if chosen(rule) for r in run_examples(rules, rule)]
    )
    if not results:
        raise UsageError(
            Texts("no example was run", "没有运行任何示例"),
            Texts("rules have their examples under `examples:`", "规则的示例写在 `examples:` 下面"),
        )
    failed = [r for r in results if not r.passed]
    lines = [line for result in failed for line in _failure(result)]
    lines.append(
        f"{_s(len(results), 'example')} of {_s(len({r.rule for r in results}), 'rule')}: "
        f"{len(results) - len(failed)} as expected, {len(failed)} not"
    )
    _write(
        {
            "text": harmless("\n".join(lines) + "\n"),
            "json": json_text([_result_json(r) for r in results]) + "\n",
        },
        wanted,
    )
    return FINDINGS if failed else OK


def _failure(result: ExampleResult) -> list[str]:
    from compliancecheck.model.safe import safe_text
    from compliancecheck.reports.wording import place_text

    where = f"{place_text(result.place)}: " if result.place else ""
    head = f"{where}{safe_text(result.rule)}: {safe_text(result.example)}"
    return [head, *(f"    {safe_text(difference)}" for difference in result.differences)]


def _result_json(result: ExampleResult) -> dict[str, Any]:
    found: dict[str, Any] = {
        "rule": result.rule,
        "example": result.example,
        "passed": result.passed,
        "differences": list(result.differences),
    }
    if result.place is not None:
        found |= {
            "file": result.place.path,
            "line": result.place.line,
            "column": result.place.column,
        }
    return found


def _s(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"
