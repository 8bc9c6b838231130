"""A small pack that the linter has nothing to say about, and how tests change it."""

from __future__ import annotations

from pathlib import Path

from compliancecheck.model.instruments import Rules
from compliancecheck.reading.pack_reader import read_packs

FACTS = """\
language: 1
pack:
  title: {en: Demo, zh: 演示}
facts:
  demo.exports: {type: boolean, label: {en: exports, zh: 出境}}
  demo.things:
    type: list
    label: {en: things, zh: 事项}
    item: thing
    key: name
    facts:
      name: {type: text, label: {en: name, zh: 名称}}
      people:
        type: integer
        unit: people
        label: {en: people, zh: 人数}
        bounds: {at_least: 0}
      done: {type: boolean, label: {en: done, zh: 已办理}}
conditions:
  demo.counted:
    each: thing
    cite: [{instrument: xx.law, article: "1"}]
    when: {demo.exports: true}
routes:
  demo.path:
    each: thing
    ways:
      ask: {en: ask, zh: 申请}
      free: {en: free, zh: 免}
    complete:
      from: 2024-01-01
      where: {holds: demo.counted}
profiles:
  demo.plain:
    demo.exports: true
    demo.things:
      - {name: one, people: 5, done: false}
"""

LAW = """\
language: 1
instrument:
  id: xx.law
  title: {en: Law, zh: 法}
  short: {en: Law, zh: 法}
  issuer: {en: Issuer, zh: 机关}
  binding: true
  issued: 2024-01-01
  effective: 2024-01-01
  sources:
    - {url: "https://law.example", checked: 2026-11-24, confidence: verified}
  articles:
    "1": encoded
    "2": encoded
    "3": {not_encoded: scope}
rules:
  - id: duty
    article: "1"
    each: thing
    level: must
    title: {en: Ask for a hundred people, zh: 一百人以上须申请}
    applies_when:
      all:
        - {holds: demo.counted}
        - {thing.people: {at_least: 100}}
    requires: {thing.done: true}
    then: {en: Ask., zh: 请申请。}
    way: {demo.path: ask}
    examples:
      - name: below
        like: demo.plain
        as_of: 2024-06-01
        facts: {thing.people: 99}
        expect: {status: not_applicable, way: free}
      - name: at the bound
        like: demo.plain
        as_of: 2024-06-01
        facts: {thing.people: 100}
        expect: {status: fail, way: ask}
      - name: above
        like: demo.plain
        as_of: 2024-06-01
        facts: {thing.people: 101, thing.done: true}
        expect: {status: pass}
  - id: exempt-few
    article: "2"
    each: thing
    title: {en: Fewer are free, zh: 不满一百人的豁免}
    applies_when:
      all:
        - {holds: demo.counted}
        - {thing.people: {under: 100}}
    exempts: []
    way: {demo.path: free}
    examples:
      - name: below
        like: demo.plain
        as_of: 2024-06-01
        facts: {thing.people: 99}
        expect: {status: informative, way: free}
      - name: at the bound
        like: demo.plain
        as_of: 2024-06-01
        facts: {thing.people: 100}
        expect: {status: not_applicable}
      - name: above
        like: demo.plain
        as_of: 2024-06-01
        facts: {thing.people: 101}
        expect: {status: not_applicable}
"""


def changed(text: str, old: str, new: str) -> str:
    """The text with *old*, which must stand there, replaced by *new*."""
    assert old in text, f"{old!r} stands nowhere"
    return text.replace(old, new)


def pack(folder: Path, facts: str = FACTS, law: str = LAW) -> Rules:
    """The rules of a pack written into *folder*."""
    (folder / "facts.yaml").write_text(facts, encoding="utf-8")
    (folder / "law.yaml").write_text(law, encoding="utf-8")
    return read_packs([folder])
