"""Random rule sets over a small world, and random subjects in it.

The world has every type of fact. A derived fact reads recorded facts and derived facts before it;
a word of a set may also read the words before it.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.synthetic import cited
from unioncore.legal import DayRange, Period
from unioncore.rules import (
    Fact,
    FactType,
    Measure,
    Measuring,
    Predicate,
    Row,
    Rule,
    RuleException,
    RuleSet,
    RuleVersion,
    Table,
)
from unioncore.rules.condition import (
    TRUE,
    AllOf,
    AnyOf,
    Arithmetic,
    Call,
    Compare,
    Expression,
    InSet,
    IsEmpty,
    Known,
    Literal,
    Name,
    Not,
    OneOf,
    Words,
)

CITED = cited(provision="rule 1")
FIRST, LAST = date(2020, 1, 1), date(2020, 1, 12)
KINDS, NATIONS, BANDS, TAGS = ("a", "b", "c"), ("x", "y"), ("1", "2", "3"), ("p", "q", "r")

RECORDED = (
    Fact("on", FactType.DAY, "the day"),
    Fact("kind", FactType.CHOICE, "the kind", choices=KINDS),
    Fact("nation", FactType.CHOICE, "the nation", choices=NATIONS),
    Fact("flag", FactType.YES_NO, "the flag is up"),
    Fact("count", FactType.WHOLE, "the count"),
    Fact("pay", FactType.MONEY, "the pay"),
    Fact("band", FactType.TEXT, "the band"),
    Fact("since", FactType.DAY, "the day since"),
    Fact("tags", FactType.SET, "the tags", choices=TAGS),
    Fact("meetings", FactType.COLLECTION, "the meetings", of="meeting"),
    Fact("meeting.held", FactType.DAY, "the day held", subject="meeting"),
    Fact("meeting.quorate", FactType.YES_NO, "the meeting was quorate", subject="meeting"),
)
CHOICES, SET_WORDS = ("u", "v", "w"), ("k", "l", "m")
DERIVED = (
    Fact("by_table", FactType.YES_NO, "the table says so", derived=True),
    Fact("measured", FactType.YES_NO, "the measure holds", derived=True),
    Fact("chosen", FactType.CHOICE, "the choice", derived=True, choices=CHOICES),
    Fact("holds", FactType.YES_NO, "it holds", derived=True),
    Fact("reckoned", FactType.WHOLE, "the reckoning", derived=True),
    Fact("gathered", FactType.SET, "the gathering", derived=True, choices=SET_WORDS),
    Fact("last", FactType.CHOICE, "the last choice", derived=True, choices=CHOICES),
)
ASKED = tuple(fact.key for fact in DERIVED)


def is_even(number: int) -> bool:
    return number % 2 == 0


PREDICATE = Predicate("t.is_even", "the number is even", (FactType.WHOLE,), is_even, CITED)

days = st.dates(FIRST, LAST)
maybe_days = st.one_of(days, st.tuples(days, days).map(lambda pair: DayRange(min(pair), max(pair))))
periods = st.one_of(
    st.just(Period()),
    days.map(lambda day: Period(start=day)),
    days.map(lambda day: Period(end=day)),
    st.tuples(days, st.integers(1, 8)).map(
        lambda pair: Period(pair[0], pair[0] + timedelta(days=pair[1]))
    ),
)
_SMALL = st.integers(-1, 4)
_ORDER = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
_SAME = st.sampled_from(["==", "!="])


def _is(key: str, words: tuple[str, ...]) -> st.SearchStrategy[Expression]:
    literal = st.sampled_from(words).map(Literal)
    some = st.lists(literal, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Compare, _SAME, st.just(Name(key)), literal),
        st.builds(Compare, _SAME, literal, st.just(Name(key))),
        st.builds(OneOf, st.just(Name(key)), some),
    )


def _has(key: str, words: tuple[str, ...]) -> st.SearchStrategy[Expression]:
    return st.sampled_from(words).map(lambda word: InSet(Literal(word), key))


def wholes(reckoned: bool) -> st.SearchStrategy[Expression]:
    names = ["count", "reckoned"] if reckoned else ["count"]
    plain = st.one_of(_SMALL.map(Literal), st.sampled_from(names).map(Name))
    return st.one_of(
        plain,
        st.builds(Arithmetic, st.sampled_from("+-*"), plain, plain),
        st.builds(
            Call,
            st.just("days_from"),
            st.just((Name("since"), Name("on"))),
        ),
    )


day_values = st.one_of(
    days.map(Literal),
    st.sampled_from(["on", "since"]).map(Name),
    _SMALL.map(lambda n: Call("add_days", (Name("since"), Literal(n)))),
    _SMALL.map(lambda n: Call("last_day_of_months", (Name("since"), Literal(n)))),
    _SMALL.map(lambda n: Call("months_after", (Name("since"), Literal(n)))),
    st.just(Call("next_new_year", (Name("since"),))),
    days.map(lambda day: Call("later", (Name("since"), Literal(day)))),
)


def leaves(before: tuple[str, ...], knowing: bool) -> st.SearchStrategy[Expression]:
    """Conditions with no parts, over recorded facts and the derived facts ``before``."""
    found = [
        _is("kind", KINDS),
        _is("nation", NATIONS),
        _is("band", BANDS),
        _has("tags", TAGS),
        st.just(Name("flag")),
        st.booleans().map(Literal),
        st.builds(Compare, _ORDER, wholes("reckoned" in before), wholes("reckoned" in before)),
        st.builds(Compare, _ORDER, day_values, day_values),
        st.builds(
            Compare,
            _ORDER,
            st.just(Name("pay")),
            st.sampled_from(["1.50", "2.00"]).map(lambda text: Literal(Decimal(text))),
        ),
        wholes("reckoned" in before).map(lambda n: Call("t.is_even", (n,))),
        st.sampled_from([IsEmpty("tags"), Not(IsEmpty("tags"))]),
        st.lists(days.map(Literal), max_size=2).map(
            lambda items: OneOf(Name("since"), tuple(items))
        ),
    ]
    if knowing:
        keys = ["kind", "flag", "since", "tags", *before]
        found.append(st.sampled_from(keys).map(Known))
    for key in before:
        if key in ("by_table", "measured", "holds"):
            found.append(st.just(Name(key)))
        elif key in ("chosen", "last"):
            found.append(_is(key, CHOICES))
        elif key == "gathered":
            found.append(_has(key, SET_WORDS))
            found.append(st.sampled_from([IsEmpty("gathered"), Not(IsEmpty("gathered"))]))
    return st.one_of(found)


def conditions(
    before: tuple[str, ...] = (), extra: tuple[Expression, ...] = (), knowing: bool = True
) -> st.SearchStrategy[Expression]:
    start = leaves(before, knowing)
    if extra:
        start = st.one_of(start, st.sampled_from(extra))
    return st.recursive(
        start,
        lambda inner: st.one_of(
            inner.map(Not),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: AllOf(tuple(parts))),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        ),
        max_leaves=5,
    )


@st.composite
def rules_for(
    draw: st.DrawFn, fact: Fact, before: tuple[str, ...], knowing: bool = True
) -> list[Rule]:
    made: list[Rule] = []
    for number in range(draw(st.integers(0, 3))):
        key = f"t.{fact.key}-{number}"
        extra: tuple[Expression, ...] = ()
        words: tuple[str, ...] = ()
        if fact.type is FactType.SET:
            place = min(number, len(SET_WORDS) - 1)
            words = SET_WORDS[: place + 1][-1:]
            extra = tuple(InSet(Literal(w), fact.key) for w in SET_WORDS[:place])
        inner = conditions(before, extra, knowing)
        otherwise = draw(st.integers(0, 3)) == 0
        versions: list[RuleVersion] = []
        for period in draw(st.lists(periods, min_size=1, max_size=2)):
            if any(period.overlaps(version.period) for version in versions):
                continue
            exceptions = tuple(
                RuleException(
                    draw(inner),
                    "it is excepted",
                    None if fact.type is FactType.SET else draw(_values(fact, before)),
                )
                for _ in range(draw(st.integers(0, 2)))
            )
            value: Expression
            if fact.type is FactType.SET:
                value = Words(()) if otherwise else Literal(words[0])
            else:
                value = draw(_values(fact, before))
            versions.append(RuleVersion(period, draw(inner), value, CITED, exceptions=exceptions))
        overrides = tuple(
            earlier.key
            for earlier in made
            # One word of a set may read another, so overriding there could go round in a circle.
            if fact.type is not FactType.SET and draw(st.booleans())
        )
        made.append(
            Rule(
                key,
                fact.key,
                tuple(versions),
                overrides=() if otherwise else overrides,
                otherwise=otherwise,
                dated_by=draw(st.sampled_from(["on", "on", "since"])),
                existed=draw(st.sampled_from([None, Period(FIRST, LAST)])),
            )
        )
    return made


def _values(fact: Fact, before: tuple[str, ...]) -> st.SearchStrategy[Expression]:
    if fact.type is FactType.CHOICE:
        plain: st.SearchStrategy[Expression] = st.sampled_from(CHOICES).map(Literal)
        return st.one_of(plain, st.just(Name("chosen"))) if "chosen" in before else plain
    if fact.type is FactType.YES_NO:
        return st.one_of(st.booleans().map(Literal), st.just(Name("flag")))
    return wholes(reckoned=False)


@st.composite
def rule_sets(draw: st.DrawFn, knowing: bool = True) -> RuleSet:
    row_periods = draw(st.lists(periods, min_size=1, max_size=3))
    table = Table(
        "t.table",
        "by_table",
        "band",
        tuple(
            Row((band,), Literal(draw(st.booleans())), period, CITED)
            for band, period in zip(BANDS, row_periods, strict=False)
        ),
        otherwise=draw(st.sampled_from([(), (Row((), Literal(False), Period(FIRST), CITED),)])),
        dated_by=draw(st.sampled_from(["on", "since"])),
    )
    where = st.one_of(
        st.just(Name("meeting.quorate")),
        st.just(Compare("<=", Name("meeting.held"), Name("on"))),
        st.just(AllOf((Name("meeting.quorate"), Compare("==", Name("kind"), Literal("a"))))),
    )
    measure = Measure(
        "t.measure",
        "measured",
        "meetings",
        draw(st.sampled_from([Measuring.ALL, Measuring.ANY])),
        draw(where),
        CITED,
    )
    rules: list[Rule] = []
    before: tuple[str, ...] = ("by_table", "measured")
    for fact in DERIVED[2:]:
        rules += draw(rules_for(fact, before, knowing))
        before += (fact.key,)
    return RuleSet(
        facts={fact.key: fact for fact in (*RECORDED, *DERIVED)},
        rules=tuple(rules),
        tables=(table,),
        measures=(measure,),
        predicates={PREDICATE.key: PREDICATE},
    )


_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(KINDS),
    "nation": st.sampled_from(NATIONS),
    "flag": st.booleans(),
    "count": _SMALL,
    "pay": st.sampled_from([Decimal("0.00"), Decimal("1.50"), Decimal("1.75"), Decimal("9")]),
    "band": st.sampled_from([*BANDS, "other"]),
    "since": maybe_days,
    "tags": st.frozensets(st.sampled_from(TAGS)),
    "meetings": st.lists(
        st.fixed_dictionaries(
            {}, optional={"meeting.held": days, "meeting.quorate": st.booleans()}
        ),
        max_size=3,
    ).map(tuple),
}


def subjects() -> st.SearchStrategy[dict[str, Any]]:
    """Recorded facts of one subject; any of them but the day may be missing or None."""
    return st.fixed_dictionaries(
        {"on": days}, optional={key: st.one_of(st.none(), s) for key, s in _VALUES.items()}
    )


def values_of(key: str) -> st.SearchStrategy[Any]:
    return _VALUES[key]


@st.composite
def crowded(draw: st.DrawFn) -> RuleSet:
    """Rule sets in which several rules decide one fact that the others rest on, so often clash."""
    flag, kind = Name("flag"), Name("kind")
    simple: st.SearchStrategy[Expression] = st.sampled_from(
        [
            flag,
            Not(flag),
            Compare("==", kind, Literal("a")),
            Compare("!=", kind, Literal("a")),
            Compare(">", Name("count"), Literal(1)),
            Literal(True),
        ]
    )
    made: list[Rule] = []

    def add(decides: str, when: Expression, value: Expression, **more: Any) -> None:
        version = RuleVersion(Period(), AllOf((when, Literal(True))), value, CITED)
        made.append(Rule(f"t.{decides}-{len(made)}", decides, (version,), **more))

    for number in range(draw(st.integers(2, 3))):
        last = number == 2
        over = tuple(rule.key for rule in made if not last and draw(st.integers(0, 3)) == 0)
        one = Literal(draw(st.sampled_from(CHOICES[:2])))
        add("chosen", draw(simple), one, overrides=over, otherwise=last)
    for value in (True, False):
        add("holds", draw(simple), Literal(value), otherwise=not value)
    is_u = Compare("==", Name("chosen"), Literal("u"))
    add("last", is_u, Literal("u"))
    add("last", TRUE, Literal("v"), otherwise=True)
    add("gathered", draw(simple), Literal("k"))
    add("gathered", is_u, Literal("l"))
    add("gathered", TRUE, Words(()), otherwise=True)
    return RuleSet(facts={fact.key: fact for fact in (*RECORDED, *DERIVED)}, rules=tuple(made))
