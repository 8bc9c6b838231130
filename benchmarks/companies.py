"""Companies to measure with: every fact known, as many items as wanted.

Contracts are of several hundred days, and each has its own days of filing and of assessment.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from compliancecheck.model.facts import FactType
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import Profile
from compliancecheck.model.values import Members
from compliancecheck.reading.profiles import load_profile_text

HALF = """\
dated: 2026-11-24
data_export:
  exports_data: true
  ciio: false
  handles_personal_information: true
  people_handled_in_total: 800000
  transfers:
    - name: {name}
      access: sent_abroad
      has_personal_information: true
      important_data: none
      purpose: marketing
      origin: mainland
      sector_automotive: false
      exporter_registered_in_zone: false
battery:
  applies: false
"""
HEAD = """\
common: {{company_name: Bench Ltd.}}
dated: 2026-11-24
data_export:
  exports_data: true
  ciio: false
  handles_personal_information: true
  people_handled_in_total: 500000
  people_nonsensitive_this_year: {people}
  quantity_split: false
  assessment_status: none
  application_file: []
  legal_document_covers: []
  certificate_issued_on: not yet
  foreign_handler: false
  last_audit_on: 2026-03-02
  rectification_done_on: not yet
  rectification_reported_on: not yet
  handles_important_data: false
  security_officer_named: false
  reorganisation: false
  incident: none
  platform_users: 20000
  listing: none
  review_submitted_on: not yet
  transfers:
"""
ITEM = """\
    - name: export {n}
      access: sent_abroad
      has_personal_information: true
      important_data: none
      purpose: {purpose}
      necessary: true
      individual_is_party: true
      employees_only: true
      labour_rules: true
      collective_contract: false
      origin: mainland
      recipient: processor
      exporter_registered_in_zone: false
      people_nonsensitive_this_year: {people}
      people_sensitive_this_year: {sensitive}
      people_since_last_year: {total}
      people_sensitive_since_last_year: {sensitive}
      began_on: {began}
      destination: other
      onward_outside_gba: true
      mechanism: contract
      contract_effective_on: {effective}
      contract_filed_on: {filed}
      contract_on_official_text: true
      contract_change_event: false
      notice_given: true
      sensitive_notice_given: true
      consent_is_basis: true
      separate_consent: true
      impact_assessment_on: {assessed}
      records_kept: true
"""
FIRST, CONTRACTS = date(2024, 4, 1), 700  # contracts of so many days in a row
TAIL = "battery:\n  applies: false\n"
MOST = 2_500  # items in one file
NOT_YET = 10**7  # a day far ahead
PURPOSES = ("marketing", "individual_contract", "hr_management", "customer_service")


def half_answered(name: str) -> str:
    """A profile with one export of this name, whose next question is a head-count."""
    return HALF.format(name=name)


def profile_text(items: int, first: int = 0) -> str:
    """A profile with this many transfers, as YAML; they are numbered from *first*."""
    rows = "".join(map(_item_text, range(first, first + items)))
    return HEAD.format(people=999 + first + items) + rows + TAIL


def _item_text(n: int) -> str:
    effective = FIRST + timedelta(days=n % CONTRACTS)
    return ITEM.format(
        n=n,
        purpose=PURPOSES[n % len(PURPOSES)],
        people=1000 + n,
        sensitive=n % 3,
        total=1000 + n + n % 3,
        effective=effective,
        began=effective + timedelta(days=n % 11),
        filed=effective + timedelta(days=5 + n % 13),
        assessed=effective - timedelta(days=n % 40),
    )


def sparse(items: int, rules: Rules) -> Profile:
    """A company that says of each transfer only where it goes, how many people and its days."""
    rows = []
    for n in range(items):
        effective = FIRST + timedelta(days=n % CONTRACTS)
        rows.append(
            f"    - {{name: export {n}, access: sent_abroad, purpose: marketing, "
            f"people_nonsensitive_this_year: {n % 7 * 1000}, contract_filed_on: not yet, "
            f"contract_effective_on: {effective}, impact_assessment_on: {effective}}}\n"
        )
    head = "dated: 2026-11-24\ndata_export:\n  exports_data: true\n  ciio: false\n  transfers:\n"
    return _read(head + "".join(rows), rules)


def company(items: int, rules: Rules) -> Profile:
    """The same, read; in parts, for a file may not have more than 600,000 values."""
    parts = [
        _read(profile_text(min(MOST, items - first), first), rules)
        for first in range(0, items, MOST)
    ]
    whole = parts[-1]
    lists = {
        name: replace(given, items=tuple([one for part in parts for one in part.lists[name].items]))
        for name, given in whole.lists.items()
    }
    return replace(whole, lists=lists)


def _read(text: str, rules: Rules) -> Profile:
    profile, problems = load_profile_text(text, "bench.yaml", rules)
    errors = [p for p in problems if p.severity == "error"]
    assert profile is not None, errors[:3]
    assert not errors, errors[:3]
    return profile


def exact_rows(
    profile: Profile, rules: Rules
) -> tuple[dict[str, object], dict[str, list[dict[str, object]]]]:
    """The answers as single values, unanswered facts filled in: what the floor works on."""
    company = {name: _single(answer.values) for name, answer in profile.answers.items()}
    items: dict[str, list[dict[str, object]]] = {}
    for item, fact in rules.lists().items():
        given = profile.lists.get(fact.name)
        items[item] = [
            {name: _single(answer.values) for name, answer in row.answers.items()}
            for row in (given.items if given else ())
        ]
        for row in items[item]:
            for name in fact.fields:
                row.setdefault(name, _filler(rules, name))
    for name in rules.facts:
        if rules.facts[name].list is None:
            company.setdefault(name, _filler(rules, name))
    return company, items


def _single(values: object) -> object:
    if isinstance(values, frozenset):
        return next(iter(values))
    if isinstance(values, tuple):
        return values[0].low
    if isinstance(values, Members):
        return values.sure
    return NOT_YET


def _filler(rules: Rules, name: str) -> object:
    fact = rules.facts[name]
    if fact.type is FactType.BOOLEAN:
        return False
    if fact.type is FactType.CHOICE:
        return next(iter(fact.choices))
    if fact.type is FactType.CHOICES:
        return frozenset()
    return date(2024, 9, 2).toordinal() if fact.type is FactType.DATE else 0
