"""Drafts: which rules are of one, and what took its place."""

from __future__ import annotations

from compliancecheck.model.instruments import Rules


def is_draft(rules: Rules, rule: str) -> bool:
    """Whether a rule is one of a draft, which never counts."""
    return rules.instruments[rules.rules[rule].instrument].is_draft


def replaced_by(rules: Rules, draft: str) -> tuple[str, ...]:
    """The instruments that say of themselves that they replace a draft (or an edition)."""
    return tuple(i.id for i in rules.instruments.values() if draft in i.replaces)
