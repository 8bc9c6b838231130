"""What can only be seen once everything is resolved: loops, articles, what a count may read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from compliancecheck.model.conditions import DistinctTotal
from compliancecheck.model.instruments import Rules
from compliancecheck.model.texts import Place
from compliancecheck.reading.pack_names import Declared, Desk, Kind, Names
from compliancecheck.reading.pack_walk import find_loop, graph, names, reach, walk


def check(rules: Rules, declared: Names, desk: Desk) -> None:
    """Refuses what is wrong with packs as a whole."""
    _loops(rules, declared, desk)
    for name in declared.declared.values():
        _article(name, rules, desk)
    for prevails in rules.prevails:
        instrument = rules.instruments[prevails.instrument]
        if instrument.place is not None:
            _accounted(prevails.article, prevails.instrument, instrument.place, rules, desk)
    for rule in rules.rules.values():
        for old in rule.formerly:
            _old_name(f"{rule.instrument}/{old}", old, rule.place, declared, desk)
    for fact in rules.facts.values():
        for old in fact.formerly:
            _old_name(old, old, fact.place, declared, desk)


def _old_name(full: str, old: str, place: Place | None, declared: Names, desk: Desk) -> None:
    if full in declared.declared and place is not None:
        desk.refuse(place, f"the old name `{old}` under `formerly` is in use")


def _loops(rules: Rules, declared: Names, desk: Desk) -> None:
    edges = graph(rules)
    loop = find_loop(edges)
    if loop is not None:
        place = declared.declared[loop[0].partition("#")[0]].place  # a deadline stands in its rule
        desk.refuse(place, _round("these names", [name.replace("#", "/") for name in loop]))
    else:
        _known_over(rules, edges, desk)
    gates = {f.name: tuple(names(f.gate.only_if)) for f in rules.facts.values() if f.gate}
    loop = find_loop(gates)
    if loop is not None:
        desk.refuse(declared.declared[loop[0]].place, _round("these gates", loop))
    bounds: dict[str, tuple[str, ...]] = {}
    for constraint in rules.constraints:
        bounds[constraint.lesser] = (*bounds.get(constraint.lesser, ()), constraint.greater)
    loop = find_loop(bounds)
    if loop is not None:
        desk.refuse(declared.declared[loop[0]].place, _round("these constraints", loop))


def _round(what: str, loop: list[str]) -> str:
    return f"{what} go round in a circle: {' → '.join(loop)}"


def _known_over(rules: Rules, edges: Mapping[str, tuple[str, ...]], desk: Desk) -> None:
    for definition in rules.definitions.values():
        for node in walk(definition.value):
            if not isinstance(node, DistinctTotal) or definition.place is None:
                continue
            read = reach(list(names(node.known_over)), edges) & set(rules.readings)
            if read:
                desk.refuse(
                    definition.place, f"`known_over` may read no reading; it reads {min(read)}"
                )


# --- articles ------------------------------------------------------------------------------------


def article_key(article: str, keys: Mapping[str, object]) -> str | None:
    """The key of an instrument's `articles` that accounts for *article*: the longest part of it."""
    found = [key for key in keys if article == key or _inside(article, key)]
    return max(found, key=len, default=None)


def _inside(article: str, key: str) -> bool:
    return article.startswith(key) and re.match(r"[^0-9A-Za-z]", article[len(key) :]) is not None


def _article(declared: Declared, rules: Rules, desk: Desk) -> None:
    if declared.kind not in (Kind.READING, Kind.CONDITION, Kind.DEFINITION, Kind.RULE):
        return
    form = declared.form
    if declared.instrument is None:
        if not form.cite:
            desk.refuse(
                declared.place,
                f"the {declared.kind} `{declared.name}` does not say where it stands in the law",
                'write `cite: [{instrument: ID, article: "1"}]`',
            )
        return
    short = declared.name.split("/", 1)[-1]
    if form.article is None:
        desk.refuse(declared.place, f"the {declared.kind} `{short}` does not say its article")
        return
    place = form.key_place("article")
    _accounted(form.article, declared.instrument, place, rules, desk)
    for one in getattr(form, "deadlines", None) or ():
        if one.article is not None:
            at = one.key_place("article")
            _accounted(one.article, declared.instrument, at, rules, desk)


def _accounted(article: str, instrument: str, place: Place, rules: Rules, desk: Desk) -> None:
    articles = rules.instruments[instrument].articles
    for part in _each_article(article):
        key = article_key(part, articles)
        if key is None:
            desk.refuse(place, f"`articles` of {instrument} says nothing of article {part}")
        elif not articles[key].encoded:
            desk.refuse(place, f"`articles` of {instrument} says that {key} is not encoded")


def _each_article(article: str) -> list[str]:
    """The articles of a citation like `55(4), 56`."""
    return re.split(r",\s*", article)


def encoded_articles(rules: Rules) -> Iterator[tuple[str, str]]:
    """Each (instrument, key) under which something is encoded."""
    standing = [
        *((r.instrument, r.article) for r in rules.rules.values()),
        *((r.instrument, d.article) for r in rules.rules.values() for d in r.deadlines),
        *((r.instrument, r.article) for r in rules.readings.values()),
        *((c.name.split("/")[0], c.article) for c in rules.conditions.values() if "/" in c.name),
        *((d.name.split("/")[0], d.article) for d in rules.definitions.values() if "/" in d.name),
        *((p.instrument, p.article) for p in rules.prevails),
    ]
    for instrument, article in standing:
        for part in _each_article(article or ""):
            key = article_key(part, rules.instruments[instrument].articles) if instrument else None
            if instrument is not None and key is not None:
                yield instrument, key
