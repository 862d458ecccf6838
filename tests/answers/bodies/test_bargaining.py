"""A body agrees by its own way of deciding, and where that cannot be told, it is not known."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import everything
from tests.synthetic import source

import unioncore
from unioncore.answers import decide, round_outcome
from unioncore.describe import items
from unioncore.errors import CompositionError, UnknownName
from unioncore.model import Ending

ON = date(2024, 6, 1)
UNIONS = ("red", "green", "blue")
"""Synthetic unions; "grey" is defined too, and sits nowhere by name."""

SIDES = {
    "majorities": 'majorities = [["red", "green"], ["red", "blue"]]',
    "seats": """seats = 9
seats_by = [{ who = "red", seats = 5 }, { who = "green", seats = 3 }, { who = "blue", seats = 1 }]
""",
    "even-seats": """seats = 4
seats_by = [{ who = "red", seats = 2 }, { who = "green", seats = 1 }, { who = "blue", seats = 1 }]
seats_as_of = "2003"
""",
    "some-seats": 'seats = 9\nseats_by = [{ who = "red", seats = 4 }]',
    "no-total": 'seats_by = [{ who = "red", seats = 4 }]',
    "open": 'seats = 9\nseats_by = [{ who = "red", seats = 4 }]\ncomplete = false',
    "bare": "",
}
WAYS = (
    "",
    "majority-of-each-side",
    "agreement-of-sides",
    "unions-vote-in-council",
    "one-union-one-vote",
    "every-union",
    "two-thirds",
)
OWN_WAY = """
[way_of_deciding.two-thirds]
name = "two thirds of the votes decide"
about = "It agrees by two thirds of the seats."
votes = "seats"
at_least = "2/3"
"""
BODIES = tuple(f"{side}.{way or 'not-known'}" for side in SIDES for way in WAYS)


def body(key: str, side: str, way: str) -> str:
    how = f'decides_by = "{way}"' if way else ""
    return f"""
