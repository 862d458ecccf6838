"""Answers are the same, to the letter, in every process."""

import os
import subprocess
import sys

import pytest

_ASK = """
import json, datetime, unioncore
book, day = unioncore.compose(discover=False), datetime.date(2024, 5, 1)
given = {"yes-no": True, "whole": 5, "day": day, "text": "x", "set": (), "collection": ()}
facts, names = {}, []
for fact in book.definitions.facts:
    if fact.derived:
        names.append(fact.key)
    elif fact.key != "on":
        words = sorted(book.rules.names_of(fact))
        facts[fact.key] = words[0] if words and fact.type == "choice" else given.get(fact.type)
for some in ({"claim.nation": "England"}, facts):
    answers = unioncore.ask(book, some, *names, on=datetime.date(2024, 6, 1))
    print(json.dumps([answer.to_dict() for answer in answers.values()]))
"""


@pytest.mark.slow
def test_reasons_come_in_the_same_order_whatever_python_draws_for_its_hashes() -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", _ASK],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]
