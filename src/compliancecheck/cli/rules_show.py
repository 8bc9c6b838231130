"""`rules show`: one rule or one instrument, with its lines of the file and its examples as run."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from compliancecheck.cli import options
from compliancecheck.cli.errors import UsageError
from compliancecheck.cli.screen import screen
from compliancecheck.model.texts import Texts

if TYPE_CHECKING:
    from compliancecheck.model.instruments import Instrument, Rule, Rules
    from compliancecheck.reports.rule_page import ExampleRun

_SEE = options.SEE_RULES


def show(rules: Rules, names: list[str], day: int, args: argparse.Namespace) -> dict[str, str]:
    """The pages of the rules and instruments named, as text and as json.

    Raises :class:`UsageError` for a name that is none, or that several rules have.
    """
    from compliancecheck.reports.lines import json_text
    from compliancecheck.reports.sheet import Sheet

    if not names:
        says = Texts(
            "`rules show` needs the id of a rule or an instrument",
            "`rules show` 后面要写规则或文件的编号",
        )
        raise UsageError(says, _SEE)
    shown = screen(options.color(args))
    sheet = Sheet(shown.width, options.language(args), shown.ascii, shown.color)
    texts: list[str] = []
    data: list[Any] = []
    for found in [named(rules, name) for name in names]:
        text, page = _page(rules, found, day, sheet, args)
        texts.append(text)
        data.append(page)
    return {
        "text": "\n".join(texts),
        "json": json_text(data[0] if len(data) == 1 else data) + "\n",
    }


def named(rules: Rules, name: str) -> Rule | Instrument:
    """The rule or instrument of that id; a rule also by its short id, if it is the only one."""
    if name in rules.rules:
        return rules.rules[name]
    if name in rules.instruments:
        return rules.instruments[name]
    same = [rule for rule in rules.rules.values() if rule.slug == name]
    if len(same) == 1:
        return same[0]
    if same:
        ids = [f"`{rule.id}`" for rule in same]
        raise UsageError(
            Texts(f"{len(same)} rules are called `{name}`", f"有{len(same)}条规则叫 `{name}`"),
            Texts(f"write {' or '.join(ids)}", f"请写 {' 或 '.join(ids)}"),
        )
    from compliancecheck.reading.problems import nearest

    known = [*rules.rules, *rules.instruments, *(rule.slug for rule in rules.rules.values())]
    near = nearest(name, known)
    says = Texts(f"no rule and no instrument `{name}`", f"没有规则或文件 `{name}`")
    raise UsageError(says, options.hint([near] if near else [], _SEE))


def _page(
    rules: Rules, found: Rule | Instrument, day: int, sheet: Any, args: argparse.Namespace
) -> tuple[str, Any]:
    from compliancecheck.model.instruments import Rule
    from compliancecheck.reading.entries import entry_yaml
    from compliancecheck.reports import rule_page, rule_page_text

    if isinstance(found, Rule):
        yaml = entry_yaml(found.place, shipped=not args.rules)
        beside = rule_page.Beside(yaml, _examples(rules, found))
        return (
            rule_page_text.rule_text(rules, found, day, sheet, beside),
            rule_page.rule_page_json(rules, found, day, beside),
        )
    own = [rule for rule in rules.rules.values() if rule.instrument == found.id]
    runs = {rule.id: _examples(rules, rule) for rule in own}
    return (
        rule_page_text.instrument_text(rules, found, day, sheet, runs),
        rule_page.instrument_page_json(rules, found, day, runs),
    )


def _examples(rules: Rules, rule: Rule) -> tuple[ExampleRun, ...]:
    from compliancecheck.authoring.examples import run_examples
    from compliancecheck.reports.rule_page import ExampleRun

    results = run_examples(rules, rule.id)
    return tuple(
        ExampleRun(example, result.differences)
        for example, result in zip(rule.examples, results, strict=True)
    )
