"""What errors say."""

import pytest

from unioncore.errors import (
    ChangeRefused,
    DataFault,
    EntryRefused,
    Fault,
    NotationError,
    Problem,
    UnknownName,
)


@pytest.mark.parametrize("text", ["x" * 1_000_000, "word " * 100_000])
def test_a_message_shows_in_short_what_was_given(text: str) -> None:
    for error in (
        Fault("plugin", "a.toml", text, f"no table is called {text!r}"),
        DataFault("people.csv", 3, "name", f"expected a key, got {text!r}"),
        Problem(text, "a fact that the rulebook knows"),
        UnknownName("fact", text),
        NotationError(text, 1, "expected a name"),
        EntryRefused((f"{text} does not follow on",)),
        ChangeRefused("move", (f"no unit is called {text!r}",)),
    ):
        assert len(str(error)) < 2100
        assert "characters)" in str(error)
