"""Numbers over time are those that the library answers with."""

from datetime import timedelta

import pytest
from tests.books import core, everything

from unioncore.answers import point_worth
from unioncore.describe import HISTORY_FORMATS, parameter_history, pay_history
from unioncore.errors import UnknownName
from unioncore.model import PayScale
from unioncore.rules import Parameter


def test_every_parameter_that_is_a_number_can_be_drawn() -> None:
    for key, parameter in core().named(Parameter).items():
        history = parameter_history(core(), key)
        steps = [step for line in history.lines.values() for step in line]
        assert sorted(map(str, steps)) == sorted(
            str((version.period, version.value.value)) for version in parameter.versions
        )
        for style in HISTORY_FORMATS:
            assert history.drawn(style)


def test_a_text_says_when_the_value_is_not_known() -> None:
    lines = parameter_history(core(), "core.week_pay_cap").drawn().splitlines()
    assert lines[0] == "The cap on a week's pay, in pounds a week"
    assert lines[2] == "  before 1 April 1998: not known"
    # S.I. 2023/318 and S.I. 2024/213, articles 3 and their Schedules
    assert "  from 6 April 2023 up to but not including 6 April 2024: 643" in lines
    assert "  from 6 April 2024 up to but not including 6 April 2025: 700" in lines


@pytest.mark.needs_plugins
def test_the_least_and_the_most_are_what_points_of_the_scale_were_worth() -> None:
    rulebook = everything()
    history = pay_history(rulebook, "njc")
    (scale,) = (each for each in rulebook.named(PayScale).values() if "njc" in each.bodies)
    table = scale.versions[-1]
    assert table.period.end is not None
    last = table.period.end - timedelta(1)
    worth = [point_worth(rulebook, "njc", point, on=last).pay.value for point in table.spine]
    for name, of in (("lowest", min), ("highest", max)):
        assert history.lines[name][-1] == (table.period, of(worth))


@pytest.mark.needs_plugins
def test_of_several_scales_one_is_to_be_named() -> None:
    with pytest.raises(ValueError, match="psc-ew has several pay scales; name one of psc-spine"):
        pay_history(everything(), "psc-ew")
    with pytest.raises(ValueError, match="no pay scale of cafcass-jncf is recorded"):
        pay_history(everything(), "cafcass-jncf")
    with pytest.raises(UnknownName):
        pay_history(everything(), "pcs-ew")
    assert list(pay_history(everything(), "psc-spine").lines) == ["point 7"]


@pytest.mark.needs_plugins
def test_a_style_that_there_is_not_is_told_with_the_nearest() -> None:
    history = pay_history(everything(), "psc-spine")
    with pytest.raises(UnknownName, match="no format is called 'svgs'; did you mean 'svg'"):
        history.drawn("svgs")
