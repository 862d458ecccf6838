"""Good input made bad, by a seed: the same seed makes the same input."""

import copy
import json
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 1, 2**63, 10**30, 1.5, 1e300, "", " ", "x", [], {}, [[]], [{}], {"": ""}),
    *("0001-01-01", "9999-12-31", "10000-01-01", "2024-02-30", "2024-W01-1", "20240101", "24:61"),
    *("2026-06-01T10:00", "2026-03-29T01:30:00+00:00", "\u0000", "\u202e", "\ud800", "x" * 9000),
    *("unknown", "yes", "England", "=1+1", "'", '"', "\\", "../../x", "[b]", "{", "%s", "1e9"),
)
"""Values that stand for all that people and programs write by mistake."""
_AS_WRITTEN = ("NaN", "-Infinity", "1e999999", "1" * 5000, '{"a": 1, "a": 2}', "[" * 2000)
"""What stands in a file of JSON and is no value of Python."""
_HOLE = "a place for what is no value"
_BYTES = (b'"', b"\r", b"\x00", b"\xef\xbb\xbf", b"\x1a", b",,,,", b"\n\n", b"\xff\xfe", b"=", b"[")


def changed(value: Any, draw: Random, odd: Sequence[Any] = ODD) -> Any:
    """Return a copy of nested data with one change or a few."""
    value = copy.deepcopy(value)
    for _ in range(draw.choice((1, 1, 1, 2, 4))):
        places = list(_places(value))
        if not places:
            break
        holder, key = draw.choice(places)
        match draw.randrange(6):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder[draw.choice(("", "x", "on", "key", "__class__"))] = draw.choice(odd)
            case 2:
                other, at = draw.choice(places)
                if other is not holder or at != key:
                    holder[key] = copy.deepcopy(other[at])
            case 3 if isinstance(holder[key], str):
                holder[key] = _text(holder[key], draw)
            case 4:
                holder[key] = [holder[key]]
            case _:
                holder[key] = draw.choice(odd)
    return value


def as_json(value: Any, draw: Random) -> bytes:
    """Write nested data as a file of JSON, now and then with what JSON does not allow."""
    if draw.random() < 0.1 and (places := list(_places(value))):
        holder, key = draw.choice(places)
        holder[key] = _HOLE
    text = json.dumps(value).replace(f'"{_HOLE}"', draw.choice(_AS_WRITTEN))
    content = text.encode()
    return broken(content, draw) if draw.random() < 0.1 else content


def broken(content: bytes, draw: Random) -> bytes:
    """Return a file that is broken as a file: cut, garbled, or in another encoding."""
    at = draw.randrange(len(content) + 1)
    match draw.randrange(5):
        case 0:
            return content[:at]
        case 1:
            return content[:at] + draw.choice(_BYTES) + content[at:]
        case 2:
            garbled = bytearray(content)
            for _ in range(min(len(content), 9)):
                garbled[draw.randrange(len(garbled))] = draw.randrange(256)
            return bytes(garbled)
        case 3:
            other = draw.choice(("utf-16", "latin-1", "cp1252"))
            return content.decode(errors="replace").encode(other, "replace")
        case _:
            return content.replace(b"\n", draw.choice((b"\r\n", b"\r", b"")))


def line_changed(text: str, draw: Random) -> str:
    """Return text in which one line is gone, doubled, moved, or has another cell or letter."""
    lines = text.split("\n")
    at = draw.randrange(len(lines))
    match draw.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(draw.randrange(len(lines)), lines[at])
        case 2 | 3:
            cells = lines[at].split(",")
            cells[draw.randrange(len(cells))] = str(draw.choice(ODD))
            lines[at] = ",".join(cells)
        case 4:
            lines[at] = lines[at].replace(",", draw.choice((";", "\t", ",,")))
        case _:
            lines[at] = _text(lines[at], draw)
    return "\n".join(lines)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Give each place of nested data, as its holder and its key."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from _places(value[key])


def _text(text: str, draw: Random) -> str:
    at = draw.randrange(len(text) + 1)
    more = draw.choice(("", "\n", "'", '"', "\\", "é", "\x7f", " or ", "(", ".", " ", "not "))
    return text[:at] + more + text[at + draw.randrange(2) :]
