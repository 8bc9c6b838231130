"""Every place of a profile and its law that one can go to, and the search for one by words.

Pure: no screen, no file. Names in both languages, ids and articles are searched whatever the
language of the app. A rule over a list of items is one head, and meets the items only in the
search: so ten thousand items with their hundreds of findings each are searched in milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest

from compliancecheck.model.findings import DatedAct, Evaluation, Finding
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Texts
from compliancecheck.reading.problems import Problem
from compliancecheck.reports import wording
from compliancecheck.reports.status import LOOKS, display_status
from compliancecheck.tui.dates.rows import shown_acts

MOST_HITS = 60
MOST_ITEMS = 5
"""Of a fact or rule over a list, how many of its items are offered at once."""

FEW_ITEMS = 2
"""So many where no word of the query is of the item."""

LONGEST_WORD = 40
LONGEST_TEXT = 2_000
"""Of a name so much is searched: a profile may hold names of any length."""

Target = FactRef | Finding | DatedAct | str | int | tuple[str, str]
"""Where a place leads: a question, a finding, an act; an id of a rule, an instrument or a
reading; the number of a problem; list and key of an item."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that was found; ``kind`` is question, item, finding, date, rule, instrument,
    article, reading or problem."""

    kind: str
    title: str  # safe, in the language that was asked for
    beside: str  # its id and article, safe
    target: Target


@dataclass(slots=True)
class _Head:
    """A place, or one for each item of ``list``; ``of`` gives where it leads for an item."""

    kind: str
    title: Texts
    beside: str
    words: tuple[str, str]  # what is searched first, and what else; folded
    of: Callable[[str | None], Target | None]
    list: str | None = None
    rank: int = 0


def folded(text: str) -> str:
    """*text* as it is compared: width and case do not count."""
    return unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).casefold()


def words_of(query: str) -> list[str]:
    """The words of a query, at most eight."""
    return [word[:LONGEST_WORD] for word in folded(query).split()[:8]]


class Word:
    """One word of a query: how well it fits a text, 0 for not at all."""

    def __init__(self, text: str) -> None:
        self.text = text
        letters = map(re.escape, text)
        self._fuzzy = re.compile(r"(?<![^\W_])" + ".*?".join(letters)) if len(text) > 2 else None

    def plain(self, text: str) -> int:
        """8 at the start of a name, 6 at that of a word, 4 inside one, 0."""
        at = text.find(self.text)
        if at < 0:
            return 0
        while at >= 0:
            if at == 0 or text[at - 1] == "\n":
                return 8
            if not text[at - 1].isalnum():
                return 6
            at = text.find(self.text, at + 1)
        return 4

    def fuzzy(self, text: str) -> int:
        """1 if the letters come in order from the start of a word on, not too far apart."""
        found = self._fuzzy.search(text) if self._fuzzy is not None else None
        return 1 if found and len(found.group()) <= 3 * len(self.text) else 0

    def fit(self, words: tuple[str, str]) -> int:
        """How well it fits what is searched first (twice as good) and what else."""
        first, more = words
        return 2 * self.plain(first) or self.plain(more) or self.fuzzy(first) or self.fuzzy(more)


class Places:
    """All places of one evaluation (None: of the law alone) and of the problems of its file."""

    def __init__(
        self, rules: Rules, evaluation: Evaluation | None, problems: Sequence[Problem] = ()
    ) -> None:
        self.rules, self.evaluation, self.problems = rules, evaluation, tuple(problems)
        self.items: Mapping[str, _Items] = {}
        if evaluation is not None:
            self.items = {
                name: _Items([item.key for item in given.items])
                for name, given in evaluation.profile.lists.items()
            }
        self.heads = list(self._heads())

    def _heads(self) -> Iterator[_Head]:
        yield from _problem_heads(self.problems)
        if self.evaluation is not None:
            yield from _question_heads(self.evaluation)
            yield from _item_heads(self.rules, self.items)
            yield from _finding_heads(self.evaluation)
            yield from _date_heads(self.evaluation)
            yield from _reading_heads(self.rules)
        yield from _law_heads(self.rules)

    def search(self, query: str, lang: str, most: int = MOST_HITS) -> list[Spot]:
        """The places that hold every word of *query*, best first, at most *most*."""
        words = [Word(text) for text in words_of(query)]
        if not words:
            return self.first(lang, most)
        meeting = _Meeting(self.items, words)
        found: list[tuple[int, int, int, _Head, str | None]] = []
        for n, head in enumerate(self.heads):
            scores = [word.fit(head.words) for word in words]
            left = [at for at, score in enumerate(scores) if not score]
            if head.list is None:
                if not left:
                    found.append((-sum(scores), head.rank, n, head, None))
                continue
            own = 1 if head.kind == "item" else 0  # an item by its name comes before what it has
            for item, score in meeting.of(head.list, tuple(left)):
                found.append((-sum(scores) - score - own, head.rank, n, head, item))
        found.sort(key=lambda row: row[:3])
        return self._spots(found, lang, most)

    def first(self, lang: str, most: int = MOST_HITS) -> list[Spot]:
        """What is offered before a word was typed: problems, then what still matters."""
        rows = [
            (0, head.rank, n, head, item)
            for n, head in enumerate(self.heads)
            if head.kind in ("problem", "question", "finding") and head.rank < _LATER
            for item in self._first_items(head)
        ]
        rows.sort(key=lambda row: row[:3])
        return self._spots(rows, lang, most)

    def _first_items(self, head: _Head) -> Iterable[str | None]:
        return [None] if head.list is None else self.items[head.list].names[:1]

    def _spots(
        self, rows: Iterable[tuple[int, int, int, _Head, str | None]], lang: str, most: int
    ) -> list[Spot]:
        spots: list[Spot] = []
        for _, _, _, head, item in rows:
            target = head.of(item)
            if target is None:
                continue
            spots.append(Spot(head.kind, _title(head, item, target, lang), head.beside, target))
            if len(spots) == most:
                break
        return spots


def _title(head: _Head, item: str | None, target: Target, lang: str) -> str:
    title = safe_text(head.title.get(lang))
    if isinstance(target, Finding):
        title = f"{LOOKS[display_status(target)].symbol} {title}"
    if item is None:
        return title
    name = safe_text(item)
    if head.kind == "item":
        return f"{name}（{title}）" if lang == "zh" else f"{name} ({title})"
    return f"{title} [{name}]"


# -- items -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Items:
    """The names of a list's items, with what is compared."""

    names: list[str]
    folded: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.folded = [folded(name) for name in self.names]

    def hits(self, word: Word) -> dict[int, int]:
        """The items that a word fits, by number; loosely only where it stands in none."""
        text = word.text
        found = [n for n, name in enumerate(self.folded) if text in name]
        if found:
            return {n: 2 * word.plain(self.folded[n]) for n in found}
        loose = ((n, word.fuzzy(name)) for n, name in enumerate(self.folded))
        return {n: score for n, score in loose if score}


