"""Files of people placed from the first byte to the last, beside Polars by hand and DuckDB.

Ten facts of 1.3 million made-up members, of each of whom one fact in ten is missing, are answered
into a Parquet file, from Parquet and from NDJSON. By hand they are the Polars of ``ten_facts`` and
the SQL of ``ten_facts.sql``, which find the same and check nothing. Then lines of NDJSON are read
as checked objects beside pydantic; one in a thousand is wrong, and all must find the same ones. How
all are timed: ``rounds``; the rulebook and the imports are at hand. Memory is the peak of a process
of its own.

    python benchmarks/whole_job.py [ROUNDS] [ROWS]
"""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import polars as pl
from rounds import Line, Way, asked, figure, peer, race, same, show, size
from ten_facts import DAY, NAMES, PEOPLE, by_hand, in_sql, members, same_columns, staff

import unioncore
from unioncore import bulk
from unioncore.bulk import fact_lines
from unioncore.bulk.fact_lines import FactLines, FileFacts
from unioncore.rulebook import Rulebook

ROUNDS = 3
ROWS = 1_300_000
LINES = 100_000
BAD = 1_000
"""One line in so many has a word that nobody declared."""
AT_ONCE = 100_000
"""How many bytes of lines are read at once, by all ways alike."""

PLACE = f"""
import sys
from datetime import date
import unioncore
from unioncore import bulk
day = date.fromisoformat({DAY.isoformat()!r})
bulk.place_file(*sys.argv[1:], unioncore.compose(), *{NAMES!r}, on=day, short=True)
print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])
"""
BY_HAND = """
import sys
sys.path.insert(0, sys.argv[3])
import polars as pl
from ten_facts import by_hand
scan = pl.scan_ndjson if sys.argv[1].endswith("ndjson") else pl.scan_parquet
by_hand(scan(sys.argv[1])).sink_parquet(sys.argv[2])
print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])
"""


def files(rulebook: Rulebook, home: Path, rounds: int) -> None:
    """Print the ratios of whole jobs, and their memory."""
    rows = size(ROWS)
    many = members(rows)
    parquet, ndjson, out = home / "m.parquet", home / "m.ndjson", home / "out.parquet"
    many.write_parquet(parquet)
    many.write_ndjson(ndjson)
    schema = many.schema

    def ours(source: Path) -> Callable[[], Any]:
        return lambda: bulk.place_file(source, out, rulebook, *NAMES, on=DAY, short=True)

    def hand(scan: Callable[[], pl.LazyFrame]) -> Callable[[], Any]:
        return lambda: by_hand(scan()).sink_parquet(out)

    ways = {
        "Parquet": ours(parquet),
        "Polars by hand, Parquet": hand(lambda: pl.scan_parquet(parquet)),
        "NDJSON": ours(ndjson),
        "Polars by hand, NDJSON": hand(lambda: pl.scan_ndjson(ndjson, schema=schema)),
    }
    if duckdb := peer("duckdb"):
        copy = in_sql(ndjson, schema, out)
        ways["DuckDB by hand, NDJSON"] = lambda: duckdb.sql(copy)
    found = []
    for way in ways.values():
        way()
        found.append(pl.read_parquet(out).sort("key"))
    answers = [same_columns(each, found[1]) for each in found]
    same("whole jobs", *(each.equals(answers[0]) for each in answers))
    print(f"{rows:,} members, for one member; {rounds} rounds")
    took = race({name: Way(way, rows) for name, way in ways.items()}, rounds)
    lines = [
        Line("Parquet", "Polars by hand, Parquet", 1.3),
        Line("NDJSON", "Polars by hand, NDJSON", 1.1),
        Line("NDJSON", "DuckDB by hand, NDJSON"),
    ]
    show(took, lines)
    if not Path("/proc/self/status").exists():
        return
    for name, source, code in (
        ("peak memory from Parquet", parquet, PLACE),
        ("peak memory from NDJSON", ndjson, PLACE),
        ("peak memory of Polars by hand from Parquet", parquet, BY_HAND),
        ("peak memory of Polars by hand from NDJSON", ndjson, BY_HAND),
    ):
        command = [sys.executable, "-c", code, str(source), str(out)]
        command += [str(Path(__file__).parent)] if code == BY_HAND else []
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        figure(name, float(run.stdout) / 1024, "MB", 200 if code == PLACE else None)


def objects(rulebook: Rulebook, rounds: int) -> None:
    """Print the ratios of reading lines as objects."""
    pydantic = peer("pydantic")
    if pydantic is None:
        return
    people = staff(0.1)
    text = "".join(
        json.dumps(
            {
                "key": f"M{number}",
                **{name: value for name, value in person.items() if value is not None},
                **({} if number % BAD else {"employer.kind": "nhs-trst"}),
                "membership.joined": f"20{number % 25:02d}-0{1 + number % 9}-11",
                "person.earnings": f"{9_000 + number % 40_000}.00",
                "surname": f"Surname {number}",
            }
        )
        + "\n"
        for number, person in zip(range(size(LINES)), people * (LINES // PEOPLE), strict=False)
    ).encode()

    def at_once() -> Any:
        at = 0
        while at < len(text):
            end = 1 + text.find(b"\n", at + AT_ONCE) or len(text)
            yield text[at:end]
            at = end

    def ours(fast: Any) -> Callable[[], list[int]]:
        def read() -> list[int]:
            told: list[Any] = []
            before = fact_lines.msgspec
            fact_lines.msgspec = fast
            try:
                reader = FactLines(FileFacts(rulebook, "key"), told.append)
                for some in at_once():
                    reader.rows(some)
            finally:
                fact_lines.msgspec = before
            return [each.line for each in told]

        return read

    facts = rulebook.rules.facts
    fields: dict[str, Any] = {"key": (str, ...), "surname": (str | None, None)}
    names = [*people[0], "membership.joined", "person.earnings"]
    kinds = {"day": date, "money": Decimal, "yes-no": bool}
    for place, name in enumerate(names):
        fact = facts[name]
        words = rulebook.rules.names_of(fact)
        kind = Literal[tuple(words)] if words else kinds.get(fact.type.value, str)
        fields[f"f{place}"] = (kind | None, pydantic.Field(None, alias=name))
    model = pydantic.create_model(
        "Member", __config__=pydantic.ConfigDict(extra="forbid", frozen=True), **fields
    )

    def theirs() -> list[int]:
        wrong, number = [], 0
        for some in at_once():
            kept = []
            for line in some.splitlines():
                number += 1
                try:
                    kept.append(model.model_validate_json(line))
                except pydantic.ValidationError as error:
                    error.errors()
                    wrong.append(number)
        return wrong

    ways = {"lines, without msgspec": ours(None), "lines, pydantic": theirs}
    if msgspec := peer("msgspec"):
        ways["lines, with msgspec"] = ours(msgspec)
    same("the lines that are wrong", *(way() for way in ways.values()))
    took = race({name: Way(way, size(LINES)) for name, way in ways.items()}, rounds)
    lines = [
        Line("lines, with msgspec", "lines, pydantic", 0.5),
        Line("lines, without msgspec", "lines, pydantic", 2.2),
    ]
    show(took, lines)


def main(rounds: int) -> None:
    """Print the ratios."""
    rulebook = unioncore.compose()
    with TemporaryDirectory() as home:
        files(rulebook, Path(home), rounds)
    objects(rulebook, rounds)


if __name__ == "__main__":
    main(asked(ROUNDS))
