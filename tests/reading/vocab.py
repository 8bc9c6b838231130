"""A small vocabulary by hand, so that reading and writing are tested without any pack."""

from __future__ import annotations

from typing import Any

from compliancecheck.model.conditions import FactIs
from compliancecheck.model.facts import Fact, FactType, Gate, GateValue
from compliancecheck.model.instruments import Reading, Rules
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import Interval

WORD = Texts("word", "词")
AT_LEAST_0 = Interval(0)
_Fields = tuple[tuple[str, FactType, dict[str, Any]], ...]

_COMPANY = (
    Fact("common.company_name", FactType.TEXT, WORD, "common"),
    Fact("data_export.exports_data", FactType.BOOLEAN, WORD, "data-export"),
    Fact("data_export.ciio", FactType.BOOLEAN, WORD, "data-export", formerly=("data_export.cii",)),
    Fact(
        "data_export.family_members",
        FactType.CHOICE,
        WORD,
        "data-export",
        choices={"employees": WORD, "with_family": WORD, "no": WORD},
    ),
    Fact("data_export.two.deep", FactType.INTEGER, WORD, "data-export", bounds=AT_LEAST_0),
    Fact(
        "data_export.people",
        FactType.INTEGER,
        WORD,
        "data-export",
        unit="people",
        bounds=Interval(0, 10**10),
        usual=Interval(0, 10**9),
    ),
    Fact("battery.applies", FactType.BOOLEAN, WORD, "battery"),
    Fact("battery.density", FactType.NUMBER, WORD, "battery", unit="Wh/kg"),
    Fact("battery.share", FactType.PERCENT, WORD, "battery", bounds=Interval(0, 1)),
    Fact("battery.profit", FactType.MONEY, WORD, "battery", unit="CNY"),
    Fact("battery.application_date", FactType.DATE, WORD, "battery"),
    Fact(
        "battery.stock",
        FactType.INTEGER,
        WORD,
        "battery",
        bounds=Interval(0, None, True),
        gate=Gate(FactIs("battery.applies", frozenset({True})), 0),
    ),
    Fact(
        "battery.cathodes",
        FactType.CHOICES,
        WORD,
        "battery",
        choices={"ternary": WORD, "phosphate": WORD, "other": WORD},
    ),
)
_TRANSFER: _Fields = (
    ("purpose", FactType.CHOICE, {"choices": {"marketing": WORD, "hr": WORD}}),
    ("people_this_year", FactType.INTEGER, {"unit": "people", "bounds": AT_LEAST_0}),
    ("contract_filed_on", FactType.DATE, {"event": True}),
    ("note", FactType.TEXT, {}),
)
_YEAR: _Fields = (
    ("year", FactType.INTEGER, {}),
    ("rd_expense", FactType.MONEY, {"unit": "CNY", "bounds": AT_LEAST_0}),
    ("revenue", FactType.MONEY, {"unit": "CNY", "formerly": ("battery_year.turnover",)}),
)


def _list(name: str, item: str, key: str, fields: _Fields) -> list[Fact]:
    facts = [
        Fact(f"{item}.{field}", kind, WORD, name.split(".")[0], list=name, item=item, **rest)
        for field, kind, rest in fields
    ]
    whole = Fact(
        name,
        FactType.LIST,
        WORD,
        name.split(".")[0],
        item=item,
        key=key,
        fields=tuple(fact.name for fact in facts),
        gate=Gate(FactIs("data_export.exports_data", frozenset({True})), GateValue.EMPTY_LIST),
    )
    return [whole, *facts]


_FACTS = [
    *_COMPANY[:6],
    *_list("data_export.transfers", "transfer", "name", _TRANSFER),
    *_COMPANY[6:],
    *_list("battery.years", "battery_year", "year", _YEAR),
]
_READINGS = (
    Reading("data_export.hr_exemption_needs", "5", WORD, {"either": WORD, "both": WORD}, "either"),
    Reading("battery.counted", "2", WORD, {"all": WORD, "main": WORD}, None),
)

RULES = Rules(
    packs={},
    facts={fact.name: fact for fact in _FACTS},
    constraints=(),
    instruments={},
    readings={reading.name: reading for reading in _READINGS},
    conditions={},
    definitions={},
    routes={},
    rules={},
)
