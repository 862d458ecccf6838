"""Completion in Bash, which takes the sign of KEY=VALUE for a word of its own."""

from click.shell_completion import BashComplete, CompletionItem, add_completion_class

_PUT = "COMPREPLY+=($value)"


@add_completion_class
class Bash(BashComplete):
    """Puts KEY=VALUE together before it is completed, and gives back the value alone."""

    # After KEY= the value comes, and no space; and what is escaped stays so.
    source_template = BashComplete.source_template.replace(
        _PUT, f"{_PUT}; [[ $value == *= ]] && compopt -o nospace"
    ).replace("read type value", "read -r type value")

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one that is completed, and that one."""
        args, incomplete = super().get_completion_args()
        *args, self.typed = _joined([*args, incomplete])
        # Somebody may have told Bash to leave the sign alone.
        self.apart = "=" not in incomplete.rstrip("=")
        return args, self.typed

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return the completion of what Bash takes for the last word."""
        key, sign, value = item.value.partition("=")
        written = value if self.apart and f"{key}{sign}" in self.typed and value else item.value
        item.value = written.replace(" ", "\\ ")
        return super().format_completion(item)


def _joined(words: list[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        if found and word and (word == "=" or found[-1].endswith("=")):
            found[-1] += word
        else:
            found.append(word)
    return found