[[negotiating_body]]
key = "{key}"
  [[negotiating_body.version]]
  period = {{ start = 2020-01-01 }}
  name = "{key}"
  covers = "employer.nation == 'Wales'"
  level = "national"
  binds = "those who adopt it"
  {how}
  citations = [{{ source = "s" }}]
    [negotiating_body.version.side.trade-unions]
    unions = ["red", "green", "blue"]
{side}
"""


def plugin(folder: Path, bodies: str) -> unioncore.TomlPlugin:
    own = source("s", "A synthetic constitution")
    names = "".join(f'[union.{key}]\nname = "{key.title()} Union"\n' for key in (*UNIONS, "grey"))
    (folder / "bodies.toml").write_text(own + OWN_WAY + names + bodies, encoding="utf-8")
    return unioncore.TomlPlugin(folder, prefix="demo")


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> unioncore.Rulebook:
    bodies = "".join(
        body(f"{name}.{way or 'not-known'}", side, way)
        for name, side in SIDES.items()
        for way in WAYS
    )
    return unioncore.compose(plugin(tmp_path_factory.mktemp("demo"), bodies), discover=False)


def votes(text: str) -> dict[str, bool | None]:
    """Read ``+red -green ?blue`` as positions."""
    said = {"+": True, "-": False, "?": None}
    return {word[1:]: said[word[0]] for word in text.split()}


@pytest.mark.parametrize(
    ("which", "positions", "agreed", "why"),
    [
        # Every union says the same: no way of deciding could turn it.
        ("bare.not-known", "+red +green +blue", True, "every union"),
        ("bare.agreement-of-sides", "-red -green -blue", False, "no union"),
        ("bare.not-known", "+red +green -blue", None, "how bare.not-known decides is not known"),
        ("bare.majority-of-each-side", "+red +green -blue", None, "could be turned"),
        # Unions that are a majority together.
        ("majorities.majority-of-each-side", "+red +green -blue", True, "Red Union and Green"),
        ("majorities.majority-of-each-side", "+red +green", True, "a majority of each side"),
        ("majorities.majority-of-each-side", "-red -blue", False, "refused by Red Union and Blue"),
        ("majorities.majority-of-each-side", "-red +green +blue", None, "could be turned"),
        ("majorities.unions-vote-in-council", "+red +blue", True, "vote in council"),
        ("majorities.not-known", "+red +blue", None, "is not known"),
        ("majorities.one-union-one-vote", "+red +blue", True, "2 of 3"),
        ("majorities.every-union", "+red +green", None, "from 2 to 3 of 3"),
        ("majorities.every-union", "+red +green -blue", False, "not accepted by Blue Union"),
        # Seats: five of nine are more than half, and two of four are not.
        ("seats.majority-of-each-side", "+red -green -blue", True, "5 of 9"),
        ("seats.majority-of-each-side", "-red +green +blue", False, "at most 4 of 9"),
        ("seats.majority-of-each-side", "+green +blue", None, "from 4 to 9 of 9"),
        ("even-seats.majority-of-each-side", "+red -green -blue", False, "at most 2 of 4"),
        ("even-seats.majority-of-each-side", "+red +green", True, "3 of 4"),
        # Seats that are not known could go either way; what is known is not all that there is.
        ("some-seats.majority-of-each-side", "+red -green -blue", None, "from 4 to 9 of 9"),
        ("no-total.majority-of-each-side", "+red -green -blue", None, "could be turned"),
        ("open.majority-of-each-side", "+red +green +blue", None, "from 4 to 9 of 9"),
        ("open.one-union-one-vote", "+red +green +blue", None, "could be turned"),
        ("open.every-union", "+red -green", False, "not accepted by Green Union"),
        # A way of a plugin's own: six of nine are two thirds, and more than half is not enough.
        ("seats.two-thirds", "+red -green -blue", False, "at most 5 of 9"),
        ("seats.two-thirds", "+red -green +blue", True, "two thirds of the votes decide"),
        ("majorities.two-thirds", "+red +green", None, "could be turned"),
        # The employers.
        ("seats.majority-of-each-side", "+red +green +blue -employers", False, "the employers do"),
        ("seats.majority-of-each-side", "+red ?employers", None, "whether the employers accept"),
        ("seats.majority-of-each-side", "-red ?employers", False, "at most 4 of 9"),
    ],
)
def test_a_body_decides_by_its_own_way(
    council: unioncore.Rulebook, which: str, positions: str, agreed: bool | None, why: str
) -> None:
    answer = decide(council, which, votes(positions), on=ON).agreed
    assert (answer.value if answer.known else None) is agreed
    assert why in (answer.because[0].text if answer.known else answer.reason)
    assert not answer.known or [each.instrument for each in answer.because[0].citations]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('at_least = "2/3"', "", "needs at_least or more_than beside votes = 'seats'"),
        ('at_least = "2/3"', 'at_least = "3/2"', "expected a share such as 1/2 or 2/3"),
        ('at_least = "2/3"', 'more_than = "1"', "expected a share such as 1/2 or 2/3"),
        ('at_least = "2/3"', 'at_least = "most"', "expected a share such as 1/2 or 2/3"),
        ('"seats"', '"none"', "needs neither share beside votes = 'none'"),
        ("deciding.two-thirds", "deciding.two-third", "did you mean 'two-third'?"),
    ],
)
def test_a_way_that_cannot_be_is_a_fault(old: str, new: str, said: str, tmp_path: Path) -> None:
    made = plugin(tmp_path, body("b", SIDES["seats"], "two-thirds"))
    file = tmp_path / "bodies.toml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(CompositionError) as raised:
        unioncore.compose(made, discover=False)
    (fault,) = raised.value.faults
    assert said in fault.message


def test_who_was_outvoted_and_whom_it_binds(council: unioncore.Rulebook) -> None:
    found = decide(council, "seats.majority-of-each-side", votes("+red -green -blue"), on=ON)
    assert (found.outvoted, found.binds) == (("blue", "green"), "those who adopt it")
    found = decide(council, "seats.majority-of-each-side", votes("-red +green"), on=ON)
    assert found.outvoted == ("green",)
    found = decide(council, "seats.majority-of-each-side", votes("+red -green -employers"), on=ON)
    assert found.outvoted == ()  # the employers refused: no union's vote was lost to another's
    found = decide(council, "bare.not-known", votes("+red -green"), on=ON)
    assert found.outvoted == ()


def test_old_seats_are_said_to_be_old(council: unioncore.Rulebook) -> None:
    found = decide(council, "even-seats.majority-of-each-side", votes("+red +green"), on=ON)
    assert found.agreed.warnings == ("the seats by union are those of 2003",)


def test_what_another_union_says_does_not_count(council: unioncore.Rulebook) -> None:
    every = votes("+red +green +blue -grey")
    assert decide(council, "bare.not-known", every, on=ON).agreed.value is True
    assert decide(council, "bare.not-known", every, on=ON).outvoted == ()


def test_before_its_first_version_nothing_is_known(council: unioncore.Rulebook) -> None:
    found = decide(council, "bare.not-known", votes("+red"), on=date(2019, 12, 31))
    assert "2019-12-31" in found.agreed.reason


def test_a_slip_in_a_name_is_not_a_union_that_says_nothing(council: unioncore.Rulebook) -> None:
    with pytest.raises(UnknownName, match="did you mean 'red'"):
        decide(council, "bare.not-known", {"redd": True}, on=ON)
    with pytest.raises(UnknownName, match=r"did you mean 'bare\.every-union'"):
        decide(council, "bare.every-unio", {}, on=ON)
    with pytest.raises(UnknownName):
        round_outcome(council, "a-round")


# -- properties ------------------------------------------------------------------------------------

POSITIONS = st.dictionaries(
    st.sampled_from(("employers", "grey", *UNIONS)), st.sampled_from((True, False, None))
)


def agreed(book: unioncore.Rulebook, which: str, said: Mapping[str, bool | None]) -> bool | None:
    answer = decide(book, which, said, on=ON).agreed
    return answer.value if answer.known else None


@given(st.sampled_from(BODIES), POSITIONS, st.data())
def test_the_order_of_the_votes_makes_no_difference(
    council: unioncore.Rulebook, which: str, said: dict[str, bool | None], data: st.DataObject
) -> None:
    turned = dict(data.draw(st.permutations(list(said.items()))))
    assert decide(council, which, turned, on=ON) == decide(council, which, said, on=ON)


@given(st.sampled_from(BODIES), POSITIONS)
def test_one_acceptance_fewer_never_makes_an_agreement(
    council: unioncore.Rulebook, which: str, said: dict[str, bool | None]
) -> None:
    rank = {False: 0, None: 1, True: 2}
    before = rank[agreed(council, which, said)]
    for key, each in said.items():
        for less in (None, False)[(each is None) + 2 * (each is False) :]:
            assert rank[agreed(council, which, {**said, key: less})] <= before


@given(st.sampled_from(BODIES), POSITIONS)
def test_what_is_known_stands_however_the_unknown_is_filled_in(
    council: unioncore.Rulebook, which: str, said: dict[str, bool | None]
) -> None:
    known = agreed(council, which, said)
    for key in ("grey", *UNIONS, *(k for k in said if k == "employers")):
        if known is None or said.get(key) is not None:
            continue
        for filled in (True, False):
            assert agreed(council, which, {**said, key: filled}) is known


@pytest.mark.parametrize(
    ("side", "said"),
    [
        ('majorities = [["red", "grean"]]', "not among the unions of the side"),
        ("majorities = [[]]", "names no union"),
        ('majorities = [["red"], ["green", "blue"]]', "shares no union with red"),
        (SIDES["even-seats"] + 'majorities = [["red"]]', "has 2 of 4 seats"),
    ],
)
def test_a_majority_that_cannot_be_one_is_a_fault(tmp_path: Path, side: str, said: str) -> None:
    with pytest.raises(CompositionError) as caught:
        unioncore.compose(plugin(tmp_path, body("c", side, "")), discover=False)
    (fault,) = caught.value.faults
    assert said in fault.message
    assert ".side.trade-unions.majorities[" in fault.path


# -- what has happened -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> unioncore.Rulebook:
    return everything()


@pytest.mark.needs_plugins
def test_the_award_of_2022_in_local_government_went_past_unite(real: unioncore.Rulebook) -> None:
    # South East Employers, 28 February 2022: a majority on each side suffices, and Unite refused.
    found = round_outcome(real, "njc-2021")
    assert (found.ending, found.derived) == (Ending.AGREED, True)
    assert found.text == (
        "agreed: accepted by UNISON and GMB, together a majority of the union side "
        "(a majority of each side decides); Unite outvoted"
    )


@pytest.mark.needs_plugins
def test_in_2023_unison_and_one_other_union_settled_it(real: unioncore.Rulebook) -> None:
    found = round_outcome(real, "njc-2023")
    assert (found.ending, found.derived) == (Ending.AGREED, True)


@pytest.mark.needs_plugins
@pytest.mark.parametrize(
    ("which", "on", "positions", "value"),
    [
        ("njc", "2024-06-01", "-unison -unite +gmb", False),
        ("njc", "2024-06-01", "-unison +unite +gmb", None),
        (
            "njc",
            "2010-06-01",
            "+unison +gmb -unite",
            None,
        ),  # before anything says who is a majority
        # The side accepted in 2015 only after all three unions had voted.
        ("psc-ew", "2022-05-05", "+unison", None),
        ("psc-ew", "2022-05-20", "+unison +gmb +unite", True),
        ("psc-ew", "2022-05-20", "+unison +gmb -unite", None),
        # The unions vote in council; what weight each has was not found.
        ("nhs-sc", "2023-05-02", "+unison +gmb +rcm +csp -rcn -unite", None),
        ("sjc", "2025-07-11", "+unison +gmb +unite", True),
        ("sjc", "2024-09-01", "-unison +gmb +unite", None),
    ],
)
def test_bodies_that_there_are(
    real: unioncore.Rulebook, which: str, on: str, positions: str, value: bool | None
) -> None:
    answer = decide(real, which, votes(positions), on=date.fromisoformat(on)).agreed
    assert (answer.value if answer.known else None) is value


@pytest.mark.needs_plugins
def test_the_police_staff_council_binds_only_those_that_adopt_it(real: unioncore.Rulebook) -> None:
    found = decide(real, "psc-ew", votes("+unison +gmb +unite"), on=ON)
    assert found.agreed.value is True
    assert found.binds.startswith("only the commissioners and chief constables who put them into")


@pytest.mark.needs_plugins
def test_a_round_without_positions_is_recorded_and_not_derived(real: unioncore.Rulebook) -> None:
    for key, ending in (
        ("njc-2024", "agreed"),
        ("nhs-eng-2023", "agreed"),
        ("prob-2021", "imposed"),
    ):
        found = round_outcome(real, key)
        assert (str(found.ending), found.derived) == (ending, False)
        assert found.text.startswith(f"{ending} (recorded, not derived)")


@pytest.mark.needs_plugins
def test_no_recorded_round_contradicts_its_body(real: unioncore.Rulebook) -> None:
    for each in real.definitions.pay_rounds:
        assert "; recorded as" not in round_outcome(real, each.key).text, each.key


def test_every_body_says_how_it_decides(council: unioncore.Rulebook) -> None:
    notes = {item.key: item.versions[0].notes for item in items(council) if item.key in BODIES}
    assert sorted(notes) == sorted(BODIES)
    known = (
        "Known to be a majority of it: Red Union with Green Union, or Red Union with Blue Union."
    )
    for key, told in notes.items():
        not_known = "How it decides when the unions differ is not known." in told
        assert not_known == key.endswith(".not-known")
        assert (known in told) == key.startswith("majorities.")
        assert "Its agreements bind those who adopt it." in told
