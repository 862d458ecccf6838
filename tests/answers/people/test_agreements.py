"""What applies to somebody on a day: by body, by party, varied locally, frozen at a transfer."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import everything
from tests.composition.making import compose, toml

import unioncore
from unioncore import Rulebook, UnioncoreError
from unioncore.answers import Applied, JobAgreements, agreements_of, ask, recognition_covers
from unioncore.describe import member_plain, member_text
from unioncore.model import (
    Agreement,
    AgreementParty,
    Clause,
    Employer,
    Job,
    Person,
    Record,
    TimeOff,
    Transfer,
    Union,
)

COUNCIL = """
[words.employer_kind]
mill = "mill"
shop = "shop"

[words.job_group]
spinners = "spinners"

[[negotiating_body]]
key = "mill-council"
existed = { start = 1990-01-01 }
  [[negotiating_body.version]]
  period = { start = 1990-01-01 }
  name = "Mill Council"
  covers = "employer.kind == 'mill'"
  level = "national"
  binds = "the mills that follow it"
  citations = [{ source = "s" }]

[[rule]]
key = "NAME.no-other"
decides = "negotiating_bodies"
otherwise = true
  [[rule.version]]
  period = {}
  when = "employer.kind in ('mill', 'shop')"
  value = []
  citations = [{ source = "s" }]
