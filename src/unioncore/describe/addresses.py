"""The things of a rulebook that have a page of their own, each with an address that lasts."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any, get_args, get_type_hints

import attrs
from attrs import frozen

from unioncore.legal import Citation
from unioncore.model.translations import EMPLOYER, translated
from unioncore.rulebook import At, Rulebook
from unioncore.rules import Prose, series
from unioncore.shown import Shown

__all__ = [
    "THING_KINDS",
    "Thing",
    "ThingKind",
    "Things",
    "address_of",
    "cited_in",
    "source_key",
    "things",
]

_EMPLOYER = "employer.key"
"""The fact whose texts are the employers that rules name."""


@frozen
class Thing(Shown, shows="address"):
    """Something that has a page: a body, a fact, a rule, an employer, a source of law ..."""

    kind: str
    """What it is, such as ``case-type``: a key of ``THING_KINDS``."""
    key: str
    name: str
    """What people call it."""

    @property
    def address(self) -> str:
        """Where its page is, such as ``body/psc-ew``; it changes only with its key."""
        return f"{self.kind}/{self.key}"


@frozen
class ThingKind(Shown, shows="key"):
    """A kind of thing."""

    key: str
    """How its addresses begin, such as ``case-type``."""
    one: str
    """What one of it is called."""
    many: str
    """What several are called."""
    named: Callable[[Rulebook], Iterable[tuple[str, str]]]
    """Gives the key and the name of each."""
    definitions: tuple[str, ...] = ()
    """The kinds of definitions that are such things; empty where words or texts are."""

    def of(self, rulebook: Rulebook) -> dict[str, Thing]:
        """Return the things of the kind by address."""
        found = (Thing(self.key, key, name) for key, name in self.named(rulebook))
        return {thing.address: thing for thing in found}


class Things(Mapping[str, Thing]):
    """The things of a rulebook by address; each kind is looked up when it is first asked for."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._found: dict[str, dict[str, Thing]] = {}

    def of(self, kind: str) -> Mapping[str, Thing]:
        """Return the things of one kind by address; raises ``KeyError`` for no such kind."""
        if kind not in self._found:
            self._found[kind] = THING_KINDS[kind].of(self._rulebook)
        return self._found[kind]

    @cached_property
    def _every(self) -> dict[str, Thing]:
        return {address: each for kind in THING_KINDS for address, each in self.of(kind).items()}

    def __getitem__(self, address: str) -> Thing:
        kind = address.partition("/")[0]
        if kind not in THING_KINDS:
            raise KeyError(address)
        return self.of(kind)[address]

    def __iter__(self) -> Iterator[str]:
        return iter(self._every)

    def __len__(self) -> int:
        return len(self._every)


def things(rulebook: Rulebook) -> Things:
    """Return the things of a rulebook that have a page of their own, by address."""
    return Things(rulebook)


def address_of(at: At) -> str:
    """Return the address of a definition, given its kind and key; empty where it has no page."""
    kind = _KIND_OF.get(at[0], "")
    return f"{kind}/{at[1]}" if kind else ""


def source_key(instrument: str) -> str:
    """Return the key of a source of law, such as ``employment-rights-act-1996``."""
    return re.sub(r"[^a-z0-9]+", "-", instrument.lower()).strip("-")[:200]


