"""`check` as text: what fails, what needs proof, what may apply, the routes, the counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from compliancecheck.logic.explain import explain, worth_proving
from compliancecheck.logic.figures import interval_words
from compliancecheck.logic.margin_words import margin_words
from compliancecheck.model.findings import Evaluation, Explanation, Finding, Margin, TraceNode
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.texts import Place
from compliancecheck.reports import wording
from compliancecheck.reports.exits import Tally
from compliancecheck.reports.layout import at_right, wrap, wrap_after
from compliancecheck.reports.lines import harmless
from compliancecheck.reports.sheet import Sheet, heading, nodes_of, packed, plural, title_lines
from compliancecheck.reports.status import DisplayStatus, display_status
from compliancecheck.reports.summary import (
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
        self.findings = in_order(evaluation)
        self.empty = frozenset(empty_packs(evaluation))

    def lines(self) -> Iterator[str]:
        sheet = self.sheet
        yield from heading(self.evaluation, sheet, self._rules_words())
        for note in self.evaluation.age_notes:
            words = wording.age_text(self.rules, note, sheet.lang)
            yield from wrap_after(sheet.say("note: ", "注："), words, sheet.width, 4)
        findings = [*self._blocks(), *self._may_apply(), *self._empty_packs()]
        for block in (findings, list(self._routes()), list(self._counts())):
            if block:
                yield ""
                yield from block

    def _rules_words(self) -> str:
        count = len({finding.rule for finding in self.findings})
        return self.sheet.say(
            f"{count} rule{'' if count == 1 else 's'}, drafts left out", f"{count}条规则，不含草案"
        )

    # -- what is shown one by one ----------------------------------------------------------------

    def _blocks(self) -> Iterator[str]:
        shown = [f for f in self.findings if display_status(f) in _SHOWN and not self._folded(f)]
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
        adopted = wording.adopted_text(finding, self.sheet.lang)
        if adopted:
            yield from wrap_after("    ", adopted, self.sheet.width, 6)

    def _lead(self, item: str) -> str:
        return f"    {item}{self.sheet.say(': ', '：')}" if item else "    "

    def _found(self, explanation: Explanation, lead: str) -> Iterator[str]:
        words, place = self._figure(explanation)
        why = ""
        if not words:
            words, place = self._missed(explanation)
            why = self._why_it_applies(explanation)
        text = self.sheet.say(f"found {words}", f"现为{words}") if words else ""
        if text and why:
            text = self.sheet.say(f"applies{why}; {text}", f"适用{why}；{text}")
        if text:
            yield from self._placed(lead + text, place)

    def _figure(self, explanation: Explanation) -> tuple[str, Place | None]:
        """The figure that misses its bound, and by how much."""
        for margin in explanation.margins:
            if not margin.in_scope:
                value = self._value(margin, explanation.trace)
                distance = self.sheet.get(margin_words(margin))
                return f"{value}{self.sheet.say('; ', '；')}{distance}", self._place(explanation)
        return "", None

    def _value(self, margin: Margin, trace: TraceNode) -> str:
        """A figure in words, as the trace has it (with the share that it is)."""
        own = interval_words(margin.type, self._unit(margin), margin.value)
        for node in nodes_of(trace):
            if node.value and node.bound and node.value.en.startswith(own.en):
                return self.sheet.get(node.value)
        return self.sheet.get(own)

    def _unit(self, margin: Margin) -> str | None:
        return None if margin.type == "date" else margin.unit

    def _missed(self, explanation: Explanation) -> tuple[str, Place | None]:
        """The answers by which a requirement without a figure is missed."""
        leaves = []
        for child in explanation.trace.children[1:]:
            leaves += [n for n in nodes_of(child) if n.ref and n.truth is False and n.decisive]
        words = []
        for node in leaves[:3]:
            assert node.ref is not None
            label = self.rules.facts[node.ref.name].label
            value = self.sheet.get(node.value) if node.value else ""
            words.append(f"{self.sheet.get(label)}{self.sheet.say(': ', '：')}{value}")
        text = self.sheet.say("; ", "；").join(dict.fromkeys(words))
        return text, (leaves[0].place if leaves else None) or self._place(explanation)

    def _place(self, explanation: Explanation) -> Place | None:
        for margin in explanation.margins:
            if margin.ref and not margin.in_scope:
                return wording.place_of(self.evaluation, margin.ref)
        for child in explanation.trace.children[1:]:
            for node in nodes_of(child):
                if node.decisive and node.place:
                    return node.place
        return self._first_place(explanation)

    def _first_place(self, explanation: Explanation) -> Place | None:
        for ref in reversed(explanation.decisive):
            place = wording.place_of(self.evaluation, ref)
            if place:
                return place
        return None

    def _needs(self, explanation: Explanation, lead: str) -> Iterator[str]:
        finding = explanation.finding
        why = self._why_it_applies(explanation)
        text = self.sheet.say("applies", "适用") + why
        yield from self._placed(lead + text, self._first_place(explanation))
        yield from self._answers(finding)

    def _why_it_applies(self, explanation: Explanation) -> str:
        for margin in explanation.margins:
            if margin.in_scope and margin.type != "date":
                value = interval_words(margin.type, self._unit(margin), margin.value)
                words = f"{self.sheet.get(margin.label)}{self.sheet.say(': ', '：')}"
                return self.sheet.say(" ({})", "（{}）").format(words + self.sheet.get(value))
        return ""

    def _answers(self, finding: Finding) -> Iterator[str]:
        """What would settle it: paths of facts, lists that are not complete, review."""
        paths = [wording.path_of(self.rules, ref) for ref in finding.missing]
        paths += [safe_text(name) for name in finding.open_lists]
        if paths:
            more = len(paths) - 4
            tail = [self.sheet.say(f"and {more} more", f"另{more}项")] if more > 0 else []
            text = self.sheet.say(", ", "、").join([*paths[:4], *tail])
            yield from wrap_after(self.sheet.say("    answer: ", "    待答："), text,
                                  self.sheet.width, 12)  # fmt: skip
        elif finding.held == "review":
            words = self.sheet.say(
                "waits for a point of law that is under review; no answer settles it",
                "有待核对的法律要点，无法由答案确定",
            )
            yield from wrap_after("    ", words, self.sheet.width, 6)
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
            for path in self._waits_for(finding):
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
        held = sum(1 for f in waiting if not self._waits_for(f))
        if held:
            yield "    " + self.sheet.say(
                f"{plural(held, 'finding')} held open by a point of law under review",
                f"{held}项结论因法律要点待核对而未定",
            )

    def _waits_for(self, finding: Finding) -> list[str]:
        paths = [wording.path_of(self.rules, ref) for ref in finding.missing]
        return [*paths, *(safe_text(name) for name in finding.open_lists)]

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
        text = self.sheet.say(*words)
        if status is DisplayStatus.FAIL and n:
            text += self._fail_levels()
        return text

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