class _Meeting:
    """For one query: which items hold the words that a head does not."""

    def __init__(self, items: Mapping[str, _Items], words: Sequence[Word]) -> None:
        self.items, self.words = items, words
        self._hits: dict[tuple[str, int], dict[int, int]] = {}
        self._ranked: dict[tuple[str, tuple[int, ...]], list[tuple[str, int]]] = {}

    def of(self, name: str, left: tuple[int, ...]) -> list[tuple[str, int]]:
        """The best items of a list for the words *left*, each with its score."""
        key = (name, left)
        if key not in self._ranked:
            self._ranked[key] = self._best(name, left)
        return self._ranked[key]

    def _best(self, name: str, left: tuple[int, ...]) -> list[tuple[str, int]]:
        names = self.items[name].names
        if not left:
            return [(item, 0) for item in names[:FEW_ITEMS]]
        hits = sorted((self._hit(name, n) for n in left), key=len)
        both = [n for n in hits[0] if all(n in other for other in hits[1:])]
        best = nlargest(MOST_ITEMS, both, key=lambda n: (sum(h[n] for h in hits), -n))
        return [(names[n], sum(h[n] for h in hits)) for n in best]

    def _hit(self, name: str, n: int) -> dict[int, int]:
        if (name, n) not in self._hits:
            self._hits[name, n] = self.items[name].hits(self.words[n])
        return self._hits[name, n]


