"""`compare` as text: what differs, with both citations, both proofs on request, and the ladder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from compliancecheck.logic.words import ref_words
from compliancecheck.model.comparison import Change, Comparison, DateChange, RouteChange, Rung, Side
from compliancecheck.model.findings import DatedAct, Evaluation
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.texts import iso
from compliancecheck.model.values import Interval
from compliancecheck.reports import compare_words as words
from compliancecheck.reports import dates, wording
from compliancecheck.reports.compare_ladder import ladder_lines
from compliancecheck.reports.layout import fit, wrap_after
from compliancecheck.reports.lines import harmless
from compliancecheck.reports.sheet import Sheet, packed, plural
from compliancecheck.reports.tree import finding_tree

MOST_ITEMS = 12
MOST_FACTS = 4
SIDE_BY_SIDE = 100
"""Cells from which two proofs stand beside each other."""


def comparison_text(
    comparison: Comparison,
    sheet: Sheet,
    *,
    proofs: bool = False,
    ladders: Mapping[str, Sequence[Rung]] | None = None,
) -> str:
    """All that `compare` prints; *ladders* are drawn by pack. Ends with a line break."""
    lines = list(Compared(comparison, sheet, proofs).lines())
    for pack, rungs in (ladders or {}).items():
        lines += ["", *_ladder(comparison, pack, rungs, sheet)]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return harmless(text.replace("→", ">") if sheet.ascii else text)


def _ladder(
    comparison: Comparison, pack: str, rungs: Sequence[Rung], sheet: Sheet
) -> Iterator[str]:
    title = sheet.get(comparison.before.rules.packs[pack].title)
    day = iso(comparison.before.as_of)
    yield from packed(
        [
            sheet.say("EDITIONS", "沿革"),
            title,
            sheet.say(f"each day's law over the facts of {day}", f"以{day}的事实适用各日的法律"),
        ],
        sheet.width,
        4,
    )
    marks = [] if comparison.draft else [("A", _law_day(comparison.before))]
    marks.append(("B", _law_day(comparison.after)))
    yield from ladder_lines(rungs, marks, sheet)


def _law_day(evaluation: Evaluation) -> int:
    return evaluation.as_of if evaluation.law is None else evaluation.law


class Compared:
    """A comparison on a sheet, block by block."""

    def __init__(self, comparison: Comparison, sheet: Sheet, proofs: bool) -> None:
        self.comparison, self.sheet, self.proofs = comparison, sheet, proofs
        self.rules = comparison.before.rules

    def lines(self) -> Iterator[str]:
        """Heading, routes, findings, days, what does not differ, notes."""
        yield from self._heading()
        blocks = [
            list(self.routes()),
            [line for group in self.groups() for line in self.change(group)],
            list(self.dates()),
            [*self.same(), *self.notes()],
        ]
        for block in blocks:
            if block:
                yield ""
                yield from block

    def _heading(self) -> Iterator[str]:
        before, say = self.comparison.before, self.sheet.say
        day = iso(before.as_of)
        pieces = [say(f"as of {day}", f"评估日 {day}")]
        if before.profile is self.comparison.after.profile:
            profile = before.profile
            pieces = [safe_text(profile.path), safe_text(profile.name), *pieces]
        elif before.law is not None:
            law = iso(before.law)
            pieces.append(say(f"law of {law}", f"适用{law}的法律"))
        if before.drafts and self.comparison.draft is None:
            pieces.append(say("with drafts", "含草案"))
        yield from packed([p for p in pieces if p], self.sheet.width, 4)
        for letter, name in zip("AB", words.side_names(self.comparison, self.sheet), strict=True):
            yield from wrap_after(f"{letter}: ", name, self.sheet.width, 3)

    # -- routes ----------------------------------------------------------------------------------

    def routes(self) -> Iterator[str]:
        """The lines of routes that differ."""
        for change in self.comparison.routes:
            yield from self._route(change)

    def _route(self, change: RouteChange) -> Iterator[str]:
        say = self.sheet.say
        name = safe_text(change.item or "")
        if change.item is None and self.rules.routes[change.route].each:
            name = self.sheet.get(wording.COMPANY)
        missing = say("not in this profile", "此档案未列出")
        ways = [
            missing if line is None else wording.route_text(self.rules, line, self.sheet.lang)
            for line in (change.before, change.after)
        ]
        head = say("ROUTE  ", "路径  ")
        text = f"{name}{say(': ', '：')}{ways[0]} → {ways[1]}" if name else " → ".join(ways)
        yield from wrap_after(head, text, self.sheet.width, cell_width(head))

    # -- findings --------------------------------------------------------------------------------

    def groups(self) -> list[list[Change]]:
        """Changes of one rule that differ by their item only stand together."""
        found: dict[object, list[Change]] = {}
        for change in self.comparison.changes:
            key = (
                change.rule,
                self._side_key(change.before),
                self._side_key(change.after),
                change.facts if change.item is None else tuple(f.name for f in change.facts),
                change.successors,
                change.predecessors,
            )
            found.setdefault(key, []).append(change)
        return list(found.values())

    def _side_key(self, side: Side) -> object:
        status = words.side_status(side)
        readings = side.finding.readings if side.finding else ()
        met = side.finding.met if side.finding else None
        return side.rule, side.absent, side.reason, status, readings, met

    def change(self, group: list[Change]) -> Iterator[str]:
        """The lines of one group: heading, both sides, causes, both proofs if asked for."""
        change, sheet = group[0], self.sheet
        before, after = words.side_status(change.before), words.side_status(change.after)
        items = [words.change_item(each, sheet) for each in group]
        named = sheet.say(", ", "、").join(item for item in items[:MOST_ITEMS] if item)
        if len(items) > MOST_ITEMS:
            left = len(items) - MOST_ITEMS
            named += sheet.say(f" … and {left} more", f"……另有{left}项")
        rule = self.rules.rules[change.rule]
        pieces = [sheet.get(rule.title), f"[{named}]" if named else "", safe_text(rule.id)]
        tags = wording.tags(self.rules, rule, sheet.lang)
        head = f"{words.sign(before, sheet)} → {words.sign(after, sheet)}  "
        text = "  ".join(p for p in [*pieces, tags] if p)
        first, *rest = wrap_after(head, text, sheet.width, 4)
        yield sheet.paint(first, after)
        yield from rest
        yield from self._sides(change)
        yield from self._causes(change)
        if self.proofs:
            yield from self._proofs(change)

    def _sides(self, change: Change) -> Iterator[str]:
        whole = words.side_status(change.before) is words.side_status(change.after)
        for letter, after in (("A", False), ("B", True)):
            text = words.side_line(self.comparison, change, after, self.sheet, whole=whole)
            yield from wrap_after(f"    {letter} ", text, self.sheet.width, 6)

    def _causes(self, change: Change) -> Iterator[str]:
        say, width = self.sheet.say, self.sheet.width
        drafted = self.comparison.draft is not None
        for partner in change.successors[1:] if drafted else change.successors:
            lead = say("      in its place: ", "      代之以：")
            if drafted:
                lead = say("      before that: ", "      此前为：")
            text = words.partner_words(self.rules, partner, self.sheet)
            yield from wrap_after(lead, text, width, 8)
        for partner in change.predecessors:
            lead = say("      in place of: ", "      取代：")
            text = words.partner_words(self.rules, partner, self.sheet)
            yield from wrap_after(lead, text, width, 8)
        if "not_listed" in (change.before.absent, change.after.absent):
            return  # the lists differ: the answers of an item that is not there say nothing
        for ref in change.facts[:MOST_FACTS]:
            label = safe_text(self.sheet.get(ref_words(self.rules, ref)))
            text = f"{label}{say(': ', '：')}{self._answers(ref)}"
            yield from wrap_after(say("      answers: ", "      回答："), text, width, 8)
        if len(change.facts) > MOST_FACTS:
            left = len(change.facts) - MOST_FACTS
            yield say(f"      … and {left} more", f"      ……另有{left}项")
        if change.through and not change.facts and not self._told(change):
            cites = [words.cited(self.rules, rule, self.sheet) for rule in change.through]
            text = say("; ", "；").join(dict.fromkeys(cites))
            yield from wrap_after(say("      because of: ", "      起因："), text, width, 8)

    def _told(self, change: Change) -> bool:
        """Whether a side says already why it does not apply by another rule or its days."""
        reasons = [side.reason.kind for side in (change.before, change.after) if side.reason]
        return bool({"displaced", "exempted", "not_in_force"} & set(reasons)) or bool(
            change.before.absent or change.after.absent
        )

    def _answers(self, ref: FactRef) -> str:
        return " → ".join(
            words.answer_words(evaluation, ref, self.sheet)
            for evaluation in (self.comparison.before, self.comparison.after)
        )

    # -- proofs ----------------------------------------------------------------------------------

    def _proofs(self, change: Change) -> Iterator[str]:
        if self.sheet.width < SIDE_BY_SIDE:
            narrow = replace(self.sheet, width=self.sheet.width - 4, color=False)
            for letter, after in (("A", False), ("B", True)):
                for n, line in enumerate(self._proof(change, after, narrow)):
                    yield f"{f'  {letter} ' if n == 0 else '    '}{line}"
            return
        half = (self.sheet.width - 3) // 2
        narrow = replace(self.sheet, width=half, color=False)
        left, right = (self._proof(change, after, narrow) for after in (False, True))
        bar = "|" if self.sheet.ascii else "│"
        for one, other in zip_longest(left, right, fillvalue=""):
            yield f"{fit(one, half)} {bar} {other}"

    def _proof(self, change: Change, after: bool, sheet: Sheet) -> list[str]:
        finding = (change.after if after else change.before).finding
        if finding is not None:
            evaluation = self.comparison.after if after else self.comparison.before
            return finding_tree(evaluation, finding, sheet)
        text = words.side_line(self.comparison, change, after, sheet)
        return wrap_after("", text, sheet.width, 2)

    # -- days ------------------------------------------------------------------------------------

    def dates(self) -> Iterator[str]:
        """The acts whose days differ."""
        head = self.sheet.say("DATES  ", "日期  ")
        for n, change in enumerate(self.comparison.dates):
            lead = head if n == 0 else " " * cell_width(head)
            yield from wrap_after(lead, self._date(change), self.sheet.width, cell_width(head) + 2)

    def _date(self, change: DateChange) -> str:
        act = change.after or change.before
        assert act is not None
        name = self.sheet.get(act.act)
        if change.item is not None:
            name += f" [{safe_text(change.item)}]"
        if act.adopt:
            name += f" ({dates.reading_text(self.rules, act, self.sheet)})"
        both = " → ".join(self._day(a) for a in (change.before, change.after))
        cite = words.cited(self.rules, change.rule, self.sheet)
        return f"{name}{self.sheet.say(': ', '：')}{both}  {cite}"

    def _day(self, act: DatedAct | None) -> str:
        if act is None:
            return self.sheet.say("none", "无")
        standing = dates.STANDINGS[act.standing].get(self.sheet.lang)
        return f"{days_text(act.due)} ({standing})" if act.due else standing

    # -- the end ---------------------------------------------------------------------------------

    def same(self) -> Iterator[str]:
        """How much does not differ."""
        found, sheet = self.comparison, self.sheet
        parts = [sheet.say(f"=  {found.unchanged} unchanged", f"=  {found.unchanged}项无变化")]
        if found.idle:
            parts.append(
                sheet.say(
                    f"{found.idle} on one side only, and not applicable there",
                    f"{found.idle}项仅存在于一侧且不适用",
                )
            )
        yield from wrap_after("", sheet.say("; ", "；").join(parts), sheet.width, 3)
        if found.draft and not any(r.instrument == found.draft for r in self.rules.rules.values()):
            yield sheet.say("no rule of this draft is encoded", "该征求意见稿尚无编码规则")
        elif not found.differs:
            yield sheet.say("nothing differs", "没有差异")

    def notes(self) -> Iterator[str]:
        """What makes the comparison shaky, and differences that change nothing."""
        found, sheet = self.comparison, self.sheet
        lead = sheet.say("note: ", "注：")
        paths = [safe_text(sheet.get(ref_words(self.rules, ref))) for ref in found.shaky]
        if paths:
            listed = sheet.say(", ", "、").join(paths[:MOST_ITEMS])
            text = sheet.say(
                f"the comparison is shaky: the law of one day counts over another year than that "
                f"of the other, and a side waits for counts that were not answered: {listed}",
                f"比较尚不稳固：各日法律的统计期间不同，有一侧取决于尚未作答的数量：{listed}",
            )
            yield from wrap_after(lead, text, sheet.width, 6)
        unread = [ref for ref in found.facts if not any(ref in c.facts for c in found.changes)]
        if unread:
            count = len(unread)
            text = sheet.say(
                f"{plural(count, 'answer')} more {'differs' if count == 1 else 'differ'}, and "
                "changes no finding by itself",
                f"另有{count}项回答不同，但未改变结论",
            )
            yield from wrap_after(lead, text, sheet.width, 6)
        if found.readings:
            questions = (self.rules.readings[name].question for name in found.readings)
            names = sheet.say(" ", "").join(safe_text(sheet.get(q)) for q in questions)
            text = sheet.say(f"readings adopted otherwise: {names}", f"采用的读法不同：{names}")
            yield from wrap_after(lead, text, sheet.width, 6)


def days_text(days: Interval) -> str:
    """A day, or the days between which it lies."""
    low = iso(int(days.low)) if days.low is not None else "…"
    high = iso(int(days.high)) if days.high is not None else "…"
    return low if low == high else f"{low}..{high}"
