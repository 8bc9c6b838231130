"""`rules show` as text: a rule in words, its YAML, its examples; an instrument with its rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from compliancecheck.logic.norm import (
    NormLine,
    deadline_lines,
    deadline_words,
    definition_lines,
    norm_lines,
    terms_of,
)
from compliancecheck.model.conditions import Condition
from compliancecheck.model.facts import Citation
from compliancecheck.model.findings import Outcome
from compliancecheck.model.instruments import Deadline, Instrument, Reading, Rule, Rules, Source
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import DayRange, Texts, iso
from compliancecheck.reports import rule_page, wording
from compliancecheck.reports.layout import wrap_after
from compliancecheck.reports.lines import harmless
from compliancecheck.reports.rule_list import articles_lines
from compliancecheck.reports.rule_page import Beside, ExampleRun
from compliancecheck.reports.sheet import Sheet, packed
from compliancecheck.reports.status import outcome_word

_EXPECTED = {"way": "路径", "met": "比较结果", "due": "截止日", "waits_until": "等到"}
_MET = {"true": "成立", "false": "不成立", "unknown": "未定"}
_BOTH = 80
"""Cells from which a title stands in both languages on Chinese pages, as questions do."""
STANDINGS = {
    "draft": Texts("draft, never in force", "征求意见稿，未施行"),
    "ahead": Texts("not in force yet", "尚未施行"),
    "in_force": Texts("in force", "施行中"),
    "ended": Texts("no longer in force", "已失效"),
    "disputed": Texts("in force: disputed that day", "该日是否施行有争议"),
    "displaced": Texts("in force, displaced by another provision", "施行中，但已为其他条款取代"),
}
KINDS = {
    "duty": Texts("duty", "义务"),
    "benchmark": Texts("benchmark: compared, never a failure", "基准：仅作比较，不构成违反"),
    "exemption": Texts("exemption", "豁免"),
    "classification": Texts("says which way it is", "确定路径"),
    "information": Texts("to be read; nothing to meet", "须知，无须履行"),
}
_DEADLINES = {
    "duty": Texts("a duty", "义务"),
    "right": Texts("a right, lapses if not used", "权利，逾期失效"),
    "end": Texts("the end of a validity", "有效期届满"),
    "authority": Texts("an expected day of the authority", "主管机关的预计日期"),
}


def rule_text(rules: Rules, rule: Rule, day: int, sheet: Sheet, beside: Beside) -> str:
    """One rule; ends with a line break."""
    page = _Page(rules, sheet, day)
    return _whole([*page.head(rule), *page.norm(rule), *page.around(rule), *page.beside(beside)])


def instrument_text(
    rules: Rules,
    instrument: Instrument,
    day: int,
    sheet: Sheet,
    runs: Mapping[str, Sequence[ExampleRun]],
) -> str:
    """One instrument; ends with a line break."""
    return _whole(_Page(rules, sheet, day).instrument(instrument, runs))


def _whole(lines: Sequence[str] | Iterator[str]) -> str:
    return harmless("\n".join(line.rstrip() for line in lines) + "\n")


class _Page:
    def __init__(self, rules: Rules, sheet: Sheet, day: int) -> None:
        self.rules, self.sheet, self.day = rules, sheet, day

    # -- a rule ------------------------------------------------------------------------------------

    def head(self, rule: Rule) -> Iterator[str]:
        sheet, rules = self.sheet, self.rules
        instrument = rules.instruments[rule.instrument]
        yield from wrap_after("", sheet.get(rule.title), sheet.width, 4)
        if sheet.lang == "en":
            yield from wrap_after("", safe_text(rule.title.zh), sheet.width, 4)
        elif sheet.width >= _BOTH:
            yield from wrap_after("", safe_text(rule.title.en), sheet.width, 4)
        article = wording.article_text(safe_text(rule.article), sheet.lang)
        kind = sheet.get(KINDS[rule.kind])
        pieces = [safe_text(rule.id), sheet.get(instrument.short), article, kind,
                  wording.tags(rules, rule, sheet.lang)]  # fmt: skip
        yield from packed([p for p in pieces if p], sheet.width, 4)
        standing = STANDINGS[rule_page.rule_standing(rules, rule, self.day)]
        yield from packed(
            [sheet.get(standing), *self._times(*rule_page.times_of(rules, rule))], sheet.width, 4
        )

    def _times(self, start: DayRange | None, end: DayRange | None) -> list[str]:
        sheet, found = self.sheet, []
        since, until = rule_page.days(start), rule_page.days(end)
        if since:
            found.append(sheet.say(f"since {since}", f"自{since}起"))
        if until:
            found.append(sheet.say(f"ends {until}", f"至{until}止"))
        found.append(sheet.say(f"as of {iso(self.day)}", f"截至{iso(self.day)}"))
        return found

    def norm(self, rule: Rule) -> Iterator[str]:
        say = self.sheet.say
        if rule.each is not None:
            label = self.sheet.get(self.rules.lists()[rule.each].label)
            yield from self._block(say("FOR EACH", "逐项"), [label])
        head = self.rules.instruments[rule.instrument].applies_when
        scope = [*self._condition(head), *self._condition(rule.applies_when)]
        yield from self._block(say("APPLIES", "适用"), scope or [say("always", "一律适用")])
        yield from self._block(say("REQUIRES", "要求"), self._condition(rule.requires))
        yield from self._block(say("COMPARES", "比较"), self._condition(rule.compares))
        if rule.way:
            route, way = rule.way
            words = wording.way_text(self.rules, route, way, self.sheet.lang)
            yield from self._block(say("WAY", "路径"), [words])
        if rule.then:
            yield from self._block(say("DO", "应做"), [self.sheet.get(rule.then)])
        yield from self._block(
            say("DEADLINES", "期限"),
            [line for d in rule.deadlines for line in self._deadline(rule, d)],
        )
        yield from self._terms(rule)

    def _condition(self, condition: Condition | None) -> list[str]:
        return self._lines(norm_lines(self.rules, condition) if condition is not None else ())

    def _lines(self, lines: Iterable[NormLine]) -> list[str]:
        found = []
        for line in lines:
            text = "  " * line.depth + "- " + self.sheet.get(line.words)
            if line.note.article is not None:
                text += f"  {wording.article_text(safe_text(line.note.article), self.sheet.lang)}"
            if line.note.review:
                text += self.sheet.say("  (under review: settles nothing)", "（待核对，不作定论）")
            found.append(text)
        return found

    def _deadline(self, rule: Rule, deadline: Deadline) -> Iterator[str]:
        sheet = self.sheet
        kind = "authority" if deadline.who == "authority" else deadline.kind
        when = safe_text(deadline_words(self.rules, deadline).get(sheet.lang))
        pieces = [f"{sheet.get(deadline.act)}{sheet.say(': ', '：')}{when}",
                  sheet.get(_DEADLINES[kind])]  # fmt: skip
        if deadline.article and deadline.article != rule.article:
            pieces.append(wording.article_text(safe_text(deadline.article), sheet.lang))
        yield "  ".join(pieces)
        yield from (f"  {line}" for line in self._lines(deadline_lines(self.rules, deadline)))

    def _terms(self, rule: Rule) -> Iterator[str]:
        sheet = self.sheet
        terms = terms_of(self.rules, rule)
        words = []
        for condition in terms.conditions:
            assert condition.label is not None
            words += [f"{sheet.get(condition.label)}{sheet.say(':', '：')}"]
            words += [f"  {line}" for line in self._condition(condition.when)]
        for definition in terms.definitions:
            lines = self._lines(definition_lines(self.rules, definition))
            words += [f"{sheet.get(definition.label)}{sheet.say(':', '：')}"]
            words += [f"  {line}" for line in lines]
        yield from self._block(sheet.say("WHERE", "其中"), words)
        yield from self._block(
            sheet.say("HANGS ON", "取决于读法"),
            [line for reading in terms.readings for line in self._reading(reading)],
        )

    def _reading(self, reading: Reading) -> Iterator[str]:
        colon = self.sheet.say(": ", "：")
        yield f"{safe_text(reading.name)}{colon}{self.sheet.get(reading.question)}"
        for name, text in reading.choices.items():
            prevails = self.sheet.say("  (prevailing)", "（通说）")
            mark = prevails if name == reading.prevailing else ""
            yield f"  - {safe_text(name)}{colon}{self.sheet.get(text)}{mark}"

    def around(self, rule: Rule) -> Iterator[str]:
        say, rules = self.sheet.say, self.rules
        instrument = rules.instruments[rule.instrument]
        yield from self._block(say("EXEMPTS FROM", "豁免"), self._named(rule.exempts or ()))
        yield from self._block(
            say("YIELDS TO", "让位于"), self._named(rule_page.exempted_by(rules, rule))
        )
        yield from self._block(
            say("DISPLACED BY", "为其取代"),
            [
                self._cited(p.instrument, p.article, rules.instruments[p.instrument].effective)
                for p in rule_page.displaced_by(rules, rule)
            ],
        )
        replaced = [p.rule for p in rule_page.displaces(rules, rule)]
        yield from self._block(say("REPLACES", "取代"), self._named(replaced))
        yield from self._block(
            say("CITES", "另见"), [self._citation(citation) for citation in rule.cite]
        )
        confidence = rule_page.confidence_of(rules, rule)
        sources = [self._source(source) for source in instrument.sources]
        if confidence:
            sources = [self.sheet.get(wording.CONFIDENCE[confidence]), *sources]
        yield from self._block(say("SOURCE", "出处"), sources)

    def _named(self, ids: Sequence[str]) -> list[str]:
        found = []
        for name in ids:
            rule = self.rules.rules[name]
            article = wording.article_text(safe_text(rule.article), self.sheet.lang)
            found.append(f"{safe_text(name)}  {article}  {self.sheet.get(rule.title)}")
        return found

    def _cited(self, instrument: str, article: str, since: DayRange | None) -> str:
        number = wording.article_text(safe_text(article), self.sheet.lang)
        found = self.rules.instruments.get(instrument)
        name = self.sheet.get(found.short) if found else ""
        pieces = [safe_text(instrument), name, number]
        day = rule_page.days(since)
        if day is not None:
            pieces.append(self.sheet.say(f"since {day}", f"自{day}起"))
        return "  ".join(piece for piece in pieces if piece)

    def _citation(self, citation: Citation) -> str:
        return self._cited(citation.instrument, citation.article, None)

    def _source(self, source: Source) -> str:
        day = iso(source.checked)
        if source.confidence == "memory":  # nothing was opened
            return safe_text(source.url)
        checked = self.sheet.say(f"checked {day}", f"核对于{day}")
        return f"{safe_text(source.url)}  {checked}"

    # -- what stands beside it ---------------------------------------------------------------------

    def beside(self, beside: Beside) -> Iterator[str]:
        say = self.sheet.say
        passed = sum(run.passed for run in beside.examples)
        title = say("EXAMPLES", "示例")
        lines = [line for run in beside.examples for line in self._example(run)]
        if lines:
            title += f"  {passed}/{len(beside.examples)}"
        yield from self._block(title, lines)
        if beside.yaml is not None:
            yield ""
            yield "YAML"
            # Lines of the file as they are: wrapped, they would be another YAML.
            yield from (f"    {safe_text(line)}" for line in beside.yaml.splitlines())

    def _example(self, run: ExampleRun) -> Iterator[str]:
        sign = "✓" if run.passed else "✗"
        if self.sheet.ascii:
            sign = "+" if run.passed else "x"
        expects = self.sheet.say(", ", "，").join(
            self._expected(name, value) for name, value in rule_page.expected(run.example).items()
        )
        name = wording.one_language(safe_text(run.example.name), self.sheet.lang)
        yield f"{sign} {name}  {iso(run.example.as_of)}  {expects}"
        yield from (f"    {safe_text(difference)}" for difference in run.differences)

    def _expected(self, name: str, value: str) -> str:
        if name == "status":
            return self._outcome(value)
        if self.sheet.lang == "en":
            return f"{safe_text(name)} {safe_text(value)}"
        kind, _, which = name.partition(" ")  # `due filing`
        ways = (route.ways for route in self.rules.routes.values())
        way = next((names[value].get("zh") for names in ways if value in names), value)
        said = way if kind == "way" else _MET.get(value, value)
        words = f"{_EXPECTED.get(kind, kind)} {which}".rstrip()
        return f"{safe_text(words)} {safe_text(said)}"

    def _outcome(self, status: str) -> str:
        words = outcome_word(status) or outcome_word(Outcome.INFORMATIVE.value)
        assert words is not None
        return self.sheet.get(words)

    # -- an instrument -----------------------------------------------------------------------------

    def instrument(
        self, instrument: Instrument, runs: Mapping[str, Sequence[ExampleRun]]
    ) -> Iterator[str]:
        sheet, say, rules = self.sheet, self.sheet.say, self.rules
        yield from wrap_after("", sheet.get(instrument.title), sheet.width, 4)
        other = instrument.title.en if sheet.lang == "zh" else instrument.title.zh
        yield from wrap_after("", safe_text(other), sheet.width, 4)
        number = sheet.get(instrument.number) if instrument.number else ""
        issued = iso(instrument.issued)
        pieces = [
            safe_text(instrument.id),
            sheet.get(instrument.short),
            sheet.get(instrument.issuer),
            number,
            say(f"issued {issued}", f"{issued}公布"),
        ]
        yield from packed([p for p in pieces if p], sheet.width, 4)
        standing = rule_page.standing_of(instrument.effective, instrument.ends, self.day)
        force = "" if instrument.binding else say("not binding", "无强制力")
        words = [
            sheet.get(STANDINGS[standing]),
            *self._times(instrument.effective, instrument.ends),
        ]
        yield from packed([*words, *([force] if force else [])], sheet.width, 4)
        if instrument.notice:
            yield from wrap_after(
                say("note: ", "注："), sheet.get(instrument.notice), sheet.width, 4
            )
        yield from self._block(
            say("REPLACES", "取代"),
            [self._cited(old, "", None) for old in instrument.replaces]
            + self._named([p.rule for p in rules.prevails if p.instrument == instrument.id]),
        )
        yield from self._block(say("SOURCE", "出处"), [self._source(s) for s in instrument.sources])
        yield ""
        yield say("ARTICLES", "条款")
        yield from articles_lines(instrument, sheet)
        own = [r for r in rules.readings.values() if r.instrument == instrument.id]
        yield from self._block(
            say("READINGS", "读法"), [line for r in own for line in self._reading(r)]
        )
        yield from self._block(say("RULES", "规则"), list(self._rules(instrument, runs)))

    def _rules(
        self, instrument: Instrument, runs: Mapping[str, Sequence[ExampleRun]]
    ) -> Iterator[str]:
        for rule in self.rules.rules.values():
            if rule.instrument != instrument.id:
                continue
            found = runs.get(rule.id, ())
            article = wording.article_text(safe_text(rule.article), self.sheet.lang)
            level = self.sheet.get(wording.LEVELS[rule.level]) if rule.level else ""
            count = f"{sum(run.passed for run in found)}/{len(found)}" if found else ""
            examples = self.sheet.say(f"examples {count}", f"示例{count}") if count else ""
            pieces = [safe_text(rule.slug), article, level, self.sheet.get(rule.title), examples]
            yield "  ".join(piece for piece in pieces if piece)

    def _block(self, title: str, lines: Sequence[str]) -> Iterator[str]:
        """A title and lines below it; nothing where there is no line."""
        if not lines:
            return
        yield ""
        yield title
        for line in lines:
            body = line.lstrip(" ")
            lead = 4 + len(line) - len(body)
            yield from wrap_after(" " * lead, body, self.sheet.width, lead + 2)
