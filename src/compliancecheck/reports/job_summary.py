"""`check` as one page of markdown: the summary that GitHub shows of a job."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from compliancecheck.model.findings import DatedAct, Evaluation, Finding
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Texts, iso
from compliancecheck.reading.problems import Problem
from compliancecheck.reports import dates, wording
from compliancecheck.reports.github import finding_words
from compliancecheck.reports.markdown import code, md, table
from compliancecheck.reports.rule_list import REASONS
from compliancecheck.reports.sheet import Sheet, plural
from compliancecheck.reports.status import DisplayStatus, display_status
from compliancecheck.reports.summary import (
    asks_nothing,
    empty_packs,
    in_force,
    in_order,
    is_folded,
    status_counts,
)

MOST_BYTES = 900 * 1024  # GitHub refuses a page of more than 1 MiB
_BREAK = "<br>"
_PROVED = (DisplayStatus.FAIL, DisplayStatus.NEEDS_PROOF, DisplayStatus.CONTESTED)
_PLAIN = (DisplayStatus.MAY_APPLY, DisplayStatus.NOT_YET_DUE)


class JobSummary:
    """The page of one run; it hears of each profile and holds no more than can be shown."""

    def __init__(self, lang: str = "en", most_bytes: int = MOST_BYTES) -> None:
        self.sheet = Sheet(lang=lang)
        self.most_bytes = most_bytes
        self._rows: list[list[str]] = []
        self._parts: list[str] = []
        self._bytes = 0

    def profile(self, evaluation: Evaluation) -> None:
        """Take in one profile that was evaluated."""
        counts = status_counts(evaluation)
        profile = evaluation.profile
        name = " ".join(p for p in (md(profile.name), code(profile.path)) if p)
        self._row([name, *(str(counts[status]) for status in DisplayStatus)])
        self._take(_profile_lines(evaluation, self.sheet))

    def broken(self, path: str, problems: Iterable[Problem]) -> None:
        """Take in one profile that was not evaluated."""
        errors = [p for p in problems if p.is_error]
        words = self.sheet.say(
            f"not evaluated: {plural(len(errors), 'problem')}", f"未评估：{len(errors)}个问题"
        )
        self._row([f"{code(path)} {words}", *("" for _ in DisplayStatus)])
        self._take(_problem_lines(path, errors, self.sheet))

    def text(self, ending: Texts) -> str:
        """The whole page, cut between lines where it would be too long; *ending* is said first."""
        head = [self.sheet.say("profile", "企业档案"), *map(self.sheet.status, DisplayStatus)]
        lines = [f"## compliancecheck: {md(ending.get(self.sheet.lang))}", ""]
        lines += [*table(head, self._rows, len(DisplayStatus)), "", *self._parts]
        return self._whole(lines)

    def _row(self, cells: list[str]) -> None:
        if self._bytes <= self.most_bytes:
            self._rows.append(cells)
            self._bytes += sum(len(cell.encode()) + 3 for cell in cells)

    def _take(self, lines: Iterable[str]) -> None:
        """Keep lines until the page is full: what comes after would be cut anyway."""
        for line in lines:
            if self._bytes > self.most_bytes:
                return
            self._parts.append(line)
            self._bytes += len(line.encode()) + 1

    def _whole(self, lines: list[str]) -> str:
        said = self.sheet.say(
            f"**Cut here: the page would be longer than {self.most_bytes // 1024} KiB.** "
            "The log has the whole report; `--format json:FILE` writes it to a file.",
            f"**以下从略：页面将超过{self.most_bytes // 1024} KiB。**"
            "日志含有完整报告；`--format json:FILE` 可将其写入文件。",
        )
        sizes = [len(line.encode()) + 1 for line in lines]
        if sum(sizes) <= self.most_bytes:
            return "\n".join(lines) + "\n"
        room = self.most_bytes - len(said.encode()) - 2
        kept = 0
        while kept < len(lines) and sizes[kept] <= room:
            room -= sizes[kept]
            kept += 1
        return "\n".join([*lines[:kept], "", said]) + "\n"


# -- one profile -----------------------------------------------------------------------------------


def _profile_lines(evaluation: Evaluation, sheet: Sheet) -> Iterator[str]:
    profile = evaluation.profile
    yield f"### {md(profile.name) or code(profile.path)}"
    yield ""
    day = iso(evaluation.as_of)
    yield f"{code(profile.path)} {sheet.say(f'as of {day}', f'评估日 {day}')}"
    yield ""
    for note in evaluation.age_notes:
        words = md(wording.age_text(evaluation.rules, note, sheet.lang))
        yield f"- {sheet.say('note: ', '注：')}{words}"
    yield from _routes(evaluation, sheet)
    yield from _dates(evaluation, sheet)
    yield from _findings(evaluation, sheet)
    yield from _not_checked(evaluation, sheet)


def _findings(evaluation: Evaluation, sheet: Sheet) -> Iterator[str]:
    """A row a finding, in the order of reading; what does not apply is only counted."""
    empty = frozenset(empty_packs(evaluation))
    shown = [
        finding
        for finding in in_order(evaluation)
        if display_status(finding) is not DisplayStatus.NOT_APPLICABLE
        and not is_folded(evaluation, finding, empty)
    ]
    head = sheet.say("status|rule|item|where|what", "状态|规则|事项|位置|内容").split("|")
    if shown:
        yield from table(head, [])
        for finding in shown:
            cells = _cells(evaluation, finding, sheet)
            yield from table([], [cells])[2:]
        yield ""
    for pack_id in empty:
        name = md(evaluation.rules.packs[pack_id].title.get(sheet.lang))
        status = sheet.status(DisplayStatus.MAY_APPLY)
        yield f"- {status} {name}{sheet.say(': nothing answered yet', '：尚未作答')}"
    if empty:
        yield ""


def _cells(evaluation: Evaluation, finding: Finding, sheet: Sheet) -> list[str]:
    status = display_status(finding)
    rule = evaluation.rules.rules[finding.rule]
    article = wording.article_text(safe_text(rule.article), sheet.lang)
    tags = wording.tags(evaluation.rules, rule, sheet.lang)
    name = f"{md(rule.title.get(sheet.lang))}{_BREAK}{code(rule.id)} {md(article)}"
    lines: list[str] = []
    place = None
    if status in _PROVED or status in _PLAIN:
        lines, place = finding_words(evaluation, finding, sheet)
    if finding.waits_until is not None:
        day = iso(finding.waits_until)
        lines.append(sheet.say(f"in time until {day}", f"不晚于{day}完成即为及时"))
    if status is DisplayStatus.FAIL and rule.then:
        lines.append(f"{sheet.say('do: ', '应做：')}{rule.then.get(sheet.lang)}")
    notice = evaluation.rules.instruments[rule.instrument].notice
    if status is DisplayStatus.FAIL and notice:
        lines.append(f"{sheet.say('note: ', '注：')}{notice.get(sheet.lang)}")
    return [
        sheet.status(status),
        f"{name} {md(tags)}".rstrip(),
        md(wording.item_name(finding, sheet.lang)),
        code(wording.place_text(place)),
        _BREAK.join(md(line) for line in lines if line),
    ]


def _routes(evaluation: Evaluation, sheet: Sheet) -> Iterator[str]:
    for route, group in groupby(evaluation.routes, lambda line: line.route):
        label = evaluation.rules.routes[route].label
        name = md(label.get(sheet.lang)) if label else sheet.say("route", "路径")
        yield f"**{name}**"
        yield ""
        for line in group:
            item = line.item if line.item is not None else wording.COMPANY.get(sheet.lang)
            ways = md(wording.route_text(evaluation.rules, line, sheet.lang))
            yield f"- {md(item)}{sheet.say(': ', '：')}{ways}"
        yield ""


def _dates(evaluation: Evaluation, sheet: Sheet) -> Iterator[str]:
    """A row an act, the urgent ones first."""
    if not evaluation.dates:
        return
    head = sheet.say("date|day|act|rule|notes", "期限|日期|事项|规则|备注").split("|")
    acts = dates.in_order(evaluation)
    yield from table(head, (_date_cells(evaluation, act, sheet) for act in acts))
    yield ""


def _date_cells(evaluation: Evaluation, act: DatedAct, sheet: Sheet) -> list[str]:
    days = (dates.days_text(act, sheet), dates.distance_text(act, evaluation.as_of, sheet))
    return [
        sheet.get(dates.standing_words(act)),
        _BREAK.join(md(text) for text in days if text),
        md(dates.act_text(act, sheet)),
        md(dates.cited(evaluation, act, sheet)),
        _BREAK.join(md(note) for note in dates.notes(evaluation, act, sheet)),
    ]


def _not_checked(evaluation: Evaluation, sheet: Sheet) -> Iterator[str]:
    """The articles of the instruments in force that may ask something and are not encoded."""
    day = evaluation.as_of if evaluation.law is None else evaluation.law
    lines = []
    for instrument in evaluation.rules.instruments.values():
        left = [
            (sheet.say("the rest", "其余") if number == "rest" else number, article.reason or "")
            for number, article in instrument.articles.items()
            if not article.encoded and not asks_nothing(article.reason)
        ]
        if in_force(instrument, day) and left:
            words = sheet.say(", ", "、").join(
                f"{md(number)} ({md(_reason(reason, sheet))})" for number, reason in left
            )
            lines.append(f"- {md(instrument.short.get(sheet.lang))}{sheet.say(': ', '：')}{words}")
    if lines:
        yield f"**{sheet.say('Not checked', '未核查')}**"
        yield ""
        yield from lines
        yield ""


def _reason(reason: str, sheet: Sheet) -> str:
    return REASONS.get(reason, Texts(reason, reason)).get(sheet.lang)


def _problem_lines(path: str, errors: list[Problem], sheet: Sheet) -> Iterator[str]:
    yield f"### {code(path)}"
    yield ""
    yield sheet.say("Not evaluated:", "未评估：")
    yield ""
    for problem in errors:
        place = code(f"{safe_text(problem.file)}:{problem.line}:{problem.column}")
        advice = problem.advised(sheet.lang)
        hint = f"{_BREAK}{md(advice)}" if advice else ""
        yield f"- {place} {md(problem.said(sheet.lang))}{hint}"
    yield ""
