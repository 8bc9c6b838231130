"""The names that a profile may use: facts by name, sections, fields of items, old names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import shorten
from compliancecheck.model.texts import Texts
from compliancecheck.reading.numbers import Refused
from compliancecheck.reading.problems import perhaps

SPECIAL = ("dated", "evidence", "readings", "waivers")
"""Top-level names that are no facts; the writer keeps facts before them."""

_ITEM_PATH = re.compile(r"(?P<list>[^\[\]]+)\[(?P<key>.*)\]\.(?P<field>[^.\[\]]+)", re.S)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names as profiles use them, in the order in which the packs declare them."""

    company: dict[str, Fact] = field(default_factory=dict)  # lists too; by name
    sections: frozenset[str] = frozenset()  # what may hold facts: `data_export`
    fields: dict[str, dict[str, Fact]] = field(default_factory=dict)  # of a list, by field name
    renamed: dict[str, str] = field(default_factory=dict)  # old name of a fact or list -> new
    renamed_fields: dict[str, dict[str, str]] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)  # rank of a fact's full name

    def company_fact(self, name: str) -> Fact | None:
        """The fact of the company (or the list) of this name, also by a former name."""
        return self.company.get(self.renamed.get(name, name))

    def item_fact(self, list_name: str, field_name: str) -> Fact | None:
        """The fact of an item by its name there, also by a former name."""
        known = self.fields.get(list_name, {})
        former = self.renamed_fields.get(list_name, {})
        return known.get(former.get(field_name, field_name))

    def ref(self, path: str) -> FactRef:
        """The answer that a path names (``battery.years[2021].rd_expense``).

        Raises :class:`Refused` with the nearest name where there is no such fact.
        """
        found = _ITEM_PATH.fullmatch(path)
        if found is None:
            fact = self.company_fact(path)
            if fact is None or fact.type is FactType.LIST:
                hint = Texts(
                    "for an item of a list write `LIST[KEY].FACT`",
                    "列表中的某一项请写成 `列表[名称].事实`",
                )
                raise Refused(self.no_fact(path), hint if fact is not None else None)
            return FactRef(fact.name)
        list_name = self.renamed.get(found["list"], found["list"])
        if list_name not in self.fields:
            near = perhaps(list_name, self.fields)
            shown = shorten(list_name)
            raise Refused(Texts(f"no list `{shown}`{near.en}", f"没有列表 `{shown}`{near.zh}"))
        fact = self.item_fact(list_name, found["field"])
        if fact is None:
            near = perhaps(found["field"], self.fields[list_name])
            shown = shorten(found["field"])
            raise Refused(
                Texts(f"no fact `{shown}` of an item{near.en}", f"项目没有事实 `{shown}`{near.zh}")
            )
        return FactRef(fact.name, found["key"])

    def no_fact(self, name: str) -> Texts:
        """The message that there is no such fact, with the nearest name."""
        shown = shorten(name)
        if name in self.company:
            return Texts(f"`{shown}` is a list", f"`{shown}` 是列表")
        near = perhaps(name, [*self.company, *self.sections])
        return Texts(f"no fact `{shown}`{near.en}", f"没有事实 `{shown}`{near.zh}")


def vocabulary(rules: Rules) -> Vocabulary:
    """The names that the linked rules give to profiles."""
    made = Vocabulary(sections=frozenset(_sections(rules.facts)))
    for fact in rules.facts.values():
        made.order[fact.name] = len(made.order)
        if fact.list is None:
            made.company[fact.name] = fact
            made.renamed.update((old, fact.name) for old in fact.formerly)
            if fact.type is FactType.LIST:
                made.fields.setdefault(fact.name, {})
        else:
            made.fields.setdefault(fact.list, {})[fact.field_name] = fact
            former = made.renamed_fields.setdefault(fact.list, {})
            former.update((old.rsplit(".", 1)[-1], fact.field_name) for old in fact.formerly)
    return made


def _sections(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        parts = name.split(".")
        for length in range(1, len(parts)):
            yield ".".join(parts[:length])


def item_path(list_name: str, key: str, field_name: str) -> str:
    """The path of an item's fact: ``data_export.transfers[loyalty programme].purpose``."""
    return f"{list_name}[{key}].{field_name}"
