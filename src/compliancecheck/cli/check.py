"""`check`: evaluate profiles, print or write the reports, and say by the exit code what counts."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from compliancecheck.cli import inputs, options, output
from compliancecheck.cli.errors import UsageError
from compliancecheck.cli.screen import screen

if TYPE_CHECKING:
    from compliancecheck.model.findings import Evaluation
    from compliancecheck.model.instruments import Rules
    from compliancecheck.model.profile import Profile
    from compliancecheck.reading.problems import Problem
    from compliancecheck.reports.exits import Tally


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `check`."""
    parser.add_argument("paths", metavar="PATH", nargs="+", help="profile, directory, or -")
    options.add_common(parser)
    options.add_selection(parser)
    options.add_format(parser)
    parser.add_argument(
        "--fail-on",
        choices=("must", "should", "undetermined", "never"),
        default="must",
        help="what makes the exit code 1; each includes the ones before it (must)",
    )
    parser.add_argument(
        "--skip-others",
        action="store_true",
        help="skip files that carry no key of a profile, also those named",
    )


def execute(args: argparse.Namespace) -> int:
    """Evaluate all profiles; the exit code."""
    day = options.as_of(args).toordinal()
    wanted_outputs = options.outputs(args)
    rules = inputs.load_rules(args.rules)
    wanted = options.wanted(args, rules.rules)
    found = inputs.find(args.paths, rules, skip_others=args.skip_others)
    run = _Run(rules, day, args, wanted)
    reports = [_REPORTS[o.format](run, o) for o in wanted_outputs]
    for path in found.paths:
        _check(path, run, reports)
    _say_skipped(found)
    if not found.paths and not args.skip_others:
        raise UsageError(
            "no profile was found",
            "a profile is a *.yaml or *.yml file with a key such as "
            + ", ".join(f"`{section}:`" for section in sorted(inputs.sections(rules))),
        )
    run.tally.nothing_is_fine = args.skip_others
    for report in reports:
        report.end(run.tally.code)
    return run.tally.code


@dataclass(slots=True)
class _Run:
    """What all reports of one command share."""

    rules: Rules
    as_of: int
    args: argparse.Namespace
    wanted: Callable[[str], bool] | None
    problems: list[Problem] = field(default_factory=list)
    tally: Tally = field(init=False)

    def __post_init__(self) -> None:
        from compliancecheck.reports.exits import FailOn, Tally

        self.tally = Tally(FailOn(self.args.fail_on))

    @property
    def lang(self) -> str:
        return options.language(self.args)


def _check(path: str, run: _Run, reports: list[_Report]) -> None:
    from compliancecheck.logic.evaluate import evaluate
    from compliancecheck.reports.conflicts import conflict_problems

    loaded = inputs.load(path, run.rules)
    problems = list(loaded.problems)
    evaluation = None
    if loaded.profile is not None and not any(p.is_error for p in problems):
        evaluation = evaluate(loaded.profile, run.rules, as_of=run.as_of, wanted=run.wanted)
        problems += conflict_problems(evaluation, run.lang)
    run.problems += problems
    inputs.show_problems(problems)
    errors = sum(1 for problem in problems if problem.is_error)
    if errors or evaluation is None:
        run.tally.broken += 1
        inputs.say_not_evaluated(errors)
        for report in reports:
            report.broken(loaded.path, loaded.profile)
        return
    run.tally.add(evaluation)
    for report in reports:
        report.profile(evaluation)


def _say_skipped(found: inputs.Found) -> None:
    if found.skipped:
        files = "1 other file was" if found.skipped == 1 else f"{found.skipped} other files were"
        output.complain(f"note: {files} skipped: no profile's keys in them")


# -- reports --------------------------------------------------------------------------------------


class _Report:
    """One report of a run: it hears of each profile, and of the end."""

    def __init__(self, run: _Run, to: options.Output) -> None:
        self.run, self.to = run, to
        self.parts: list[str] = []

    def profile(self, evaluation: Evaluation) -> None:
        """One profile was evaluated."""
        raise NotImplementedError

    def broken(self, path: str, profile: Profile | None) -> None:
        """One profile has problems; they were said."""

    def end(self, code: int) -> None:
        """Everything was evaluated: write what is still to be written."""
        raise NotImplementedError

    def _put(self, text: str) -> None:
        """Text to standard output at once; what goes to a file waits until all is there."""
        if self.to.file is None:
            output.say(text)
        else:
            self.parts.append(text)


class _Text(_Report):
    def __init__(self, run: _Run, to: options.Output) -> None:
        super().__init__(run, to)
        from compliancecheck.reports.sheet import Sheet

        if to.file is None:
            shown = screen(options.color(run.args))
            self.sheet = Sheet(shown.width, run.lang, shown.ascii, shown.color)
        else:
            self.sheet = Sheet(lang=run.lang)

    def profile(self, evaluation: Evaluation) -> None:
        from compliancecheck.reports.text import profile_text

        if self.run.tally.evaluated > 1:
            self._put("\n")
        self._put(profile_text(evaluation, self.sheet))

    def end(self, code: int) -> None:
        from compliancecheck.reports.text import end_text

        tally = self.run.tally
        if tally.evaluated + tally.broken > 1:
            self._put("\n")
        if tally.evaluated or not tally.broken:  # else standard error has said it all
            self._put(end_text(tally, self.sheet))
        if self.to.file is not None:
            output.write_whole(self.to.file, self.parts)


class _Json(_Report):
    def __init__(self, run: _Run, to: options.Output) -> None:
        super().__init__(run, to)
        self.profiles: list[Any] = []

    def profile(self, evaluation: Evaluation) -> None:
        from compliancecheck.reports.json_report import profile_json

        self.profiles.append(profile_json(evaluation))

    def broken(self, path: str, profile: Profile | None) -> None:
        from compliancecheck.reports.json_report import broken_json

        self.profiles.append(broken_json(path, profile))

    def end(self, code: int) -> None:
        from compliancecheck.reports.json_report import report_json
        from compliancecheck.reports.lines import json_text

        run = self.run
        data = report_json(run.rules, run.as_of, run.as_of, self.profiles, run.problems, code)
        self._put(json_text(data) + "\n")
        if self.to.file is not None:
            output.write_whole(self.to.file, self.parts)


_REPORTS: dict[str, type[_Report]] = {"text": _Text, "json": _Json}
