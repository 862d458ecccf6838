"""An editor with a language server for TOML completes definitions and shows slips."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any, BinaryIO

import attrs
import pytest

from unioncore.describe import definition_schema

SERVER = shutil.which("tombi", path=str(Path(sys.executable).parent)) or shutil.which("tombi")
pytestmark = pytest.mark.skipif(SERVER is None, reason="needs tombi")
DIAGNOSTICS = "textDocument/publishDiagnostics"
FILE = '#:schema ./definitions.schema.json\n\n[[rule]]\nkey = "lh.keepers"\n{}\n'


@attrs.frozen
class Editor:
    """What an editor says to a language server over its standard input and output."""

    to: BinaryIO
    back: BinaryIO
    file: Path

    def say(self, said: Any) -> None:
        content = json.dumps({"jsonrpc": "2.0", **said}).encode()
        self.to.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self.to.flush()

    def hear(self) -> Iterator[Any]:
        """Give what the server says; what it asks is answered with nothing."""
        while True:
            size = 0
            while line := self.back.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    size = int(line.partition(b":")[2])
            heard = json.loads(self.back.read(size))
            if "method" in heard and "id" in heard:
                self.say({"id": heard["id"], "result": None})
            yield heard

    def ask(self, method: str, params: Any) -> Any:
        self.say({"id": method, "method": method, "params": params})
        return next(each["result"] for each in self.hear() if each.get("id") == method)

    def tell(self, method: str, params: Any) -> None:
        self.say({"method": method, "params": params})

    def opens(self, text: str) -> list[Any]:
        """Open the file with a text; return what the server says is wrong with it."""
        self.file.write_text(text, "utf-8")
        opened = {"uri": self.file.as_uri(), "languageId": "toml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": opened})
        told = (each for each in self.hear() if each.get("method") == DIAGNOSTICS)
        found: list[Any] = next(told)["params"]["diagnostics"]
        return found


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    (tmp_path / "definitions.schema.json").write_text(json.dumps(definition_schema()), "utf-8")
    command = [str(SERVER), "lsp", "--offline"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        editor = Editor(server.stdin, server.stdout, tmp_path / "group.toml")
        folder = {"uri": tmp_path.as_uri(), "name": "definitions"}
        offered = {"processId": None, "workspaceFolders": [folder], "capabilities": {}}
        waits = Timer(30, server.kill)
        waits.start()
        editor.ask("initialize", offered)
        editor.tell("initialized", {})
        yield editor
        waits.cancel()
        server.kill()


def test_it_completes_the_fields_of_a_rule(editor: Editor) -> None:
    editor.opens(FILE.format(""))
    line = {"line": 4, "character": 0}
    where = {"textDocument": {"uri": editor.file.as_uri()}, "position": line}
    found = editor.ask("textDocument/completion", where)
    labels = {each["label"] for each in (found if isinstance(found, list) else found["items"])}
    assert {"decides", "period", "value", "when", "citations"} <= labels


def test_it_shows_a_slip_where_it_stands(editor: Editor) -> None:
    (found,) = editor.opens(FILE.format('decide = "service_group"'))
    assert (found["range"]["start"]["line"], "decide" in found["message"]) == (4, True)
