"""`check`: evaluate profiles, print or write the reports, and say by the exit code what counts."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from compliancecheck.cli import github, inputs, options, output
from compliancecheck.cli.errors import UsageError
from compliancecheck.cli.sheets import sheet_for
from compliancecheck.model.texts import Texts

if TYPE_CHECKING:
    from compliancecheck.logic.calendar import Calendar
    from compliancecheck.model.findings import Evaluation
    from compliancecheck.model.instruments import Rules
    from compliancecheck.model.profile import Profile
    from compliancecheck.reading.problems import Problem
    from compliancecheck.reports.exits import Tally


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `check`."""
    parser.add_argument("paths", metavar="PATH", nargs="+", help="profile, directory, or -")
    options.add_common(parser)
    options.add_law(parser)
    options.add_calendar(parser)
    options.add_selection(parser)
    options.add_format(parser, ", or github (annotations; chosen in a job of GitHub Actions)")
    parser.add_argument(
        "--fail-on",
        choices=("must", "should", "undetermined", "never"),
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
    wanted_outputs = _outputs(args)
    rules = inputs.load_rules(args.rules)
    wanted = options.wanted(args, rules.rules)
    options.refuse_unseen_drafts(args, rules, wanted)
    found = inputs.find(args.paths, rules, skip_others=args.skip_others)
    run = _Run(rules, day, args, wanted, inputs.load_calendar(args.calendar))
    reports = [_REPORTS[o.format](run, o) for o in wanted_outputs]
    for path in found.paths:
        _check(path, run, reports)
    _say_skipped(found)
    if not found.paths and not args.skip_others:
        keys = [f"`{section}:`" for section in sorted(inputs.sections(rules))]
        raise UsageError(
            Texts("no profile was found", "没有找到企业档案"),
            Texts(
                "a profile is a *.yaml or *.yml file with a key such as " + ", ".join(keys),
                "企业档案是含有这些键之一的 `*.yaml` 或 `*.yml` 文件：" + "、".join(keys),
            ),
        )
    run.tally.nothing_is_fine = args.skip_others
    for report in reports:
        report.end(run.tally.code)
    return run.tally.code


def _outputs(args: argparse.Namespace) -> list[options.Output]:
    """The reports asked for; in a job of GitHub Actions, annotations beside the text it prints."""
    formats = list(args.formats or ["text"])
    if "github" in formats or ("text" in formats and github.in_job()):
        # The annotations stand on standard output with the text: there they are one report.
        args.formats = ["github", *(f for f in formats if f not in ("text", "github"))]
    found = options.outputs(args, options.CHECK_FORMATS)
    for to in found:
        if to.format == "github" and to.file is not None:
            raise UsageError(
                Texts(
                    "the format `github` goes to standard output, where the job reads it",
                    "格式 `github` 只能写到标准输出，供作业读取",
                ),
                Texts("write --format github", "请写 `--format github`"),
            )
    return list(found)


@dataclass(slots=True)
class _Run:
    """What all reports of one command share."""

    rules: Rules
    as_of: int
    args: argparse.Namespace
    wanted: Callable[[str], bool] | None
    calendar: Calendar
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
        evaluation = evaluate(
            loaded.profile,
            run.rules,
            as_of=run.as_of,
            law=options.law(run.args),
            drafts=run.args.drafts,
            wanted=run.wanted,
            asked=options.asked(run.args),
            calendar=run.calendar,
        )
        problems += conflict_problems(evaluation)
    run.problems += problems
    inputs.show_problems(problems)
    errors = sum(1 for problem in problems if problem.is_error)
    if errors or evaluation is None:
        run.tally.broken += 1
        inputs.say_not_evaluated(errors)
        for report in reports:
            report.broken(loaded.path, loaded.profile, problems)
        return
    run.tally.add(evaluation)
    for report in reports:
        report.profile(evaluation)


def _say_skipped(found: inputs.Found) -> None:
    if found.skipped:
        files = "1 other file was" if found.skipped == 1 else f"{found.skipped} other files were"
        output.complain(
            Texts(
                f"note: {files} skipped: no profile's keys in them",
                f"注：跳过 {found.skipped} 个其他文件：其中没有档案的键",
            )
        )


# -- reports --------------------------------------------------------------------------------------


class _Report:
    """One report of a run: it hears of each profile, and of the end."""

    def __init__(self, run: _Run, to: options.Output) -> None:
        self.run, self.to = run, to
        self.parts: list[str] = []

    def profile(self, evaluation: Evaluation) -> None:
        """One profile was evaluated."""
        raise NotImplementedError

    def broken(self, path: str, profile: Profile | None, problems: list[Problem]) -> None:
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
        self.sheet = sheet_for(to, run.args)

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


class _Github(_Text):
    """The text, folded, then the annotations; and the whole report on the job's page."""

    def __init__(self, run: _Run, to: options.Output) -> None:
        super().__init__(run, to)
        from compliancecheck.reports.github import Annotations
        from compliancecheck.reports.job_summary import MOST_BYTES, JobSummary

        summary = github.has_summary()
        self.annotations = Annotations(github.located, run.lang, summary)
        room = MOST_BYTES - github.summary_size()
        self.page = JobSummary(run.lang, room) if summary and room > 0 else None

    def profile(self, evaluation: Evaluation) -> None:
        from compliancecheck.reports.github import group
        from compliancecheck.reports.text import profile_text

        text = profile_text(evaluation, self.sheet)
        self._put(group(" ".join(text.split("\n", 1)[0].split()), text))
        self.annotations.profile(evaluation)
        if self.page is not None:
            self.page.profile(evaluation)

    def broken(self, path: str, profile: Profile | None, problems: list[Problem]) -> None:
        if self.page is not None:
            self.page.broken(path, problems)

    def end(self, code: int) -> None:
        super().end(code)
        self.annotations.problems(self.run.problems)
        self._put("".join(f"{line}\n" for line in self.annotations.lines()))
        if self.page is not None:
            github.add_to_summary(self.page.text(self.run.tally.words()))


class _Json(_Report):
    def __init__(self, run: _Run, to: options.Output) -> None:
        super().__init__(run, to)
        self.profiles: list[Any] = []

    def profile(self, evaluation: Evaluation) -> None:
        from compliancecheck.reports.json_report import profile_json

        self.profiles.append(profile_json(evaluation))

    def broken(self, path: str, profile: Profile | None, problems: list[Problem]) -> None:
        from compliancecheck.reports.json_report import broken_json

        self.profiles.append(broken_json(path, profile))

    def end(self, code: int) -> None:
        from compliancecheck.reports.json_report import report_json
        from compliancecheck.reports.lines import json_text

        run = self.run
        data = report_json(
            run.rules,
            run.as_of,
            options.law(run.args) or run.as_of,
            self.profiles,
            run.problems,
            code,
            lang=run.lang,
            drafts=run.args.drafts,
        )
        self._put(json_text(data) + "\n")
        if self.to.file is not None:
            output.write_whole(self.to.file, self.parts)


_REPORTS: dict[str, type[_Report]] = {"text": _Text, "json": _Json, "github": _Github}
