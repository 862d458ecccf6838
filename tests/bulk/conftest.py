"""Leaves out what needs the extra, or the engines that it is tested with."""

from importlib import util

_NEEDED = ("narwhals", "polars", "duckdb", "pyarrow", "pandas")

collect_ignore_glob = [] if all(map(util.find_spec, _NEEDED)) else ["test_*.py"]
