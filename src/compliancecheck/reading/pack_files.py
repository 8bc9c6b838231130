"""The form of pack files: one set of models for `facts.yaml`, one for instruments.

The JSON Schema that editors use is made from these same models.  What needs names or types to
be checked (conditions, literals, days) stays a node here and is resolved by ``packs``.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from compliancecheck.model.facts import Citation
from compliancecheck.model.texts import Texts
from compliancecheck.reading.forms import (
    AnyNode,
    Chinese,
    ConditionNode,
    Count,
    Entries,
    Flag,
    Form,
    Items,
    Literal_,
    Name,
    PlainNode,
    RangeNode,
    Text,
    ValueNode,
    Word,
    refused,
)
from compliancecheck.reading.source import Scalar

Confidence = Word[Literal["verified", "secondary", "memory"]]
REASONS = Literal[
    "purpose",
    "scope",
    "principle",
    "judgement",
    "procedure",
    "no_fact",
    "not_read",
    "encouragement",
    "national_target",
    "authority",
    "liability",
    "commencement",
    "other_addressee",
    "other_edition",
    "later",
]


def _plain_text(node: object) -> object:
    return node.text if isinstance(node, Scalar) else node


def _language(text: str) -> str:
    if text != "1":
        raise refused("this version reads `language: 1`")
    return text


Language = Annotated[
    Text, AfterValidator(_language), WithJsonSchema({"enum": [1, "1"]}, mode="validation")
]
TypeWord = Annotated[
    Literal[
        "boolean",
        "integer",
        "number",
        "percent",
        "money",
        "date",
        "choice",
        "choices",
        "text",
        "list",
    ],
    BeforeValidator(_plain_text),
]


class Bilingual(Form):
    """One text in both languages; neither may be missing."""

    en: Text
    zh: Chinese

    def texts(self) -> Texts:
        """The text as the model holds it."""
        return Texts(self.en, self.zh)


class CitationForm(Form):
    """An instrument and an article."""

    instrument: Text
    article: Text


class Cited(Form):
    """What may say where in the law it stands, in an instrument that is not its own."""

    cite: Items[CitationForm] | None = None

    def citations(self) -> tuple[Citation, ...]:
        """The citations as the model holds them."""
        return tuple(Citation(c.instrument, c.article) for c in self.cite or ())


class CountedForm(Form):
    """Since when a count runs, and for how many days an older one is taken as it is."""

    start: Text = Field(alias="from")
    fresh_for: Count


class ItemFactForm(Cited):
    """One input: a fact of an item of a list, or of the company."""

    type: TypeWord
    label: Bilingual
    question: Bilingual | None = None
    help: Bilingual | None = None
    choices: Entries[Bilingual] | None = None
    unit: Text | None = None
    bounds: RangeNode | None = None
    usual: RangeNode | None = None
    counted: CountedForm | None = None
    event: Flag = False
    optional: Flag = False
    theme: Name | None = None
    only_if: ConditionNode | None = None
    otherwise: AnyNode | None = None
    formerly: Items[Text] | None = None


class FactForm(ItemFactForm):
    """A fact of the company, or a list of items."""

    item: Name | None = None
    key: Name | None = None
    facts: Entries[ItemFactForm] | None = None


class PackForm(Form):
    """What a pack is called, the fact that is asked first, and its screens."""

    title: Bilingual
    gate: Name | None = None
    themes: Entries[Bilingual] | None = None


class ConstraintForm(Form):
    """A fact is at most (at least) another one."""

    each: Name | None = None
    must: PlainNode
    says: Bilingual


class CompleteForm(Form):
    """From which day, and where, exactly one way of a route holds."""

    start: Literal_ = Field(alias="from")
    where: ConditionNode | None = None


class RouteForm(Form):
    """Ways in which the law asks for something, strongest first."""

    each: Name | None = None
    label: Bilingual | None = None
    ways: Entries[Bilingual]
    complete: CompleteForm | None = None


class ReadingForm(Cited):
    """A point of law that is read in several ways."""

    article: Text | None = None
    question: Bilingual
    choices: Entries[Bilingual]
    prevailing: Name | None = None
    confidence: Confidence | None = None


class ConditionForm(Cited):
    """A condition with a name."""

    each: Name | None = None
    article: Text | None = None
    label: Bilingual | None = None
    when: ConditionNode


class DefinitionForm(Cited):
    """A computed number or date."""

    each: Name | None = None
    article: Text | None = None
    label: Bilingual
    value: ValueNode


class FactsFile(Form):
    """A `facts.yaml`: the vocabulary of a pack, and what its instruments share."""

    language: Language
    pack: PackForm
    facts: Entries[FactForm]
    constraints: Items[ConstraintForm] | None = None
    readings: Entries[ReadingForm] | None = None
    conditions: Entries[ConditionForm] | None = None
    definitions: Entries[DefinitionForm] | None = None
    routes: Entries[RouteForm] | None = None
    profiles: Entries[PlainNode] | None = None


class SourceForm(Form):
    """Where the text was read, on which day, and how surely."""

    url: Text
    checked: Literal_
    confidence: Confidence


class ArticleForm(Form):
    """`encoded`, or why not."""

    short_form: ClassVar[str | None] = "encoded"
    encoded: Word[Literal["encoded"]] | None = None
    not_encoded: Word[REASONS] | None = None
    says: Bilingual | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> ArticleForm:
        if (self.encoded is None) == (self.not_encoded is None):
            raise refused("an article is `encoded` or `{not_encoded: REASON}`")
        return self


class InstrumentForm(Form):
    """Head of an instrument: what it is, from when, and all its articles."""

    id: Name
    title: Bilingual
    short: Bilingual
    issuer: Bilingual
    number: Bilingual | None = None
    binding: Flag
    issued: Literal_
    effective: Literal_ | None = None
    ends: Literal_ | None = None
    replaces: Items[Text] | None = None
    law_of: Name | None = None
    applies_when: ConditionNode | None = None
    notice: Bilingual | None = None
    sources: Items[SourceForm]
    articles: Entries[ArticleForm]


class PrevailsForm(Form):
    """Rules that this instrument displaces, and the article that says so."""

    article: Text
    rules: Items[Name]


MetWord = Annotated[
    Literal["true", "false", "unknown"],
    BeforeValidator(_plain_text),
    WithJsonSchema({"enum": [True, False, "true", "false", "unknown"]}),
]


class DeadlineForm(Form):
    """A day that the law sets for an act, or on which something lapses."""

    id: Name
    kind: Word[Literal["duty", "right", "end"]] | None = None
    who: Word[Literal["company", "authority"]] | None = None
    article: Text | None = None
    opens: ValueNode | None = None
    due: ValueNode
    done_on: Name | None = None
    or_expected: Name | None = None
    may_extend: AnyNode | None = None
    roll: Name | None = None
    safe_due: Word[Literal["none"]] | None = None
    act: Bilingual


class ExpectForm(Form):
    """What an example expects."""

    status: Word[
        Literal["pass", "fail", "undetermined", "contested", "informative", "not_applicable"]
    ]
    way: Name | None = None
    met: MetWord | None = None
    due: Entries[Literal_] | None = None
    waits_until: Literal_ | None = None


class ExampleForm(Form):
    """A worked example of a rule."""

    name: Text
    like: Name | None = None
    as_of: Literal_
    item: Text | None = None
    facts: PlainNode | None = None
    readings: Entries[Name] | None = None
    expect: ExpectForm


class RuleForm(Cited):
    """One provision."""

    id: Name
    article: Text
    each: Name | None = None
    level: Word[Literal["must", "should"]] | None = None
    title: Bilingual
    applies_when: ConditionNode | None = None
    requires: ConditionNode | None = None
    compares: ConditionNode | None = None
    words: Word[Literal["benchmark", "classification", "eligibility", "alignment"]] | None = None
    exempts: Items[Name] | None = None
    then: Bilingual | None = None
    deadlines: Items[DeadlineForm] | None = None
    way: Entries[Name] | None = None
    effective: Literal_ | None = None
    ends: Literal_ | None = None
    confidence: Confidence | None = None
    examples: Items[ExampleForm] | None = None
    formerly: Items[Text] | None = None


class InstrumentFile(Form):
    """One legal instrument with its provisions, in the order of its articles."""

    language: Language
    instrument: InstrumentForm
    prevails_over: Items[PrevailsForm] | None = None
    readings: Entries[ReadingForm] | None = None
    conditions: Entries[ConditionForm] | None = None
    definitions: Entries[DefinitionForm] | None = None
    rules: Items[RuleForm]


def texts(form: Bilingual | None) -> Texts | None:
    """The text of a form that may be left out."""
    return None if form is None else form.texts()


def pack_schema() -> dict[str, Any]:
    """The JSON Schema of pack files (2020-12), for editors: a `facts.yaml` or an instrument."""
    from pydantic.json_schema import models_json_schema

    from compliancecheck.reading.pack_schema import SHARED, tidy

    models: list[tuple[type[Form], Literal["validation"]]]
    models = [(FactsFile, "validation"), (InstrumentFile, "validation")]
    _, schema = models_json_schema(models, by_alias=True)
    definitions = {**tidy(schema["$defs"]), **SHARED}
    definitions["ArticleForm"] = {"anyOf": [{"const": "encoded"}, definitions["ArticleForm"]]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "compliancecheck pack file",
        "if": {"required": ["instrument"]},
        "then": {"$ref": "#/$defs/InstrumentFile"},
        "else": {"$ref": "#/$defs/FactsFile"},
        "$defs": definitions,
    }
