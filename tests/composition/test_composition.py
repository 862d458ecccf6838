"""A rulebook depends on what is in it, never on how it came together."""

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pluggy
import pytest

import unioncore
from tests.books import everything
from tests.synthetic import source
from unioncore.model import Membership, Person
from unioncore.rules import compile_many

TEXT = (
    source()
    + """
[words.employer_kind]
shared = "a kind that every plugin declares"

[words.service_group]
NAME = "group NAME"

[[rule]]
key = "NAME.r"
decides = "service_group"
  [[rule.version]]
  period = { start = 2020-01-01 }
  when = "employer.kind == 'shared' and employer.key == 'NAME'"
  value = "NAME"
  citations = [{ source = "s" }]
"""
)


def plugins(folder: Path) -> list[unioncore.TomlPlugin]:
    made = []
    for name in ("first", "second", "third"):
        (folder / name).mkdir()
        (folder / name / "x.toml").write_text(TEXT.replace("NAME", name), encoding="utf-8")
        made.append(unioncore.TomlPlugin(folder / name, prefix=name))
    return made


@pytest.mark.slow
def test_the_order_of_plugins_leaves_no_trace(tmp_path: Path) -> None:
    books = [unioncore.compose(*order, discover=False) for order in permutations(plugins(tmp_path))]
    assert all(book == books[0] for book in books)
    assert len({book.fingerprint for book in books}) == 1
    assert len({repr(book.definitions) for book in books}) <= len(books)


def test_a_rulebook_survives_pickling(tmp_path: Path) -> None:
    book = unioncore.compose(*plugins(tmp_path), discover=False)
    again = pickle.loads(pickle.dumps(book))
    assert again == book
    assert again.fingerprint == book.fingerprint


@pytest.mark.slow
def test_another_process_gives_the_same_fingerprint() -> None:
    code = "import unioncore; print(unioncore.compose(discover=False).fingerprint)"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert seen == {unioncore.compose(discover=False).fingerprint + "\n"}


def test_any_change_of_a_definition_changes_the_fingerprint(tmp_path: Path) -> None:
    first, *_ = plugins(tmp_path)
    book = unioncore.compose(first, discover=False)
    file = tmp_path / "first" / "x.toml"
    file.write_text(file.read_text("utf-8").replace("2020-01-01", "2020-01-02"), "utf-8")
    changed = unioncore.TomlPlugin(tmp_path / "first", prefix="first")
    assert unioncore.compose(changed, discover=False) != book


def test_sixteen_threads_get_equal_answers(tmp_path: Path) -> None:
    book = unioncore.compose(*plugins(tmp_path), discover=False)
    facts = {"employer.kind": "shared", "employer.key": "second"}

    def ask(_: int) -> unioncore.Placement:
        return unioncore.placement(book, facts, on=date(2024, 1, 1))

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(ask, range(64)))
    assert answers[0].service_group.value == "second"
    assert all(answer == answers[0] for answer in answers)


def test_a_core_alone_says_that_nothing_decides() -> None:
    place = unioncore.placement(unioncore.compose(discover=False), {}, on=date(2024, 1, 1))
    assert not place.service_group.known
    assert "no plugin that is loaded decides" in place.service_group.reason


ROLES = (
    source()
    + """
[words.unit_kind]
hall = "hall"

[[office_role]]
key = "keeper"
of = ["hall"]
  [[office_role.version]]
  period = { start = 2020-01-01 }
  name = "Keeper"
  citations = [{ source = "s", provision = "rule 1" }]

[[office_role]]
key = "porter"
of = ["hall"]
staff = true
  [[office_role.version]]
  period = { start = 2021-01-01 }
  name = "Porter"
  citations = [{ source = "s", provision = "rule 2" }]
"""
)


