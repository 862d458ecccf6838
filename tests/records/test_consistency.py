"""What tables must agree about with one another: claims of many members, and who takes part."""

import pytest

from tests.records.folders import read
from unioncore.records import Reading

CLAIMS = "key,name,employer,employed_from,employed_to,claim\npay,Pay,mill,,,\nlaw,Law,mill,,,x\n"
HEAD = "person,claim,form,day_a,day_b,presented,waiver,adviser"


def with_claims(claims: str = CLAIMS, **tables: str) -> Reading:
    files = {f"{name}.csv": text for name, text in {"mass_claims": claims, **tables}.items()}
    return read(files)


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("p1,law,,,2024-03-01,,,", "day_b", "needs Day A"),
        ("p1,law,,2024-03-01,2024-02-01,,,", "day_b", "comes before day_a"),
        ("p1,law,,,,,conciliated,lawyer", "adviser", "only a settlement-agreement"),
        ("p1,pay,,,,2024-03-01,,", "presented", "a settlement only"),
        ("p1,lew,,,,,,", "claim", "mass_claims has no key"),
        ("p9,law,,,,,,", "person", "people has no key"),
        ("p1,law,2024-02-30,,,,,", "form", "no such day"),
    ],
)
def test_a_claimant_agrees_with_the_claim(row: str, column: str, said: str) -> None:
    (fault,) = with_claims(claimants=f"{HEAD}\n{row}\n").faults
    assert (fault.file, fault.line, fault.column) == ("claimants.csv", 2, column)
    assert said in fault.message


def test_a_claimant_stands_once() -> None:
    (fault,) = with_claims(claimants="person,claim\np1,law\np1,law\n").faults
    assert (fault.file, fault.line) == ("claimants.csv", 3)


def test_the_time_that_a_claim_covers_ends_after_it_begins() -> None:
    claims = CLAIMS.replace("mill,,,x", "mill,2024-02-01,2024-01-31,x")
    (fault,) = with_claims(claims).faults
    assert (fault.file, fault.line, fault.column) == ("mass_claims.csv", 3, "employed_to")


def test_nothing_starts_time_for_a_settlement() -> None:
    events = "person,claim,what,on\np1,pay,act,2024-02-01\np1,law,act,2024-02-01\n"
    (fault,) = with_claims(claim_events=events).faults
    assert (fault.file, fault.line, fault.column) == ("claim_events.csv", 2, "claim")
