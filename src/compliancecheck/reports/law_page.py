"""`rules page`: all that is encoded as one page of markdown, to be checked against the law."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
from compliancecheck.model.instruments import (
    Definition,
    Instrument,
    NamedCondition,
    Reading,
    Rule,
    Rules,
)
from compliancecheck.model.texts import Texts, iso
from compliancecheck.reports import rule_page, wording
from compliancecheck.reports.markdown import code, md, table
from compliancecheck.reports.rule_list import REASONS
from compliancecheck.reports.rule_page_text import KINDS, STANDINGS

_URL = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")
_HEAD = """\
# The law that is encoded

<!-- Written by `compliancecheck rules page`; do not edit. `make golden` writes it anew. -->

For a lawyer who checks the rules against the instruments: every instrument of the shipped packs,
its articles in order, what each rule asks in words, what is not encoded and why, and where the
text is read in more than one way. Standing as of {day}.

*Confidence* says how a text was read: **verified** in the issuer's own publication, **secondary**
from another publication, **memory** not looked up again. *Under review* marks a condition that
settles nothing until it is confirmed. A term that is set out under *Terms* stands with its label.
This page is software output, not legal advice.
"""


def law_page(rules: Rules, day: int) -> str:
    """The page; *day* is that of the standings."""
    return "\n".join([*_HEAD.format(day=iso(day)).split("\n"), *_Page(rules, day).lines()]) + "\n"


class _Page:
    def __init__(self, rules: Rules, day: int) -> None:
        self.rules, self.day = rules, day

    def lines(self) -> Iterator[str]:
        rules = self.rules
        yield "## Overview"
        yield ""
        head = ["instrument", "id", "standing", "from", "until", "rules", "articles", "not encoded"]
        yield from table(head, map(self._overview, rules.instruments.values()), 3)
        for pack in rules.packs.values():
            own = [i for i in rules.instruments.values() if i.pack == pack.id]
            if own:
                yield from ("", f"## {_both(pack.title)}")
                for instrument in own:
                    yield from self._instrument(instrument)
                yield from self._shared(own)

    def _overview(self, instrument: Instrument) -> list[str]:
        encoded = sum(article.encoded for article in instrument.articles.values())
        return [
            _both(instrument.short),
            code(instrument.id),
            self._standing(instrument),
            rule_page.days(instrument.effective) or "",
            rule_page.days(instrument.ends) or "",
            str(sum(rule.instrument == instrument.id for rule in self.rules.rules.values())),
            str(encoded),
            str(len(instrument.articles) - encoded),
        ]

    def _standing(self, instrument: Instrument) -> str:
        found = rule_page.standing_of(instrument.effective, instrument.ends, self.day)
        own = [r for r in self.rules.rules.values() if r.instrument == instrument.id]
        gone = sum(rule_page.rule_standing(self.rules, r, self.day) == "displaced" for r in own)
        return STANDINGS[found].en + (f"; {gone} of {len(own)} rules displaced" if gone else "")

    # -- an instrument -----------------------------------------------------------------------------

    def _instrument(self, instrument: Instrument) -> Iterator[str]:
        yield from ("", f"### {_both(instrument.title)}", "")
        yield from table(["", ""], self._facts(instrument))
        if instrument.applies_when is not None:
            yield from ("", "All rules of this instrument apply only where:", "")
            yield from self._condition(instrument.applies_when, 0)
        for rule in self.rules.rules.values():
            if rule.instrument == instrument.id:
                yield from self._rule(rule)
        yield from self._left_out(instrument)
        own = [r for r in self.rules.readings.values() if r.instrument == instrument.id]
        yield from self._readings(own)
        yield from self._terms(f"{instrument.id}/")

    def _facts(self, instrument: Instrument) -> Iterator[list[str]]:
        rules = self.rules
        yield ["id", f"{code(instrument.id)}, shown as {_both(instrument.short)}"]
        yield ["issuer", _both(instrument.issuer)]
        if instrument.number:
            yield ["number", _both(instrument.number)]
        yield ["issued", iso(instrument.issued)]
        force = rule_page.days(instrument.effective) or "never"
        until = rule_page.days(instrument.ends)
        yield ["in force", f"from {force}" + (f", no longer from {until}" if until else "")]
        yield [f"on {iso(self.day)}", self._standing(instrument)]
        yield ["binding", "yes" if instrument.binding else "no"]
        if instrument.law_of:
            label = rules.facts[instrument.law_of].label
            yield ["governs by", f"the day of: {_both(label)}"]
        if instrument.replaces:
            yield ["replaces", ", ".join(map(code, instrument.replaces))]
        for article, names in self._displaced(instrument).items():
            yield ["takes the place of", f"{', '.join(map(code, names))} ({_article(article)})"]
        for source in instrument.sources:
            link = f"<{source.url}>" if _URL.fullmatch(source.url) else md(source.url)
            read = "" if source.confidence == "memory" else f", checked {iso(source.checked)}"
            yield ["source", f"{link}, {md(source.confidence)}{read}"]
        if instrument.notice:
            yield ["notice", _both(instrument.notice)]

    def _displaced(self, instrument: Instrument) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for prevails in self.rules.prevails:
            if prevails.instrument == instrument.id:
                found.setdefault(prevails.article, []).append(prevails.rule)
        return found

    def _left_out(self, instrument: Instrument) -> Iterator[str]:
        """The articles that are not encoded, each with the reason."""
        rows = [
            [
                "all others" if number == "rest" else md(number),
                REASONS.get(article.reason or "", Texts(article.reason or "", "")).en,
                _both(article.says) if article.says else "",
            ]
            for number, article in instrument.articles.items()
            if not article.encoded
        ]
        if rows:
            yield from ("", "#### Articles not encoded", "")
            yield from table(["article", "why", "what it says"], rows)

    # -- a rule ------------------------------------------------------------------------------------

    def _rule(self, rule: Rule) -> Iterator[str]:
        yield from ("", f"#### {_article(rule.article)}: {md(rule.title.get('en'))}", "")
        if rule.title.en and rule.title.zh:
            yield from (f"- 中文: {md(rule.title.zh)}",)
        level = f", {rule.level}" if rule.level else ""
        yield f"- {code(rule.id)}: {KINDS[rule.kind].en}{level}"
        whom = "the company"
        if rule.each is not None:
            whom = f"each of “{_both(self.rules.lists()[rule.each].label)}”"
        yield f"- for: {whom}"
        confidence = rule_page.confidence_of(self.rules, rule)
        if confidence:
            yield f"- confidence: {wording.CONFIDENCE[confidence].en}"
        yield from self._own_days(rule)
        yield from self._named("applies where", rule.applies_when)
        yield from self._named("requires", rule.requires)
        yield from self._named("compares", rule.compares)
        yield from self._deadlines(rule)
        yield from self._around(rule)

    def _own_days(self, rule: Rule) -> Iterator[str]:
        if rule.effective:
            yield f"- in force from {rule_page.days(rule.effective)}"
        if rule.ends:
            yield f"- no longer in force from {rule_page.days(rule.ends)}"
        for prevails in rule_page.displaced_by(self.rules, rule):
            since = rule_page.days(self.rules.instruments[prevails.instrument].effective)
            article = _article(prevails.article)
            yield f"- displaced from {since or 'never'} by {code(prevails.instrument)}, {article}"

    def _named(self, name: str, condition: Condition | None) -> Iterator[str]:
        if condition is not None:
            yield f"- {name}:"
            yield from self._condition(condition, 1)

    def _condition(self, condition: Condition, depth: int) -> Iterator[str]:
        yield from _lines(norm_lines(self.rules, condition), depth)

    def _deadlines(self, rule: Rule) -> Iterator[str]:
        for deadline in rule.deadlines:
            kind = "expected of the authority" if deadline.who == "authority" else deadline.kind
            when = md(deadline_words(self.rules, deadline).get("en"))
            article = f", {_article(deadline.article)}" if deadline.article else ""
            yield f"- deadline ({kind}{article}): {_both(deadline.act)}: {when}"
            yield from _lines(deadline_lines(self.rules, deadline), 1)

    def _around(self, rule: Rule) -> Iterator[str]:
        if rule.then:
            yield f"- says: {_both(rule.then)}"
        if rule.way:
            route, way = rule.way
            yield f"- way: {md(wording.way_text(self.rules, route, way, 'en'))}"
        if rule.exempts:
            yield f"- frees from: {', '.join(map(code, rule.exempts))}"
        yields = rule_page.exempted_by(self.rules, rule)
        if yields:
            yield f"- yields to: {', '.join(map(code, yields))}"
        readings = terms_of(self.rules, rule).readings
        if readings:
            yield f"- hangs on the readings: {', '.join(code(r.name) for r in readings)}"
        if rule.cite:
            yield f"- see also: {_cited(rule.cite)}"
        yield f"- examples: {len(rule.examples)}"

    # -- readings and terms ------------------------------------------------------------------------

    def _shared(self, instruments: list[Instrument]) -> Iterator[str]:
        """What the vocabulary of a pack declares for all of its instruments."""
        packs = {instrument.pack for instrument in instruments}
        sections = {f.name.split(".")[0] for f in self.rules.facts.values()
                    if f.pack in packs and f.list is None}  # fmt: skip
        readings = [r for r in self.rules.readings.values()
                    if r.instrument is None and r.name.split(".")[0] in sections]  # fmt: skip
        found = [*self._readings(readings)]
        for section in sorted(sections):
            found += self._terms(f"{section}.")
        if found:
            yield from ("", "### What the instruments share")
            yield from found

    def _readings(self, readings: Iterable[Reading]) -> Iterator[str]:
        rows = [self._reading(reading) for reading in readings]
        if rows:
            yield from ("", "#### Readings", "")
            yield from table(["reading", "question", "choices", "prevailing", "confidence"], rows)

    def _reading(self, reading: Reading) -> list[str]:
        where = _article(reading.article) if reading.article else _cited(reading.cite)
        choices = (f"{code(name)} {_both(text)}" for name, text in reading.choices.items())
        return [
            f"{code(reading.name)}{f'<br>{where}' if where else ''}",
            _both(reading.question),
            "<br>".join(choices),
            code(reading.prevailing) if reading.prevailing else "none",
            md(reading.confidence or ""),
        ]

    def _terms(self, prefix: str) -> Iterator[str]:
        conditions = [
            c for c in self.rules.conditions.values() if c.label and c.name.startswith(prefix)
        ]
        definitions = [d for d in self.rules.definitions.values() if d.name.startswith(prefix)]
        if conditions or definitions:
            yield from ("", "#### Terms", "")
        for condition in conditions:
            assert condition.label is not None
            yield f"- **{_both(condition.label)}**{_where(condition)}:"
            yield from self._condition(condition.when, 1)
        for definition in definitions:
            yield f"- **{_both(definition.label)}**{_where(definition)}:"
            yield from _lines(definition_lines(self.rules, definition), 1)


def _lines(lines: Iterable[NormLine], depth: int) -> Iterator[str]:
    """Lines of a norm as a list inside a list."""
    for line in lines:
        note = f" ({_article(line.note.article)})" if line.note.article else ""
        note += " — under review" if line.note.review else ""
        yield f"{'  ' * (depth + line.depth)}- {md(line.words.get('en'))}{note}"


def _both(texts: Texts) -> str:
    """A text in both languages, or in the one that there is."""
    return " ".join(md(text) for text in dict.fromkeys((texts.en, texts.zh)) if text)


def _article(article: str) -> str:
    return md(wording.article_text(article, "en"))


def _cited(cite: Iterable[Citation]) -> str:
    return "; ".join(f"{code(c.instrument)} {_article(c.article)}" for c in cite)


def _where(term: NamedCondition | Definition) -> str:
    """At which article a term stands, in brackets."""
    article = [_article(term.article)] if term.article else []
    places = [*article, *([_cited(term.cite)] if term.cite else [])]
    return f" ({'; '.join(places)})" if places else ""