def cited_in(value: Any) -> Iterator[Citation]:
    """Give every citation in a definition, or in a part of one."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from cited_in(each)
    else:
        of: type = type(value)
        for name in _citing(of):
            yield from cited_in(getattr(value, name))


@cache
def _citing(of: type) -> tuple[str, ...]:
    """Return the fields of a class in which citations may stand."""
    return tuple(name for name, hint in _hints(of).items() if _may_cite(hint))


@cache
def _hints(of: Any) -> Mapping[str, Any]:
    """Return the types of the fields of a class; none where it has no fields."""
    return get_type_hints(of) if attrs.has(of) else {}


@cache
def _may_cite(hint: Any) -> bool:
    waiting: list[Any] = [hint]
    seen: set[Any] = set()
    while waiting:
        each = waiting.pop()
        if each in (Citation, Any):
            return True
        if each not in seen:
            seen.add(each)
            waiting += get_args(each)
            waiting += _hints(each).values()
    return False


# ---- what things there are -----------------------------------------------------------------------

_Named = Iterator[tuple[str, str]]


def _words(vocabulary: str) -> Callable[[Rulebook], _Named]:
    def named(rulebook: Rulebook) -> _Named:
        for key, word in rulebook.words_of(vocabulary).items():
            yield key, _capital(word.name)

    return named


def _facts(rulebook: Rulebook) -> _Named:
    every = rulebook.definitions
    # These declare a fact of their own key, and have one page and not two.
    others = {each.key for each in (*every.parameters, *every.requirements, *every.predicates)}
    for key, fact in rulebook.rules.facts.items():
        if key not in others:
            yield key, _called(fact.label or key)


def _parameters(rulebook: Rulebook) -> _Named:
    for parameter in rulebook.definitions.parameters:
        yield parameter.key, _called(parameter.label or parameter.key)


def _rules(rulebook: Rulebook) -> _Named:
    every, label = rulebook.definitions, Prose(rulebook.rules).label
    deciding = [(e.key, e.decides) for e in every.rules]
    deciding += [(e.key, e.decides) for e in every.tables]
    deciding += [(e.key, e.decides) for e in every.measures]
    for key, decides in deciding:
        yield key, f"{_called(label(decides))}: {_spaced(key)}"
    stated = [(e.key, e.label) for e in every.requirements]
    stated += [(e.key, e.label) for e in every.predicates]
    for key, said in stated:
        yield key, _called(said)
    for never in every.impossible:
        yield never.key, f"Impossible: {_spaced(never.key)}"
    for silence in every.silences:
        yield silence.key, f"Left undecided: {_spaced(silence.key)}"


def _employers(rulebook: Rulebook) -> _Named:
    if _EMPLOYER in rulebook.rules.facts:
        called = translated(rulebook.definitions.translations, rulebook.language).get(EMPLOYER, {})
        for key in sorted(rulebook.texts_of(_EMPLOYER)):
            words = (w if w in ("and", "of", "for") else _capital(w) for w in key.split("-"))
            yield key, called.get(key) or " ".join(words)


def _case_types(rulebook: Rulebook) -> _Named:
    return ((kind.key, kind.name) for kind in rulebook.definitions.case_types)


def _pay_rounds(rulebook: Rulebook) -> _Named:
    for each in rulebook.definitions.pay_rounds:
        name = rulebook.rules.name_of("body", each.body)
        yield each.key, f"{name}: pay round {each.year}"


def _pay_scales(rulebook: Rulebook) -> _Named:
    return ((scale.key, _capital(scale.name)) for scale in rulebook.definitions.pay_scales)


def _pay_clauses(rulebook: Rulebook) -> _Named:
    return ((each.key, _capital(each.name)) for each in rulebook.definitions.pay_clauses)


def _calendars(rulebook: Rulebook) -> _Named:
    for calendar in rulebook.definitions.calendars:
        yield calendar.key, f"Working days in {series(sorted(calendar.nations))}"


def _countings(rulebook: Rulebook) -> _Named:
    return ((each.key, _capital(each.name)) for each in rulebook.definitions.countings)


def _sources(rulebook: Rulebook) -> _Named:
    found: dict[str, str] = {}
    for _, definition in rulebook.definitions.every():
        for citation in cited_in(definition):
            found.setdefault(source_key(citation.instrument), citation.instrument)
    yield from sorted(found.items())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _called(label: str) -> str:
    """Return a label as a heading: without its article, with a capital."""
    return _capital(label.removeprefix("the "))


def _spaced(key: str) -> str:
    """Return a key without its plugin's prefix, as words."""
    return key.rpartition(".")[2].replace("-", " ").replace("_", " ")


THING_KINDS: Mapping[str, ThingKind] = {
    kind.key: kind
    for kind in (
        ThingKind("body", "body", "bodies", _words("body"), ("bodies",)),
        ThingKind("case-type", "kind of case", "kinds of cases", _case_types, ("case_types",)),
        ThingKind("claim", "claim to a tribunal", "claims to tribunals", _words("claim")),
        ThingKind(
            "employer-kind", "kind of employer", "kinds of employers", _words("employer_kind")
        ),
        ThingKind("employer", "employer", "employers", _employers),
        ThingKind("job-group", "group of jobs", "groups of jobs", _words("job_group")),
        ThingKind(
            "service-group",
            "service group",
            "service groups",
            _words("service_group"),
            ("service_groups",),
        ),
        ThingKind("region", "region", "regions", _words("region"), ("regions",)),
        ThingKind(
            "branch-type",
            "kind of branch",
            "kinds of branches",
            _words("branch_type"),
            ("branch_types",),
        ),
        ThingKind("branch", "branch", "branches", _words("branch"), ("branches",)),
        ThingKind("office", "office", "offices", _words("office_role"), ("office_roles",)),
        ThingKind("union", "union", "unions", _words("union"), ("unions",)),
        ThingKind("pay-round", "pay round", "pay rounds", _pay_rounds, ("pay_rounds",)),
        ThingKind("pay-scale", "pay scale", "pay scales", _pay_scales, ("pay_scales",)),
        ThingKind("pay-clause", "clause on pay", "clauses on pay", _pay_clauses, ("pay_clauses",)),
        ThingKind("fact", "fact", "facts", _facts, ("facts",)),
        ThingKind("parameter", "parameter", "parameters", _parameters, ("parameters",)),
        ThingKind(
            "rule",
            "rule",
            "rules",
            _rules,
            ("rules", "tables", "requirements", "measures", "predicates", "impossible", "silences"),
        ),
        ThingKind("calendar", "calendar of working days", "calendars", _calendars, ("calendars",)),
        ThingKind(
            "counting", "way of counting time", "ways of counting", _countings, ("countings",)
        ),
        ThingKind("source", "source", "sources", _sources),
    )
}
"""The kinds of things, in the order in which readers ask for them."""

_KIND_OF = {name: kind.key for kind in THING_KINDS.values() for name in kind.definitions}
"""For each kind of definition, the kind of thing that it is."""
