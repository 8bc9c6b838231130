"""How a profile's text is changed and the result held to what was asked for."""

from __future__ import annotations

from collections.abc import Callable

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import Answer, Profile
from compliancecheck.model.texts import Texts, iso
from compliancecheck.reading import splicing
from compliancecheck.reading.locating import Found, Locator
from compliancecheck.reading.problems import render
from compliancecheck.reading.profiles import read_profile
from compliancecheck.reading.quoting import quoted
from compliancecheck.reading.source import Node, Scalar
from compliancecheck.reading.splicing import CannotSplice, Document
from compliancecheck.reading.vocabulary import SPECIAL

State = dict[object, object]
"""All that a profile says, without places: what is compared before and after."""


def checked(
    text: str, rules: Rules, expected: State, change: Callable[[Document, Locator], str]
) -> str:
    """The changed text, if reading it gives exactly what is expected.

    Raises :class:`CannotSplice` if it would not; then the old text stands.
    """
    doc = splicing.parse(text)
    new = change(doc, Locator(doc, rules))
    try:
        found = state(new, rules)
    except CannotSplice as error:
        raise CannotSplice(
            Texts("the change would break the file", "这样修改会破坏文件")
        ) from error
    if found != expected:
        raise CannotSplice(Texts("the change would touch other answers", "这样修改会影响其他回答"))
    return new


def state(text: str, rules: Rules) -> State:
    """What a profile says, as one flat table. Raises :class:`CannotSplice` if it has errors."""
    root = splicing.parse(text).root
    if root is None:
        return {}
    profile, problems = read_profile(root, (), "", "", rules)
    if profile is None:
        first = next(problem for problem in problems if problem.is_error)
        shown = Texts(render(first, None), render(first, None, "zh"))
        raise CannotSplice(Texts(f"the file has problems: {shown.en}", f"文件有问题：{shown.zh}"))
    return state_of(profile)


def state_of(profile: Profile) -> State:
    """All that a profile says, by what says it, without places and words."""
    said: State = {name: said_by(answer) for name, answer in profile.answers.items()}
    for name, items in profile.lists.items():
        said[name, "items"] = (tuple(item.key for item in items.items), items.open)
        for item in items.items:
            for fact, answer in item.answers.items():
                said[name, item.key, fact] = said_by(answer)
    for name, adopted in profile.readings.items():
        said["reading", name] = adopted.choice
    for ref, given in profile.evidence.items():
        said["evidence", ref] = (given.source, given.by, given.dated)
    if profile.dated is not None:
        said["dated"] = iso(profile.dated)
    return said


def said_by(answer: Answer) -> tuple[object, bool]:
    """What an answer says, as a state holds it."""
    # A block of text at the very end of a file gains the end of its last line by a line put
    # behind it; that is no other answer.
    values: object = answer.values
    if isinstance(answer.values, frozenset):
        values = {one.rstrip("\r\n") if isinstance(one, str) else one for one in answer.values}
    return values, answer.not_yet


def insert(doc: Document, found: Found, value: str) -> str:
    """A new entry where the locator found that it belongs."""
    flow = splicing.entry_text(found.key, value, flow=True)
    if found.below is not None:
        lines = [splicing.entry_text(found.key, value)]
        brace = "{" + flow + "}"
        below = found.below
        assert isinstance(below.value, Scalar)
        return splicing.fill(doc, below.key, below.value, lines, found.flow, brace)
    if found.section is not None:
        lines = [
            f"{found.section}:",
            " " * doc.step + splicing.entry_text(found.key, value),
        ]
        if found.section in SPECIAL:  # what is no answer has no dotted name
            flow = f"{found.section}: {{{flow}}}"
        else:
            flow = splicing.entry_text(f"{found.section}.{found.key}", value, flow=True)
    else:
        lines = [splicing.entry_text(found.key, value)]
    return insert_at(doc, found, lines, flow)


def insert_at(doc: Document, found: Found, lines: list[str], flow: str) -> str:
    """Lines of a new entry into the mapping that was found, or into a file without one."""
    mapping = found.mapping
    if mapping is None:  # nothing but comments
        return splicing.insert_lines(doc, len(doc.text), lines)
    if not mapping.entries and mapping is doc.root:  # `{}`
        if doc.text[mapping.start + 1 : mapping.end - 1].strip():
            raise CannotSplice(Texts("there is a comment inside the braces", "花括号内有注释"))
        return doc.replaced(mapping.start, mapping.end, doc.line_end.join(lines))
    return splicing.insert_entry(doc, mapping, found.after, lines, flow)


def value_yaml(fact: Fact, value: str, flow: bool, old: Node | None) -> str:
    """The YAML of an answer's text, quoted where it must be and where the old one was."""
    if fact.type is not FactType.TEXT:
        value = " ".join(value.split())
        if value.startswith("{") or fact.type is FactType.CHOICES:
            return value
    style = old.style if isinstance(old, Scalar) and old.style in ("'", '"') else ""
    if fact.type in (FactType.BOOLEAN, FactType.LIST) or value in ("unknown", "not yet"):
        return value
    return quoted(value, flow=flow, style=style)
