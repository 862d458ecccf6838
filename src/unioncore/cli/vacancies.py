"""The command that says how posts of the union's staff are filled."""

import click

from unioncore.answers import vacancies as all_vacancies
from unioncore.answers import vacancy_standing
from unioncore.cli.group import cli
from unioncore.cli.union_folder import OpenUnion, about_union, keys_of

__all__: list[str] = []


@cli.command()
@click.option(
    "--vacancy",
    metavar="REFERENCE",
    help="One vacancy, with its criteria, applications and scores.",
    shell_complete=keys_of("vacancies"),
)
@about_union
def vacancies(opened: OpenUnion, vacancy: str | None) -> None:
    """Say how posts of the union's staff are advertised and filled.

    Without --vacancy it lists them. Applicants are told by their references.

    For example: unioncore vacancies --vacancy GS/7 --on 2018-05-14
    """
    now = opened.now
    opened.show(vacancy_standing(now, vacancy) if vacancy else all_vacancies(now))
