"""`init`: a short starter profile, and the schema that an editor checks it with."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from compliancecheck.cli import inputs, options, output
from compliancecheck.cli.errors import Stop
from compliancecheck.model.texts import Texts

if TYPE_CHECKING:
    from compliancecheck.model.instruments import Rules

COMMENT_WIDTH = 74
SCHEMA_FILE = os.path.join(".compliancecheck", "profile.schema.json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `init`."""
    parser.add_argument("profile", metavar="PROFILE", help="the file to write; it may not exist")
    options.add_common(parser, as_of=False)


def execute(args: argparse.Namespace) -> int:
    """Write the profile and, beside it, the schema; an existing profile is never touched."""
    rules = inputs.load_rules(args.rules)
    text = starter(rules, options.today().isoformat(), options.language(args))
    try:
        with open(args.profile, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        output.complain_of(
            Texts(
                f"{args.profile} is there already and was not changed",
                f"{args.profile} 已经存在，未作改动",
            ),
            Texts("choose another name", "请换一个文件名"),
        )
        raise Stop from None
    except (OSError, ValueError) as error:
        from compliancecheck.reading.system_words import system_words

        why = system_words(error)
        output.complain_of(
            Texts(
                f"{args.profile} cannot be written: {why.en}", f"无法写入 {args.profile}：{why.zh}"
            )
        )
        raise Stop from None
    schema = _write_schema(args.profile, rules)
    _say_done(args, schema)
    return 0


def starter(rules: Rules, day: str, lang: str) -> str:
    """The text of a starter profile: the day, the name, and the first question of each pack.

    What is asked stands as comments: an answer is one only when somebody gave it.
    """
    from compliancecheck.reports.layout import wrap

    zh = lang == "zh"
    lines = [
        "# yaml-language-server: $schema=" + SCHEMA_FILE.replace(os.sep, "/"),
        "#",
        *(
            [
                "# 未填写的视为未知，绝不视为“否”或0。仅部分知道的，可写范围，如",
                "# `at least 100000`、`100000..999999`；不知道的写 `unknown`。",
            ]
            if zh
            else [
                "# What is left out counts as not known, never as no or 0. Where you know only a",
                "# range, write `at least 100000` or `100000..999999`; else write `unknown`.",
            ]
        ),
        f"dated: {day}",
    ]
    asked: dict[str, list[tuple[str, str]]] = {}
    for name in ("common.company_name", *(p.gate for p in rules.packs.values() if p.gate)):
        fact = rules.facts.get(name)
        if fact is None:
            continue
        section, _, key = name.partition(".")
        words = (fact.question or fact.label).get(lang)
        asked.setdefault(section, []).append((key, words))
    for section, facts in asked.items():
        lines += ["", f"#{section}:"]
        for key, words in facts:
            lines += [f"#  # {line}" for line in wrap(words, COMMENT_WIDTH)]
            lines.append(f"#  {key}:")
    return "\n".join(lines) + "\n"


def _write_schema(profile: str, rules: Rules) -> str | None:
    """The profile's schema beside it; None where it cannot be written (the profile stands)."""
    from compliancecheck.cli.schema import profile_schema
    from compliancecheck.reports.lines import json_text

    path = os.path.join(os.path.dirname(profile), SCHEMA_FILE)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    except OSError:
        return None
    output.write_whole(path, [json_text(profile_schema(rules)) + "\n"])
    return path


def _say_done(args: argparse.Namespace, schema: str | None) -> None:
    from compliancecheck.model.safe import safe_text

    name = safe_text(args.profile)
    with_schema = f", {safe_text(schema)}" if schema else ""
    if options.language(args) == "zh":
        output.say(f"已写入 {name}{with_schema}\n下一步：compliancecheck {name}\n")
    else:
        output.say(f"wrote {name}{with_schema}\nnext: compliancecheck {name}\n")
