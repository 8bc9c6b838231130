"""`questions` as text: each fact that still matters, who waits for it, and where it turns."""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.logic.questions import questions
from compliancecheck.logic.words import ref_path
from compliancecheck.model.findings import Evaluation, Question
from compliancecheck.model.safe import safe_text
from compliancecheck.reports.layout import at_right, wrap, wrap_after
from compliancecheck.reports.lines import harmless
from compliancecheck.reports.sheet import Sheet, heading, plural

MOST_RULES = 4


def questions_text(evaluation: Evaluation, sheet: Sheet) -> str:
    """All questions that still matter, in the order of the interview; ends with a line break."""
    found = questions(evaluation)
    count = sheet.say(
        f"{plural(len(found), 'question')} still {'matters' if len(found) == 1 else 'matter'}",
        f"还有{len(found)}个问题有影响",
    )
    lines = heading(evaluation, sheet, count)
    for number, question in enumerate(found, 1):
        lines += ["", *_question(evaluation, question, number, sheet)]
    if not found:
        lines += ["", *wrap(_nothing(evaluation, sheet), sheet.width)]
    return harmless("\n".join(line.rstrip() for line in lines) + "\n")


def question_path(evaluation: Evaluation, question: Question) -> str:
    """The path of the fact in the profile, safe to show."""
    return safe_text(ref_path(evaluation.rules, question.ref))


def _question(
    evaluation: Evaluation, question: Question, number: int, sheet: Sheet
) -> Iterator[str]:
    fact = evaluation.rules.facts[question.ref.name]
    matters = sheet.say(
        f"matters to {len(question.matters_to)}", f"影响{len(question.matters_to)}项"
    )
    lead = f"{number:>2}  "
    yield from at_right(lead + question_path(evaluation, question), matters, sheet.width, 4)
    asked = fact.question or fact.label
    yield from wrap_after("    ", sheet.get(asked), sheet.width, 4)
    if question.cuts:
        cuts = sheet.say(", ", "、").join(sheet.get(cut) for cut in question.cuts)
        yield from wrap_after(sheet.say("    turns at: ", "    分界："), cuts, sheet.width, 14)
    names = [_name(evaluation, name, sheet) for name in question.matters_to]
    left = len(names) - MOST_RULES
    if left > 0:
        names = [*names[:MOST_RULES], sheet.say(f"and {left} more", f"另{left}项")]
    yield from wrap_after(
        sheet.say("    for: ", "    用于："), sheet.say(", ", "、").join(names), sheet.width, 9
    )


def _name(evaluation: Evaluation, name: str, sheet: Sheet) -> str:
    if name in evaluation.rules.routes:
        return sheet.say(f"the route {name}", f"路径 {name}")
    return safe_text(name)


def _nothing(evaluation: Evaluation, sheet: Sheet) -> str:
    return sheet.say("Nothing left to ask.", "没有需要再问的问题。")
