"""The catalogue of faults leaves no kind out."""

from unioncore.describe import faults_told, mistakes
from unioncore.errors import FaultKind


def test_each_kind_of_fault_is_told_and_has_a_mistake_that_causes_it() -> None:
    assert {each.kind for each in mistakes()} == {*FaultKind}
    assert [each.kind for each in faults_told()] == [*FaultKind]
    assert [
        each.kind for each in faults_told() if not (each.title and each.about and each.cure)
    ] == []
