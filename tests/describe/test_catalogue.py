"""The catalogue of faults leaves no kind out."""

from unioncore.describe import catalogue_markdown, mistakes
from unioncore.errors import FaultKind


def test_each_kind_of_fault_has_a_section_with_a_mistake_that_causes_it() -> None:
    page = catalogue_markdown()
    assert {each.kind for each in mistakes()} == {*FaultKind}
    for kind in FaultKind:
        assert f"(`{kind}`)\n\n" in page
    for each in mistakes():
        assert f"It says: `{each.said}`\n" in page
