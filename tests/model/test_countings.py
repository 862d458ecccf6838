"""Countings: every length says how it is counted, and composition refuses one that does not."""

from pathlib import Path

import pytest

import unioncore
from tests.composition.making import faults_of, toml

HEAD = """
[[counting]]
key = "NAME-days"
name = "a length of days"
period = {}
rolls = "never"
citations = [{ source = "s" }]

[fact.NAME.starts]
type = "day"
label = "the first day"

[fact.NAME.ends]
type = "day"
derived = true
label = "the last day"
"""
RULE = """
[[rule]]
key = "NAME.rule"
decides = "NAME.ends"
period = {}
when = "True"
compute = "last_day_of_months(NAME.starts, 3)"
citations = [{ source = "s" }]
"""
PARAMETER = """
[[parameter]]
key = "NAME.limit"
type = "whole"
label = "the limit"
unit = "months"
period = {}
value = 3
citations = [{ source = "s" }]
"""


@pytest.mark.parametrize(
    ("definition", "says"),
    [
        (RULE, "counts months, and says not how; name a counting in counted"),
        (PARAMETER, "counts months, and says not how; name a counting in counted"),
        (RULE + 'counted = "actz"\n', "did you mean 'acts'?"),
        (PARAMETER + 'counted = "NAME-days"\n', "NAME-days names no reading of them"),
        (RULE + 'counted = "acts"\n', ""),
        (PARAMETER + 'counted = "terms"\n', ""),
    ],
)
def test_what_counts_months_says_how(tmp_path: Path, definition: str, says: str) -> None:
    plugin = toml(HEAD + definition)(tmp_path, "demo")
    if not says:
        unioncore.compose(plugin, discover=False)
        return
    (fault,) = faults_of(plugin)
    assert says.replace("NAME", "demo") in str(fault)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("until", "25:00", 'expected a time of day such as "16:00" or "24:00"'),
        ("rolls", "always", "expected one of never, next-working-day, next-open-day"),
    ],
)
def test_a_counting_has_an_hour_and_a_way_to_move(
    tmp_path: Path, field: str, value: str, says: str
) -> None:
    written = HEAD.replace('rolls = "never"\n', "") if field == "rolls" else HEAD
    written = written.replace("period = {}\n", f'period = {{}}\n{field} = "{value}"\n', 1)
    (fault,) = faults_of(toml(written)(tmp_path, "demo"))
    assert says in str(fault)