def test_an_office_says_itself_whether_staff_hold_it(tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text(ROLES, encoding="utf-8")
    book = unioncore.compose(unioncore.TomlPlugin(tmp_path, prefix="halls"), discover=False)

    def ask(role: str, on: date) -> unioncore.Answer:
        name = "office.held_by_staff"
        return unioncore.ask(book, {"office.role": role}, name, on=on)[name]

    assert ask("keeper", date(2020, 6, 1)).value is False
    answer = ask("porter", date(2021, 1, 1))
    assert answer.value is True
    assert [(reason.rule, reason.citations[0].provision) for reason in answer.because] == [
        ("porter/staff", "rule 2")
    ]
    assert not ask("porter", date(2020, 12, 31)).known
    assert book.not_proved == ()


RATES = (
    source()
    + """
[[table]]
key = "halls.rates"
decides = "subscription_monthly"
by = "job.role"
period = {}
citations = [{ source = "s" }]
row = [{ job.role = "porter", value = "1.30" }, { value = "2.50" }]

[[parameter]]
key = "halls.fee"
type = "money"
label = "the fee"
  [[parameter.version]]
  period = {}
  value = "5.00"
  when = "job.role == 'keeper'"
  citations = [{ source = "s" }]
  [[parameter.version]]
  period = {}
  value = "6.00"
  when = "job.role == 'porter'"
  citations = [{ source = "s" }]
"""
)


def test_a_table_and_a_parameter_hold_money(tmp_path: Path) -> None:
    folder = tmp_path / "halls"
    folder.mkdir()
    (folder / "rates.toml").write_text(RATES, encoding="utf-8")
    book = unioncore.compose(unioncore.TomlPlugin(folder, prefix="halls"), discover=False)
    names = ("subscription_monthly", "halls.fee")

    def ask(role: str) -> list[unioncore.Answer]:
        found = unioncore.ask(book, {"job.role": role}, *names, on=date(2024, 1, 1))
        return [found[name] for name in names]

    monthly, fee = ask("porter")
    assert (monthly.value, fee.value) == (Decimal("1.30"), Decimal("6.00"))
    assert [reason.plugin for each in (monthly, fee) for reason in each.because] == ["halls"] * 2
    assert fee.because[0].rule == "halls.fee/2"
    assert [answer.value for answer in ask("keeper")] == [Decimal("2.50"), Decimal("5.00")]


SEATS = (
    source("s", "A synthetic constitution")
    + """
[union.ours]
name = "Ours"
own = true

[union.theirs]
name = "Theirs"

[[negotiating_body]]
key = "table"
  [[negotiating_body.version]]
  period = { end = 2020-01-01 }
  name = "The table"
  covers = "employer.nation == 'Wales'"
  level = "national"
  not_known = "when it began was not found"
  citations = [{ source = "s" }]
  [[negotiating_body.version]]
  period = { start = 2020-01-01 }
  name = "The table"
  covers = "employer.nation == 'Wales'"
  level = "national"
  citations = [{ source = "s" }]
    [negotiating_body.version.side.trade-unions]
    unions = ["theirs"]

[[rule]]
key = "halls.nobody-else"
decides = "negotiating_bodies"
otherwise = true
  [[rule.version]]
  period = {}
  when = "employer.nation == 'Wales'"
  value = []
  citations = [{ source = "s" }]
"""
)


@pytest.mark.slow
def test_a_union_without_a_seat_has_none_though_earlier_seats_are_not_known(tmp_path: Path) -> None:
    (tmp_path / "bodies.toml").write_text(SEATS, encoding="utf-8")
    book = unioncore.compose(unioncore.TomlPlugin(tmp_path, prefix="halls"), discover=False)
    facts = {"employer.nation": "Wales"}
    assert unioncore.placement(book, facts, on=date(2020, 1, 1)).union_has_seat.value is False
    assert not unioncore.placement(book, facts, on=date(2019, 12, 31)).union_has_seat.known


def test_without_a_union_of_its_own_a_rulebook_does_not_know_about_seats(tmp_path: Path) -> None:
    (tmp_path / "bodies.toml").write_text(SEATS.replace("own = true\n", ""), encoding="utf-8")
    book = unioncore.compose(unioncore.TomlPlugin(tmp_path, prefix="halls"), discover=False)
    seat = unioncore.placement(
        book, {"employer.nation": "Wales"}, on=date(2020, 1, 1)
    ).union_has_seat
    assert not seat.known
    assert "no [union.KEY] is marked own = true" in seat.reason


CALENDAR = (
    source("s", "A proclamation (made up)")
    + """
[[calendar]]
key = "second"
name = "Another calendar"
nations = "England"
period = { start = 2000-01-01, end = 2029-01-01 }

[[calendar.holiday]]
name = "Extra day"
days = [2026-06-08]
citations = [{ source = "s" }]
"""
)


def test_a_nation_has_one_calendar(tmp_path: Path) -> None:
    (tmp_path / "days.toml").write_text(CALENDAR, encoding="utf-8")
    with pytest.raises(unioncore.CompositionError) as raised:
        unioncore.compose(unioncore.TomlPlugin(tmp_path, prefix="halls"), discover=False)
    (fault,) = raised.value.faults
    assert fault.message == "England has two calendars, and needs one; leave out this or"
    assert fault.other is not None
    assert fault.other.plugin == "builtin"


FACT = """
[fact.halls.place]
type = "choice"
vocabulary = "{}"
label = "the place"
"""


@pytest.mark.parametrize("vocabulary", ["job_grup", "natin"])
def test_a_vocabulary_without_a_word_may_be_another_one_misspelt(
    tmp_path: Path, vocabulary: str
) -> None:
    (tmp_path / "facts.toml").write_text(FACT.format(vocabulary), encoding="utf-8")
    with pytest.raises(unioncore.CompositionError) as raised:
        unioncore.compose(unioncore.TomlPlugin(tmp_path, prefix="halls"), discover=False)
    (fault,) = raised.value.faults
    assert fault.path == "fact.halls.place.vocabulary"
    right = {"job_grup": "job_group", "natin": "nation"}[vocabulary]
    said = f"no word is of the vocabulary {vocabulary}; did you mean {right!r}?"
    assert fault.message == said


def test_a_standard_vocabulary_may_wait_for_a_plugin_that_fills_it(tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_text(FACT.format("membership_start"), encoding="utf-8")
    book = unioncore.compose(unioncore.TomlPlugin(tmp_path, prefix="halls"), discover=False)
    assert not book.words_of("membership_start")


BESIDE = """
[words.employer_kind]
mole = "mole"

[union.ours]
name = "Ours"
"""


@pytest.mark.slow
def test_what_is_for_another_plugin_goes_with_it_or_is_told_to_be_left_out(tmp_path: Path) -> None:
    for name, text in {
        "port/kinds.toml": BESIDE.replace("mole", "pier"),
        "port/with-ours/kinds.toml": BESIDE.partition("[union.")[0],
        "ours/union.toml": '[union.ours]\nname = "Ours"\nown = true\n',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    port, ours = (unioncore.TomlPlugin(tmp_path / name, prefix=name) for name in ("port", "ours"))
    alone = unioncore.compose(port, discover=False)
    assert (set(alone.words_of("employer_kind")), alone.own_union) == ({"pier"}, None)
    (info,) = (each for each in alone.plugins if each.name == "port")
    assert info.left_out == (("ours", 1),)
    assert info.without == "left out without ours: 1 of its definitions"
    for order in permutations((port, ours)):
        both = unioncore.compose(*order, discover=False)
        assert set(both.words_of("employer_kind")) == {"pier", "mole"}
        assert both.own_union == "ours"
        assert not any(each.left_out for each in both.plugins)
    (tmp_path / "ours" / "union.toml").write_text(
        '[union.ours]\nname = "Theirs"\nown = true\n', encoding="utf-8"
    )
    other = unioncore.TomlPlugin(tmp_path / "ours", prefix="ours")
    with pytest.raises(unioncore.CompositionError, match=r"declared differently \(name\)"):
        unioncore.compose(port, other, discover=False)


@pytest.mark.slow
@pytest.mark.needs_plugins
def test_plugins_are_asked_once_and_by_no_question_about_a_member(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many members there are, what a plugin says was asked when the rulebook was made."""
    calls = []
    call = pluggy.HookCaller.__call__

    def counted(hook: pluggy.HookCaller, **given: object) -> object:
        calls.append(hook.name)
        return call(hook, **given)

    book, day = everything(), date(2026, 6, 1)
    monkeypatch.setattr(pluggy.HookCaller, "__call__", counted)
    unioncore.compose(*plugins(tmp_path), discover=False)
    assert len(calls) > 20
    calls.clear()
    record = {"employer.kind": "council", "employer.nation": "England", "on": day}
    find = compile_many(book.rules, ["employer.is_london_police"], on=day)
    find([record] * 1_000)
    unioncore.placement(book, {"employer.kind": "council"}, on=day)
    unioncore.time_limit(book, "unfair-dismissal", starts=day, nation="England")
    rows = [Person(key="a", name="A"), Membership(person="a", category="full", start=day)]
    union = unioncore.Union(key="union").append(*rows)
    unioncore.member(book, union.on(day), "a")
    assert calls == []
