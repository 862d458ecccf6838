"""Provisions are found in citations and in texts, and a digest changes with their words only."""

import pytest

from unioncore.model import digest, places_in, provisions_in, words_at

TEXT = """---
title: "The Lamps Act 1990"
---
# The Lamps Act 1990

## Part 1 — Lamps

#### Lighting

##### 1

- (1) Every lamp must be lit by *dusk*.

##### 1A

See [the Act](https://example.org/1) of the Guild[^f1].

## SCHEDULE 2 — Wicks

### Part 1

##### 1

A wick is of cotton.

## SCHEDULE 3

## Part I — Repeals

| Lamps | Extent |
| --- | --- |
| Oil lamps | All |

#### Wicks of wool

##### 2A

Wool is no wick.

## Part IIA — Candles

##### 4

. . . . . . . . .

## SCHEDULE A1

##### 27

A candle is a lamp.

##### 27A

A torch is none.

#### Lighting

Before Schedule 1 insert—

## Explanatory note

##### 1

No part of the Act.
"""


@pytest.mark.parametrize(
    ("provision", "places"),
    [
        ("", ()),
        ("section 86(1)(a)", ("section 86",)),
        ("s. 86 and s. 87", ("section 86", "section 87")),
        (
            "sections 94, 95(2) and 98: fairness, and section 99",
            ("section 94", "section 95", "section 98"),
        ),
        ("regulations 104I to 104K", ("regulation 104I", "regulation 104K")),
        ("rule 5(1) to (3) and (8)", ("rule 5",)),
        ("section 152 and Schedule 12", ("section 152", "Schedule 12")),
        (
            "Schedule A1, paragraphs 19 and 21",
            ("Schedule A1, paragraph 19", "Schedule A1, paragraph 21"),
        ),
        ("Schedule, rule 6", ("Schedule 1, paragraph 6",)),
        ("Schedule 2, section 3", ("Schedule 2", "section 3")),
        ("paragraph 2", ()),
        ("rules of the Guild", ()),
    ],
)
def test_a_citation_names_places(provision: str, places: tuple[str, ...]) -> None:
    assert places_in(provision) == places
    assert all(places_in(each) == (each,) for each in places)


def test_a_place_has_its_words() -> None:
    found = provisions_in(TEXT)
    assert words_at(found, "section 1") == "\n- (1) Every lamp must be lit by *dusk*.\n"
    assert "of the Guild" in (words_at(found, "article 1A") or "")
    assert words_at(found, "Schedule 2, paragraph 1") == "\nA wick is of cotton.\n"
    assert "cotton" in (words_at(found, "Schedule 2") or "")
    assert words_at(found, "section 2") is None
    assert words_at(found, "Schedule 1, paragraph 1") is None


def test_what_was_inserted_stands_behind_the_last_schedule() -> None:
    found = provisions_in(TEXT)
    assert "Wool" in (words_at(found, "section 2A") or "")
    assert words_at(found, "Schedule 3, paragraph 2A") is None
    assert words_at(found, "section 27A") is None
    assert "torch" in (words_at(found, "Schedule A1, paragraph 27A") or "")
    # A table is of its Schedule; what follows the last paragraph is of none.
    assert "Oil lamps" in (words_at(found, "Schedule 3") or "")
    assert "Before Schedule 1" not in (words_at(found, "Schedule A1") or "")
    # A section that was repealed stands there without words.
    assert digest(words_at(found, "section 4") or "") == ""


def test_a_digest_is_of_the_words() -> None:
    read = digest("- (1) Every lamp must be lit by “dusk”.")
    assert read == digest("(1) every lamp\nmust be lit by *dusk*[^f1]")
    assert read != digest("(1) Every lamp must be lit by dawn.")
    assert digest("[the Act](https://a.example)") == digest("The Act")
