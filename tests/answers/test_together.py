"""Answers that belong together, as text, as plain data and as a table."""

import json
from datetime import date
from decimal import Decimal
from enum import Enum
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest

import unioncore
from tests.books import with_second_union
from tests.casework import a_case
from tests.planted import PLANTED, made
from unioncore import answers
from unioncore.answers import Answers, time_limit, view
from unioncore.answers.cases.viewing import Viewer
from unioncore.rulebook import Rulebook
from unioncore.rules import Answer, FactType, Reason
from unioncore.rules.answer import Why

DAY = date(2026, 6, 1)
CLASSES = {
    name: each
    for name in answers.__all__
    if isinstance(each := getattr(answers, name), type)
    and not issubclass(each, Enum)
    and each is not Answers
}
GIVEN = {
    *(
        "AnswersByKey",
        "Axis",
        "CalledOn",
        "Desk",
        "Headcount",
        "Offer",
        "RepTraining",
        "Rise",
        "Rounding",
        "Viewer",
    ),
    "Working",
}
"""What is given with a question or makes answers, and answers nothing itself."""


class Table(HTMLParser):
    """The cells of a table, row by row; every tag that is opened must be closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        assert tag in ("table", "thead", "tbody", "tr", "th", "td"), tag
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("th", "td"):
            self.rows[-1][-1] += data


def test_every_answer_object_is_answers() -> None:
    assert {name for name, each in CLASSES.items() if not issubclass(each, Answers)} == GIVEN


@pytest.mark.parametrize("name", [name for name in CLASSES if name not in GIVEN])
def test_every_answer_object_can_be_read_stored_and_seen(name: str) -> None:
    kind: Any = CLASSES[name]
    found = made(kind)
    plain = found.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert not {*kind._inside} & plain.keys()
    assert found.to_text()
    table = Table(found._repr_html_())
    assert table.rows[0] == ["", "value", "why", "warnings"]
    assert all(len(row) == 4 for row in table.rows)
    for each in kind._inside:
        at = f"{PLANTED}<{name}.{each}>"
        assert at not in f"{plain}{found.to_text()}{table.rows}"


def test_a_placement_is_its_answers(book: Rulebook) -> None:
    found = unioncore.placement(book, {}, on=DAY)
    each = {field.name: getattr(found, field.name) for field in attrs.fields(type(found))}
    assert found.answers() == each
    assert found.to_dict() == {name: answer.to_dict() for name, answer in each.items()}
    assert Answer.from_dict(found.to_dict()["organised"]) == found.organised
    assert found.to_text() == "\n".join(answer.to_text() for answer in each.values())
    rows = Table(found._repr_html_()).rows
    assert [row[0] for row in rows[1:]] == list(each)
    assert rows[1][1:3] == ["not known", found.organised.reason]


def test_days_and_money_are_text(book: Rulebook) -> None:
    plain = time_limit(
        book, "unfair-dismissal", starts=date(2016, 6, 20), nation="Scotland"
    ).to_dict()
    assert plain["last_day"]["value"] == "2016-09-19"
    cost = answers.Cost({"A": Decimal("1.50")}, total=Decimal("1.50"), bill=Decimal(30))
    told = {"by_grade": {"A": "1.50"}, "total": "1.50", "bill": "30", "once": "0"}
    assert {key: cost.to_dict()[key] for key in told} == told
    assert cost.to_text().startswith("by_grade: A: 1.50\ntotal: 1.50\nbill: 30\nonce: 0\n")


def test_an_answer_is_a_table_of_one_row_in_which_nothing_is_markup() -> None:
    why = Reason("f", rule="r", version="", plugin="p", text="<b>because</b> & so")
    answer: Answer[str] = Answer(
        "f", FactType.TEXT, DAY, known=True, value="<script>", why=Why((why,), warnings=("<w>",))
    )
    said = answer._repr_html_()
    assert "<script>" not in said
    assert Table(said).rows[1:] == [["f", "<script>", "<b>because</b> & so", "<w>"]]
    assert repr(answer) == "<Answer f on 2026-06-01: text>"


def test_a_view_is_given_out_as_it_was_made_and_no_further() -> None:
    book = with_second_union()
    case = a_case(book)
    nobody = view(book, case, Viewer(person="M2", case="C-1"), on=DAY)
    assert nobody.to_dict()["reference"] == ""
    assert "M1" not in f"{nobody.to_dict()}{nobody.to_text()}{nobody._repr_html_()}{nobody!r}"
