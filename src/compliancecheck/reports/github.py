"""`check` as workflow commands of a GitHub job: annotations at the lines of the profile.

GitHub shows ten errors and ten warnings of a step; the last warning is the roll-up of the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from compliancecheck.logic.drafts import is_draft
from compliancecheck.logic.explain import explain, worth_proving
from compliancecheck.model.findings import Evaluation, Finding
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Place
from compliancecheck.reading.problems import Problem
from compliancecheck.reports import found, wording
from compliancecheck.reports.lines import harmless
from compliancecheck.reports.sheet import Sheet, plural
from compliancecheck.reports.status import LOOKS, DisplayStatus, display_status
from compliancecheck.reports.summary import empty_packs, in_order, is_folded

MOST = 10
_TITLE, _MESSAGE = 200, 3000  # characters: GitHub cuts a message at 4096, in the middle of a word
_SINGLE = (DisplayStatus.FAIL, DisplayStatus.NEEDS_PROOF, DisplayStatus.CONTESTED)
_COUNTED = (*_SINGLE, DisplayStatus.MAY_APPLY)
_PROBLEM = "problem"

Located = Callable[[str], str | None]
"""The path of a file from the repository's root, with ``/``; None for one outside of it."""


@dataclass(frozen=True, slots=True)
class _Note:
    """One annotation: what it counts as in the roll-up, where, and what it says."""

    kind: str  # a status, or `problem`
    rank: int
    path: str
    line: int = 0
    column: int = 0
    end_column: int = 0
    title: str = ""
    lines: tuple[str, ...] = ()


@dataclass(slots=True)
class Annotations:
    """The annotations of one run; ``summary`` says whether the job has a summary page."""

    located: Located
    lang: str = "en"
    summary: bool = True
    _errors: list[_Note] = field(default_factory=list)
    _warnings: list[_Note] = field(default_factory=list)
    _left: Counter[str] = field(default_factory=Counter)
    _left_in: set[str] = field(default_factory=set)

    def profile(self, evaluation: Evaluation) -> None:
        """Take in the findings of a profile; those of drafts and what is not yet due are none."""
        empty = frozenset(empty_packs(evaluation))
        for finding in in_order(evaluation):
            status = display_status(finding)
            rule = evaluation.rules.rules[finding.rule]
            if status not in _COUNTED or is_draft(evaluation.rules, finding.rule):
                continue
            if status not in _SINGLE or is_folded(evaluation, finding, empty):
                self._leave(status.value, evaluation.profile.path)
                continue
            is_error = status is DisplayStatus.FAIL and rule.level == "must"
            to = self._errors if is_error else self._warnings
            make = partial(self._finding, evaluation, finding)
            self._add(to, status.value, status.rank, evaluation.profile.path, make)

    def problems(self, problems: Iterable[Problem]) -> None:
        """Take in what is wrong with the input: errors before all findings, warnings after."""
        for problem in problems:
            to, rank = (self._errors, -1) if problem.is_error else (self._warnings, 99)
            self._add(to, _PROBLEM, rank, problem.file, partial(_problem, problem, self.lang))

    def lines(self) -> list[str]:
        """The commands, errors first, each one line."""
        warnings = list(self._warnings)
        left, left_in = Counter(self._left), set(self._left_in)
        if left and len(warnings) == MOST:
            left[warnings[-1].kind] += 1
            left_in.add(warnings.pop().path)
        lines = [self._command("error", note) for note in self._errors]
        lines += [self._command("warning", note) for note in warnings]
        if left:
            lines.append(self._command("warning", self._roll_up(left, left_in)))
        return lines

    # -- which are shown one by one ----------------------------------------------------------------

    def _add(
        self, to: list[_Note], kind: str, rank: int, path: str, make: Callable[[], _Note]
    ) -> None:
        """Keep the ten that matter most; a note is only made (and proved) if it is kept."""
        if len(to) == MOST and rank >= to[-1].rank:
            self._leave(kind, path)
            return
        to.append(make())
        to.sort(key=lambda note: note.rank)
        if len(to) > MOST:
            last = to.pop()
            self._leave(last.kind, last.path)

    def _leave(self, kind: str, path: str) -> None:
        self._left[kind] += 1
        self._left_in.add(path)

    # -- what they say -----------------------------------------------------------------------------

    def _finding(self, evaluation: Evaluation, finding: Finding) -> _Note:
        sheet = Sheet(lang=self.lang)
        status = display_status(finding)
        rule = evaluation.rules.rules[finding.rule]
        words, place = finding_words(evaluation, finding, sheet)
        item = wording.item_name(finding, self.lang)
        colon = sheet.say(": ", "：")
        head = colon.join(t for t in (LOOKS[status].word.get(self.lang), item, *words[:1]) if t)
        lines = [head, *words[1:]]
        if status is DisplayStatus.FAIL and rule.then:
            lines.append(f"{sheet.say('do', '应做')}{colon}{sheet.get(rule.then)}")
        tags = wording.tags(evaluation.rules, rule, self.lang)
        lines.append(sheet.say(", ", "，").join(t for t in (safe_text(rule.id), tags) if t))
        article = wording.article_text(safe_text(rule.article), self.lang)
        at = place or Place(evaluation.profile.path, 1, 0, 0)
        return _Note(status.value, status.rank, evaluation.profile.path, at.line, at.column,
                     at.end_column, f"{sheet.get(rule.title)} {article}", tuple(lines))  # fmt: skip

    def _roll_up(self, left: Mapping[str, int], left_in: set[str]) -> _Note:
        sheet = Sheet(lang=self.lang)
        count = sum(left.values())
        only_findings = _PROBLEM not in left
        title = sheet.say(
            f"{count} more {'finding' if only_findings else 'message'}{'' if count == 1 else 's'}",
            f"另有{count}项{'结论' if only_findings else '信息'}",
        )
        counts = [_count(kind, left[kind], sheet) for kind in _order() if left.get(kind)]
        where = sheet.say("job summary", "任务摘要") if self.summary else sheet.say("log", "日志")
        see = sheet.say(f": see the {where}", f"：见{where}")
        path = next(iter(left_in)) if len(left_in) == 1 else ""
        return _Note("", 0, path, 1, title=title, lines=(sheet.say(", ", "，").join(counts) + see,))

    def _command(self, name: str, note: _Note) -> str:
        place: dict[str, str] = {}
        path = self.located(note.path) if note.path else None
        if path is not None:
            place = {"file": safe_text(path), "line": str(note.line)}
            if note.column:
                place |= {"col": str(note.column), "endLine": str(note.line),
                          "endColumn": str(note.end_column)}  # fmt: skip
        place["title"] = _cut(note.title, _TITLE)
        return command(name, "\n".join(note.lines), place)


