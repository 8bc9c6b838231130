"""`check` as text: what fails, what needs proof, what may apply, the routes, the counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from compliancecheck.logic.drafts import is_draft, replaced_by
from compliancecheck.logic.explain import explain, worth_proving
from compliancecheck.model.findings import Evaluation, Explanation, Finding
from compliancecheck.model.instruments import Instrument
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.texts import Place, iso
from compliancecheck.reports import wording
from compliancecheck.reports.deadlines import dates_block
from compliancecheck.reports.exits import Tally
from compliancecheck.reports.found import answers, applies, failed, held, waits_for
from compliancecheck.reports.layout import at_right, wrap, wrap_after
from compliancecheck.reports.lines import harmless
from compliancecheck.reports.sheet import Sheet, heading, packed, plural, title_lines
from compliancecheck.reports.status import DisplayStatus, display_status
from compliancecheck.reports.summary import (
    draft_counts,
    drafts_judged,
    empty_packs,
    in_order,
    is_folded,
    not_checked,
    status_counts,
)

MOST_FACTS = 12
MOST_ITEMS = 50
_SHOWN = (DisplayStatus.FAIL, DisplayStatus.NEEDS_PROOF, DisplayStatus.CONTESTED)


def profile_text(evaluation: Evaluation, sheet: Sheet) -> str:
    """All that `check` prints of one profile; ends with a line break."""
    report = _Report(evaluation, sheet)
    return harmless("\n".join(report.lines()) + "\n")


def end_text(tally: Tally, sheet: Sheet) -> str:
    """The last line of a run: the exit code and why."""
    return "\n".join(wrap(tally.words().get(sheet.lang), sheet.width)) + "\n"


class _Report:
    def __init__(self, evaluation: Evaluation, sheet: Sheet) -> None:
        self.evaluation, self.sheet = evaluation, sheet
        self.rules = evaluation.rules
        found = in_order(evaluation)
        self.findings = [f for f in found if not is_draft(self.rules, f.rule)]
        self.of_drafts = found[len(self.findings) :]
        self.empty = frozenset(empty_packs(evaluation))

    def lines(self) -> Iterator[str]:
        sheet = self.sheet
        yield from heading(self.evaluation, sheet, self._rules_words())
        for note in self.evaluation.age_notes:
            words = wording.age_text(self.rules, note, sheet.lang)
            yield from wrap_after(sheet.say("note: ", "注："), words, sheet.width, 4)
        findings = [*self._blocks(self.findings), *self._may_apply(), *self._not_yet_due()]
        findings += self._empty_packs()
        drafts = [list(self._draft(draft)) for draft in drafts_judged(self.evaluation)]
        dates = dates_block(self.evaluation, sheet)
        for block in (findings, dates, list(self._routes()), *drafts, list(self._counts())):
            if block:
                yield ""
                yield from block

    def _rules_words(self) -> str:
        count = len({finding.rule for finding in self.findings})
        if self.evaluation.drafts:
            drafts = len({finding.rule for finding in self.of_drafts})
            return self.sheet.say(
                f"{plural(count, 'rule')}, and {drafts} of drafts",
                f"{count}条规则，另有草案{drafts}条",
            )
        return self.sheet.say(
            f"{plural(count, 'rule')}, drafts left out", f"{count}条规则，不含草案"
        )

    # -- what is shown one by one ----------------------------------------------------------------

    def _blocks(self, findings_: list[Finding]) -> Iterator[str]:
        shown = [f for f in findings_ if display_status(f) in _SHOWN and not self._folded(f)]
        for (status, rule), group in groupby(shown, lambda f: (display_status(f), f.rule)):
            yield from self._heading(status, rule)
            findings = list(group)
            if status is DisplayStatus.CONTESTED:
                yield from self._contested(findings)
            else:
                for finding in findings[:MOST_ITEMS]:
                    yield from self._finding(status, finding)
            if len(findings) > MOST_ITEMS:
                left = len(findings) - MOST_ITEMS
                yield "    " + self.sheet.say(f"… and {left} more", f"……另有{left}项")
            yield from self._advice(status, rule, findings)

    def _heading(self, status: DisplayStatus, rule_id: str) -> Iterator[str]:
        rule = self.rules.rules[rule_id]
        pieces = wording.rule_pieces(self.rules, rule, self.sheet.lang)
        yield from title_lines(status, pieces, self.sheet)

    def _finding(self, status: DisplayStatus, finding: Finding) -> Iterator[str]:
        explanation = explain(
            self.evaluation, finding, proof=worth_proving(self.evaluation, finding)
        )
        lead = self._lead(wording.item_name(finding, self.sheet.lang))
        if status is DisplayStatus.FAIL:
            yield from self._found(explanation, lead)
        else:
            yield from self._needs(explanation, lead)
        adopted = wording.adopted_text(self.rules, finding, self.sheet.lang)
        if adopted:
            yield from wrap_after("    ", adopted, self.sheet.width, 6)

    def _lead(self, item: str) -> str:
        return f"    {item}{self.sheet.say(': ', '：')}" if item else "    "

    def _found(self, explanation: Explanation, lead: str) -> Iterator[str]:
        found = failed(self.evaluation, explanation, self.sheet)
        if found.words:
            yield from self._placed(lead + found.words, found.place)

    def _needs(self, explanation: Explanation, lead: str) -> Iterator[str]:
        found = applies(self.evaluation, explanation, self.sheet)
        yield from self._placed(lead + found.words, found.place)
        yield from self._answers(explanation.finding)

    def _answers(self, finding: Finding) -> Iterator[str]:
        """What would settle it: paths of facts, lists that are not complete, review."""
        text = answers(self.evaluation, finding, self.sheet)
        if text:
            yield from wrap_after(self.sheet.say("    answer: ", "    待答："), text,
                                  self.sheet.width, 12)  # fmt: skip
        elif held(finding, self.sheet):
            yield from wrap_after("    ", held(finding, self.sheet), self.sheet.width, 6)
        if finding.readings:
            text = wording.readings_text(self.rules, finding, self.sheet.lang)
            names = ", ".join(f"`{name}`" for name in wording.reading_names(finding))
            lead = self.sheet.say(f"    by {names}: ", f"    按{names}：")
            yield from wrap_after(lead, text, self.sheet.width, 6)

    def _contested(self, findings: list[Finding]) -> Iterator[str]:
        """The verdict of each reading, items with the same ones together."""
        alike: dict[str, list[Finding]] = {}
        for finding in findings[:MOST_ITEMS]:
            text = wording.readings_text(self.rules, finding, self.sheet.lang)
            alike.setdefault(text, []).append(finding)
        names = list(dict.fromkeys(n for f in findings for n in wording.reading_names(f)))
        listed = self.sheet.say(", ", "、").join(f"`{name}`" for name in names)
        adopt = self.sheet.say(f"Adopt {listed}", f"可选定读法：{listed}")
        for text, group in alike.items():
            items = [wording.item_name(f, self.sheet.lang) for f in group]
            lead = self._lead(self.sheet.say(", ", "、").join(i for i in items if i))
            end = self.sheet.say(".", "。")
            line = f"{lead}{text}{end}{self.sheet.say('  ', '')}{adopt}"
            if len(alike) == 1 and cell_width(line) <= self.sheet.width:
                yield line
                return
            yield from wrap_after(lead, text + end, self.sheet.width, 6)
        yield from wrap_after("    ", adopt, self.sheet.width, 6)

    def _advice(
        self, status: DisplayStatus, rule_id: str, findings: list[Finding]
    ) -> Iterator[str]:
        rule = self.rules.rules[rule_id]
        if status is DisplayStatus.FAIL and rule.then:
            do = self.sheet.say("    do: ", "    应做：")
            yield from wrap_after(do, self.sheet.get(rule.then), self.sheet.width, 8)
        notice = self.rules.instruments[rule.instrument].notice
        if status is DisplayStatus.FAIL and notice:
            note = self.sheet.say("    note: ", "    注：")
            yield from wrap_after(note, self.sheet.get(notice), self.sheet.width, 8)

    def _placed(self, text: str, place: Place | None) -> list[str]:
        return at_right(text, wording.place_text(place), self.sheet.width, 6)

    # -- what is folded --------------------------------------------------------------------------

    def _folded(self, finding: Finding) -> bool:
        return is_folded(self.evaluation, finding, self.empty)

    def _open(self) -> list[Finding]:
        return [f for f in self.findings if display_status(f) is DisplayStatus.MAY_APPLY]

    def _may_apply(self) -> Iterator[str]:
        waiting = [f for f in self._open() if not self._folded(f)]
        if not waiting:
            return
        matters: dict[str, int] = {}
        for finding in waiting:
            for path in waits_for(self.evaluation, finding):
                matters[path] = matters.get(path, 0) + 1
        matters = dict(sorted(matters.items(), key=lambda row: -row[1]))
        rules = len({finding.rule for finding in waiting})
        title = self.sheet.status(DisplayStatus.MAY_APPLY)
        head = self.sheet.say(
            f"{title}  {plural(rules, 'rule')}, on {plural(len(matters), 'fact')}:",
            f"{title}  {rules}条规则，取决于{len(matters)}项事实：",
        )
        yield self.sheet.paint(head, DisplayStatus.MAY_APPLY)
        yield from self._facts(matters)
        for_law = sum(1 for f in waiting if not waits_for(self.evaluation, f))
        if for_law:
            yield "    " + self.sheet.say(
                f"{plural(for_law, 'finding')} held open by a point of law under review",
                f"{for_law}项结论因法律要点待核对而未定",
            )

    def _facts(self, matters: dict[str, int]) -> Iterator[str]:
        shown = list(matters.items())[:MOST_FACTS]
        words = [
            self.sheet.say(f"matters to {plural(n, 'finding')}", f"影响{n}项结论") for _, n in shown
        ]
        column = max((cell_width(w) for w in words), default=0)
        for (path, _), word in zip(shown, words, strict=True):
            padded = word + " " * (column - cell_width(word))
            yield from (
                line.rstrip() for line in at_right(f"    {path}", padded, self.sheet.width, 6)
            )
        left = len(matters) - len(shown)
        if left > 0:
            yield "    " + self.sheet.say(
                f"… and {left} more: see `compliancecheck questions`",
                f"……另有{left}项事实：见 `compliancecheck questions`",
            )

    def _not_yet_due(self) -> Iterator[str]:
        """Acts whose day has not come: each with the last day on which it is in time."""
        waiting = [f for f in self.findings if f.waits_until is not None]
        for rule_id, group in groupby(waiting, lambda f: f.rule):
            yield from self._heading(DisplayStatus.NOT_YET_DUE, rule_id)
            findings = list(group)
            for finding in findings[:MOST_ITEMS]:
                lead = self._lead(wording.item_name(finding, self.sheet.lang))
                day = iso(finding.waits_until or 0)
                text = self.sheet.say(f"in time until {day}", f"不晚于{day}完成即为及时")
                yield from wrap_after(lead, text, self.sheet.width, 6)
            if len(findings) > MOST_ITEMS:
                left = len(findings) - MOST_ITEMS
                yield "    " + self.sheet.say(f"… and {left} more", f"……另有{left}项")

    def _empty_packs(self) -> Iterator[str]:
        for pack_id in self.empty:
            pack = self.rules.packs[pack_id]
            rules = {
                f.rule
                for f in self.findings
                if self.rules.instruments[self.rules.rules[f.rule].instrument].pack == pack_id
                and self._folded(f)
            }
            if not rules:
                continue
            title, name = self.sheet.status(DisplayStatus.MAY_APPLY), self.sheet.get(pack.title)
            gate = f": {pack.gate}" if pack.gate else ""
            line = self.sheet.say(
                f"{title}  {name}: {plural(len(rules), 'rule')}, nothing answered yet{gate}",
                f"{title}  {name}：{len(rules)}条规则，尚未作答{gate.replace(': ', '：')}",
            )
            first, *rest = wrap_after("", line, self.sheet.width, 4)
            yield self.sheet.paint(first, DisplayStatus.MAY_APPLY)
            yield from rest

    # -- drafts ----------------------------------------------------------------------------------

    def _draft(self, draft: Instrument) -> Iterator[str]:
        """One draft: what took its place, its findings, and their counts, which count nowhere."""
        replaced = self.sheet.say(", ", "、").join(
            self.sheet.get(self.rules.instruments[name].short)
            for name in replaced_by(self.rules, draft.id)
        )
        pieces = [
            self.sheet.say("DRAFT", "征求意见稿"),
            self.sheet.get(draft.short),
            safe_text(draft.id),
            self.sheet.say("not law", "不是法律"),
            self.sheet.say(f"replaced by {replaced}", f"已由{replaced}取代") if replaced else "",
        ]
        yield from packed([p for p in pieces if p], self.sheet.width, 4)
        if draft.notice and not replaced:
            yield from wrap_after("    ", self.sheet.get(draft.notice), self.sheet.width, 4)
        own = [f for f in self.of_drafts if self.rules.rules[f.rule].instrument == draft.id]
        yield from self._blocks(own)
        counts = draft_counts(self.evaluation, draft.id)
        sep, form = self.sheet.say(", ", "，"), self.sheet.say("{} (draft)", "{}（征求意见稿）")
        words = sep.join(self._plain_count(s, n) for s, n in counts.items() if n)
        yield from wrap_after("    ", form.format(words), self.sheet.width, 4)

    # -- the end ---------------------------------------------------------------------------------

    def _routes(self) -> Iterator[str]:
        for route, group in groupby(self.evaluation.routes, lambda line: line.route):
            if self.rules.facts and self._route_is_empty(route):
                continue
            lines = list(group)
            items = [line for line in lines if line.item is not None]
            company = [line for line in lines if line.item is None]
            shown = items if len(items) == 1 and not company[0].open_list else [*company, *items]
            pieces = []
            for line in shown[: MOST_ITEMS + 1]:
                name = (
                    self.sheet.get(wording.COMPANY)
                    if line.item is None and self.rules.routes[route].each
                    else safe_text(line.item or "")
                )
                ways = wording.route_text(self.rules, line, self.sheet.lang)
                pieces.append(f"{name}{self.sheet.say(': ', '：')}{ways}" if name else ways)
            if len(shown) > MOST_ITEMS + 1:
                left = len(shown) - MOST_ITEMS - 1
                pieces.append(self.sheet.say(f"… and {left} more", f"……另有{left}项"))
            title = self.sheet.say("ROUTE", "路径")
            indent = cell_width(title) + 2
            lines_ = packed(pieces, self.sheet.width - indent, 0, "   ")
            for n, text in enumerate(lines_):
                yield (title + "  " if n == 0 else " " * indent) + text

    def _route_is_empty(self, route: str) -> bool:
        pack = route.split(".", 1)[0]
        packs = {f.pack for f in self.rules.facts.values() if f.name.split(".", 1)[0] == pack}
        return bool(packs) and packs <= self.empty

    def _counts(self) -> Iterator[str]:
        parts = [self._count(s, n) for s, n in status_counts(self.evaluation).items()]
        sep = self.sheet.say(", ", "，")
        counts = sep.join(p for p in parts if p)
        unchecked = self._not_checked()
        lines = wrap(counts, self.sheet.width)
        if not unchecked:
            yield from lines
        elif cell_width(lines[-1]) + 4 + cell_width(unchecked) <= self.sheet.width:
            yield from lines[:-1]
            yield f"{lines[-1]}    {unchecked}"
        else:
            yield from lines
            yield from wrap(unchecked, self.sheet.width)

    def _count(self, status: DisplayStatus, n: int) -> str:
        if not n and status is not DisplayStatus.FAIL:
            return ""
        text = self._plain_count(status, n)
        if status is DisplayStatus.FAIL and n:
            text += self._fail_levels()
        return text

    def _plain_count(self, status: DisplayStatus, n: int) -> str:
        words = {
            DisplayStatus.FAIL: (f"{n} fail", f"不符合{n}"),
            DisplayStatus.NEEDS_PROOF: (
                f"{n} {'needs' if n == 1 else 'need'} proof", f"缺材料{n}"),
            DisplayStatus.CONTESTED: (f"{n} contested", f"有歧义{n}"),
            DisplayStatus.MAY_APPLY: (f"{n} may apply", f"待定{n}"),
            DisplayStatus.NOT_YET_DUE: (f"{n} not yet due", f"未到期{n}"),
            DisplayStatus.INFORMATIVE: (f"{n} to read", f"须知{n}"),
            DisplayStatus.PASS: (f"{n} met", f"符合{n}"),
            DisplayStatus.NOT_APPLICABLE: (f"{n} N/A", f"不适用{n}"),
        }[status]  # fmt: skip
        return self.sheet.say(*words)

    def _fail_levels(self) -> str:
        fails = [f for f in self.findings if display_status(f) is DisplayStatus.FAIL]
        must = sum(1 for f in fails if self.rules.rules[f.rule].level == "must")
        should = len(fails) - must
        if must and should:
            return self.sheet.say(f" ({must} must, {should} should)", f"（必须{must}，宜{should}）")
        level = wording.LEVELS["must" if must else "should"].get(self.sheet.lang)
        return self.sheet.say(f" ({level})", f"（{level}）")

    def _not_checked(self) -> str:
        left = not_checked(self.evaluation)
        if not left.articles and not left.more:
            return ""
        more = self.sheet.say(" and more", "及其他条款") if left.more else ""
        return self.sheet.say(
            f"not checked: {plural(left.articles, 'article')}{more} (see `rules list`)",
            f"未核查：{left.articles}条{more}（见 `rules list`）",
        )