# -- heads -----------------------------------------------------------------------------------------

_PROBLEM, _WAITING, _OPEN, _ITEM = range(4)
_LATER = 4
"""From this rank on a place is offered only when it is searched for."""
_QUESTION, _FINDING, _DATE, _RULE, _READING, _INSTRUMENT, _ARTICLE = range(4, 11)


def _searched(first: Iterable[str], more: Iterable[str] = ()) -> tuple[str, str]:
    return folded("\n".join(first)), folded("\n".join(more))


def _both(texts: Texts | None) -> tuple[str, ...]:
    return (texts.en, texts.zh) if texts is not None else ()


def _problem_heads(problems: Sequence[Problem]) -> Iterator[_Head]:
    for n, problem in enumerate(problems):
        place = f"{safe_text(problem.file)}:{problem.line}:{problem.column}"
        words = _searched(_both(problem.says), (place, *_both(problem.advice)))
        yield _Head("problem", problem.says, place, words, lambda _, n=n: n, rank=_PROBLEM)  # type: ignore[misc]


def _question_heads(evaluation: Evaluation) -> Iterator[_Head]:
    """Every fact; those that still matter first."""
    rules, lists = evaluation.rules, evaluation.profile.lists
    waiting = {ref.name for finding in evaluation.findings for ref in finding.missing}
    for fact in rules.facts.values():
        if fact.list is not None and (
            fact.list not in lists or fact.field_name == rules.facts[fact.list].key
        ):
            continue
        name = fact.name

        def of(item: str | None, name: str = name) -> FactRef:
            return FactRef(name, item)

        more = (*_both(fact.question), name)
        rank = _WAITING if name in waiting else _QUESTION
        title = fact.label if fact.question is None else fact.question
        words = _searched(_both(fact.label), more)
        yield _Head("question", title, safe_text(name), words, of, fact.list, rank)


def _item_heads(rules: Rules, items: Mapping[str, _Items]) -> Iterator[_Head]:
    for name in items:
        if name not in rules.facts:
            continue

        def of(item: str | None, name: str = name) -> tuple[str, str] | None:
            return None if item is None else (name, item)

        yield _Head("item", rules.facts[name].label, safe_text(name), ("", ""), of, name, _ITEM)


class _ByItem:
    """The findings, or acts, of one rule: of the company (None) or by item."""

    def __init__(self, found: Sequence[Finding] | Sequence[DatedAct]) -> None:
        self.found = found

    @cached_property
    def by_item(self) -> dict[str | None, Finding | DatedAct]:
        """The first of each item; made when the first one is asked for."""
        kept: dict[str | None, Finding | DatedAct] = {}
        for one in self.found:
            kept.setdefault(one.item, one)
        return kept

    def __call__(self, item: str | None) -> Finding | DatedAct | None:
        return self.by_item.get(item)


