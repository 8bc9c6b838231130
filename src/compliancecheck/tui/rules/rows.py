"""The rows of the Rules tab: packs, their instruments, the rules of those that are open."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from textual.content import Content

from compliancecheck.model.findings import Evaluation
from compliancecheck.model.instruments import Instrument, Rule, Rules
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.texts import Texts
from compliancecheck.reports import wording
from compliancecheck.reports.layout import wrap
from compliancecheck.reports.rule_page import rule_standing, standing_of
from compliancecheck.reports.status import DisplayStatus, display_status
from compliancecheck.tui.paper import QUIET, plain, symbol
from compliancecheck.tui.rules.years import by_day

SHORT_STANDINGS = {
    "draft": Texts("draft", "征求意见稿"),
    "ahead": Texts("to come", "尚未施行"),
    "in_force": Texts("in force", "施行中"),
    "ended": Texts("ended", "已失效"),
    "disputed": Texts("disputed", "有争议"),
    "partly": Texts("partly displaced", "部分被取代"),
    "displaced": Texts("displaced", "已被取代"),
}
PACK, INSTRUMENT, RULE = "pack", "instrument", "rule"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: of what kind, its id, and whether what is below it shows."""

    kind: str
    id: str
    open: bool = False


class Catalogue:
    """The rules with what they gave for one profile (None: nothing yet) on one day of law."""

    def __init__(self, rules: Rules, evaluation: Evaluation | None, day: int) -> None:
        self.rules, self.evaluation, self.day = rules, evaluation, day
        self.statuses: dict[str, DisplayStatus] = {}
        self.fired: set[str] = set()
        for finding in evaluation.findings if evaluation is not None else ():
            status = display_status(finding)
            kept = self.statuses.get(finding.rule)
            if kept is None or status.rank < kept.rank:
                self.statuses[finding.rule] = status
            if finding.fired:
                self.fired.add(finding.rule)

    def instruments(self, pack: str) -> list[Instrument]:
        """The instruments of a pack, by day."""
        return by_day([i for i in self.rules.instruments.values() if i.pack == pack])

    def inside(self, instrument: str) -> list[Rule]:
        """The rules of an instrument."""
        return [r for r in self.rules.rules.values() if r.instrument == instrument]

    def standing(self, instrument: Instrument) -> str:
        """``in_force`` and the like; ``partly`` or ``displaced`` if others took its place."""
        found = standing_of(instrument.effective, instrument.ends, self.day)
        if found != "in_force":
            return found
        own = self.inside(instrument.id)
        gone = [r for r in own if rule_standing(self.rules, r, self.day) == "displaced"]
        if not gone:
            return found
        return "displaced" if len(gone) == len(own) else "partly"

    def count(self, rules: Collection[Rule]) -> str:
        """``9/14``: those that surely apply, of all; ``–`` where none was judged."""
        judged = any(rule.id in self.statuses for rule in rules)
        fired = str(sum(rule.id in self.fired for rule in rules)) if judged else "–"
        return f"{fired}/{len(rules)}"

    # -- which rows ------------------------------------------------------------------------------

    def rows(self, opened: Collection[str], words: str) -> Iterator[Row]:
        """The rows that show; with *words* only what has them, and what that stands in."""
        wanted = words.lower().split()
        for pack in self.rules.packs:
            shown = [row for i in self.instruments(pack) for row in self._of(i, opened, wanted)]
            if not shown:
                continue
            is_open = bool(wanted) or pack in opened
            yield Row(PACK, pack, is_open)
            if is_open:
                yield from shown

    def _of(
        self, instrument: Instrument, opened: Collection[str], wanted: list[str]
    ) -> Iterator[Row]:
        own = [r for r in self.inside(instrument.id) if self._has(r, instrument, wanted)]
        if wanted and not own:
            return
        is_open = bool(wanted) or instrument.id in opened
        yield Row(INSTRUMENT, instrument.id, is_open)
        if is_open:
            yield from (Row(RULE, rule.id) for rule in own)

    def _has(self, rule: Rule, instrument: Instrument, wanted: list[str]) -> bool:
        if not wanted:
            return True
        texts = (rule.title, instrument.short, instrument.title)
        parts = [rule.id, rule.article, *(t.get(lang) for t in texts for lang in ("en", "zh"))]
        found = "\n".join(parts).lower()
        return all(word in found for word in wanted)

    # -- how they look ---------------------------------------------------------------------------

    def draw(self, row: Row, width: int, lang: str) -> Content:
        """A row in *width* cells, on as many lines as it takes."""
        if row.kind == PACK:
            inside = [r for i in self.instruments(row.id) for r in self.inside(i.id)]
            title = self.rules.packs[row.id].title.get(lang)
            return _row(_sign(row, ""), title, self.count(inside), width, "bold")
        if row.kind == INSTRUMENT:
            instrument = self.rules.instruments[row.id]
            standing = SHORT_STANDINGS[self.standing(instrument)].get(lang)
            right = f"{standing}  {self.count(self.inside(row.id)):>5}"
            return _row(_sign(row, "  "), instrument.short.get(lang), right, width, "")
        rule = self.rules.rules[row.id]
        status = self.statuses.get(row.id)
        lead = Content("    ") + (symbol(status) if status else plain("·", QUIET)) + " "
        right = wording.article_text(rule.article, lang)
        return _row(lead, rule.title.get(lang), right, width, "" if status else QUIET)


def _sign(row: Row, indent: str) -> Content:
    return Content(f"{indent}{'▾' if row.open else '▸'} ")


def _row(lead: Content, words: str, right: str, width: int, style: str) -> Content:
    """*lead* and *words*, wrapped; *right* at the right edge, below them if it must."""
    right = safe_text(right)
    room = max(width - lead.cell_length, 8)
    first, *rest = wrap(safe_text(words), room)
    blank = " " * lead.cell_length
    rows = [lead + plain(first, style), *(Content(blank) + plain(line, style) for line in rest)]
    gap = width - rows[-1].cell_length - cell_width(right)
    if gap < 2:
        rows.append(Content(""))
        gap = max(width - cell_width(right), 0)
    rows[-1] = rows[-1] + " " * gap + plain(right, QUIET)
    return Content("\n").join(rows)
