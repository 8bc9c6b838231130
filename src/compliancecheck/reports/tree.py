"""`explain` as text: each finding as a tree, decisive branches open, with the strip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from compliancecheck.logic.bands import finding_axis, route_axis
from compliancecheck.logic.explain import explain, reason, worth_proving
from compliancecheck.logic.routes import members_of
from compliancecheck.model.findings import (
    Evaluation,
    Explanation,
    Finding,
    Reason,
    RouteLine,
    Status,
    TraceNode,
)
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.texts import iso
from compliancecheck.reports import wording
from compliancecheck.reports.found import axis_text, strip_text
from compliancecheck.reports.layout import at_right, wrap, wrap_after
from compliancecheck.reports.lines import harmless
from compliancecheck.reports.sheet import Sheet, heading, title_lines
from compliancecheck.reports.status import DisplayStatus, display_status
from compliancecheck.reports.strip import draw, way_words

_NOT_SETTLED = frozenset({Status.UNDETERMINED, Status.CONTESTED})
STRIP_WIDTH = 76
_BRANCH, _LAST, _DOWN, _NONE = "├─ ", "└─ ", "│  ", "   "
_ASCII = str.maketrans({"├": "|", "└": "`", "│": "|", "─": "-", "▸": ">", "…": ".", "·": "-"})


def trees_text(
    evaluation: Evaluation, findings: Sequence[Finding], sheet: Sheet, *, routes: bool, left: str
) -> str:
    """The trees of some findings of one profile, with the routes first where *routes* is set.

    *left* says what is not shown. Ends with a line break.
    """
    forest = _Forest(evaluation, sheet)
    lines = heading(evaluation, sheet)
    if routes:
        lines += forest.routes()
    for finding in findings:
        lines += ["", *forest.finding(finding)]
    if left:
        lines += ["", *(row for line in left.splitlines() for row in wrap(line, sheet.width))]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return harmless(text.translate(_ASCII) if sheet.ascii else text)


def finding_tree(evaluation: Evaluation, finding: Finding, sheet: Sheet) -> list[str]:
    """The lines of one finding: heading, strip, tree and what to do."""
    lines = [line.rstrip() for line in _Forest(evaluation, sheet).finding(finding)]
    return [line.translate(_ASCII) for line in lines] if sheet.ascii else lines


def finding_head(evaluation: Evaluation, finding: Finding, sheet: Sheet) -> list[str]:
    """The lines of one finding without its proof: heading and strip."""
    return _Forest(evaluation, sheet).head(finding, explain(evaluation, finding, proof=False))


def why_not(evaluation: Evaluation, why: Reason | None, sheet: Sheet) -> str:
    """Why a rule does not apply, in words; empty for None."""
    return _Forest(evaluation, sheet).why_not(why)


class _Forest:
    def __init__(self, evaluation: Evaluation, sheet: Sheet) -> None:
        self.evaluation, self.sheet = evaluation, sheet
        self.rules = evaluation.rules
        self.ways = way_words(self.rules.routes)

    # -- routes ----------------------------------------------------------------------------------

    def routes(self) -> list[str]:
        """Each route: its lines, and under each the strip of the figure that decides it."""
        lines: list[str] = []
        for _, group in groupby(self.evaluation.routes, lambda line: line.route):
            found = list(group)
            items = [line for line in found if line.item is not None]
            shown = items if len(items) == 1 and not found[-1].open_list else [found[-1], *items]
            lines.append("")
            for line in shown:
                lines += self._route_line(line, len(shown) > 1)
        return lines

    def _route_line(self, line: RouteLine, with_company: bool) -> Iterator[str]:
        name = safe_text(line.item or "")
        if line.item is None and self.rules.routes[line.route].each:
            name = self.sheet.get(wording.COMPANY)
        ways = wording.route_text(self.rules, line, self.sheet.lang)
        head = self.sheet.say("ROUTE  ", "路径  ")
        text = f"{name}{self.sheet.say(': ', '：')}{ways}" if name else ways
        yield from wrap_after(head, text, self.sheet.width, cell_width(head))
        if line.contested:
            yield from self._route_readings(line, cell_width(head))
        elif line.settled and line.possible:
            yield from self._route_rules(line, cell_width(head))
        axis = None if line.item is None and with_company else route_axis(self.evaluation, line)
        if axis is not None:
            indent = " " * cell_width(head)
            yield indent + axis_text(axis, self.sheet.lang)
            room = min(self.sheet.width - len(indent), STRIP_WIDTH)
            for row in draw(axis, room, self.sheet.lang, self.sheet.ascii, self.ways):
                yield indent + row

    def _route_rules(self, line: RouteLine, indent: int) -> Iterator[str]:
        """The provisions that give a settled way."""
        for rule_id in members_of(self.evaluation, line, line.possible[0]):
            rule = self.rules.rules[rule_id]
            short = self.sheet.get(self.rules.instruments[rule.instrument].short)
            article = wording.article_text(safe_text(rule.article), self.sheet.lang)
            text = f"{short}, {article}: {self.sheet.get(rule.title)}"
            if self.sheet.lang == "zh":
                text = f"{short}，{article}：{self.sheet.get(rule.title)}"
            yield from wrap_after(" " * indent, text, self.sheet.width, indent + 2)

    def _route_readings(self, line: RouteLine, indent: int) -> Iterator[str]:
        for verdict in line.readings:
            choice = ", ".join(safe_text(f"{n}: {c}") for n, c in verdict.adopt)
            ways = [
                wording.way_text(self.rules, line.route, way, self.sheet.lang)
                for way in verdict.ways
            ]
            text = f"{choice}{self.sheet.say(': ', '：')}{wording.listed(ways, self.sheet.lang)}"
            yield from wrap_after(" " * indent, text, self.sheet.width, indent + 2)

    # -- one finding -----------------------------------------------------------------------------

    def finding(self, finding: Finding) -> list[str]:
        """Heading, strip, tree and what to do."""
        explanation = explain(
            self.evaluation, finding, proof=worth_proving(self.evaluation, finding)
        )
        lines = self.head(finding, explanation)
        lines += self._branches(explanation.trace, "", explanation, set())
        return lines + self._after(explanation)

    def head(self, finding: Finding, explanation: Explanation) -> list[str]:
        """Heading, strip and what is said of the whole finding."""
        title, *rest = wording.rule_pieces(
            self.rules, self.rules.rules[finding.rule], self.sheet.lang
        )
        item = wording.item_name(finding, self.sheet.lang)
        pieces = [title, *([f"[{item}]"] if item else []), *rest]
        body = [*self._strip(explanation), *self._said(explanation)]
        return [
            *title_lines(display_status(finding), pieces, self.sheet),
            *(_DOWN + line for line in body),
        ]

    def _strip(self, explanation: Explanation) -> list[str]:
        rule = self.rules.rules[explanation.finding.rule]
        law_of = self.rules.instruments[rule.instrument].law_of
        margins = tuple(m for m in explanation.margins if m.name != law_of)
        lines: list[str] = []
        room = min(self.sheet.width - 3, STRIP_WIDTH)
        axis = None
        if explanation.finding.status is not Status.NOT_APPLICABLE:
            axis = finding_axis(self.evaluation, replace(explanation, margins=margins))
            if axis is not None:
                lines += draw(axis, room, self.sheet.lang, self.sheet.ascii, self.ways)
        text = strip_text(self.evaluation, axis, margins, self.sheet.lang)
        return [*lines, *(wrap(text, room) if text else ())]

    def _said(self, explanation: Explanation) -> list[str]:
        """Why not, the readings, what it rests on: sentences between strip and tree."""
        finding, lang = explanation.finding, self.sheet.lang
        words = []
        if finding.status is Status.NOT_APPLICABLE:
            words.append(self.why_not(reason(self.evaluation, finding)))
        if finding.waits_until is not None:
            day = iso(finding.waits_until)
            words.append(self.sheet.say(f"in time until {day}", f"不晚于{day}完成即为及时"))
        if finding.readings:
            text = wording.readings_words(self.rules, finding, lang)
            words.append(self.sheet.say("readings: ", "读法：") + text)
        if finding.held:
            words.append(self.sheet.say("held open by a point of law under review",
                                        "因法律要点待核对而未定"))  # fmt: skip
        words.append(wording.adopted_text(self.rules, finding, lang))
        room = self.sheet.width - 3
        return [line for text in words if text for line in wrap(text, room)]

    def why_not(self, why: Reason | None) -> str:
        """Why a rule does not apply, in words."""
        if why is None:
            return ""
        name = self._named(why)
        return {
            "scope": self.sheet.say("its conditions are not met", "不满足适用条件"),
            "exempted": self.sheet.say(f"exempted by {name}", f"因{name}而豁免"),
            "displaced": self.sheet.say(f"displaced by {name}", f"被{name}取代"),
            "not_in_force": self.sheet.say("not in force that day", "该日未施行")
            + (self.sheet.say(f"; {name} governs", f"；适用{name}") if name else ""),
            "no_item": self.sheet.say("there is nothing to judge", "没有可判断的事项"),
        }[why.kind]

    def _named(self, why: Reason) -> str:
        if why.by is not None and why.by in self.rules.rules:
            rule = self.rules.rules[why.by]
            short = self.rules.instruments[rule.instrument].short
            words, article = f"“{self.sheet.get(rule.title)}”", why.article or rule.article
            comma = self.sheet.say(", ", "，")
            cite = f"{self.sheet.get(short)}{comma}{wording.article_text(article, self.sheet.lang)}"
            return f"{words} ({cite})" if self.sheet.lang == "en" else f"{words}（{cite}）"
        if why.by is not None and why.by in self.rules.instruments:
            name = self.sheet.get(self.rules.instruments[why.by].short)
            article = wording.article_text(why.article, self.sheet.lang) if why.article else ""
            return f"{name}{self.sheet.say(', ', '，')}{article}" if article else name
        return ""

    # -- the tree --------------------------------------------------------------------------------

    def _branches(
        self, parent: TraceNode, lead: str, explanation: Explanation, told: set[object]
    ) -> list[str]:
        """The branches of a node; *told* is what this tree has said already."""
        shown = self._shown(parent, explanation)
        hidden = len(parent.children) - len(shown)
        rows: list[TraceNode | None] = [*shown, *([None] if hidden else [])]
        lines: list[str] = []
        for n, node in enumerate(rows):
            last = n == len(rows) - 1
            first, below = lead + (_LAST if last else _BRANCH), lead + (_NONE if last else _DOWN)
            if node is None:
                words = f"▸ {hidden} more, not decisive", f"▸ 另有{hidden}项，非决定性"
                lines.append(first + self.sheet.say(*words))
                continue
            again = bool(node.children) and node.children in told
            lines += self._node(node, first, below, explanation, told, again)
            if not again:
                told.add(node.children)
                lines += self._branches(node, below, explanation, told)
        return lines

    def _shown(self, parent: TraceNode, explanation: Explanation) -> list[TraceNode]:
        """The children that are decisive or still open; of a settled node those that made it so."""
        if parent is explanation.trace or not explanation.decisive:
            return list(parent.children)
        open_ = explanation.finding.status in _NOT_SETTLED
        shown = [n for n in parent.children if n.decisive or (open_ and n.truth is None)]
        if parent.truth is not None and any(n.truth is parent.truth for n in shown):
            shown = [n for n in shown if n.figure or n.truth is parent.truth]
        return shown

    def _node(
        self,
        node: TraceNode,
        first: str,
        below: str,
        explanation: Explanation,
        told: set[object],
        again: bool,
    ) -> Iterator[str]:
        text = wording.node_text(node, self._sign(node), self.sheet.lang)
        right = wording.place_text(node.place)
        if again:
            text += self.sheet.say(" (as above)", "（同上）")
        source = "" if node.ref in told else self._evidence(node)
        told.add(node.ref)
        if not right and node.decisive and node.children and node is explanation.trace.children[-1]:
            right = self.sheet.say("decisive", "决定性")
        room = self.sheet.width - cell_width(first)
        lines = at_right(text, right, room, 2)
        yield first + lines[0]
        for line in lines[1:]:
            yield below + line
        for remark in (source, wording.remark_text(node, self.sheet.lang)):
            if remark:
                for line in wrap(remark, max(room - 2, 20)):
                    yield below + "  " + line

    def _sign(self, node: TraceNode) -> str:
        if node.truth is None:
            return "?"
        if node.truth:
            return "+" if self.sheet.ascii else "✓"
        return "x" if self.sheet.ascii else "✗"

    def _evidence(self, node: TraceNode) -> str:
        if node.ref is None:
            return ""
        evidence = self.evaluation.profile.evidence.get(node.ref)
        if evidence is None:
            return ""
        return wording.evidence_text(evidence, self.sheet.lang)

    # -- after the tree --------------------------------------------------------------------------

    def _after(self, explanation: Explanation) -> list[str]:
        finding = explanation.finding
        rule = self.rules.rules[finding.rule]
        rows: list[tuple[str, str]] = []
        comma = self.sheet.say(", ", "、")
        if finding.status is Status.UNDETERMINED:
            paths = [wording.path_of(self.rules, ref) for ref in finding.missing]
            paths += [safe_text(name) for name in finding.open_lists]
            if paths:
                rows.append((self.sheet.say("would settle it: ", "可定论："), comma.join(paths)))
        if finding.status is Status.CONTESTED:
            rows.append((self.sheet.say("adopt: ", "可选读法："), self._choices(finding)))
        if finding.status is Status.FAIL and rule.then:
            rows.append((self.sheet.say("do: ", "应做："), self.sheet.get(rule.then)))
        instrument = self.rules.instruments[rule.instrument]
        if instrument.notice and display_status(finding) is not DisplayStatus.NOT_APPLICABLE:
            rows.append((self.sheet.say("note: ", "注："), self.sheet.get(instrument.notice)))
        rows.append((self.sheet.say("cite: ", "依据："), self._cited(finding)))
        lines: list[str] = []
        for label, text in rows:
            lines += wrap_after(label, text, self.sheet.width, 4)
        return lines

    def _choices(self, finding: Finding) -> str:
        """What a profile may adopt, as it is written there: ``name`: `either` or `both``."""
        say = self.sheet.say
        found = []
        for name in wording.reading_names(finding):
            choices = say(" or ", "或").join(f"`{c}`" for c in self.rules.readings[name].choices)
            found.append(f"`{name}`{say(': ', '：')}{choices}")
        return say("; ", "；").join(found)

    def _cited(self, finding: Finding) -> str:
        rule = self.rules.rules[finding.rule]
        instrument = self.rules.instruments[rule.instrument]
        parts = [self.sheet.get(instrument.title)]
        if instrument.number and instrument.number.get(self.sheet.lang):
            parts.append(self.sheet.get(instrument.number))
        parts.append(wording.article_text(safe_text(rule.article), self.sheet.lang))
        confidence = rule.confidence or next((s.confidence for s in instrument.sources), None)
        if confidence:
            parts.append(self.sheet.get(wording.CONFIDENCE[confidence]))
        return self.sheet.say(", ", "，").join(parts)
