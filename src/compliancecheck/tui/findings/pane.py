"""The Findings tab: the ordered list with its filters, the proof of the one under the cursor."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from compliancecheck.logic.drafts import is_draft
from compliancecheck.model.findings import Evaluation, Finding
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.texts import Place
from compliancecheck.reports import wording
from compliancecheck.reports.layout import wrap
from compliancecheck.reports.sheet import Sheet
from compliancecheck.reports.status import LOOKS, DisplayStatus, display_status
from compliancecheck.reports.summary import empty_packs, in_order, status_counts
from compliancecheck.reports.tree import trees_text
from compliancecheck.tui.answer.options import ExactInput
from compliancecheck.tui.findings.proof import ProofPane
from compliancecheck.tui.help import Helped
from compliancecheck.tui.overlays import FullText
from compliancecheck.tui.panes import Pane
from compliancecheck.tui.paper import (
    QUIET,
    Paper,
    lines_of,
    mark,
    padded,
    plain,
    status_style,
)
from compliancecheck.tui.words import say

_NA = DisplayStatus.NOT_APPLICABLE
MOST_ROWS = 500
SETTLE_AFTER = 0.12


class FindingList(OptionList, Helped):
    """The findings in the order of reading, one row each."""

    help_name = "findings"
    BINDINGS = [
        Binding("enter", "select", "open", key_display="enter", id="open.finding"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    class Resized(Message):
        """The rows must be laid out anew."""

    def on_resize(self) -> None:
        """Rows are laid out for a width."""
        self.post_message(self.Resized())


class FindingsPane(Pane, Horizontal):
    """All findings of the evaluation; it writes nothing."""

    BINDINGS = [
        Binding("f", "status", "status", id="status"),
        Binding("slash,ctrl+f", "filter", "filter", key_display="/", id="filter"),
        Binding("w,ctrl+r", "full", "in full", key_display="w", id="full"),
        Binding("escape", "clear", "clear", show=False, id="clear"),
    ]

    def __init__(self, lang: str) -> None:
        super().__init__(id="findings")
        self.lang = lang
        self.evaluation: Evaluation | None = None
        self.only: DisplayStatus | None = None
        self.words = ""
        self.na_open = False
        self._rows: list[Finding | str] = []  # a pack's id: nothing of it is answered
        self._is_cut = False
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Filters and list at the left, the proof at the right."""
        with Vertical(id="list-side"):
            yield Paper(self._bar, id="bar")
            field = ExactInput("", compact=True, id="words", placeholder="…")
            field.display = False
            yield field
            yield FindingList(id="list")
            yield Paper(self._nothing, id="nothing")
        yield ProofPane(self.lang)

    # -- what is shown ---------------------------------------------------------------------------

    def speak(self, lang: str) -> None:
        """The proof too."""
        super().speak(lang)
        self.query_one(ProofPane).lang = lang

    def fill(self, evaluation: Evaluation | None) -> None:
        """Show an evaluation; the cursor stays on its finding."""
        kept = self.current
        self.evaluation = evaluation
        self._fill(kept)

    def _fill(self, kept: Finding | str | None = None) -> None:
        listed = self.query_one(FindingList)
        listed.display = True
        room = listed.scrollable_content_region.width
        if room < 1:
            return  # not laid out yet; it will be told its size
        found = list(islice(self._chosen(), MOST_ROWS + 1))
        self._rows, self._is_cut = found[:MOST_ROWS], len(found) > MOST_ROWS
        with self.prevent(OptionList.OptionHighlighted):
            listed.clear_options()
            listed.add_options(Option(self._row(row, room)) for row in self._rows)
            at = next((n for n, row in enumerate(self._rows) if _same(row, kept)), 0)
            listed.highlighted = at if self._rows else None
        listed.display = bool(self._rows)
        listed.can_focus = bool(self._rows)
        self.query_one("#bar", Paper).set(self._bar)
        self.query_one("#nothing", Paper).set(self._nothing)
        self._prove()

    def _chosen(self) -> Iterator[Finding | str]:
        """The rows: findings that pass the filters, one a pack of which nothing is answered."""
        evaluation = self.evaluation
        if evaluation is None:
            return
        empty = empty_packs(evaluation)
        folded: list[Finding] = []
        named: set[str] = set()
        for finding in in_order(evaluation):
            status = display_status(finding)
            if not self._passes(finding, status):
                continue
            pack = self._pack(finding)
            if status is _NA and self.only is not _NA and not self.words:
                folded.append(finding)
            elif pack in empty and status is DisplayStatus.MAY_APPLY and not self.words:
                if pack not in named:
                    named.add(pack)
                    yield pack
            else:
                yield finding
        if folded:
            yield _FOLD
        if self.na_open:
            yield from folded

    def _passes(self, finding: Finding, status: DisplayStatus) -> bool:
        if self.only is not None and status is not self.only:
            return False
        return not self.words or all(
            word in self._haystack(finding) for word in self.words.lower().split()
        )

    def _haystack(self, finding: Finding) -> str:
        assert self.evaluation is not None
        rules = self.evaluation.rules
        rule = rules.rules[finding.rule]
        parts = [rule.title.en, rule.title.zh, rule.id, rule.article, finding.item or ""]
        parts += [rules.instruments[rule.instrument].short.get(lang) for lang in ("en", "zh")]
        for ref in finding.missing:
            fact = rules.facts[ref.name]
            parts += [ref.name, fact.label.en, fact.label.zh]
        return "\n".join(parts).lower()

    def _pack(self, finding: Finding) -> str:
        assert self.evaluation is not None
        rules = self.evaluation.rules
        return rules.instruments[rules.rules[finding.rule].instrument].pack

    def _row(self, row: Finding | str, width: int) -> Content:
        assert self.evaluation is not None
        rules, lang = self.evaluation.rules, self.lang
        if row == _FOLD:
            n = status_counts(self.evaluation)[_NA]
            sign = "▾" if self.na_open else "▸"
            words = say("na_open" if self.na_open else "na_folded", lang, n=n)
            return Content("\n").join(lines_of(words, width, QUIET, 2, f"{sign} "))
        if isinstance(row, str):
            words = say("pack_empty", lang, pack=rules.packs[row].title.get(lang))
            return self._with_mark(DisplayStatus.MAY_APPLY, words, "", width)
        rule = rules.rules[row.rule]
        right = wording.item_name(row, lang) if rule.each is not None else ""
        right = right or (wording.LEVELS["should"].get(lang) if rule.level == "should" else "")
        if is_draft(rules, rule.id):
            right = "  ".join(part for part in (right, wording.DRAFT.get(lang)) if part)
        return self._with_mark(display_status(row), rule.title.get(lang), right, width)

    def _with_mark(self, status: DisplayStatus, words: str, right: str, width: int) -> Content:
        lead = padded(mark(status, self.lang, short=True), 7)
        room = max(width - lead.cell_length, 8)
        first, *rest = wrap(safe_text(words), room)
        rows = [lead + first, *(Content(" " * 7 + line) for line in rest)]
        right = safe_text(right)
        if right:
            gap = room - cell_width(rest[-1] if rest else first) - cell_width(right)
            if gap >= 2:
                rows[-1] = rows[-1] + " " * gap + plain(right, QUIET)
            else:
                rows += lines_of(right, width, QUIET, 9, " " * 9)
        return Content("\n").join(rows)

    def _bar(self, width: int) -> Iterator[Content]:
        if self.evaluation is None:
            return
        counts = status_counts(self.evaluation)
        pieces = [self._piece(say("all", self.lang), self.only is None, "")]
        for status in DisplayStatus:
            if counts[status]:
                text = f"{LOOKS[status].symbol}{counts[status]}"
                if status is _NA:
                    text = f"{LOOKS[status].word.get(self.lang)} {counts[status]}"
                pieces.append(self._piece(text, self.only is status, status_style(status)))
        line = Content("")
        for piece in pieces:
            if line and line.cell_length + piece.cell_length > width:
                yield line
                line = Content("")
            line = line + piece
        yield line
        if self.words:
            yield from lines_of(f"/ {self.words}", width, QUIET)
        if self._is_cut:
            yield from lines_of(say("rows_cut", self.lang, n=MOST_ROWS), width, QUIET)

    def _piece(self, text: str, on: bool, style: str) -> Content:
        return plain(f"[{text}]" if on else f" {text} ", f"{style} reverse" if on else style)

    def _nothing(self, width: int) -> Iterator[Content]:
        if self._rows:
            return
        if self.evaluation is None:
            return
        if self.only is None and not self.words:
            yield from lines_of(say("no_findings", self.lang), width, QUIET)
            return
        parts = [LOOKS[self.only].word.get(self.lang)] if self.only else []
        what = " ".join([*parts, *([f"“{self.words}”"] if self.words else [])])
        yield from lines_of(say("nothing_in_filter", self.lang, what=what), width)

    # -- the cursor ------------------------------------------------------------------------------

    @property
    def current(self) -> Finding | str | None:
        """The row under the cursor."""
        n = self.query_one(FindingList).highlighted
        return self._rows[n] if n is not None and n < len(self._rows) else None

    @property
    def place(self) -> Place | None:
        """Where the finding's figure, or the node under the cursor, stands in the profile."""
        proof = self.query_one(ProofPane)
        if proof.finding is not self.current:
            self._prove()  # the cursor has just moved
        return proof.place

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Prove what is under the cursor, a moment after the last key."""
        if event.option_list.id != "list":
            return
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SETTLE_AFTER, self._prove)

    def _prove(self) -> None:
        row = self.current
        proof = self.query_one(ProofPane)
        finding = row if isinstance(row, Finding) else None
        proof.show(self.evaluation, finding)
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Into the proof; the folded line opens or folds."""
        if event.option_list.id != "list":
            return
        event.stop()
        row = self.current
        if row == _FOLD:
            self.na_open = not self.na_open
            self._fill(row)
        elif isinstance(row, Finding):
            self._prove()
            settle = self.query_one("#settle", OptionList)
            (settle if settle.display else self.query_one("#why")).focus()

    def on_finding_list_resized(self, event: FindingList.Resized) -> None:
        """Lay the rows out anew."""
        event.stop()
        self._fill(self.current)

    def pick(self, finding: Finding) -> None:
        """Put the cursor on a finding, also if a filter hid it."""
        self.only, self.words, self.na_open = None, "", display_status(finding) is _NA
        self._fill(finding)
        self.query_one(FindingList).focus()

    # -- keys ------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """*In full* needs a finding."""
        if action == "full":
            return self.is_mounted and isinstance(self.current, Finding)
        return True

    def action_status(self) -> None:
        """The next status that some finding has; after the last, all."""
        if self.evaluation is None:
            return
        counts = status_counts(self.evaluation)
        ring: list[DisplayStatus | None] = [None, *(s for s in DisplayStatus if counts[s])]
        at = ring.index(self.only) if self.only in ring else 0
        self.only = ring[(at + 1) % len(ring)]
        self._fill(self.current)

    def action_filter(self) -> None:
        """Type words."""
        field = self.query_one("#words", ExactInput)
        field.display = True
        field.placeholder = say("filter_prompt", self.lang)
        field.focus()

    def take_focus(self) -> None:
        """The focus goes to the list, if there is one."""
        listed = self.query_one(FindingList)
        if listed.can_focus:
            listed.focus()

    def action_clear(self) -> None:
        """From the proof to the list; in the list, all findings again."""
        listed = self.query_one(FindingList)
        if not listed.has_focus and self._rows:
            listed.focus()
            return
        self.only, self.words = None, ""
        field = self.query_one("#words", ExactInput)
        field.value, field.display = "", False
        self._fill(self.current)
        listed.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter along."""
        event.stop()
        self.words = event.value.strip()
        self._fill(self.current)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """To the list."""
        event.stop()
        self._leave_words()

    def on_exact_input_left(self, event: ExactInput.Left) -> None:
        """To the list; the words stay."""
        event.stop()
        self._leave_words()

    def _leave_words(self) -> None:
        field = self.query_one("#words", ExactInput)
        field.display = bool(field.value.strip())
        if self._rows:
            self.query_one(FindingList).focus()
        else:
            self.action_clear()

    def action_full(self) -> None:
        """The whole proof, nothing cut."""
        evaluation, row, lang = self.evaluation, self.current, self.lang
        if evaluation is None or not isinstance(row, Finding):
            return

        def draw(width: int) -> Iterator[Content]:
            sheet = Sheet(width=width, lang=lang)
            text = trees_text(evaluation, [row], sheet, routes=False, left="")
            for line in text.splitlines():
                yield from [Content(line)] if cell_width(line) <= width else lines_of(line, width)

        title = evaluation.rules.rules[row.rule].title.get(lang)
        self.app.push_screen(FullText(title, draw, lang))


_FOLD = "\n"  # the row of the folded N/A findings; no pack has this id


def _same(row: Finding | str, kept: Finding | str | None) -> bool:
    if isinstance(row, Finding) and isinstance(kept, Finding):
        return (row.rule, row.item, row.further) == (kept.rule, kept.item, kept.further)
    return row == kept
