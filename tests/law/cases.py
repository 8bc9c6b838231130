"""Cases of the law of data exports: the table of cases, and the grid with one case a row and day.

Both give the same mapping: ``name``, ``as_of``, ``facts`` (a profile), ``readings`` and
``expect`` (``route``: ways possible by item and for the ``company``; ``findings``: status by
rule, or by ``rule@item``).
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent

WAYS = {
    "none": [],
    "exempt": ["exempt"],
    "contract": ["contract_or_certification"],
    "assess": ["security_assessment"],
}
DECREE_11 = {
    "i": "cn.cac.2022-11/important-data",
    "c": "cn.cac.2022-11/ciio",
    "m": "cn.cac.2022-11/million-handler",
    "v": "cn.cac.2022-11/cumulative-volume",
}
DECREE_16 = {
    "i": "cn.cac.2024-16/assessment-important-data",
    "c": "cn.cac.2024-16/assessment-ciio",
    "v": "cn.cac.2024-16/assessment-volume",
    "s": "cn.cac.2024-16/assessment-sensitive",
    "m": "cn.cac.2024-16/contract-or-certification",
    "x": "cn.cac.2024-16/exempt-small-volume",
}
# What a rule that applies gives while nothing was done; all others fail.
STATUS = {
    "cn.cac.2024-16/assessment-important-data": "undetermined",
    "cn.cac.2024-16/exempt-small-volume": "informative",
}

Case = dict[str, Any]


def table() -> list[Case]:
    """The cases of ``data_export_cases.yaml``."""
    cases: list[Case] = yaml.safe_load((HERE / "data_export_cases.yaml").read_text("utf-8"))
    return cases


def grid() -> list[Case]:
    """One case for each row and day of ``data_export_grid.yaml``."""
    sheet = yaml.safe_load((HERE / "data_export_grid.yaml").read_text("utf-8"))
    cases = []
    for values in sheet["rows"]:
        row = dict(zip(sheet["columns"], values, strict=True))
        for day, way in zip(sheet["days"], row["ways"], strict=True):
            case = {"name": _name(row, day), "as_of": day, "facts": _facts(sheet["facts"], row)}
            case["expect"] = _expected(row, str(day), way)
            cases.append(case)
    return cases


def _name(row: Case, day: object) -> str:
    marks = " ciio" * row["ciio"] + " important" * row["important"]
    return f"{row['people']}/{row['sensitive']} of {row['stock']}{marks} on {day}"


def _facts(shared: Case, row: Case) -> Case:
    facts: Case = copy.deepcopy(shared)
    company = facts["data_export"]
    company["ciio"] = row["ciio"]
    company["people_handled_in_total"] = row["stock"]
    company["transfers"][0] |= {
        "important_data": "notified" if row["important"] else "none",
        "people_nonsensitive_this_year": row["people"],
        "people_sensitive_this_year": row["sensitive"],
        "people_since_last_year": row["people"] + row["sensitive"],
        "people_sensitive_since_last_year": row["sensitive"],
    }
    return facts


def _expected(row: Case, day: str, way: str) -> Case:
    old = row["decree_11"] if "2022-09-01" <= day < "2024-03-22" else ""
    new = row["decree_16"] if day >= "2024-03-22" else ""
    findings = {}
    for letters, rules in ((old, DECREE_11), (new, DECREE_16)):
        for letter, rule in rules.items():
            applies = letter in letters
            findings[f"{rule}@one"] = STATUS.get(rule, "fail") if applies else "not_applicable"
    return {"route": {"one": WAYS[way], "company": WAYS[way]}, "findings": findings}