"""
MOVE = date(2015, 4, 1)
EVE = MOVE - timedelta(days=1)
PERSON = "ada"


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder: Path = tmp_path_factory.mktemp("agreements")
    return compose(toml(COUNCIL)(folder, "mills"))


def a_clause(key: str, value: str, start: date | None = None, **more: Any) -> Clause:
    return Clause(**{"agreement": "book", "key": key, "value": value, "start": start, **more})


LEAVE = (
    a_clause("leave", "25 days", end=date(2013, 1, 1)),
    a_clause("leave", "26 days", date(2013, 1, 1), end=date(2016, 1, 1)),
    a_clause("leave", "30 days", date(2016, 1, 1), made_on=date(2015, 11, 2)),
)


def a_union(*more: Record, nation: str = "England", how: str = "tupe") -> Union:
    """Ada spins at a mill in a book of the Mill Council; on 1 April 2015 she is transferred."""
    union = Union(
        key="u",
        employers=(
            Employer(key="mill", kind="mill", name="Mill", nation=nation),
            Employer(key="shop", kind="shop", name="Shop", nation=nation),
        ),
        people=(Person(key=PERSON, name="Ada Example"),),
        jobs=(
            Job(person=PERSON, employer="mill", group="spinners", start=date(2005, 1, 1), end=MOVE),
            Job(person=PERSON, employer="shop", group="spinners", start=MOVE),
        ),
        transfers=(Transfer(employer="mill", to="shop", on=MOVE, how=how),),
        agreements=(
            Agreement(
                key="book",
                title="Mill book",
                kind="collective",
                body="mill-council",
                binding="binding",
            ),
        ),
        clauses=LEAVE,
    )
    return union.append(*more)


def on(rulebook: Rulebook, union: Union, day: date) -> JobAgreements:
    (found,) = agreements_of(rulebook, union.on(day), PERSON)
    return found


def leave(rulebook: Rulebook, union: Union, day: date) -> str:
    return on(rulebook, union, day).term("leave").value


def only(found: tuple[Applied, ...]) -> Applied:
    assert len(found) == 1, found
    return found[0]


# ---- whom an agreement covers --------------------------------------------------------------------


def test_an_agreement_of_a_body_applies_to_whom_the_body_covers(rulebook: Rulebook) -> None:
    found = on(rulebook, a_union(), date(2014, 1, 1))
    book = only(found.applied)
    assert book.agreement.key == "book"
    assert book.frozen_on is None
    assert book.warnings == ("agreements of Mill Council bind the mills that follow it",)
    assert book.applies.because[0].text == "Mill Council negotiates for it"
    assert "mill-council" in {reason.rule for reason in book.applies.because}
    assert all(each.instrument for reason in book.applies.because for each in reason.citations)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2012, 12, 31), "25 days"),
        (date(2013, 1, 1), "26 days"),
        (EVE, "26 days"),
    ],
)
def test_one_version_of_a_clause_holds_each_day(rulebook: Rulebook, day: date, value: str) -> None:
    assert leave(rulebook, a_union(), day) == value


def local(**more: Any) -> tuple[Record, ...]:
    return (
        Agreement(
            **{
                "key": "local",
                "title": "Local book",
                "kind": "collective",
                "binding": "binding",
                "varies": "book",
                **more,
            }
        ),
        AgreementParty(agreement="local", employer="mill"),
        AgreementParty(agreement="local", union="u"),
        Clause(agreement="local", key="sick", value="9 months"),
    )


def test_the_most_local_variation_counts_and_says_what_it_varies(rulebook: Rulebook) -> None:
    wide = a_clause("sick", "6 months", binding="locally-varied")
    union = a_union(wide, *local())
    found = on(rulebook, union, date(2014, 1, 1))
    assert found.term("sick").value == "9 months"
    book, own = found.applied
    assert [term.clause.key for term in book.terms] == ["leave"]
    (term,) = own.terms
    assert term.varies == wide
    more_local = (
        Agreement(key="yard", title="Yard book", kind="collective", varies="local"),
        AgreementParty(agreement="yard", employer="mill", job_group="spinners"),
        Clause(agreement="yard", key="sick", value="10 months"),
    )
    twice = on(rulebook, union.append(*more_local), date(2014, 1, 1))
    # The local clause binds as it stands, so it is told apart and not varied.
    assert not twice.term("sick").known
    assert "Local book and Yard book" in twice.term("sick").reason


def test_a_chain_of_variations_leaves_the_last(rulebook: Rulebook) -> None:
    union = a_union(
        a_clause("sick", "6 months", binding="locally-varied"),
        *local(binding="locally-varied"),
        Agreement(key="yard", title="Yard book", kind="collective", varies="local"),
        AgreementParty(agreement="yard", employer="mill", job_group="spinners"),
        Clause(agreement="yard", key="sick", value="10 months"),
    )
    found = on(rulebook, union, date(2014, 1, 1))
    assert found.term("sick").value == "10 months"
    (term,) = found.applied[-1].terms
    assert term.varies is not None
    assert term.varies.agreement == "local"


def test_what_binds_is_not_varied(rulebook: Rulebook) -> None:
    found = on(rulebook, a_union(a_clause("sick", "6 months"), *local()), date(2014, 1, 1))
    assert not found.term("sick").known
    (term,) = found.applied[1].terms
    assert term.warnings == ("sick of Mill book binds",)


def test_guidance_is_told_apart_and_settles_nothing(rulebook: Rulebook) -> None:
    union = a_union(a_clause("conduct", "a hearing within 10 days", binding="guidance"))
    found = on(rulebook, union, date(2014, 1, 1))
    assert [each.clause.key for each in only(found.applied).guidance] == ["conduct"]
    answer = found.term("conduct")
    assert not answer.known
    assert answer.reason == "only guidance speaks of it: Mill book"


def test_where_agreements_are_silent_it_is_not_known(rulebook: Rulebook) -> None:
    found = on(rulebook, a_union(a_clause("sick", "")), date(2014, 1, 1))
    assert found.term("pensions").reason == (
        "no agreement that is recorded for the job has this clause"
    )
    assert found.term("sick").reason == "the register has the clause without what it gives"


PARTY = Agreement(key="own", title="Shop agreement", kind="collective", binding="binding")


@pytest.mark.parametrize(
    ("agreement", "party", "group", "known"),
    [
        (PARTY, {}, "spinners", True),
        (PARTY, {"job_group": "spinners"}, "spinners", True),
        (PARTY, {"job_group": "weavers"}, "spinners", False),
        (PARTY, {"job_group": "spinners"}, "", None),
        (PARTY, {"employer": "mill"}, "spinners", False),
        (PARTY, {"end": date(2020, 1, 1)}, "spinners", False),
        (attrs.evolve(PARTY, nation="England"), {}, "spinners", True),
        (attrs.evolve(PARTY, nation="Wales"), {}, "spinners", False),
        (attrs.evolve(PARTY, end=date(2020, 1, 1)), {}, "spinners", False),
    ],
)
def test_an_agreement_of_an_employer_applies_to_the_staff_it_names(
    rulebook: Rulebook,
    agreement: Agreement,
    party: dict[str, Any],
    group: str,
    known: bool | None,
) -> None:
    union = Union(
        key="u",
        employers=(Employer(key="shop", kind="shop", name="Shop", nation="England"),),
        people=(Person(key=PERSON, name="Ada Example"),),
        jobs=(Job(person=PERSON, employer="shop", group=group, start=MOVE),),
        agreements=(agreement,),
        agreement_parties=(AgreementParty(**{"agreement": "own", "employer": "shop", **party}),),
    )
    found = on(rulebook, union, date(2020, 1, 1))
    assert (bool(found.applied), bool(found.not_known)) == (known is True, known is None)
    if known is None:
        assert only(found.not_known).applies.missing == ("job.group",)


def test_where_the_nation_is_not_known_nor_is_the_agreement(rulebook: Rulebook) -> None:
    union = a_union(
        attrs.evolve(PARTY, nation="Wales"),
        AgreementParty(agreement="own", employer="shop"),
        nation="",
    )
    unclear = {each.agreement.key: each for each in on(rulebook, union, MOVE).not_known}
    assert unclear["own"].applies.missing == ("employer.nation",)


def test_a_stranger_has_no_agreements(rulebook: Rulebook) -> None:
    with pytest.raises(UnioncoreError, match="no person is called"):
        agreements_of(rulebook, a_union().on(MOVE), "bela")


# ---- replacement ---------------------------------------------------------------------------------


def test_what_replaces_an_agreement_begins_on_the_day_it_ends(rulebook: Rulebook) -> None:
    change = date(2010, 1, 1)
    old = Agreement(key="old", title="Old book", kind="collective", body="mill-council", end=change)
    new = Agreement(
        key="new",
        title="New book",
        kind="collective",
        body="mill-council",
        start=change,
        replaces="old",
    )
    union = attrs.evolve(a_union(), agreements=(old, new), clauses=())
    for day, key in ((change - timedelta(days=1), "old"), (change, "new")):
        assert only(on(rulebook, union, day).applied).agreement.key == key


# ---- transfers -----------------------------------------------------------------------------------


def test_terms_are_frozen_at_the_transfer(rulebook: Rulebook) -> None:
    """The boundary is half-open: the first day with the new employer is the first frozen one."""
    union = a_union()
    assert only(on(rulebook, union, EVE).applied).frozen_on is None
    book = only(on(rulebook, union, MOVE).applied)
    assert book.frozen_on == MOVE
    assert (
        book.applies.because[0].text
        == "its terms were carried over at the transfer on 1 April 2015"
    )
    cited = {str(each.instrument) for reason in book.applies.because for each in reason.citations}
    assert (
        "Transfer of Undertakings (Protection of Employment) Regulations 2006 (SI 2006/246)"
        in cited
    )
    assert any("Alemo-Herron" in each for each in cited)
    # What was agreed on 2 November 2015 does not reach her.
    assert leave(rulebook, union, date(2026, 1, 1)) == "26 days"


@pytest.mark.parametrize(
    ("made_on", "start", "value"),
    [
        (MOVE, date(2015, 9, 1), "27 days"),  # agreed on the day, for later
        (MOVE + timedelta(days=1), date(2015, 9, 1), "26 days"),
        (MOVE + timedelta(days=1), date(2015, 1, 1), "26 days"),  # agreed later, and backdated
        (date(2014, 12, 1), date(2015, 9, 1), "27 days"),
    ],
)
def test_what_was_agreed_by_the_day_counts_from_when_it_takes_effect(
    rulebook: Rulebook, made_on: date, start: date, value: str
) -> None:
    first, second, _ = LEAVE
    rows = (
        first,
        attrs.evolve(second, end=start),
        a_clause("leave", "27 days", start, made_on=made_on),
    )
    union = attrs.evolve(a_union(), clauses=rows)
    assert leave(rulebook, union, date(2015, 9, 1)) == value
    assert leave(rulebook, union, date(2020, 1, 1)) == value


def test_a_change_of_an_unknown_day_is_told_and_not_applied(rulebook: Rulebook) -> None:
    union = attrs.evolve(a_union(), clauses=(*LEAVE[:2], attrs.evolve(LEAVE[2], made_on=None)))
    found = on(rulebook, union, date(2016, 1, 1))
    assert found.term("leave").value == "26 days"
    (warning,) = only(found.applied).warnings
    assert warning == (
        "leave as it stands from 1 January 2016 applies only if it was agreed by 1 April 2015; "
        "when it was is not recorded"
    )
    assert found.term("leave").warnings[-1] == warning


def test_what_begins_with_the_transfer_was_not_in_force_before_it(rulebook: Rulebook) -> None:
    rows = (LEAVE[0], attrs.evolve(LEAVE[1], end=MOVE), a_clause("leave", "27 days", MOVE))
    found = on(rulebook, attrs.evolve(a_union(), clauses=rows), MOVE)
    assert found.term("leave").value == "26 days"
    assert "from 1 April 2015 applies only if" in only(found.applied).warnings[0]


def test_the_end_of_the_agreement_ends_no_frozen_term(rulebook: Rulebook) -> None:
    end = date(2015, 6, 1)
    union = a_union()
    ended = attrs.evolve(
        union,
        agreements=(attrs.evolve(union.agreements[0], end=end),),
        clauses=(LEAVE[0], attrs.evolve(LEAVE[1], end=end)),
    )
    assert leave(rulebook, ended, date(2026, 1, 1)) == "26 days"


def test_a_clause_that_was_dropped_before_is_not_carried(rulebook: Rulebook) -> None:
    dropped = a_clause("lunch", "an hour", end=EVE)
    until_then = a_clause("tea", "ten minutes", end=MOVE)
    found = on(rulebook, a_union(dropped, until_then), date(2016, 1, 1))
    assert not found.term("lunch").known
    assert found.term("tea").value == "ten minutes"


def test_an_agreement_that_was_replaced_later_and_backdated_is_carried(rulebook: Rulebook) -> None:
    cut = date(2015, 1, 1)
    union = a_union()
    old = attrs.evolve(union.agreements[0], end=cut)
    new = Agreement(
        key="new",
        title="New book",
        kind="collective",
        body="mill-council",
        start=cut,
        replaces="book",
        made_on=date(2015, 6, 1),
    )
    rows = (LEAVE[0], attrs.evolve(LEAVE[1], end=cut))
    found = on(rulebook, attrs.evolve(union, agreements=(old, new), clauses=rows), MOVE)
    assert found.term("leave").value == "26 days"
    assert [each.agreement.key for each in found.applied] == ["book"]


def test_a_new_employer_that_is_party_follows_the_agreement(rulebook: Rulebook) -> None:
    union = a_union(AgreementParty(agreement="book", employer="shop", start=date(2015, 10, 1)))
    assert only(on(rulebook, union, date(2015, 9, 30)).applied).frozen_on == MOVE
    assert only(on(rulebook, union, date(2015, 10, 1)).applied).frozen_on is None
    assert leave(rulebook, union, date(2016, 1, 1)) == "30 days"


def test_the_new_employers_own_term_and_a_frozen_one_are_told_apart(rulebook: Rulebook) -> None:
    own = (
        PARTY,
        AgreementParty(agreement="own", employer="shop"),
        Clause(agreement="own", key="leave", value="20 days"),
    )
    answer = on(rulebook, a_union(*own), date(2016, 1, 1)).term("leave")
    assert not answer.known
    assert answer.reason.startswith("Shop agreement and Mill book settle it apart")


@pytest.mark.parametrize("how", ["statute", "agreement"])
def test_where_the_regulations_did_not_apply_it_is_not_known(rulebook: Rulebook, how: str) -> None:
    found = on(rulebook, a_union(how=how), MOVE)
    assert found.applied == ()
    assert "did not apply" in only(found.not_known).applies.reason
    assert "not known whether it falls under Mill book" in found.term("leave").reason


def test_northern_ireland_rests_on_the_judgment_alone(rulebook: Rulebook) -> None:
    book = only(on(rulebook, a_union(nation="Northern Ireland"), MOVE).applied)
    said = " ".join(reason.text for reason in book.applies.because)
    assert "does not extend to Northern Ireland" in said
    assert "provision agreed after the transfer" not in said


def test_somebody_who_changed_jobs_takes_nothing_along(rulebook: Rulebook) -> None:
    union = attrs.evolve(a_union(), transfers=())
    found = on(rulebook, union, MOVE)
    assert (found.applied, found.not_known) == ((), ())
    other = Transfer(employer="mill", to="shop", on=MOVE, how="tupe", job_group="weavers")
    assert on(rulebook, attrs.evolve(union, transfers=(other,)), MOVE).applied == ()


def test_a_second_transfer_keeps_what_the_first_froze(rulebook: Rulebook) -> None:
    again = date(2020, 1, 1)
    union = a_union()
    first, second = union.jobs
    union = attrs.evolve(
        union,
        employers=(
            *union.employers,
            Employer(key="barn", kind="shop", name="Barn", nation="England"),
        ),
        jobs=(
            first,
            attrs.evolve(second, end=again),
            attrs.evolve(second, employer="barn", start=again),
        ),
        transfers=(*union.transfers, Transfer(employer="shop", to="barn", on=again, how="tupe")),
    )
    union = union.append(
        PARTY,
        AgreementParty(agreement="own", employer="shop"),
        Clause(agreement="own", key="breaks", value="20 minutes"),
    )
    found = on(rulebook, union, date(2021, 1, 1))
    days = {each.agreement.key: each.frozen_on for each in found.applied}
    assert days == {"own": again, "book": MOVE}
    assert found.term("leave").value == "26 days"
    assert found.term("breaks").value == "20 minutes"


@pytest.mark.parametrize(("kept", "known"), [(True, True), (False, False), (None, None)])
def test_recognition_passes_over_only_with_an_identity_of_its_own(
    rulebook: Rulebook, kept: bool | None, known: bool | None
) -> None:
    union = attrs.evolve(
        a_union(),
        agreements=(
            Agreement(key="rec", title="Recognition", kind="recognition", body="mill-council"),
        ),
        clauses=(),
        transfers=(Transfer(employer="mill", to="shop", on=MOVE, how="tupe", kept_identity=kept),),
    )
    found = on(rulebook, union, MOVE)
    assert (bool(found.applied), bool(found.not_known)) == (known is True, known is None)
    if known is None:
        assert only(found.not_known).applies.missing == ("transfer.kept_identity",)


def test_as_known_on_a_day(rulebook: Rulebook) -> None:
    late = a_clause("sick", "6 months", recorded=date(2014, 6, 1))
    union = a_union(late)
    for known_on, known in ((date(2014, 5, 31), False), (date(2014, 6, 1), True)):
        (found,) = agreements_of(rulebook, union.on(date(2014, 1, 1), known_on=known_on), PERSON)
        assert found.term("sick").known is known


# ---- what always holds ---------------------------------------------------------------------------

days = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@given(starts=st.sets(days, min_size=1, max_size=6), asked=days)
def test_exactly_one_version_of_a_clause_applies(
    rulebook: Rulebook, starts: set[date], asked: date
) -> None:
    first, *rest = sorted(starts)
    bounds = [*zip([first, *rest], [*rest, None], strict=True)]
    rows = tuple(a_clause("leave", f"from {a}", a, end=b) for a, b in bounds)
    union = attrs.evolve(
        a_union(),
        clauses=rows,
        jobs=(Job(person=PERSON, employer="mill", group="spinners", start=date(1999, 1, 1)),),
    )
    terms = [term for each in on(rulebook, union, asked).applied for term in each.terms]
    held = [row.value for row in rows if row.start is not None and row.start <= asked]
    assert [term.clause.value for term in terms] == held[-1:]


@given(
    made=st.lists(st.dates(MOVE + timedelta(days=1), date(2035, 1, 1)), min_size=1, max_size=5),
    starts=st.sets(st.dates(date(2014, 1, 1), date(2030, 1, 1)), min_size=5, max_size=5),
    ends=st.none() | st.dates(date(2031, 1, 1), date(2032, 1, 1)),
    asked=st.dates(MOVE, date(2035, 1, 1)),
)
def test_frozen_terms_never_change(
    rulebook: Rulebook, made: list[date], starts: set[date], ends: date | None, asked: date
) -> None:
    """Whatever the old body agrees after the transfer, for whatever days, and whenever it ends."""
    early = tuple(attrs.evolve(row, end=date(2014, 1, 1)) for row in LEAVE[1:2])
    before = attrs.evolve(a_union(), clauses=(LEAVE[0], attrs.evolve(early[0], end=None)))
    frozen = only(on(rulebook, before, asked).applied)
    assert [term.clause.value for term in frozen.terms] == ["26 days"]
    later = sorted(starts)[: len(made)]
    bounds = zip(later, [*later[1:], ends], strict=True)
    rows = [
        a_clause("leave", f"{number} days more", a, end=b, made_on=day)
        for number, ((a, b), day) in enumerate(zip(bounds, made, strict=True))
    ]
    corrected = attrs.evolve(before.clauses[1], end=later[0], recorded=date(2030, 1, 1))
    appended = before.append(
        corrected,
        *rows,
        attrs.evolve(before.agreements[0], end=ends, recorded=date(2030, 1, 1)),
        a_clause("bonus", "a goose", MOVE, made_on=made[0]),
    )
    after = only(on(rulebook, appended, asked).applied)
    assert [t.clause.value for t in after.terms] == [t.clause.value for t in frozen.terms]


# ---- recognition and facility time ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("pay", "hours", "holidays", "covers"),
    [
        (True, True, True, True),
        (True, True, False, False),
        (False, None, None, False),
        (True, True, None, None),
    ],
)
def test_recognition_covers_pay_hours_and_holidays(
    rulebook: Rulebook, pay: bool, hours: bool | None, holidays: bool | None, covers: bool | None
) -> None:
    agreement = Agreement(
        key="r", title="R", kind="recognition", pay=pay, hours=hours, holidays=holidays
    )
    answer = recognition_covers(rulebook, agreement, on=MOVE)
    assert (answer.value if answer.known else None) is covers


REPORT: dict[str, Any] = {
    "facility_time.employer_is_listed": True,
    "facility_time.months_of_size": 7,
    "facility_time.has_official": True,
    "facility_time.nation": "England",
}


@pytest.mark.parametrize(
    ("start", "changed", "must", "by"),
    [
        (date(2017, 4, 1), {}, True, date(2018, 7, 31)),
        (date(2024, 4, 1), {}, True, date(2025, 7, 31)),
        # The duty ended on 18 February 2026, before the period did.
        (date(2025, 4, 1), {}, False, None),
        (date(2026, 4, 1), {}, False, None),
        (date(2016, 4, 1), {}, False, None),
        (date(2020, 4, 1), {"months_of_size": 6}, False, None),
        (date(2020, 4, 1), {"has_official": False}, False, None),
        (date(2020, 4, 1), {"employer_is_listed": False}, False, None),
        (date(2020, 4, 1), {"has_official": None}, None, None),
    ],
)
def test_who_publishes_facility_time_and_by_when(
    rulebook: Rulebook, start: date, changed: dict[str, Any], must: bool | None, by: date | None
) -> None:
    facts = REPORT | {f"facility_time.{key}": value for key, value in changed.items()}
    names = ("facility_time.must_publish", "facility_time.publish_before")
    found = ask(
        rulebook,
        {**facts, "facility_time.period_end": date(start.year + 1, 3, 31)},
        *names,
        on=date(2026, 11, 25),
    )
    publish, last = (found[name] for name in names)
    assert (publish.value if publish.known else None) is must
    assert (last.value if last.known else None) == by


# ---- told ----------------------------------------------------------------------------------------


def told(rulebook: Rulebook, union: Union, day: date) -> str:
    return "\n".join(member_text(rulebook, unioncore.member(rulebook, union.on(day), PERSON)))


def test_explaining_a_member_tells_the_agreements(rulebook: Rulebook) -> None:
    union = a_union(
        Agreement(
            key="rec",
            title="Recognition",
            kind="recognition",
            pay=True,
            hours=True,
            bargaining_unit="all spinners",
            notice_months=6,
            learning_reps=2,
            learning_hours=7,
        ),
        AgreementParty(agreement="rec", employer="shop"),
        TimeOff(agreement="rec", role="steward", hours=4, per="week", paid=True),
        TimeOff(agreement="rec", role="branch-secretary", percent=50, paid=False),
        TimeOff(agreement="rec", role="learning-rep"),
        a_clause("conduct", "a hearing", binding="guidance", topic="misconduct"),
    )
    text = told(rulebook, union, MOVE)
    for line in (
        "  agreements:",
        "    Recognition",
        "      because the employer is a party to it",
        "      recognition for pay, hours",
        "      recognition not known: for holidays",
        "      bargaining unit: all spinners",
        "      ended by 6 months' notice",
        "      steward: 4 hours a week, paid",
        "      branch-secretary: 50 per cent of the working time, unpaid",
        "      learning-rep: how much is not recorded",
        "    Mill book, binding, frozen at the transfer on 1 April 2015",
        "      because Mill Council negotiates for it",
        "      leave: 26 days",
        "      guidance: misconduct: a hearing",
    ):
        assert line in text.splitlines(), text
    assert "agreements:" not in told(rulebook, attrs.evolve(union, agreements=()), MOVE)


def test_explaining_tells_variations_and_what_is_not_known(rulebook: Rulebook) -> None:
    union = a_union(a_clause("sick", "6 months", binding="locally-varied"), *local())
    assert "      sick: 9 months (in place of 6 months, Mill book)" in told(rulebook, union, EVE)
    text = told(rulebook, a_union(how="statute"), MOVE)
    assert "    Mill book: not known whether it applies: " in text


def test_the_same_as_plain_data(rulebook: Rulebook) -> None:
    union = a_union(a_clause("sick", "6 months", binding="locally-varied"), *local())
    found = member_plain(unioncore.member(rulebook, union.on(MOVE), PERSON))
    book, own = found["jobs"][0]["agreements"]
    assert (book["agreement"]["key"], book["frozen_on"]) == ("book", "2015-04-01")
    assert [term["clause"]["value"] for term in own["terms"]] == ["9 months"]
    assert own["terms"][0]["varies"]["value"] == "6 months"
    assert own["applies"]["value"] is True


@pytest.mark.needs_plugins
def test_a_support_officer_who_is_transferred_to_a_contractor() -> None:
    """Later awards of the Police Staff Council do not bind the contractor."""
    book = everything()
    move = date(2025, 10, 1)
    union = Union(
        key="unison",
        employers=(
            Employer(key="essex-police", kind="police-force", name="Essex", nation="England"),
            Employer(
                key="guards", kind="contractor", name="Guards", nation="England", serves="police"
            ),
        ),
        people=(Person(key=PERSON, name="Ada Example"),),
        jobs=(
            Job(
                person=PERSON,
                employer="essex-police",
                group="police-staff",
                start=date(2016, 9, 1),
                end=move,
            ),
            Job(person=PERSON, employer="guards", group="police-staff", start=move),
        ),
        transfers=(Transfer(employer="essex-police", to="guards", on=move, how="tupe"),),
        agreements=(
            Agreement(
                key="psc-part-2",
                title="PSC handbook, part 2",
                kind="collective",
                body="psc-ew",
                binding="locally-varied",
            ),
            Agreement(
                key="psc-part-3",
                title="PSC handbook, part 3",
                kind="collective",
                body="psc-ew",
                binding="guidance",
            ),
        ),
        clauses=(
            Clause(
                agreement="psc-part-2",
                key="pay",
                value="the rates of 2025",
                start=date(2025, 9, 1),
                end=date(2026, 9, 1),
            ),
            Clause(
                agreement="psc-part-2",
                key="pay",
                value="the rates of 2026",
                start=date(2026, 9, 1),
                made_on=date(2026, 8, 3),
            ),
            Clause(agreement="psc-part-3", key="misconduct", value="a procedure"),
        ),
    )
    (before,) = agreements_of(book, union.on(move - timedelta(days=1)), PERSON)
    assert [each.frozen_on for each in before.applied] == [None, None]
    (after,) = agreements_of(book, union.on(date(2026, 10, 1)), PERSON)
    assert [each.frozen_on for each in after.applied] == [move, move]
    assert after.term("pay").value == "the rates of 2025"
    assert not after.term("misconduct").known
