"""Profiles from the command line: files, directories searched for profiles, standard input."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliancecheck.cli import options, output
from compliancecheck.cli.errors import Stop
from compliancecheck.model.texts import Texts

if TYPE_CHECKING:  # the reader imports yaml, which `--help` need not wait for
    from compliancecheck.logic.calendar import Calendar
    from compliancecheck.model.calendar import Overlay
    from compliancecheck.model.findings import Evaluation
    from compliancecheck.model.instruments import Rules
    from compliancecheck.model.profile import Profile
    from compliancecheck.reading.problems import Problem

STDIN = "-"
SHIPPED = "shipped"
_STDIN_NAME = "<stdin>"
_ENDINGS = (".yaml", ".yml")
_KEY = re.compile(rb"^(?:\xef\xbb\xbf)?(?:\{\s*)?[\"']?([A-Za-z_][A-Za-z0-9_]*)[^:#\n]*:", re.M)
_FRAME = frozenset({"dated", "evidence", "readings", "waivers"})
_LOOKED_AT = 64 * 1024  # bytes of a file in which its top-level keys are looked for


def load_rules(directories: list[str] | None) -> Rules:
    """The shipped rules, or those of some directories; problems are printed and end the command.

    ``shipped`` among the directories names the shipped rules.
    """
    from pathlib import Path

    from compliancecheck.reading.packs import load_rules as load
    from compliancecheck.reading.packs import shipped_rules
    from compliancecheck.reading.problems import ProblemsError

    try:
        if not directories:
            return load()
        return load([shipped_rules() if name == SHIPPED else Path(name) for name in directories])
    except ProblemsError as error:
        show_problems(error.problems)
        say_end(len(error.problems), Texts("the rules were not loaded", "规则未加载"))
        raise Stop from None


@dataclass(frozen=True, slots=True)
class Loaded:
    """One profile file as read: the profile, or the problems for which there is none."""

    path: str
    profile: Profile | None
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Found:
    """The profile files of a command line, and how many other YAML files were skipped."""

    paths: list[str]
    skipped: int = 0


def find(paths: Iterable[str], rules: Rules, *, skip_others: bool = False) -> Found:
    """Files as named, directories searched for files that carry a profile's keys.

    With *skip_others*, named files without such keys are skipped too.
    """
    known = sections(rules)
    found = Found([])
    for path in paths:
        inside = path != STDIN and os.path.isdir(path)
        for file in _files(path) if inside else [path]:
            sift = inside or (skip_others and file != STDIN)
            if sift and not _carries_keys(file, known):
                found.skipped += 1
            elif file not in found.paths:
                found.paths.append(file)
    return found


def sections(rules: Rules) -> frozenset[str]:
    """The top-level keys under which a profile answers facts: ``battery``, ``data_export``."""
    return frozenset(f.name.split(".", 1)[0] for f in rules.facts.values() if f.list is None)


def _files(directory: str) -> Iterator[str]:
    for folder, folders, files in os.walk(directory):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(_ENDINGS) and not name.startswith("."):
                yield os.path.join(folder, name)


def _carries_keys(path: str, known: frozenset[str]) -> bool:
    """Whether a file has a top-level key of the vocabulary; one that cannot be read does."""
    try:
        with open(path, "rb") as file:
            start = file.read(_LOOKED_AT)
    except OSError:
        return True  # reading it says what is wrong
    keys = {hit[1].decode() for hit in _KEY.finditer(start)}
    return bool(keys & known or (keys and keys <= _FRAME)) and "language" not in keys


def load(path: str, rules: Rules) -> Loaded:
    """One profile; ``-`` is standard input."""
    from compliancecheck.reading import profiles
    from compliancecheck.reading.files import decode, read_stream
    from compliancecheck.reading.problems import Problem, ProblemsError

    try:
        if path != STDIN:
            profile, problems = profiles.load_profile_file(path, rules)
            return Loaded(path, profile, tuple(problems))
        text = decode(read_stream(sys.stdin.buffer, _STDIN_NAME), _STDIN_NAME)
        if isinstance(text, Problem):
            return Loaded(_STDIN_NAME, None, (text,))
        profile, problems = profiles.load_profile_text(text, _STDIN_NAME, rules)
        return Loaded(_STDIN_NAME, profile, tuple(problems))
    except ProblemsError as error:
        return Loaded(path, None, error.problems)


def show_problems(problems: Iterable[Problem]) -> None:
    """Problems to standard error, each with the line of its file."""
    from compliancecheck.reading.problems import render

    texts: dict[str, str | None] = {}
    for problem in problems:
        if problem.file not in texts:
            texts[problem.file] = _text(problem.file)
        output.speak(render(problem, texts[problem.file], output.spoken()))


def _text(path: str) -> str | None:
    from compliancecheck.reading.files import read_file
    from compliancecheck.reading.problems import ProblemsError

    if not os.path.isfile(path):
        return None
    try:
        return read_file(path).decode("utf-8", "replace")
    except ProblemsError:
        return None


def one(path: str, rules: Rules) -> Profile:
    """The profile of a command that takes one; its problems are printed and end the command."""
    loaded = load(path, rules)
    show_problems(loaded.problems)
    errors = [p for p in loaded.problems if p.is_error]
    if errors or loaded.profile is None:
        say_not_evaluated(len(errors))
        raise Stop
    return loaded.profile


def evaluated(
    path: str,
    rules: Rules,
    as_of: int,
    lang: str,
    *,
    law: int | None = None,
    drafts: bool = False,
    asked: Callable[[str], bool] | None = None,
    calendar: list[str] | None = None,
) -> Evaluation:
    """The evaluation of one profile; problems, also contradictions, end the command."""
    from compliancecheck.logic.evaluate import evaluate
    from compliancecheck.reports.conflicts import conflict_problems

    evaluation = evaluate(
        one(path, rules),
        rules,
        as_of=as_of,
        law=law,
        drafts=drafts,
        asked=asked,
        calendar=load_calendar(calendar or []),
    )
    problems = conflict_problems(evaluation)
    if problems:
        show_problems(problems)
        say_not_evaluated(len(problems))
        raise Stop
    return evaluation


def evaluated_for(args: argparse.Namespace, patterns: list[str]) -> Evaluation:
    """The evaluation of ``args.profile`` for rules named by patterns, each of which must match."""
    rules = load_rules(args.rules)
    for pattern in patterns:
        if not any(options.matches(rule, [pattern]) for rule in rules.rules):
            raise options.no_such_rule(pattern, pattern, rules.rules)
    if patterns:
        options.refuse_unseen_drafts(args, rules, lambda rule: options.matches(rule, patterns))
    return evaluated(
        args.profile,
        rules,
        options.as_of(args).toordinal(),
        options.language(args),
        law=options.law(args),
        drafts=args.drafts,
        asked=lambda rule: options.matches(rule, patterns),
        calendar=args.calendar,
    )


def load_calendar(paths: list[str]) -> Calendar:
    """The calendar with some users' files before it; their problems end the command."""
    from compliancecheck.logic.calendar import Calendar, default_calendar

    return Calendar([_overlay(path) for path in paths]) if paths else default_calendar()


def _overlay(path: str) -> Overlay:
    from compliancecheck.reading.calendars import load_calendar_file

    overlay, problems = load_calendar_file(path)
    show_problems(problems)
    if overlay is None:
        count = sum(problem.is_error for problem in problems)
        say_end(count, Texts("the calendar was not used", "日历未采用"))
        raise Stop
    return overlay


def say_not_evaluated(count: int) -> None:
    """The line after the problems of one profile."""
    say_end(count, Texts("this profile was not evaluated", "该档案未评估"))


def say_end(count: int, what: Texts) -> None:
    """The line after some problems: how many there are, and what was not done for them."""
    counted = f"{count} problem{'' if count == 1 else 's'}"
    output.complain(Texts(f"{counted}, {what.en}; exit 2", f"{count}个问题，{what.zh}；退出码 2"))
