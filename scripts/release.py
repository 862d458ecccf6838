"""Make a release: ``python scripts/release.py 0.2.0 --on 2027-01-15`` in a clean clone.

It writes the version into every distribution and into CITATION.cff, sets the bounds between the
core and its plugins, gives the changelog's first section its version and day, commits that and
tags it. It pushes and uploads nothing. What is wrong is told at once, and then nothing is written.
"""

import argparse
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from unioncore.cli.new_plugin import bounds

ROOT = Path(__file__).parents[1]
UNRELEASED = "## [Unreleased]"
LAW = "### Changes in answers"
"""The section of the changelog that says for which questions and days an answer is another."""
_VERSION = re.compile(r"(?m)^version = \"(?P<version>[^\"]+)\"$")
_BOUNDS = re.compile(r"\"(?P<name>unioncore(?:-[a-z-]+)?)>=[^\"]*\"")


def main() -> None:
    """Read the command line, and release."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version", help="such as 0.2.0")
    parser.add_argument("--on", type=date.fromisoformat, default=date.today(), metavar="DAY")
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    asked = parser.parse_args()
    problems = list(wrong(asked.version))
    if problems:
        sys.exit("\n".join(problems))
    texts = released(asked.version, asked.on)
    for path in texts:
        print(path.relative_to(ROOT))
    if not asked.dry_run:
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")
        _git("commit", "-qam", f"Release {asked.version}")
        _git("tag", "-a", f"v{asked.version}", "-m", f"unioncore {asked.version}")
        print(f"tagged v{asked.version}; push it with: git push --follow-tags")


def wrong(version: str) -> list[str]:
    """Return what stands in the way of a release."""
    found = []
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        return [f"{version!r}: expected a version such as 0.2.0"]
    if f"v{version}" in _git("tag").split():
        found.append(f"v{version} is tagged already")
    if _git("status", "--porcelain"):
        found.append("files have changed that are not committed")
    changes = _unreleased((ROOT / "CHANGELOG.md").read_text("utf-8"))
    if not changes.strip():
        found.append(f"CHANGELOG.md: nothing stands under {UNRELEASED}")
    elif LAW not in changes:
        found.append(f"CHANGELOG.md: {LAW} is missing; write None under it where none changed")
    return found


def released(version: str, on: date) -> dict[Path, str]:
    """Return each file that a release changes, with its new text."""
    texts = {}
    for path in (ROOT / "pyproject.toml", *sorted(ROOT.glob("plugins/*/pyproject.toml"))):
        text = _VERSION.sub(f'version = "{version}"', path.read_text("utf-8"), count=1)
        texts[path] = _BOUNDS.sub(rf'"\g<name>{bounds(version)}"', text)
    changelog = ROOT / "CHANGELOG.md"
    head = f"{UNRELEASED}\n\n## [{version}] - {on.isoformat()}"
    texts[changelog] = changelog.read_text("utf-8").replace(UNRELEASED, head, 1)
    citation = ROOT / "CITATION.cff"
    said = re.sub(r"(?m)^version: .*$", f"version: {version}", citation.read_text("utf-8"))
    day = f"date-released: {on.isoformat()}"
    texts[citation] = re.sub(r"(?m)^date-released: .*$", day, said)
    return texts


def _unreleased(changelog: str) -> str:
    _, _, rest = changelog.partition(UNRELEASED)
    return rest.split("\n## ", 1)[0]


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


if __name__ == "__main__":
    main()
