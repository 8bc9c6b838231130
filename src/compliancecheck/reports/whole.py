"""The whole report of one profile as one file, and one finding as markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from compliancecheck.model.findings import Evaluation, Finding
from compliancecheck.model.texts import Texts
from compliancecheck.reports import wording
from compliancecheck.reports.exits import FailOn, Tally
from compliancecheck.reports.job_summary import JobSummary
from compliancecheck.reports.json_report import profile_json, report_json
from compliancecheck.reports.lines import harmless, json_text
from compliancecheck.reports.markdown import code, md
from compliancecheck.reports.sheet import Sheet
from compliancecheck.reports.status import DisplayStatus, display_status
from compliancecheck.reports.summary import empty_packs, in_order, is_folded
from compliancecheck.reports.text import end_text, profile_text
from compliancecheck.reports.tree import finding_tree, trees_text

MOST_PROOFS = 200
"""Each proof costs time and room; the table has every finding."""

_NO_LIMIT = 1 << 40
_TICKS = re.compile("`+")
_CUT = Texts(
    "Proofs of the first {n} findings; the table has the others.",
    "仅列出前{n}项结论的推理；其余见表格。",
)


def finding_markdown(evaluation: Evaluation, finding: Finding, lang: str) -> str:
    """One finding as markdown: what it says, by which article, and its proof as in `explain`."""
    rule = evaluation.rules.rules[finding.rule]
    sheet = Sheet(lang=lang)
    status = sheet.status(display_status(finding))
    item = wording.item_name(finding, lang) if rule.each is not None else ""
    lines = [f"### {status} {md(rule.title.get(lang))}{f' — {md(item)}' if item else ''}", ""]
    lines += [f"{md(citation(evaluation, finding.rule, lang))} ({code(rule.id)})", ""]
    lines += _fenced(finding_tree(evaluation, finding, sheet))
    return harmless("\n".join(lines) + "\n")


def citation(evaluation: Evaluation, rule_id: str, lang: str) -> str:
    """A rule as it is cited in full: title, number and article of its instrument."""
    rule = evaluation.rules.rules[rule_id]
    instrument = evaluation.rules.instruments[rule.instrument]
    number = instrument.number.get(lang) if instrument.number else ""
    pieces = (instrument.title.get(lang), number, wording.article_text(rule.article, lang))
    return " ".join(piece for piece in pieces if piece)


def _fenced(lines: list[str]) -> list[str]:
    """Lines as a block of code; its fence is longer than any run of backticks in it."""
    longest = max((len(run) for line in lines for run in _TICKS.findall(line)), default=0)
    fence = "`" * max(longest + 1, 3)
    return [f"{fence}text", *lines, fence]


def _proved(evaluation: Evaluation) -> list[Finding]:
    """The findings whose proof is worth its room: not what does not apply, nor an empty pack."""
    empty = frozenset(empty_packs(evaluation))
    return [
        finding
        for finding in in_order(evaluation)
        if display_status(finding) is not DisplayStatus.NOT_APPLICABLE
        and not is_folded(evaluation, finding, empty)
    ]


def _cut(found: list[Finding], lang: str) -> str:
    return _CUT.get(lang).format(n=MOST_PROOFS) if len(found) > MOST_PROOFS else ""


def _tally(evaluation: Evaluation) -> Tally:
    tally = Tally(FailOn("must"))
    tally.add(evaluation)
    return tally


def markdown_report(evaluation: Evaluation, lang: str) -> Iterator[str]:
    """The page that a job shows, then the proofs."""
    page = JobSummary(lang, _NO_LIMIT)
    page.profile(evaluation)
    yield page.text(_tally(evaluation).words())
    found = _proved(evaluation)
    yield "\n## " + Texts("Proofs", "推理").get(lang) + "\n"
    for finding in found[:MOST_PROOFS]:
        yield "\n" + finding_markdown(evaluation, finding, lang)
    if _cut(found, lang):
        yield f"\n{_cut(found, lang)}\n"


def text_report(evaluation: Evaluation, lang: str) -> Iterator[str]:
    """What `check` prints, then what `explain` prints."""
    sheet = Sheet(lang=lang)
    yield profile_text(evaluation, sheet)
    yield end_text(_tally(evaluation), sheet)
    found = _proved(evaluation)
    yield "\n"
    yield trees_text(evaluation, found[:MOST_PROOFS], sheet, routes=True, left=_cut(found, lang))


def json_file(evaluation: Evaluation, lang: str) -> Iterator[str]:
    """What `check --format json` writes."""
    data = report_json(
        evaluation.rules,
        evaluation.as_of,
        evaluation.as_of if evaluation.law is None else evaluation.law,
        [profile_json(evaluation)],
        (),
        _tally(evaluation).code,
        drafts=evaluation.drafts,
    )
    yield json_text(data) + "\n"


def ics_file(evaluation: Evaluation, lang: str) -> Iterator[str]:
    """The dates as a calendar."""
    from compliancecheck.reports.ics import calendar_text  # 20 ms, and the app imports this module

    yield calendar_text(evaluation, lang)


REPORTS: Mapping[str, Callable[[Evaluation, str], Iterator[str]]] = {
    "md": markdown_report,
    "txt": text_report,
    "json": json_file,
    "ics": ics_file,
}
"""The report as a file, by the ending of its name."""
