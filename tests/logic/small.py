"""Two small packs made by hand: accounts of a maker, and exports of a company."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from compliancecheck.model.conditions import (
    All,
    Any,
    AsOf,
    Compare,
    Condition,
    DefinitionValue,
    DistinctTotal,
    FactIs,
    FactValue,
    HoldsCondition,
    HoldsRule,
    Limit,
    Literal,
    Not,
    Note,
    PercentOf,
    ReadingIs,
    Sum,
)
from compliancecheck.model.facts import Constraint, Fact, FactType, Gate
from compliancecheck.model.instruments import (
    Definition,
    Instrument,
    NamedCondition,
    Prevails,
    Reading,
    Rule,
    Rules,
)
from compliancecheck.model.profile import Adopted, Answer, Item, ItemList, Profile
from compliancecheck.model.texts import DayRange, Place, Texts
from compliancecheck.model.values import Interval, Number, Values, point

TODAY = date(2026, 3, 2).toordinal()
START = date(2024, 3, 22).toordinal()


def texts(en: str, zh: str = "") -> Texts:
    return Texts(en, zh or f"“{en}”")


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def yes(name: str) -> FactIs:
    return FactIs(name, frozenset({True}))


def no(name: str) -> FactIs:
    return FactIs(name, frozenset({False}))


def one_of(name: str, *options: str, negated: bool = False, note: Note | None = None) -> FactIs:
    return FactIs(name, frozenset(options), negated, note or Note())


def at_least(name: str, value: Number, strict: bool = False) -> Compare:
    return Compare(_left(name), Limit(Literal(value), strict), None)


def under(name: str, value: Number) -> Compare:
    return Compare(_left(name), None, Limit(Literal(value), True))


def _left(name: str) -> FactValue | DefinitionValue:
    return DefinitionValue(name) if "/" in name else FactValue(name)


def fact(name: str, type: FactType, label: Texts, **more: object) -> Fact:
    return Fact(name, type, label, "pack", **more)  # type: ignore[arg-type]


def instrument(id: str, **more: object) -> Instrument:
    given: dict[str, object] = {
        "pack": "pack",
        "title": texts(id),
        "short": texts(id.upper()),
        "issuer": texts("issuer"),
        "number": None,
        "binding": True,
        "issued": START,
        "effective": DayRange(START, START),
        "ends": None,
        "law_of": None,
        "applies_when": None,
        "sources": (),
        "articles": {},
    }
    return Instrument(id, **{**given, **more})  # type: ignore[arg-type]


def duty(id: str, title: str, **more: object) -> Rule:
    return Rule(id, id.split("/")[0], "7", texts(title), **more)  # type: ignore[arg-type]


def named(*things: object) -> dict[str, object]:
    return {getattr(t, "id", None) or getattr(t, "name"): t for t in things}  # noqa: B009


def rules(**parts: object) -> Rules:
    empty: dict[str, object] = {
        name: {}
        for name in ("packs", "facts", "instruments", "readings", "conditions", "definitions")
    }
    given: dict[str, object] = {**empty, "routes": {}, "rules": {}, "constraints": (), **parts}
    return Rules(**given)  # type: ignore[arg-type]


def place(line: int) -> Place:
    return Place("volta.yaml", line, 9, 12)


def answer(values: Values | Number | str | bool | None, line: int = 1) -> Answer:
    if isinstance(values, bool | str):
        return Answer(frozenset({values}), str(values), place(line))
    if isinstance(values, int | Fraction):
        return Answer((point(values),), str(values), place(line))
    return Answer(values, "", place(line))


def profile(
    company: Mapping[str, object] | None = None,
    items: Mapping[str, Mapping[str, object]] | None = None,
    list_name: str = "exports",
    open: bool = False,
    readings: Mapping[str, str] | None = None,
) -> Profile:
    """Answers are numbers, options or spans; lines are counted in the order given."""
    line = 0
    answers, listed = {}, []
    for name, value in (company or {}).items():
        line += 1
        answers[name] = answer(value, line)  # type: ignore[arg-type]
    for key, facts in (items or {}).items():
        own = {}
        for name, value in facts.items():
            line += 1
            own[name] = answer(value, line)  # type: ignore[arg-type]
        listed.append(Item(key, own, place(line)))
    lists = {} if items is None else {list_name: ItemList(tuple(listed), open, place(line))}
    return Profile(
        path="volta.yaml",
        answers=answers,
        lists=lists,
        readings={k: Adopted(v, place(99)) for k, v in (readings or {}).items()},
    )


# -- the accounts of a maker ----------------------------------------------------------------------

YUAN_AT_LEAST_0 = Interval(0, None)


def money(name: str, label: str, zh: str, **more: object) -> Fact:
    given = {"unit": "CNY", "bounds": YUAN_AT_LEAST_0, "list": "years", "item": "accounts"}
    return fact(f"accounts.{name}", FactType.MONEY, texts(label, zh), **{**given, **more})


def accounts() -> Rules:
    fields = [
        fact("accounts.year", FactType.INTEGER, texts("year"), list="years", item="accounts"),
        money("operating", "operating revenue", "营业收入"),
        money(
            "revenue",
            "main-business revenue",
            "主营业务收入",
            bounds=Interval(0, None, True),
            gate=Gate(at_least("accounts.operating", 0, True), 0),
        ),
        money("rd", "R&D expense", "研发费用"),
        money("process", "process cost", "工艺改进费用"),
    ]
    listed = fact(
        "years",
        FactType.LIST,
        texts("yearly accounts", "年度财务数据"),
        item="accounts",
        key="year",
        fields=tuple(f.name for f in fields),
    )
    cost = Definition(
        "b/cost",
        "accounts",
        texts("R&D and process cost", "研发及工艺改进费用"),
        FactType.MONEY,
        "CNY",
        Sum((FactValue("accounts.rd"), FactValue("accounts.process"))),
        "2(1)",
    )
    share = Compare(
        DefinitionValue("b/cost"),
        Limit(PercentOf(Fraction(3, 100), FactValue("accounts.revenue"))),
        None,
    )
    unclear = Any(
        (
            at_least("accounts.revenue", 0, True),
            Compare(
                FactValue("accounts.rd"), Limit(Literal(0), True), None, note=Note(review=True)
            ),
        )
    )
    return rules(
        facts=named(
            fact("applies", FactType.BOOLEAN, texts("maker of cells", "电池制造")), listed, *fields
        ),
        instruments=named(instrument("b", applies_when=yes("applies"))),
        definitions=named(cost),
        rules=named(
            duty("b/rd-share", "R&D share", each="accounts", requires=All((share, unclear)))
        ),
        constraints=(
            Constraint("accounts.revenue", "accounts.operating", 1, texts("part"), "accounts"),
        ),
    )


def year(**facts: object) -> Profile:
    given = {f"accounts.{name}": value for name, value in facts.items()}
    return profile({"applies": True}, {"2024": given}, "years")


# -- exports --------------------------------------------------------------------------------------

COUNT = Interval(0, None)


def exports() -> Rules:
    """A duty by volume, one by contract, an exemption that rests on a reading, a displaced rule."""

    def export(name: str, type: FactType, label: str, zh: str, **more: object) -> Fact:
        return fact(f"export.{name}", type, texts(label, zh), list="exports", item="export", **more)

    fields = [
        export(
            "access",
            FactType.CHOICE,
            "way abroad",
            "出境方式",
            choices={
                "sent": texts("sent abroad", "传输至境外"),
                "remote": texts("accessed from abroad", "境外远程访问"),
                "transit": texts("transit only", "仅过境"),
            },
        ),
        export(
            "purpose",
            FactType.CHOICE,
            "purpose",
            "目的",
            choices={
                "marketing": texts("marketing", "营销"),
                "hr": texts("HR management", "人力资源管理"),
            },
        ),
        export("people", FactType.INTEGER, "people", "人数", bounds=COUNT, unit="people"),
        export("labour_rules", FactType.BOOLEAN, "labour rules", "劳动规章制度"),
        export("collective", FactType.BOOLEAN, "collective contract", "集体合同"),
        export("filed_on", FactType.DATE, "day of filing", "备案日期"),
    ]
    listed = fact(
        "exports",
        FactType.LIST,
        texts("exports", "出境活动"),
        item="export",
        key="name",
        fields=tuple(f.name for f in fields),
        gate=None,
    )
    needs = Reading(
        "needs",
        "5",
        texts("Does the exemption need both?", "是否须同时具备？"),
        {
            "either": texts("one is enough", "具备其一即可"),
            "both": texts("both are needed", "须同时具备"),
        },
        "either",
    )
    counted = All((HoldsCondition("abroad"), Not(HoldsRule("d/exempt-hr"))))
    people = Definition(
        "d/people",
        None,
        texts("people this year", "当年累计人数"),
        FactType.INTEGER,
        "people",
        DistinctTotal(
            "export.people", "export", HoldsCondition("counted"), "known", HoldsCondition("abroad")
        ),
        "7",
    )
    papers: Condition = Any(
        (
            All((yes("export.labour_rules"), yes("export.collective"))),
            All(
                (
                    ReadingIs("needs", frozenset({"either"})),
                    Any((yes("export.labour_rules"), yes("export.collective"))),
                )
            ),
        )
    )
    filed = Compare(FactValue("export.filed_on"), None, Limit(AsOf()))
    scope = (HoldsCondition("counted"), no("ciio"))
    middle = Compare(
        DefinitionValue("d/people"), Limit(Literal(100_000)), Limit(Literal(1_000_000), True)
    )
    volume = at_least("d/people", 1_000_000)
    return rules(
        facts=named(
            fact("ciio", FactType.BOOLEAN, texts("CII operator", "关键信息基础设施运营者")),
            fact("known", FactType.INTEGER, texts("distinct people", "去重人数"), bounds=COUNT),
            listed,
            *fields,
        ),
        instruments=named(
            instrument("d"),
            instrument("old", effective=DayRange(day("2022-09-01"), day("2022-09-01"))),
            instrument("past", effective=DayRange(1, 1), ends=DayRange(START, START)),
        ),
        readings=named(needs),
        conditions=named(
            NamedCondition("abroad", "export", one_of("export.access", "sent", "remote"), "2"),
            NamedCondition("counted", "export", counted, "7", texts("counted", "计入总数")),
        ),
        definitions=named(people),
        rules=named(
            duty(
                "d/exempt-hr",
                "HR under rules",
                each="export",
                exempts=("d/notice",),
                applies_when=All(
                    (HoldsCondition("abroad"), one_of("export.purpose", "hr"), papers)
                ),
            ),
            duty(
                "d/volume",
                "a million people",
                each="export",
                level="must",
                applies_when=All((*scope, volume)),
                requires=filed,
            ),
            duty(
                "d/middle",
                "middle volumes",
                each="export",
                level="must",
                applies_when=All((*scope, middle)),
                requires=filed,
            ),
            duty(
                "d/notice",
                "notice",
                each="export",
                level="must",
                applies_when=HoldsCondition("abroad"),
                requires=yes("export.labour_rules"),
            ),
            duty("old/volume", "a million people, old", each="export", requires=yes("ciio")),
        ),
        prevails=(Prevails("d", "13", "old/volume"),),
    )


def export(**facts: object) -> dict[str, object]:
    given = {"access": "sent", "purpose": "marketing", **facts}
    return {f"export.{name}": value for name, value in given.items()}
