"""What a shell completes: names out of the rulebook."""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr
from typing import TYPE_CHECKING

import click

from unioncore.rulebook import Rulebook
from unioncore.rules import FactType

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = [
    "Completer",
    "Named",
    "completer",
    "derived_facts",
    "facts",
    "from_rulebook",
    "installed",
    "settings",
    "tables",
    "vocabularies",
    "words",
    "words_of",
]

Named = Iterable[tuple[str, str]]
"""What can be written, each with what it means."""
Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem[str]]"]
"""Gives what begins as a word does that is being typed; the form that click asks for."""


def completer(names: Callable[[click.Context, str], Named]) -> Completer:
    """Return what completes the names that a line so far, and the word being typed, allow."""

    def complete(ctx: click.Context, _: click.Parameter, typed: str) -> "list[CompletionItem[str]]":
        from click.shell_completion import CompletionItem  # only a shell needs it

        try:
            with redirect_stderr(io.StringIO()):
                found = [(name, said) for name, said in names(ctx, typed) if name.startswith(typed)]
        except Exception:  # whatever is wrong, somebody is writing a line
            return []
        return [CompletionItem(name, help=said or None) for name, said in found]

    return complete


# The plugins that a line chooses are in click's context: a ``Chosen``, which completes by this.


def from_rulebook(*lists: Callable[[Rulebook], Named]) -> Completer:
    """Complete what lists of a rulebook give."""
    return completer(lambda ctx, _: (one for each in lists for one in each(ctx.obj.rulebook)))


def words(vocabulary: str) -> Completer:
    """Complete the words of a vocabulary, such as ``claim``."""
    return from_rulebook(words_of(vocabulary))


def words_of(vocabulary: str) -> Callable[[Rulebook], Named]:
    """Return the list of the words of a vocabulary."""
    return lambda rulebook: (
        (key, word.name) for key, word in sorted(rulebook.words_of(vocabulary).items())
    )


def vocabularies(rulebook: Rulebook) -> Named:
    """List the vocabularies."""
    return ((name, "") for name in sorted(rulebook.rules.words))


def _languages(rulebook: Rulebook) -> Named:
    yield "en", "English"
    yield from ((each.key, each.in_english) for each in rulebook.definitions.languages)


languages = from_rulebook(_languages)
"""Completes the languages that a rulebook speaks."""


def facts(rulebook: Rulebook) -> Named:
    """List the facts."""
    return ((fact.key, fact.label) for fact in rulebook.definitions.facts)


def derived_facts(rulebook: Rulebook) -> Named:
    """List the facts that can be asked."""
    return ((fact.key, fact.label) for fact in rulebook.definitions.facts if fact.derived)


def _settings(ctx: click.Context, typed: str) -> Iterator[tuple[str, str]]:
    rulebook: Rulebook = ctx.obj.rulebook
    key, sign, _ = typed.partition("=")
    if not sign:
        given = (fact for fact in rulebook.definitions.facts if not fact.derived)
        yield from ((f"{fact.key}=", fact.label) for fact in given)
        return
    fact = rulebook.rules.fact(key)
    names = rulebook.rules.names_of(fact) or dict.fromkeys(rulebook.texts_of(key), "")
    if fact.type is FactType.YES_NO:
        names = {"yes": "", "no": ""}
    yield from ((f"{key}={word}", name) for word, name in sorted(names.items()))


settings = completer(_settings)
"""Completes KEY=VALUE: a fact that can be given, then a word that it takes."""
_installed = completer(lambda ctx, _: ((name, "") for name in ctx.obj.names))


def installed(
    ctx: click.Context, parameter: click.Parameter, typed: str
) -> "list[CompletionItem[str]]":
    """Complete the plugins that are installed or, where none begins so, folders."""
    from click.shell_completion import CompletionItem  # only a shell needs it

    return _installed(ctx, parameter, typed) or [CompletionItem(typed, type="dir")]


def _tables(_: click.Context, __: str) -> Named:
    from unioncore.describe import definition_tables  # only this needs it

    return ((each.name, each.about) for each in definition_tables())


tables = completer(_tables)
"""Completes the tables of a definition file."""
