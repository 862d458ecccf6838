"""Answers are the same, to the letter, in every process."""

import os
import subprocess
import sys

_ASK = """
import json, datetime, unioncore
book = unioncore.compose(discover=False)
facts = {"claim.kind": "unfair-dismissal", "claim.nation": "England"}
names = ("claim.limit_months", "may_see", "representation_level", "forum.healthy")
answers = unioncore.ask(book, facts, *names, on=datetime.date(2024, 6, 1))
print(json.dumps([answer.to_dict() for answer in answers.values()]))
"""


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