def finding_words(
    evaluation: Evaluation, finding: Finding, sheet: Sheet
) -> tuple[list[str], Place | None]:
    """What is said of one finding, a line each (safe to show), and its place in the profile."""
    status = display_status(finding)
    explanation = explain(evaluation, finding, proof=worth_proving(evaluation, finding))
    if status is DisplayStatus.FAIL:
        what = found.failed(evaluation, explanation, sheet)
    else:
        what = found.applies(evaluation, explanation, sheet)
    lines = [] if status is DisplayStatus.MAY_APPLY else [what.words]
    if finding.readings:
        end = sheet.say(".", "。")
        names = sheet.say(", ", "、").join(f"`{n}`" for n in wording.reading_names(finding))
        adopt = sheet.say(f" Adopt {names}", f"可选定读法：{names}")
        readings = wording.readings_text(evaluation.rules, finding, sheet.lang) + end + adopt
        lines = [*([] if status is DisplayStatus.CONTESTED else lines), readings]
    waiting = found.answers(evaluation, finding, sheet)
    if waiting and status is not DisplayStatus.FAIL:
        lines.append(sheet.say(f"answer: {waiting}", f"待答：{waiting}"))
    lines.append(found.held(finding, sheet))
    adopted = wording.adopted_text(evaluation.rules, finding, sheet.lang)
    lines = [line for line in (*lines, adopted) if line]
    return lines, what.place or _asked_at(evaluation, finding)


def _asked_at(evaluation: Evaluation, finding: Finding) -> Place | None:
    """Where an answer is missing: its item or list, else the key of its section."""
    names = [*finding.missing, *(FactRef(name) for name in finding.open_lists)]
    for ref in names:
        place = wording.place_of(evaluation, ref)
        if place is not None:
            return place
    for ref in names:
        listed = evaluation.rules.facts[ref.name].list or ref.name
        section = evaluation.profile.sections.get(listed.split(".", 1)[0])
        if section is not None:
            return section
    return None


def _problem(problem: Problem, lang: str) -> _Note:
    hint = problem.advised(lang)
    lines = [safe_text(problem.said(lang)), *([safe_text(hint)] if hint else [])]
    rank = -1 if problem.is_error else 99
    title = f"{safe_text(problem.file)}:{problem.line}:{problem.column}"
    return _Note(_PROBLEM, rank, problem.file, problem.line, problem.column, problem.end_column,
                 title, tuple(lines))  # fmt: skip


def _order() -> list[str]:
    return [_PROBLEM, *(status.value for status in DisplayStatus)]


def _count(kind: str, n: int, sheet: Sheet) -> str:
    words = {
        _PROBLEM: (plural(n, "problem"), f"问题{n}"),
        "fail": (f"{n} fail", f"不符合{n}"),
        "needs_proof": (f"{n} {'needs' if n == 1 else 'need'} proof", f"缺材料{n}"),
        "contested": (f"{n} contested", f"有歧义{n}"),
        "may_apply": (f"{n} may apply", f"待定{n}"),
    }[kind]
    return sheet.say(*words)


# -- workflow commands -----------------------------------------------------------------------------


def command(name: str, message: str, properties: Mapping[str, str] | None = None) -> str:
    """One workflow command, as the runner reads it: ``::error file=a.yaml,line=1::message``.

    The message may have several lines; texts from files have passed ``safe_text`` before.
    """
    given = ",".join(f"{key}={_property(value)}" for key, value in (properties or {}).items())
    return f"::{name}{' ' if given else ''}{given}::{_data(_cut(message, _MESSAGE))}"


def group(title: str, text: str) -> str:
    """*text* (harmless already) inside a group that the log shows folded."""
    return f"{command('group', title)}\n{text.rstrip()}\n::endgroup::\n"


def _data(text: str) -> str:
    return harmless(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
