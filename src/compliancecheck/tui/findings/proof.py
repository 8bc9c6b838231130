"""The proof of one finding: strip, why, what would settle it, readings, what to do, citation."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widgets import OptionList, Tree
from textual.widgets.option_list import Option

from compliancecheck.logic.bands import finding_axis
from compliancecheck.logic.explain import explain
from compliancecheck.logic.waiters import matters
from compliancecheck.logic.words import ref_words
from compliancecheck.model.findings import Evaluation, Explanation, Finding, Status, TraceNode
from compliancecheck.model.profile import FactRef
from compliancecheck.model.texts import Place, iso
from compliancecheck.reports import wording
from compliancecheck.reports.found import strip_text
from compliancecheck.reports.sheet import nodes_of
from compliancecheck.reports.status import DisplayStatus, display_status
from compliancecheck.reports.strip import draw, way_words
from compliancecheck.tui.findings.reasons import why_not
from compliancecheck.tui.findings.why_tree import WhyTree
from compliancecheck.tui.help import Helped
from compliancecheck.tui.paper import QUIET, Paper, heading, lines_of, mark, plain
from compliancecheck.tui.words import count, say

_OPEN = (DisplayStatus.NEEDS_PROOF, DisplayStatus.MAY_APPLY, DisplayStatus.CONTESTED)


class SettleList(OptionList, Helped):
    """The facts, or readings, that would settle a finding; Enter goes to the question."""

    help_name = "settle"
    BINDINGS = [
        Binding("enter", "select", "open", key_display="enter", id="open.settle"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]


class ProofPane(VerticalScroll, can_focus=False):
    """Everything about the finding under the cursor."""

    class Jump(Message):
        """Go to a question (a fact), or to a reading."""

        def __init__(self, ref: FactRef | None, reading: str = "") -> None:
            super().__init__()
            self.ref, self.reading = ref, reading

    class OpenRule(Message):
        """Show the page of a rule."""

        def __init__(self, rule: str) -> None:
            super().__init__()
            self.rule = rule

    def __init__(self, lang: str) -> None:
        super().__init__(id="proof")
        self.lang = lang
        self.evaluation: Evaluation | None = None
        self.finding: Finding | None = None
        self.explanation: Explanation | None = None
        self._targets: list[tuple[FactRef | None, str]] = []
        self._kept: dict[tuple[str, str | None, bool], Explanation] = {}

    def compose(self) -> ComposeResult:
        """Head, tree, what would settle it, the rest."""
        yield Paper(self._head)
        yield WhyTree()
        yield Paper(self._settle_title, id="settle-title")
        yield SettleList(id="settle")
        yield Paper(self._rest)

    def on_resize(self) -> None:
        """The tree is laid out for a width."""
        self._plant()
        self.call_after_refresh(self._tree_in_sight)

    def show(self, evaluation: Evaluation | None, finding: Finding | None) -> None:
        """Prove *finding* (None: nothing to show)."""
        if evaluation is not self.evaluation:
            self._kept.clear()
        self.evaluation, self.finding = evaluation, finding
        self.explanation = self._explained()
        for paper, lines in zip(
            self.query(Paper), (self._head, self._settle_title, self._rest), strict=True
        ):
            paper.set(lines)
        self._plant()
        self._list_settling()
        self.scroll_home(animate=False)

    def _explained(self) -> Explanation | None:
        """The proof; kept while the evaluation is the same, as its decisive answers cost time."""
        if self.evaluation is None or self.finding is None:
            return None
        key = (self.finding.rule, self.finding.item, self.finding.further)
        if key not in self._kept:
            self._kept[key] = explain(self.evaluation, self.finding)
        return self._kept[key]

    # -- head ------------------------------------------------------------------------------------

    def _head(self, width: int) -> Iterator[Content]:
        if self.evaluation is None or self.finding is None or self.explanation is None:
            return
        rules, lang, finding = self.evaluation.rules, self.lang, self.finding
        rule = rules.rules[finding.rule]
        yield from lines_of(rule.title.get(lang), width, "bold")
        item = wording.item_name(finding, lang)
        if item and rule.each is not None:
            yield from lines_of(f"· {item}", width, "", 2)
        short = rules.instruments[rule.instrument].short.get(lang)
        sign = mark(display_status(finding), lang)
        pieces = [f"{short} {wording.article_text(rule.article, lang)}",
                  wording.tags(rules, rule, lang)]  # fmt: skip
        at = sign.cell_length + 2
        first, *rest = lines_of("  ".join(p for p in pieces if p), width, "", at, " " * at)
        yield sign + first[sign.cell_length :]
        yield from rest
        yield from lines_of(finding.rule, width, QUIET)
        yield from self._strip(width)
        yield from self._said(width)
        yield Content("")
        yield heading(say("why", lang))

    def _strip(self, width: int) -> Iterator[Content]:
        evaluation, explanation = self.evaluation, self.explanation
        assert evaluation is not None and explanation is not None
        if explanation.finding.status is Status.NOT_APPLICABLE:
            return
        axis = finding_axis(evaluation, explanation)
        if axis is not None:
            for line in draw(axis, width, self.lang, ways=way_words(evaluation.rules.routes)):
                yield plain(line.rstrip())
        margins = explanation.margins[:1] if axis is None else explanation.margins
        if axis is None and margins and not margins[0].value.is_point:
            return  # a figure of which too little is known to speak of a distance
        text = strip_text(evaluation, axis, margins, self.lang)
        if text:
            yield from lines_of(text, width)

    def _said(self, width: int) -> Iterator[Content]:
        evaluation, explanation = self.evaluation, self.explanation
        assert evaluation is not None and explanation is not None
        finding = explanation.finding
        if finding.status is Status.NOT_APPLICABLE:
            why = why_not(evaluation.rules, finding.reason, self.lang)
            yield from lines_of(say("applies_not", self.lang, why=why), width)
        if finding.status in (Status.UNDETERMINED, Status.CONTESTED):
            rule = evaluation.rules.rules[finding.rule]
            if rule.requires is not None and finding.cannot_fail:
                yield from lines_of(say("cannot_fail", self.lang), width, QUIET)
            elif rule.requires is not None and finding.cannot_pass:
                yield from lines_of(say("cannot_pass", self.lang), width, QUIET)
        if finding.waits_until is not None:
            day = iso(finding.waits_until)
            yield from lines_of(say("in_time_until", self.lang, day=day), width)
        if finding.held:
            yield from lines_of(say("held", self.lang), width)
        adopted = wording.adopted_text(evaluation.rules, finding, self.lang)
        if adopted:
            yield from lines_of(adopted, width)

    # -- tree ------------------------------------------------------------------------------------

    def _plant(self) -> None:
        tree = self.query_one(WhyTree)
        explanation = self.explanation
        evidence = self.evaluation.profile.evidence if self.evaluation else {}
        tree.plant(explanation, self.lang, evidence) if explanation is not None else tree.clear()

    @property
    def place(self) -> Place | None:
        """Where the node under the cursor stands in the profile, else the decisive answer."""
        tree = self.query_one(WhyTree)
        node = tree.cursor_node if tree.has_focus else None
        if node is not None and node.data is not None and node.data.place is not None:
            return node.data.place
        evaluation, explanation = self.evaluation, self.explanation
        if evaluation is None or explanation is None:
            return None
        for part in reversed(explanation.trace.children):  # what is required, then the scope
            for found in nodes_of(part):
                if found.decisive and found.place is not None and not found.children:
                    return found.place
        for ref in (*explanation.decisive, *explanation.also, *explanation.finding.missing):
            place = wording.place_of(evaluation, ref)
            if place is not None:
                return place
        return None

    def on_why_tree_open_rule(self, event: WhyTree.OpenRule) -> None:
        """The page of the rule, or of the one that the finding is of."""
        event.stop()
        if self.finding is not None:
            self.post_message(self.OpenRule(event.rule or self.finding.rule))

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[TraceNode]) -> None:
        """Keep the cursor of the tree in sight: it is the pane that scrolls."""
        event.stop()
        self._tree_in_sight()

    def on_descendant_focus(self) -> None:
        """The tree may have been below the fold, or not laid out yet."""
        self.call_after_refresh(self._tree_in_sight)
        self.call_after_refresh(self._settling_in_sight)

    def _tree_in_sight(self) -> None:
        tree = self.query_one(WhyTree)
        if tree.has_focus:
            self._keep_in_sight(tree.virtual_region.y + max(tree.cursor_line, 0), 1)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Keep the cursor of the list in sight."""
        event.stop()
        self._settling_in_sight()

    def _settling_in_sight(self) -> None:
        found = self.query_one(SettleList)
        if found.has_focus and found.highlighted is not None:
            self._keep_in_sight(found.virtual_region.y + 2 * found.highlighted, 2)

    def _keep_in_sight(self, y: int, height: int) -> None:
        self.scroll_to_region(Region(0, y, 1, height), animate=False, force=True)

    # -- what would settle it ----------------------------------------------------------------------

    def _list_settling(self) -> None:
        found = self.query_one(SettleList)
        found.clear_options()
        self._targets = []
        if self.evaluation is not None and self.finding is not None:
            for words, target in self._settling(self.evaluation, self.finding):
                self._targets.append(target)
                found.add_option(Option(words))
        found.display = bool(self._targets)
        found.can_focus = bool(self._targets)
        found.highlighted = 0 if self._targets else None

    def _settling(
        self, evaluation: Evaluation, finding: Finding
    ) -> Iterator[tuple[Content, tuple[FactRef | None, str]]]:
        refs = [*finding.missing, *map(FactRef, finding.open_lists)]
        rules, lang = evaluation.rules, self.lang
        matter = matters(evaluation, refs)
        for ref in refs if finding.status is Status.UNDETERMINED else ():
            fact = rules.facts[ref.name]
            if fact.list is not None and ref.item is None:
                continue
            label = fact.label.get(lang)
            if ref.item is not None:
                label += f"（{ref.item}）" if lang == "zh" else f" ({ref.item})"
            findings = count(matter[ref], lang, "matters_to_one", "matters_to")
            yield plain(f"→ {label}") + Content("\n  ") + plain(findings, QUIET), (ref, "")
        if finding.status is Status.CONTESTED:
            for name in dict.fromkeys(n for v in finding.readings for n, _ in v.adopt):
                yield plain(f"→ {rules.readings[name].question.get(lang)}"), (None, name)

    def _settle_title(self, width: int) -> Iterator[Content]:
        if self._targets:
            yield Content("")
            yield heading(say("would_settle", self.lang))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the question."""
        event.stop()
        self.post_message(self.Jump(*self._targets[event.option_index]))

    # -- the rest ----------------------------------------------------------------------------------

    def _rest(self, width: int) -> Iterator[Content]:
        if self.evaluation is None or self.finding is None:
            return
        rules, lang, finding = self.evaluation.rules, self.lang, self.finding
        rule = rules.rules[finding.rule]
        instrument = rules.instruments[rule.instrument]
        status = display_status(finding)
        if finding.readings:
            yield Content("")
            yield heading(say("readings", lang))
            yield from self._readings(width)
        yield from self._to_do(width)
        note = say("note", lang) + " "
        if instrument.notice is not None and status is not DisplayStatus.NOT_APPLICABLE:
            yield from lines_of(instrument.notice.get(lang), width, QUIET, 0, note)
        yield Content("")
        number = f"{instrument.number.get(lang)} " if instrument.number else ""
        text = f"{instrument.title.get(lang)} {number}{wording.article_text(rule.article, lang)}"
        yield from lines_of(text, width, "", 0, say("cite", lang) + " ")

    def _to_do(self, width: int) -> Iterator[Content]:
        """What to do: of a duty that is open, first to find out; then what it would take."""
        assert self.evaluation is not None and self.finding is not None
        rules, lang, status = self.evaluation.rules, self.lang, display_status(self.finding)
        rule = rules.rules[self.finding.rule]
        is_open = status in _OPEN and rule.requires is not None
        if status is DisplayStatus.NOT_APPLICABLE:
            return
        if is_open and self._targets and self._targets[0][0] is not None:
            yield Content("")
            what = ref_words(rules, self._targets[0][0]).get(lang)
            text = say("find_out", lang, what=what)
            yield from lines_of(text, width, "", 0, say("do", lang) + " ")
        if rule.then is None or (status is DisplayStatus.PASS and rule.requires is not None):
            return
        yield Content("")
        lead = say("if_not_met" if is_open else "do", lang) + " "
        yield from lines_of(rule.then.get(lang), width, "", 0, lead)

    def _readings(self, width: int) -> Iterator[Content]:
        assert self.evaluation is not None and self.finding is not None
        rules, lang = self.evaluation.rules, self.lang
        sep, colon = ("，", "：") if lang == "zh" else (", ", ": ")
        for verdict in self.finding.readings:
            picked = [rules.readings[n].choices[c].get(lang) for n, c in verdict.adopt]
            outcome = wording.outcomes_text(verdict.outcomes, lang)
            yield from lines_of(f"{sep.join(picked)}{colon}{outcome}", width, "", 2, "~ ")
