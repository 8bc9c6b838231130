"""Reads packs from YAML: finds them, checks their form, declares names, resolves, checks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from compliancecheck.model.facts import Constraint, Pack
from compliancecheck.model.instruments import (
    Definition,
    Instrument,
    NamedCondition,
    Prevails,
    Reading,
    Route,
    Rule,
    Rules,
)
from compliancecheck.model.texts import Place, Texts
from compliancecheck.reading.files import read_file
from compliancecheck.reading.forms import Form, keyed, read_form
from compliancecheck.reading.pack_checks import check
from compliancecheck.reading.pack_conditions import Conditions
from compliancecheck.reading.pack_facts import Facts
from compliancecheck.reading.pack_files import FactsFile, InstrumentFile
from compliancecheck.reading.pack_instruments import Instruments, base_profile
from compliancecheck.reading.pack_names import INSTRUMENT_ID, Declared, Desk, Kind, Names
from compliancecheck.reading.problems import Problem, ProblemsError, file_problem, in_order
from compliancecheck.reading.source import Scalar, load

VOCABULARY = "facts.yaml"
_NO_DIRECTORY = Texts("there is no such directory of rules", "没有这个规则文件夹")
_NO_PACK = Texts(
    f"no pack is here: no directory has a `{VOCABULARY}`",
    f"这里没有规则包：没有文件夹含有 `{VOCABULARY}`",
)
_SUFFIXES = {".yaml", ".yml"}


@dataclass
class PackFiles:
    """One pack as its files say it."""

    id: str
    path: str
    sha256: str
    facts: FactsFile
    instruments: list[InstrumentFile]


def read_packs(roots: Sequence[Path], base: Path | None = None) -> Rules:
    """All packs under *roots* together; paths in places are relative to *base* where it holds them.

    Raises :class:`ProblemsError` with all problems of form, or, once these are mended, with all
    of names, types and the rest.
    """
    problems: list[Problem] = []
    packs = [
        pack
        for directory in find_packs(roots, problems)
        if (pack := _read_pack(directory, base, problems)) is not None
    ]
    _stop_at(problems)
    desk = Desk()
    rules = _Linker(desk).link(packs)
    _stop_at(desk.problems)
    return rules


def find_packs(roots: Sequence[Path], problems: list[Problem]) -> list[Path]:
    """The directories with a `facts.yaml` at or under *roots*, `common` before the others."""
    found: dict[Path, Path] = {}
    for root in roots:
        if not root.is_dir():
            problems.append(file_problem(str(root), _NO_DIRECTORY))
            continue
        inside = sorted(path.parent for path in root.rglob(VOCABULARY))
        if not inside:
            problems.append(file_problem(str(root), _NO_PACK))
        for directory in inside:
            found.setdefault(directory.resolve(), directory)
    return sorted(found.values(), key=lambda d: (d.name != "common", d.as_posix()))


def pack_paths(directory: Path) -> list[Path]:
    """The files of a pack, in the order in which they are read."""
    return sorted(p for p in directory.iterdir() if p.suffix in _SUFFIXES and p.is_file())


def digest_of(directory: Path) -> str:
    """The digest that a pack of these files has."""
    digest = hashlib.sha256()
    for path in pack_paths(directory):
        _digest(digest, path, read_file(str(path)))
    return digest.hexdigest()


def _digest(digest: hashlib._Hash, path: Path, data: bytes) -> None:
    digest.update(f"{path.name}\0{len(data)}\0".encode() + data)


def _read_pack(directory: Path, base: Path | None, problems: list[Problem]) -> PackFiles | None:
    digest = hashlib.sha256()
    facts: FactsFile | None = None
    instruments = []
    for path in pack_paths(directory):
        form: type[Form] = FactsFile if path.name == VOCABULARY else InstrumentFile
        read = _read_file(path, form, base, digest, problems)
        if isinstance(read, FactsFile):
            facts = read
        elif isinstance(read, InstrumentFile):
            instruments.append(read)
    if facts is None:
        return None
    path_shown = _shown(directory, base)
    return PackFiles(directory.resolve().name, path_shown, digest.hexdigest(), facts, instruments)


def _read_file(
    path: Path, form: type[Form], base: Path | None, digest: hashlib._Hash, problems: list[Problem]
) -> Form | None:
    try:
        data = read_file(str(path))
    except ProblemsError as error:
        problems.extend(error.problems)
        return None
    _digest(digest, path, data)
    shown = _shown(path, base)
    node, wrong = load(data, shown)
    problems.extend(wrong)
    if node is None or wrong:
        return None
    read, wrong_form = read_form(form, node, shown)
    problems.extend(wrong_form)
    return read


def _shown(path: Path, base: Path | None) -> str:
    if base is not None and path.is_relative_to(base):
        return path.relative_to(base).as_posix()
    return str(path)


def _stop_at(problems: list[Problem]) -> None:
    if problems:
        raise ProblemsError(in_order(problems))


class _Linker:
    """Makes one :class:`Rules` of packs; all that is wrong goes to the desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.names = Names(desk)
        self.conditions = Conditions(self.names, desk)
        self.facts = Facts(self.names, desk, self.conditions)
        self.instruments = Instruments(self.names, desk, self.conditions)

    def link(self, packs: list[PackFiles]) -> Rules:
        for pack in packs:
            self.facts.declare(pack.facts, pack.id)
        for pack in packs:
            self._declare(pack)
        self.names.check_prefixes()
        self.facts.gates()
        rules = self._resolved(packs)
        if not self.desk.problems:  # what is not resolved would only be told again
            check(rules, self.names, self.desk)
        return rules

    # --- names ---------------------------------------------------------------------------------

    def _declare(self, pack: PackFiles) -> None:
        facts = pack.facts
        for kind, entries, field in (
            (Kind.READING, facts.readings, "readings"),
            (Kind.CONDITION, facts.conditions, "conditions"),
            (Kind.DEFINITION, facts.definitions, "definitions"),
            (Kind.ROUTE, facts.routes, "routes"),
            (Kind.PROFILE, facts.profiles, "profiles"),
        ):
            for key, form in _entries(entries, facts, field):
                self._take(kind, key.text, key.place, form, None)
        for file in pack.instruments:
            self._declare_instrument(file)

    def _declare_instrument(self, file: InstrumentFile) -> None:
        id_node = file.instrument.id
        earlier = self.names.instruments.get(id_node.text)
        if not INSTRUMENT_ID.fullmatch(id_node.text):
            self.desk.refuse(id_node, f"`{id_node.text}` is no id; write it like `cn.cac.2024-16`")
        if earlier is not None:
            where = f"{earlier.path}:{earlier.line}"
            self.desk.refuse(id_node, f"the instrument `{id_node.text}` stands already at {where}")
            return
        self.names.instruments[id_node.text] = id_node.place
        for key, reading in _entries(file.readings, file, "readings"):
            self._take(Kind.READING, key.text, key.place, reading, id_node.text)
        for kind, entries, field in (
            (Kind.CONDITION, file.conditions, "conditions"),
            (Kind.DEFINITION, file.definitions, "definitions"),
        ):
            for key, form in _entries(entries, file, field):
                self._take(kind, f"{id_node.text}/{key.text}", key.place, form, id_node.text)
        for rule in file.rules:
            name = f"{id_node.text}/{rule.id.text}"
            self._take(Kind.RULE, name, rule.id.place, rule, id_node.text)

    def _take(self, kind: Kind, name: str, place: Place, form: object, where: str | None) -> None:
        each_node = getattr(form, "each", None)
        each = self.names.find_item(each_node)
        if isinstance(each_node, Scalar) and each is None:
            each = each_node.text  # told already; what reads its facts is not told again
        self.names.declare(Declared(kind, name, place, form, where, each))

    # --- the whole -----------------------------------------------------------------------------

    def _resolved(self, packs: list[PackFiles]) -> Rules:
        read: dict[str, Pack] = {}
        instruments: dict[str, Instrument] = {}
        constraints: list[Constraint] = []
        prevails: list[Prevails] = []
        for pack in packs:
            if pack.id in read:
                place = pack.facts.key_place("pack")
                self.desk.refuse(place, f"two packs are called `{pack.id}`", "rename a directory")
            read[pack.id] = self.facts.pack(pack.facts, pack.id, pack.path, pack.sha256)
            constraints.extend(self.facts.constraints(pack.facts))
            for file in pack.instruments:
                instrument = self.instruments.instrument(file, pack.id)
                instruments.setdefault(instrument.id, instrument)
                prevails.extend(self.instruments.prevails(file))
        readings: dict[str, Reading] = {}
        conditions: dict[str, NamedCondition] = {}
        routes: dict[str, Route] = {}
        rules: dict[str, Rule] = {}
        profiles: dict[str, Mapping[str, object]] = {}
        for declared in self.names.declared.values():
            match declared.kind:
                case Kind.READING:
                    readings[declared.name] = self.instruments.reading(declared)
                case Kind.CONDITION:
                    condition = self.instruments.named_condition(declared)
                    if condition is not None:
                        conditions[declared.name] = condition
                case Kind.DEFINITION:
                    self.conditions.values.definition(declared.name)
                case Kind.ROUTE:
                    routes[declared.name] = self.instruments.route(declared)
                case Kind.RULE:
                    rules[declared.name] = self.instruments.rule(declared)
                case Kind.PROFILE:
                    profiles[declared.name] = base_profile(declared.form)
                case Kind.FACT:
                    pass
        return Rules(
            packs=read,
            facts=self.names.facts,
            constraints=tuple(constraints),
            instruments=instruments,
            readings=readings,
            conditions=conditions,
            definitions=self._in_order(),
            routes=routes,
            rules=rules,
            prevails=tuple(prevails),
            base_profiles=profiles,
        )

    def _in_order(self) -> dict[str, Definition]:
        read = self.conditions.values.definitions
        return {name: read[name] for name in self.names.declared if name in read}


def _entries(entries: object, form: Form, field: str) -> Iterator[tuple[Scalar, object]]:
    return keyed(entries if isinstance(entries, dict) else None, form, field)
