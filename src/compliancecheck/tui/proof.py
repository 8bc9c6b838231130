"""The proof of one finding: strip, why, what would settle it, readings, what to do, citation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Tree
from textual.widgets.option_list import Option
from textual.widgets.tree import TreeNode

from compliancecheck.logic.bands import finding_axis
from compliancecheck.logic.explain import explain
from compliancecheck.logic.figures import interval_words
from compliancecheck.logic.margin_words import margin_words
from compliancecheck.model.findings import Evaluation, Explanation, Finding, Status, TraceNode
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.texts import Place
from compliancecheck.reports import wording
from compliancecheck.reports.status import DisplayStatus, display_status
from compliancecheck.reports.strip import draw, way_words
from compliancecheck.tui.paper import QUIET, Paper, heading, lines_of, mark, plain
from compliancecheck.tui.reasons import why_not
from compliancecheck.tui.words import count, say


class WhyTree(Tree[TraceNode]):
    """The reasoning; what is decisive is open. Labels are cut to the width, ``w`` shows all."""

    BINDINGS = [
        Binding("j", "cursor_down", "Cursor Down", show=False),
        Binding("k", "cursor_up", "Cursor Up", show=False),
        Binding("l", "open_branch", "open", show=False),
        Binding("h", "cursor_parent", "Cursor to parent", show=False),
    ]
    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "

    def __init__(self) -> None:
        super().__init__(Text(""), id="why")
        self.show_root = False
        self.guide_depth = 2

    def render_label(self, node: TreeNode[TraceNode], base_style: Style, style: Style) -> Text:
        """The label, cut with ``…`` where it is wider than the pane."""
        text = super().render_label(node, base_style, style)
        depth, parent = 0, node.parent
        while parent is not None:
            depth, parent = depth + 1, parent.parent
        room = max(self.size.width - 2 * depth, 8)
        if self.size.width and text.cell_len > room:
            text.truncate(room, overflow="ellipsis")
        return text

    def action_open_branch(self) -> None:
        """Open the branch under the cursor."""
        if self.cursor_node is not None:
            self.cursor_node.expand()


class SettleList(OptionList):
    """The facts, or readings, that would settle a finding; Enter goes to the question."""

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

    def __init__(self, lang: str) -> None:
        super().__init__(id="proof")
        self.lang = lang
        self.evaluation: Evaluation | None = None
        self.finding: Finding | None = None
        self.explanation: Explanation | None = None
        self._targets: list[tuple[FactRef | None, str]] = []

    def compose(self) -> ComposeResult:
        """Head, tree, what would settle it, the rest."""
        yield Paper(self._head)
        yield WhyTree()
        yield Paper(self._settle_title, id="settle-title")
        yield SettleList(id="settle")
        yield Paper(self._rest)

    def show(self, evaluation: Evaluation | None, finding: Finding | None) -> None:
        """Prove *finding* (None: nothing to show)."""
        self.evaluation, self.finding = evaluation, finding
        self.explanation = (
            explain(evaluation, finding) if evaluation is not None and finding is not None else None
        )
        for paper, lines in zip(
            self.query(Paper), (self._head, self._settle_title, self._rest), strict=True
        ):
            paper.set(lines)
        self._plant()
        self._list_settling()
        self.scroll_home(animate=False)

    # -- head ------------------------------------------------------------------------------------

    def _head(self, width: int) -> Iterator[Content]:
        if self.evaluation is None or self.finding is None or self.explanation is None:
            return
        rules, lang, finding = self.evaluation.rules, self.lang, self.finding
        rule = rules.rules[finding.rule]
        yield from lines_of(rule.title.get(lang), width, "bold")
        item = wording.item_name(finding, lang)
        if item and rule.each is not None:
            yield from lines_of(item, width, QUIET)
        short = rules.instruments[rule.instrument].short.get(lang)
        pieces = [f"{short} {rule.article}", wording.tags(rules, rule, lang)]
        yield mark(display_status(finding), lang) + "  " + plain("  ".join(p for p in pieces if p)[
            : max(width - mark(display_status(finding), lang).cell_length - 2, 0)])
        yield plain(finding.rule, QUIET) if cell_width(finding.rule) <= width else Content("")
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
        for margin in explanation.margins[:1]:
            unit = None if margin.type == "date" else margin.unit
            value = interval_words(margin.type, unit, margin.value).get(self.lang)
            words = margin_words(margin).get(self.lang)
            colon, semicolon = ("：", "；") if self.lang == "zh" else (": ", "; ")
            label = margin.label.get(self.lang)
            yield from lines_of(f"{label}{colon}{value}{semicolon}{words}", width)

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
        if finding.held:
            yield from lines_of(say("held", self.lang), width)
        adopted = wording.adopted_text(finding, self.lang)
        if adopted:
            yield from lines_of(adopted, width)

    # -- tree ------------------------------------------------------------------------------------

    def _plant(self) -> None:
        tree = self.query_one(WhyTree)
        tree.clear()
        if self.explanation is None:
            return
        self._branch(tree.root, self.explanation.trace.children)
        tree.root.expand()

    def _branch(self, parent: TreeNode[TraceNode], children: Sequence[TraceNode]) -> None:
        assert self.explanation is not None
        sift = bool(self.explanation.decisive)
        first = [c for c in children if not sift or c.decisive or c.truth is None]
        rest = [c for c in children if c not in first]
        if parent.is_root and sift:
            first, rest = [*first, *rest], []  # scope and requirement are both always named
        for child in first:
            self._node(parent, child, opened=not sift or child.decisive or child.truth is None)
        if rest and first:
            more = say("more_not_decisive", self.lang, n=len(rest))
            parent = parent.add(Text(more, "dim"), expand=False)
        for child in rest:
            self._node(parent, child, opened=False)

    def _node(self, parent: TreeNode[TraceNode], child: TraceNode, *, opened: bool) -> None:
        place = wording.place_text(_short(child.place))
        label, room = self._label(child), max(self.content_size.width - 6, 20)
        together = label.cell_len + cell_width(place) + 2 <= room
        if place and together:
            label.append("  " + place, "dim")
        if child.children:
            node = parent.add(label, child, expand=opened)
            self._branch(node, child.children)
        else:
            node = parent.add_leaf(label, child)
        if place and not together:
            parent.add_leaf(Text("  " + place, "dim"), child)

    def _label(self, node: TraceNode) -> Text:
        words = safe_text(node.words.get(self.lang))
        value = safe_text(node.value.get(self.lang)) if node.value else ""
        colon = "：" if self.lang == "zh" else ": "
        if node.figure:
            return Text(f"{words}{colon}{value}" if value else words)
        sign = "?" if node.truth is None else "✓" if node.truth else "✗"
        text = Text(f"{sign} {words}", "bold" if node.decisive else "")
        if value and not words.endswith(value):
            text.append(f"（现为：{value}）" if self.lang == "zh" else f" (is: {value})")
        if node.article:
            text.append(f" [{wording.article_text(safe_text(node.article), self.lang)}]", "dim")
        return text

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
        for ref in (*explanation.decisive, *explanation.also, *explanation.finding.missing):
            place = wording.place_of(evaluation, ref)
            if place is not None:
                return place
        return None

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

    def _settling(
        self, evaluation: Evaluation, finding: Finding
    ) -> Iterator[tuple[Content, tuple[FactRef | None, str]]]:
        refs = [*finding.missing, *map(FactRef, finding.open_lists)]
        rules, lang = evaluation.rules, self.lang
        for ref in refs if finding.status is Status.UNDETERMINED else ():
            fact = rules.facts[ref.name]
            if fact.list is not None and ref.item is None:
                continue
            n = sum(1 for f in evaluation.findings if ref in f.missing or ref.name in f.open_lists)
            label = fact.label.get(lang)
            if ref.item is not None:
                label += f"（{ref.item}）" if lang == "zh" else f" ({ref.item})"
            matters = count(n, lang, "matters_to_one", "matters_to")
            yield plain(f"→ {label}") + Content("\n  ") + plain(matters, QUIET), (ref, "")
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
        if rule.then is not None and status is not DisplayStatus.NOT_APPLICABLE:
            yield Content("")
            yield from lines_of(rule.then.get(lang), width, "", 5, say("do", lang) + " ")
        if instrument.notice is not None and status is not DisplayStatus.NOT_APPLICABLE:
            yield from lines_of(instrument.notice.get(lang), width, QUIET, 5, say("note", lang) + " ")
        yield Content("")
        number = f"{instrument.number.get(lang)} " if instrument.number else ""
        text = f"{instrument.title.get(lang)} {number}{wording.article_text(rule.article, lang)}"
        yield from lines_of(text, width, "", 5, say("cite", lang) + " ")

    def _readings(self, width: int) -> Iterator[Content]:
        assert self.evaluation is not None and self.finding is not None
        rules, lang = self.evaluation.rules, self.lang
        sep, colon = ("，", "：") if lang == "zh" else (", ", ": ")
        for verdict in self.finding.readings:
            picked = [rules.readings[n].choices[c].get(lang) for n, c in verdict.adopt]
            outcome = wording.outcomes_text(verdict.outcomes, lang)
            yield from lines_of(f"{sep.join(picked)}{colon}{outcome}", width, "", 2, "~ ")


def _short(place: Place | None) -> Place | None:
    """The place with the file's name alone: all answers of a profile stand in one file."""
    if place is None:
        return None
    name = place.path.replace("\\", "/").rsplit("/", 1)[-1]
    return Place(name, place.line, place.column, place.end_column)
