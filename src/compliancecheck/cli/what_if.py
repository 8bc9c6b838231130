"""`what-if`: the nearest changes that turn a finding, fewest answers first; nothing is written."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from compliancecheck.cli import inputs, options, output
from compliancecheck.cli.errors import UsageError
from compliancecheck.cli.sheets import sheet_for
from compliancecheck.model.texts import Texts

if TYPE_CHECKING:
    from compliancecheck.model.findings import Evaluation, Finding
    from compliancecheck.model.what_if import WhatIf

    Found = list[tuple[WhatIf, Sequence[str]]]

_WISHES = ("met", "fail", "na", "applies")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `what-if`."""
    parser.add_argument("profile", metavar="PROFILE", help="profile file, or -")
    parser.add_argument("rule", metavar="RULE", help="id, or short id")
    parser.add_argument("--item", metavar="NAME", help="only the finding of this item of its list")
    parser.add_argument(
        "--want",
        metavar="OUTCOME",
        help="met, fail, na or applies (default: what is better than it is; of what is met, "
        "what would make it fail)",
    )
    options.add_common(parser)
    options.add_law(parser)
    options.add_calendar(parser)
    options.add_format(parser)


def execute(args: argparse.Namespace) -> int:
    """Print the nearest changes; 0, or 2 where the profile or the rule is wrong."""
    wanted = options.outputs(args)
    _refuse_other_wishes(args.want)
    evaluation = inputs.evaluated_for(args, [args.rule])
    found = _found(evaluation, _findings(evaluation, args), args.want)
    for to in wanted:
        text = _text(evaluation, found, to, args)
        if to.file is None:
            output.say(text)
        else:
            output.write_whole(to.file, [text])
    return 0


def _refuse_other_wishes(wish: str | None) -> None:
    from difflib import get_close_matches

    if wish is None or wish in _WISHES:
        return
    near = get_close_matches(wish, _WISHES, 1, 0.4)
    known = Texts(f"known are: {', '.join(_WISHES)}", f"可用的有：{options.ticked(_WISHES)}")
    raise UsageError(
        Texts(f"`{wish}` is no outcome that can be wished", f"`{wish}` 不是可以期望的结果"),
        options.hint(near, known),
    )


def _findings(evaluation: Evaluation, args: argparse.Namespace) -> list[Finding]:
    """The findings of the rule, of the one item that was named."""
    from difflib import get_close_matches

    from compliancecheck.reports.summary import in_order

    found = [f for f in in_order(evaluation) if options.matches(f.rule, [args.rule])]
    if not found:
        raise options.no_finding()
    if args.item is None:
        return found
    own = [f for f in found if f.item == args.item]
    if not own:
        keys = [f.item for f in found if f.item is not None]
        near = get_close_matches(args.item, keys, 1, 0.4)
        known = Texts("the rule has no items here", "这条规则在此没有项")
        if keys:
            known = Texts(f"its items are: {', '.join(keys)}", f"它的各项：{options.ticked(keys)}")
        says = Texts(f"no item `{args.item}`", f"没有 `{args.item}` 这一项")
        raise UsageError(says, options.hint(near, known))
    return own


def _found(evaluation: Evaluation, findings: Sequence[Finding], want: str | None) -> Found:
    from compliancecheck.logic.what_if import default_wish, what_if

    found: Found = []
    for finding in findings:
        rule = evaluation.rules.rules[finding.rule]
        wish = default_wish(rule, finding) if want is None else (want,)
        found.append((what_if(evaluation, finding, wish), wish))
    return found


def _text(
    evaluation: Evaluation, found: Found, to: options.Output, args: argparse.Namespace
) -> str:
    if to.format == "json":
        from compliancecheck.reports.lines import json_text
        from compliancecheck.reports.what_if_json import what_if_json

        return json_text(what_if_json(evaluation, found, 0)) + "\n"
    from compliancecheck.reports.what_if import what_if_text

    return what_if_text(evaluation, found, sheet_for(to, args))
