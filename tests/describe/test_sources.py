"""What has changed since it was read, and what rests on it."""

from datetime import date
from pathlib import Path

import pytest
from tests.books import everything

from unioncore import Confidence, Rulebook, TomlPlugin, compose
from unioncore.answers import ask
from unioncore.describe import compare_texts, digests_of, not_reviewed, sourced
from unioncore.errors import CompositionError
from unioncore.model import digest, law_text_of

LAMPS = """
[source.lamps]
instrument = "Lamps Act 1990"
url = "https://www.legislation.gov.uk/ukpga/1990/99"
checked_on = 2026-01-01
confidence = "verified"

[fact.halls.lit]
type = "yes-no"
label = "the lamp is lit"
denial = "the lamp is not lit"
derived = true

[[rule]]
key = "halls.lamps"
decides = "halls.lit"
  [[rule.version]]
  period = {{ start = 1990-01-01, end = 2000-01-01 }}
  when = "True"
  value = true
  citations = [{{ source = "lamps", provision = "section 1" }}]
  [[rule.version]]
  period = {{ start = 2000-01-01 }}
  when = "True"
  value = true
  citations = [{{ source = "lamps", provision = "sections 1(1) and 2" }}]

[[law_text]]
key = "ukpga-1990-99"
read_on = 2026-01-01
provisions = [{{ at = "section 1", digest = "{one}" }}, {{ at = "section 2", digest = "{two}" }}]
"""
ONE, TWO = "Every lamp must be lit.", "By dusk."


def book(folder: Path, **digests: str) -> Rulebook:
    said = {"one": digest(ONE), "two": digest(TWO), **digests}
    text = (
        LAMPS.format(**said)
        .replace("value = true\n", "")
        .replace("citations", "value = true\n  citations", 2)
    )
    (folder / "lamps.toml").write_text(text, encoding="utf-8")
    return compose(TomlPlugin(folder, prefix="halls"), discover=False, block=())


def law(folder: Path, one: str = ONE, two: str = TWO) -> Path:
    (folder / "law" / "uk").mkdir(parents=True, exist_ok=True)
    text = f"# Lamps\n\n##### 1\n\n{one}\n\n##### 2\n\n{two}\n"
    (folder / "law" / "uk" / "ukpga-1990-99.md").write_text(text, encoding="utf-8")
    return folder / "law"


def test_what_changed_is_told_with_what_rests_on_it(tmp_path: Path) -> None:
    rulebook = book(tmp_path)
    own = [c for c in compare_texts(rulebook, law(tmp_path, two="By dawn.")) if "1990" in c.text]
    assert [(each.at, each.changed) for each in own] == [("section 1", False), ("section 2", True)]
    # What ended before the text was read does not rest on it.
    assert {each.rests for each in own} == {("halls.lamps [2000-01-01]",)}
    other = [each for each in compare_texts(rulebook, tmp_path / "law") if "1990" not in each.text]
    assert {each.changed for each in other} == {None}


@pytest.mark.slow
def test_an_answer_that_rests_on_it_says_that_nobody_looked_again(tmp_path: Path) -> None:
    rulebook = book(tmp_path)
    same = compare_texts(rulebook, law(tmp_path))
    assert not_reviewed(rulebook, same).fingerprint == rulebook.fingerprint
    changed = not_reviewed(rulebook, compare_texts(rulebook, law(tmp_path, one="No lamp.")))
    now = ask(changed, {}, "halls.lit", on=date(2025, 1, 1))["halls.lit"]
    assert now.value is True
    (told,) = [each for each in now.warnings if "not reviewed" in each]
    assert "Lamps Act 1990, sections 1(1) and 2 (checked 2026-01-01, changed since)" in told
    then = ask(changed, {}, "halls.lit", on=date(1995, 1, 1))["halls.lit"]
    assert (
        then.warnings == ask(rulebook, {}, "halls.lit", on=date(1995, 1, 1))["halls.lit"].warnings
    )


def test_digests_are_written_for_what_is_cited(tmp_path: Path) -> None:
    found = digests_of(book(tmp_path), law(tmp_path), date(2026, 1, 1))
    assert [(each.at, each.digest) for each in found["ukpga-1990-99"]] == [
        ("section 1", digest(ONE)),
        ("section 2", digest(TWO)),
    ]


def test_what_was_repealed_has_changed_and_has_no_digest(tmp_path: Path) -> None:
    rulebook, gone = book(tmp_path), law(tmp_path, one=". . . . .")
    own = [each for each in compare_texts(rulebook, gone) if "1990" in each.text]
    assert [each.changed for each in own] == [True, False]
    found = digests_of(rulebook, gone, date(2026, 1, 1))
    assert [each.at for each in found["ukpga-1990-99"]] == ["section 2"]


def test_what_is_no_digest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CompositionError, match="provisions 1, digest: expected"):
        book(tmp_path, one="none")


def test_what_is_said_to_be_verified_names_its_provision() -> None:
    """A page or a judgment is cited whole; an Act or an instrument never is."""
    for item, version, citation in sourced(everything()):
        if law_text_of(citation) and citation.confidence is Confidence.VERIFIED:
            assert citation.provision, (item.key, version.period, citation)
