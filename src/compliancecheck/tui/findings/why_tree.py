"""The reasoning of a finding as a tree: decisive branches open, nothing cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.style import Style
from rich.text import Text
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from compliancecheck.model.findings import Explanation, TraceNode
from compliancecheck.model.profile import Evidence as Told
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import cell_width
from compliancecheck.model.texts import Place
from compliancecheck.reports import wording
from compliancecheck.reports.layout import wrap
from compliancecheck.tui.help import Helped
from compliancecheck.tui.words import say

_NONE: Mapping[FactRef, Told] = {}


class WhyTree(Tree[TraceNode], Helped):
    """The reasoning; what is decisive is open. A long label goes on in the lines below it."""

    help_name = "why"
    BINDINGS = [
        Binding("enter", "open_rule", "rule", key_display="enter", id="rule"),
        Binding("m", "evidence", "evidence", id="evidence"),
        Binding("j", "cursor_down", "Cursor Down", show=False),
        Binding("k", "cursor_up", "Cursor Up", show=False),
        Binding("l", "open_branch", "open", show=False),
        Binding("h", "cursor_parent", "Cursor to parent", show=False),
        Binding("pagedown", "turn(1)", "Page Down", show=False),
        Binding("pageup", "turn(-1)", "Page Up", show=False),
    ]
    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "

    class OpenRule(Message):
        """Show the page of a rule (empty: that of the finding)."""

        def __init__(self, rule: str) -> None:
            super().__init__()
            self.rule = rule

    class Evidence(Message):
        """Say who says so of an answer."""

        def __init__(self, ref: FactRef) -> None:
            super().__init__()
            self.ref = ref

    def __init__(self) -> None:
        self.continued: set[int] = set()  # nodes whose label goes on in their first children
        self.lang, self._sift = "en", False
        self.evidence: Mapping[FactRef, Told] = _NONE
        super().__init__(Text(""), id="why")
        self.show_root, self.show_guides, self.guide_depth = False, False, 2

    def render_label(self, node: TreeNode[TraceNode], base_style: Style, style: Style) -> Text:
        """The label; ``…`` where its further lines are folded away."""
        text = super().render_label(node, base_style, style)
        if node.id in self.continued and not node.is_expanded:
            text.append("…")
        return text

    def room(self, parent: TreeNode[TraceNode], icon: bool) -> int:
        """The cells for a label under *parent*."""
        depth, above = 0, parent.parent
        while above is not None:
            depth, above = depth + 1, above.parent
        return max(self.size.width - self.guide_depth * depth - (2 if icon else 0) - 1, 6)

    def action_turn(self, way: int) -> None:
        """Turn a page of the whole proof."""
        pane = self.parent
        if isinstance(pane, VerticalScroll):
            pane.scroll_relative(y=way * max(pane.size.height - 2, 1), animate=False)

    def action_cursor_down(self) -> None:
        """Down; from the last line on to what stands below the tree."""
        if self.cursor_line >= self.last_line:
            self.action_turn(1)
        else:
            super().action_cursor_down()

    def action_open_rule(self) -> None:
        """The rule whose scope the node under the cursor is, else that of the finding."""
        node = self.cursor_node
        self.post_message(self.OpenRule((node.data.rule if node and node.data else "") or ""))

    def action_evidence(self) -> None:
        """Evidence of the answer under the cursor."""
        node = self.cursor_node
        if node is not None and node.data is not None and node.data.ref is not None:
            self.post_message(self.Evidence(node.data.ref))

    def action_open_branch(self) -> None:
        """Open the branch under the cursor."""
        if self.cursor_node is not None:
            self.cursor_node.expand()

    def plant(
        self, explanation: Explanation, lang: str, evidence: Mapping[FactRef, Told] = _NONE
    ) -> None:
        """Grow the tree of a proof, laid out for the width there is; with who says so."""
        self.evidence = evidence
        self.clear()
        self.continued.clear()
        if not self.size.width:
            return  # not laid out yet
        self.lang, self._sift = lang, bool(explanation.decisive)
        self._branch(self.root, _deciding_first(explanation.trace))
        self.root.expand()

    def _branch(self, parent: TreeNode[TraceNode], children: Sequence[TraceNode]) -> None:
        sift = self._sift
        first = [c for c in children if not sift or c.decisive or c.truth is None]
        above = parent.data
        if sift and above is not None and not above.figure:
            first.sort(key=lambda c: not c.figure and c.truth is not above.truth)
        rest = [c for c in children if c not in first]
        if parent.is_root and sift:
            first, rest = [*first, *rest], []  # scope and requirement are both always named
        for child in first:
            self._node(parent, child, opened=not sift or child.decisive or child.truth is None)
        if rest and first:
            more = say("more_not_decisive", self.lang, n=len(rest))
            if cell_width(more) > self.room(parent, True):
                more = f"+{len(rest)}"  # deep in the tree of a narrow pane
            parent = parent.add(Text(more, "dim"), expand=False)
        for child in rest:
            self._node(parent, child, opened=False)

    def _node(self, parent: TreeNode[TraceNode], child: TraceNode, *, opened: bool) -> None:
        icon = bool(child.children)
        room = self.room(parent, icon)
        first, *rest = wrap(node_words(child, self.lang), room - 2)
        place = self._place_text(child.place, room - 2)
        if place and not rest and cell_width(first) + 2 + cell_width(place) <= room:
            first, place = f"{first}  {place}", ""
        style = "bold" if child.decisive and not child.figure else ""
        below = [Text(f"  {line}", style) for line in rest]
        below += [Text(f"  {place}", "dim")] if place else []
        told = self.evidence.get(child.ref) if child.ref is not None and not icon else None
        source = wording.evidence_text(told, self.lang) if told is not None else ""
        for text in (source, wording.remark_text(child, self.lang)):
            below += [Text(f"  {line}", "dim italic") for line in wrap(text, room - 2) if text]
        if not icon:
            parent.add_leaf(Text(first, style), child)
            for line in below:
                parent.add_leaf(line, child)
            return
        node = parent.add(Text(first, style), child, expand=opened)
        if rest:
            self.continued.add(node.id)
        for line in below:
            node.add_leaf(line, child)
        self._branch(node, child.children)

    def _place_text(self, place: Place | None, room: int) -> str:
        if place is None:
            return ""
        text = wording.place_text(_short(place))
        if cell_width(text) <= room:
            return text
        return say("line", self.lang, line=place.line, column=place.column)


def _deciding_first(trace: TraceNode) -> Sequence[TraceNode]:
    """Of a rule that applies the requirement decides, else whether it applies."""
    scope, *requirement = trace.children
    return (*requirement, scope) if scope.truth is True else trace.children


def node_words(node: TraceNode, lang: str) -> str:
    """What a node of the reasoning says, in one line: sign, words, value, article."""
    sign = "?" if node.truth is None else "✓" if node.truth else "✗"
    return wording.node_text(node, sign, lang)


def _short(place: Place | None) -> Place | None:
    """The place with the file's name alone: all answers of a profile stand in one file."""
    if place is None:
        return None
    name = place.path.replace("\\", "/").rsplit("/", 1)[-1]
    return Place(name, place.line, place.column, place.end_column)
