"""The parts of a profile beside its answers: its day, evidence, adopted readings."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from typing import Any

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.instruments import Reading
from compliancecheck.model.profile import Adopted, Answer, Evidence, FactRef, ItemList
from compliancecheck.model.safe import shorten
from compliancecheck.model.texts import Texts, iso
from compliancecheck.reading.numbers import Refused, expected, read_number
from compliancecheck.reading.problems import (
    Problem,
    Problems,
    given_twice,
    perhaps,
    problem_at,
)
from compliancecheck.reading.source import Mapping, Node, Scalar
from compliancecheck.reading.vocabulary import Vocabulary

_DAY = Fact("dated", FactType.DATE, Texts("day", "日期"), "")
_PARTS = ("source", "by", "dated")
_EXAMPLE = Texts(
    "write `{source: annual report 2025 p. 41, by: finance, dated: 2026-04-02}`",
    "请写 `{source: 2025 年年报第 41 页, by: 财务部, dated: 2026-04-02}`",
)
_LIKE = Texts("write it like 2026-11-24", "请写成 `2026-11-24` 这样")
_ONE_DAY = Texts("write one day, like 2026-11-24", "请写一个日期，如 `2026-11-24`")


def read_dated(node: Node, problems: Problems) -> int | None:
    """The day of a profile or of an answer, as ordinal."""
    if not isinstance(node, Scalar):
        says = Texts("`dated` is one day", "`dated` 是一个日期")
        problems.append(problem_at(node.place, says, _LIKE))
        return None
    try:
        return read_number(_DAY, node.text)  # type: ignore[return-value]  # of a date: an int
    except Refused as refused:
        general = refused.advice is None or expected(_DAY).en in refused.advice.en
        problems.append(
            problem_at(node.place, refused.says, _ONE_DAY if general else refused.advice)
        )
        return None


def read_readings(node: Node, known: Dict[str, Reading], problems: Problems) -> dict[str, Adopted]:
    """The readings that a company adopts, by name; nested and dotted names mean the same."""
    adopted: dict[str, Adopted] = {}
    keys: dict[str, Scalar] = {}

    def walk(part: Node, prefix: str) -> None:
        if not isinstance(part, Mapping):
            if not (isinstance(part, Scalar) and not part.text):
                says = Texts("readings have names", "每项解读都有名称")
                hint = Texts(
                    "write `READING: CHOICE` below it, one a line",
                    "请在下面写 `解读: 选项`，每行一个",
                )
                problems.append(problem_at(part.place, says, hint))
            return
        for key, value in part.entries:
            name = prefix + key.text
            if name in known:
                first = keys.setdefault(name, key)
                if first is not key:
                    says = given_twice(shorten(name), first.place.line)
                    problems.append(problem_at(key.place, says))
                else:
                    _adopt(known[name], value, adopted, problems)
            elif any(full.startswith(name + ".") for full in known):
                walk(value, name + ".")
            else:
                near, shown = perhaps(name, known), shorten(name)
                says = Texts(f"no reading `{shown}`{near.en}", f"没有解读 `{shown}`{near.zh}")
                problems.append(problem_at(key.place, says))

    walk(node, "")
    return adopted


def _adopt(reading: Reading, value: Node, adopted: dict[str, Adopted], problems: Problems) -> None:
    choices = [f"`{choice}`" for choice in reading.choices]
    if isinstance(value, Scalar) and value.text in reading.choices:
        adopted[reading.name] = Adopted(value.text, value.place)
        return
    text = value.text if isinstance(value, Scalar) else ""
    says = Texts(f"no such reading of `{reading.name}`", f"`{reading.name}` 没有这个选项")
    if text:
        near, shown = perhaps(text, reading.choices), shorten(text)
        says = Texts(f"no reading `{shown}` of `{reading.name}`{near.en}",
                     f"`{reading.name}` 没有选项 `{shown}`{near.zh}")  # fmt: skip
    hint = Texts(
        f"one of {', '.join(choices)}; to adopt none, remove the line",
        f"可写 {'、'.join(choices)}；都不采用时请删除这一行",
    )
    problems.append(problem_at(value.place, says, hint))


@dataclass(slots=True)
class EvidenceReader:
    """Reads ``evidence:``: paths of answers with source, by and dated."""

    names: Vocabulary
    problems: Problems

    def read(
        self, node: Node, answers: Dict[str, Answer], lists: Dict[str, ItemList]
    ) -> dict[FactRef, Evidence]:
        """Evidence by the answer that it is for; one without an answer gives a warning."""
        found: dict[FactRef, Evidence] = {}
        keys: dict[FactRef, Scalar] = {}
        if not isinstance(node, Mapping):
            if not (isinstance(node, Scalar) and not node.text):
                says = Texts("evidence stands beside names", "依据写在各事实的名称后面")
                below = Texts(f"below it, {_EXAMPLE.en}", f"在名称下面{_EXAMPLE.zh}")
                self._say(node, says, below)
            return found
        items = {
            FactRef(name, item.key)
            for given in lists.values()
            for item in given.items
            for name in item.answers
        }
        for key, value in node.entries:
            try:
                ref = self.names.ref(key.text)
            except Refused as refused:
                self._say(key, refused.says, refused.advice)
                continue
            first = keys.setdefault(ref, key)
            if first is not key:
                self._say(key, given_twice(shorten(key.text), first.place.line))
                continue
            if not (ref in items if ref.item is not None else ref.name in answers):
                shown = shorten(key.text, 60)
                warning = Texts(f"evidence for `{shown}`, which is not answered",
                                f"`{shown}` 有依据，却没有回答")  # fmt: skip
                self.problems.append(problem_at(key.place, warning, severity="warning"))
            evidence = self._evidence(key, value)
            if evidence is not None:
                found[ref] = evidence
        return found

    def _evidence(self, key: Scalar, value: Node) -> Evidence | None:
        if not isinstance(value, Mapping):
            says = Texts(
                "evidence has `source`, `by` or `dated`", "依据要有 `source`、`by` 或 `dated`"
            )
            self._say(value, says, _EXAMPLE)
            return None
        read: dict[str, Any] = {}
        for part, inner in value.entries:
            if part.text not in _PARTS:
                near = perhaps(part.text, _PARTS)
                shown = shorten(part.text)
                says = Texts(f"no part `{shown}` of evidence{near.en}",
                             f"依据没有 `{shown}` 这一部分{near.zh}")  # fmt: skip
                self._say(part, says, _EXAMPLE)
            elif part.text == "dated":
                read["dated"] = read_dated(inner, self.problems)
            elif isinstance(inner, Scalar) and inner.text:
                read[part.text] = inner.text
            else:
                says = Texts(f"`{part.text}` is a text", f"`{part.text}` 应是一段文本")
                self._say(inner, says, _EXAMPLE)
        return Evidence(place=key.place, **read)

    def _say(self, node: Node, says: Texts, advice: Texts | None = None) -> None:
        self.problems.append(problem_at(node.place, says, advice))


def acts_to_come(
    facts: Dict[str, Fact],
    day: int | None,
    answers: Dict[str, Answer],
    lists: Dict[str, ItemList],
    evidence: Dict[FactRef, Evidence],
) -> Iterator[Problem]:
    """Warnings for acts that are dated after the day of their answer: they count as done then."""
    events = {fact.name for fact in facts.values() if fact.event}
    given = [(None, answers), *((i.key, i.answers) for one in lists.values() for i in one.items)]
    for key, own in given:
        for name in events.intersection(own):
            answer = own[name]
            said = evidence.get(FactRef(name, key))
            told = said.dated if said is not None and said.dated is not None else day
            first = answer.values[0].low if isinstance(answer.values, tuple) else None
            if told is None or first is None or first <= told or answer.place is None:
                continue
            shown, that = shorten(answer.text), iso(told)
            says = Texts(
                f"`{shown}` lies after the day of the answer, {that}, "
                "and is taken as if the act were done that day",
                f"`{shown}` 晚于回答的日期 {that}，按当日已经完成处理",
            )
            hint = Texts("write `not yet` while it is only planned", "若只是计划，请写 `not yet`")
            yield problem_at(answer.place, says, hint, severity="warning")