def _finding_heads(evaluation: Evaluation) -> Iterator[_Head]:
    """A head a rule with findings; one more for what is known of no item."""
    rules = evaluation.rules
    found: dict[str, list[Finding]] = {}
    for finding in evaluation.findings:
        found.setdefault(finding.rule, []).append(finding)
    for rule_id, findings in found.items():
        of = _ByItem(findings)
        looks = {display_status(finding).rank for finding in findings[:200]}
        rank = _OPEN if min(looks) < _ASKS_NOTHING else _FINDING
        title, words = rules.rules[rule_id].title, _rule_words(rules, rule_id)
        beside = _rule_beside(rules, rule_id)
        each = rules.rules[rule_id].each
        name = rules.lists()[each].name if each is not None else None
        if any(finding.item is None for finding in (findings[0], findings[-1])):
            yield _Head("finding", title, beside, words, of, None, rank)
        if name in evaluation.profile.lists:
            yield _Head("finding", title, beside, words, of, name, rank)


_ASKS_NOTHING = 5
"""Findings of this rank and beyond (to be read, met, N/A) are offered only when searched for."""


def _date_heads(evaluation: Evaluation) -> Iterator[_Head]:
    rules = evaluation.rules
    found: dict[tuple[str, str], list[DatedAct]] = {}
    for act in shown_acts(evaluation):
        found.setdefault((act.rule, act.deadline), []).append(act)
    for (rule_id, deadline), acts in found.items():
        of, title, beside = _ByItem(acts), acts[0].act, _rule_beside(rules, rule_id)
        words = _searched(_both(title), (*_rule_words(rules, rule_id), deadline))
        if any(act.item is None for act in acts):
            yield _Head("date", title, beside, words, of, None, _DATE)
        each = rules.rules[rule_id].each
        if each is not None and rules.lists()[each].name in evaluation.profile.lists:
            yield _Head("date", title, beside, words, of, rules.lists()[each].name, _DATE)


def _reading_heads(rules: Rules) -> Iterator[_Head]:
    for name, reading in rules.readings.items():
        choices = [text for choice in reading.choices.values() for text in _both(choice)]
        words = _searched(_both(reading.question), (name, *choices))
        yield _fixed("reading", reading.question, safe_text(name), words, name, _READING)


def _law_heads(rules: Rules) -> Iterator[_Head]:
    of_article: dict[tuple[str, str], str] = {}
    for rule in rules.rules.values():
        words = _rule_words(rules, rule.id)
        yield _fixed("rule", rule.title, _rule_beside(rules, rule.id), words, rule.id, _RULE)
        for part in rule.article.split(", "):
            of_article.setdefault((rule.instrument, re.split(r"[( ]", part)[0]), rule.id)
    for instrument in rules.instruments.values():
        number = _both(instrument.number)
        words = _searched(
            (*_both(instrument.short), *_both(instrument.title), instrument.id), number
        )
        id, title = instrument.id, instrument.title
        yield _fixed("instrument", title, safe_text(id), words, id, _INSTRUMENT)
        for article in instrument.articles.values():
            if article.number == "rest":
                continue
            short = instrument.short
            cited = [wording.article_text(article.number, lang) for lang in ("en", "zh")]
            said = _both(article.says)
            title = Texts(
                ": ".join([f"{short.en}, {cited[0]}", *said[:1]]),
                "：".join([f"{short.zh}，{cited[1]}", *said[1:]]),
            )
            words = _searched(_both(title), (article.reason or "", id))
            target = of_article.get((id, article.number), id)
            yield _fixed("article", title, safe_text(id), words, target, _ARTICLE)


def _fixed(
    kind: str, title: Texts, beside: str, words: tuple[str, str], target: Target, rank: int
) -> _Head:
    """A place that leads to one target."""
    return _Head(kind, title, beside, words, lambda _: target, None, rank)


def _rule_words(rules: Rules, rule_id: str) -> tuple[str, str]:
    rule = rules.rules[rule_id]
    short = _both(rules.instruments[rule.instrument].short)
    cited = [wording.article_text(rule.article, lang) for lang in ("en", "zh")]
    name = rule_id.rsplit("/", 1)[-1]
    return _searched((*_both(rule.title), name), (rule_id, *short, *cited))


def _rule_beside(rules: Rules, rule_id: str) -> str:
    return safe_text(f"{rule_id} {rules.rules[rule_id].article}")
