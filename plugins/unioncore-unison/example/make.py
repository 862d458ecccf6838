"""Makes the example union that the plugin ships; run it with Python from anywhere.

Public bodies are real, and where their names come from stands in README.md; everybody and
everything else is made up by a random generator with a fixed seed, so each run gives the same
folder.
"""

import csv
import json
import random
import shutil
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from unioncore import Rulebook, compose
from unioncore.answers import Desk
from unioncore.legal import Period
from unioncore.model import (
    ACTS,
    TABLES,
    Accreditation,
    Arrears,
    Employer,
    EmployerSuccession,
    FundChoice,
    GroupMember,
    Holding,
    Job,
    Membership,
    Office,
    Organises,
    Parent,
    Person,
    Union,
    Unit,
    Workplace,
)
from unioncore.records import write_union
from unioncore.records.tables import read_table
from unioncore.rules import ON, Subject

HERE = Path(__file__).parent
OUT = HERE.parent / "src" / "unioncore_unison" / "example_union"
SEED = 1993
FIRST_RULES = date(2002, 1, 1)
"""The rule book of 2002 is the first that names the regions."""
KEPT_UNTIL = date(2026, 11, 1)
MEMBERS = 1_000
PLUGINS = ("unison", "police-justice", "health", "local-government")
AGM = date(2026, 3, 1)
NEXT_AGM = date(2027, 3, 1)

FIRST, LAST = map(str.split, (HERE / "names.txt").read_text(encoding="utf-8").splitlines())

CORE_OFFICES = (
    "branch-chair",
    "branch-secretary",
    "branch-treasurer",
    "education-co-ordinator",
    "lifelong-learning-co-ordinator",
    "equality-co-ordinator",
    "health-and-safety-officer",
    "communications-officer",
    "membership-officer",
    "international-officer",
    "young-members-officer",
    "welfare-officer",
    "labour-link-officer",
)
EARLY = ("employer_successions", "transfers", "unit_successions")
"""Tables of ``tables`` that stand before what is made; rows of all others stand behind it."""

REPRESENTATIVES = (
    "steward",
    "equality-representative",
    "health-and-safety-representative",
    "union-learning-representative",
)

NAMED_BRANCHES = {
    "devon-county-council": ("devon-county", "Devon County", ""),
    "essex-county-council": ("essex", "Essex", ""),
    "lincolnshire-county-council": ("lincolnshire", "Lincolnshire", "2235"),
    "cambridgeshire-county-council": ("cambridgeshire", "Cambridgeshire", ""),
    "city-of-edinburgh-council": ("edinburgh", "Edinburgh", ""),
    "stoke-on-trent-city-council": ("stoke-on-trent", "City of Stoke-on-Trent", ""),
}
"""Branches whose own pages are sources of the rules, by the council whose staff they organise."""

POLICE_ROLES = ("control room call handler", "crime analyst", "PCSO", "detention officer", "clerk")
COUNCIL_ROLES = ("planning officer", "housing officer", "refuse loader", "social worker", "cook")
HEALTH_ROLES = (
    ("porter", "2"),
    ("healthcare assistant", "3"),
    ("nurse", "5"),
    ("occupational therapist", "6"),
    ("service manager", "8a"),
)
"""Roles in the health service, each with its band under Agenda for Change."""


def read(name: str) -> Iterator[dict[str, str]]:
    """Give the rows of one of the files beside this one."""
    with (HERE / name).open(newline="") as file:
        yield from csv.DictReader(file)


def day(text: str) -> date | None:
    """Read a day; blank is none."""
    return date.fromisoformat(text) if text else None


def fields(text: str) -> dict[str, Any]:
    """Read further fields, such as ``manager=yes; told_branch=2025-03-03``; blank is none."""
    parts = (part.strip().partition("=") for part in text.split(";") if part)
    return {key: value(written) for key, _, written in parts}


def value(text: str) -> Any:
    """Read what stands in a cell: a day, yes or no, blank for none, or text."""
    if text in ("", "yes", "no"):
        return {"yes": True, "no": False}.get(text)
    return date.fromisoformat(text) if text[:1].isdigit() and "-" in text else text


class Maker:
    """Collects the records of the example, table by table."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.random = random.Random(SEED)
        self.tables: dict[str, list[Any]] = {}
        self.branch_of: dict[tuple[str, str], str] = {}
        """For an employer, and a workplace of it or "": its branch."""
        self.regions: dict[str, str] = {}
        self.people = 0
        self.odd_people = 0
        """How many of them were made for an odd case."""

    def add(self, *records: Any) -> None:
        """Put records at the end of their tables."""
        for record in records:
            self.tables.setdefault(record.table, []).append(record)

    def union(self) -> Union:
        """Return everything as a union."""
        tables: Any = {name: tuple(rows) for name, rows in self.tables.items()}
        return Union(key="unison", name="Example of UNISON", kept_until=KEPT_UNTIL, **tables)

    def under(self, unit: str, **parents: str) -> None:
        """Put a unit under another one on each axis, for as long as that is there."""
        for axis, parent in parents.items():
            versions = [row for row in self.tables["units"] if row.key == parent]
            mine = [row for row in self.tables["units"] if row.key == unit]
            starts = [row.start for row in (versions[0], mine[0]) if row.start is not None]
            ends = [row.end for row in (versions[-1], mine[-1]) if row.end is not None]
            self.add(
                Parent(
                    unit=unit,
                    axis=axis.replace("_", "-"),
                    parent=parent,
                    start=max(starts, default=None),
                    end=min(ends, default=None),
                )
            )

    def unit(self, key: str, kind: str, name: str, start: date | None = None, **above: str) -> None:
        """Add a unit with its parents."""
        number = above.pop("number", "")
        branch_type = above.pop("branch_type", "")
        self.add(
            Unit(key=key, kind=kind, name=name, start=start, number=number, branch_type=branch_type)
        )
        self.under(key, **above)

    # -- the union itself ----------------------------------------------------------------------

    def national(self) -> None:
        """The axes: regions, service groups, self-organised groups, conference, staff."""
        self.unit("unison", "union", "UNISON")
        every = self.rulebook.definitions
        for region in every.regions:
            for version in region.versions:
                self.dated("region", region.key, version.name, version.period)
            self.regions[region.key] = region.versions[-1].name
            self.under(region.key, region="unison")
        del self.regions["SO"]  # it went into the South East
        for group in every.service_groups:
            for version in group.versions:
                self.dated("service-group", group.key, version.name, version.period)
            self.under(group.key, service_group="unison")
        for row in read("units.csv"):
            above: Any = {row["axis"]: row["parent"]}
            self.unit(row["key"], row["kind"], row["name"], **above)
        for key, name in self.regions.items():
            self.region(key, name)

    def dated(self, kind: str, key: str, name: str, period: Period) -> None:
        """Add a unit as the rulebook names it for a time."""
        self.add(Unit(key=key, kind=kind, name=name, start=period.start, end=period.end))

    def region(self, key: str, name: str) -> None:
        """A region's council, committee, office, and the committee where two axes cross."""
        low = key.lower()
        self.unit(f"council-{low}", "regional-council", f"{name} Regional Council", region=key)
        self.unit(
            f"committee-{low}", "regional-committee", f"{name} Regional Committee", region=key
        )
        office = f"{name} regional office"
        self.unit(
            f"office-{low}", "regional-office", office, region=key, staff="directorate-regions"
        )
        if key not in ("GL", "NI"):
            self.unit(
                f"pj-committee-{low}",
                "regional-service-group-committee",
                f"{name} Police and Justice Committee",
                date(2011, 6, 1),
                region=key,
                service_group="police-justice",
            )

    # -- employers and branches ------------------------------------------------------------------

    def employers(self) -> None:
        """Forces, probation, Cafcass and councils, each with a workplace and a branch."""
        self.employer({"key": "unison", "kind": "trade-union", "name": "UNISON"})
        self.place("unison", "UNISON Centre", "GL", "unison-centre")
        for row in read("forces.csv"):
            self.force(row)
        self.justice()
        councils = list(read("councils.csv"))
        for row in councils:
            self.council(row, {each["code"]: each for each in councils})
        self.beside()
        self.fixed(*EARLY)
        for row in councils:
            for code in row["successors"].split():
                after = next(each["key"] for each in councils if each["code"] == code)
                how = "split" if " " in row["successors"] else "merged"
                end = date.fromisoformat(row["end"])
                self.add(EmployerSuccession(employer=row["key"], successor=after, how=how, on=end))

    def employer(self, row: dict[str, str], **more: Any) -> None:
        """Add an employer from a row."""
        columns = ("key", "kind", "name", "nation", "serves", "ons")
        given: dict[str, Any] = {name: row[name] for name in columns if name in row}
        given["public_function"] = value(row.get("public_function", ""))
        given |= {name: day(row.get(name, "")) for name in ("start", "end")}
        self.add(Employer(**{**given, **more}))

    def fixed(self, *tables: str) -> None:
        """Add what stands in tables as a union's folder has them."""
        for name in tables:
            file = f"{name}.csv"
            read = read_table(TABLES[name], file, (HERE / "tables" / file).read_bytes())
            assert not read.faults, read.faults
            self.add(*(row.record for row in read.rows))

    def place(self, employer: str, name: str, region: str, key: str = "") -> str:
        """Add a workplace, for as long as its employer is there."""
        key = key or f"{employer}-hq"
        rows = [row for row in self.tables["employers"] if row.key == employer]
        dates = {"start": max(rows[0].start or FIRST_RULES, FIRST_RULES), "end": rows[-1].end}
        nation = {"SC": "Scotland", "CW": "Wales", "NI": "Northern Ireland"}.get(region, "England")
        self.add(
            Workplace(key=key, employer=employer, name=name, region=region, nation=nation, **dates)
        )
        return key

    def branch(
        self, key: str, name: str, region: str, group: str, kind: str = "", number: str = ""
    ) -> str:
        """Add a branch."""
        self.unit(
            key,
            "branch",
            name,
            region=region,
            service_group=group,
            number=number,
            branch_type=kind,
        )
        return key

    def organise(self, branch: str, employer: str, workplace: str = "") -> None:
        """Let a branch organise an employer's staff, or those of one workplace."""
        rows = [row for row in self.tables["employers"] if row.key == employer]
        rows += [row for row in self.tables["workplaces"] if row.key == workplace]
        # Who is organised by several branches is in the first, unless something else is said.
        self.branch_of.setdefault((employer, workplace), branch)
        self.add(
            Organises(
                branch=branch,
                employer=employer,
                workplace=workplace,
                start=rows[-1].start,
                end=rows[-1].end,
            )
        )

    def force(self, row: dict[str, str]) -> None:
        """A police force; UNISON has no branch of police staff in London or Northern Ireland."""
        key, region = row["key"], row["region"]
        start = date(2013, 4, 1) if key == "police-scotland" else None
        self.employer(row, kind="police-force", public_function=True, start=start)
        self.place(key, f"{row['name']}, headquarters", region)
        if key == "police-scotland":
            name = "UNISON Police Staff Scotland"
            branch = "unison-police-staff-scotland"
            self.unit(branch, "branch", name, start, region="SC", service_group="police-justice")
            self.organise(branch, key)
        elif region not in ("GL", "NI"):
            branch = self.branch(
                f"{key}-branch",
                f"{row['name']} (example branch)",
                region,
                "police-justice",
                "police",
            )
            self.organise(branch, key)

    def justice(self) -> None:
        """Probation of several times, Cafcass, and contractors with custody suites."""
        for row in read("justice.csv"):
            self.employer(row)
        north_west = self.branch(
            "north-west-probation-and-cafcass",
            "North-West Probation and CAFCASS",
            "NW",
            "police-justice",
            "probation",
        )
        self.organise(north_west, "cafcass")
        for region in self.regions:
            if region in ("SC", "NI"):
                continue
            name, low = self.regions[region], region.lower()
            if region == "NW":
                branch = north_west
            else:
                title = f"Probation, {name} (example branch)"
                branch = self.branch(
                    f"probation-{low}", title, region, "police-justice", "probation"
                )
            for employer in ("national-probation-service", "probation-service"):
                place = self.place(
                    employer, f"{name}, probation office", region, f"{employer}-{low}"
                )
                self.organise(branch, employer, place)
            if region != "CW":
                self.place("cafcass", f"{name}, Cafcass office", region, f"cafcass-{low}")
        self.place("cafcass-cymru", "Cafcass Cymru, office", "CW")
        self.place("example-rehabilitation-company", "Example company, office", "YH")
        self.organise("probation-yh", "example-rehabilitation-company")

        # A probation trust that never was; its branch got another group.
        branch = "example-probation-branch"
        ended, relabelled = date(2014, 6, 1), date(2009, 6, 20)
        self.place("example-probation-trust", "Example Probation Trust, office", "EM")
        name = "Example Probation Trust (example branch)"
        self.add(Unit(key=branch, kind="branch", name=name, branch_type="probation", end=ended))
        for group, start, end in (
            ("local-government", None, relabelled),
            ("police-justice", relabelled, ended),
        ):
            self.add(Parent(unit=branch, axis="service-group", parent=group, start=start, end=end))
        self.under(branch, region="EM")
        self.organise(branch, "example-probation-trust")
        for letter in "ab":
            key = f"example-custody-{letter}"
            self.place(key, f"Example custody suite {letter.upper()}", "EM")
            self.organise("nottinghamshire-police-branch", key)

    def council(self, row: dict[str, str], by_code: dict[str, dict[str, str]]) -> None:
        """A council; a branch for each but districts, which that of their county organises."""
        authority = row["type"] in ("COMB", "SRA")
        key, region = row["key"], row["region"]
        kind = "combined-authority" if authority else "council"
        self.employer(row, kind=kind, public_function=True)
        self.place(key, f"{row['name']}, offices", region)
        county = by_code.get(row["county"])
        if row["type"] == "NMD" and county is not None and not county["end"]:
            branch = self.council_branch(county)
        elif authority or row["end"]:
            return
        else:
            branch = self.council_branch(row)
        self.organise(branch, key)

    def council_branch(self, row: dict[str, str]) -> str:
        """Return the branch of a council, made when it is first asked for."""
        key, name, number = NAMED_BRANCHES.get(
            row["key"], (f"{row['key']}-branch", f"{row['name']} (example branch)", "")
        )
        if any(unit.key == key for unit in self.tables["units"]):
            return key
        # No source says what kind of branch organises councils in Northern Ireland.
        kind = "" if row["region"] == "NI" else "local-government"
        return self.branch(key, name, row["region"], "local-government", kind, number)

    def beside(self) -> None:
        """Employers of the health service, whose managers have one branch, and beside councils."""
        managers, group = "managers-in-partnership", "health"
        name = "Managers in Partnership"
        self.unit(managers, "branch", name, service_group=group, branch_type=managers)
        # No source says what kind of branch organises boards in Wales, trusts in Northern Ireland
        # or integrated care boards.
        for row in read("beside.csv"):
            key, branch, region = row["key"], row["branch"], row["region"]
            self.employer(row)
            self.place(key, row["site"], region)
            if row["branch_name"]:
                self.branch(branch, row["branch_name"], region, row["group"], row["branch_type"])
            self.organise(branch, key)
            if row["group"] == group:
                self.organise(managers, key)

    # -- people --------------------------------------------------------------------------------

    def person(
        self, born: date | None = None, gender: str = "", studying: bool | None = None
    ) -> str:
        """Add somebody who does not exist."""
        self.people += 1
        key = f"M{self.people:04d}"
        name = f"{self.random.choice(FIRST)} {self.random.choice(LAST)}"
        born = born or date(1958, 1, 1) + timedelta(self.random.randrange(27 * 365))
        gender = gender or self.random.choices(("female", "male", "other"), (70, 28, 2))[0]
        self.add(Person(key=key, name=name, born=born, gender=gender, studying=studying))
        return key

    def job(self, person: str, employer: str, group: str, start: date, **more: Any) -> Job:
        """Add a job; pay that is not given is drawn."""
        if "earnings" not in more:
            more["earnings"] = Decimal(self.random.randrange(48, 180) * 250)
        more.setdefault("hourly_pay", (more["earnings"] / (52 * 37)).quantize(Decimal("0.01")))
        if "workplace" not in more:
            places = [row.key for row in self.tables["workplaces"] if row.employer == employer]
            more["workplace"] = self.random.choice(places)
        job = Job(person=person, employer=employer, group=group, start=start, **more)
        self.add(job)
        return job

    def member(self, person: str, branch: str, start: date, **more: Any) -> None:
        """Add a membership."""
        category = more.pop("category", "full")
        more.setdefault("application_received", start)
        more.setdefault("first_payment", start + timedelta(self.random.randrange(28)))
        self.add(Membership(person=person, branch=branch, category=category, start=start, **more))

    def band(self, earnings: Decimal | None) -> str:
        """Return the band that earnings call for, by the rules."""
        subject = Subject(self.rulebook.rules, {ON: KEPT_UNTIL, "person.earnings": earnings})
        return str(subject.value("subscription_band"))

    def branch_for(self, job: Job) -> str:
        """Return the branch that organises a job."""
        return self.branch_of.get(
            (job.employer, job.workplace), self.branch_of.get((job.employer, ""), "")
        )

    def joined(self, job: Job, start: date | None = None, **more: Any) -> str:
        """Make the holder of a job a member from a day, with the band that is right."""
        more.setdefault("band", self.band(job.earnings))
        branch = more.pop("branch", self.branch_for(job))
        self.member(job.person, branch, start or job.start, **more)
        return job.person

    def joined_managers(self, job: Job) -> None:
        """Make a manager of the health service a member of both parents of the joint venture."""
        self.joined(job, branch="managers-in-partnership")
        self.member(job.person, "", job.start, union="fda")

    def ordinary(self, needed: int) -> None:
        """Members of whom nothing special is told."""
        employers = {row.key: row for row in self.tables["employers"]}
        police = [
            key
            for key, row in employers.items()
            if row.kind == "police-force" and (key, "") in self.branch_of
        ]
        councils = [
            key
            for key, row in employers.items()
            if row.kind == "council" and row.end is None and (key, "") in self.branch_of
        ]
        health = [
            key
            for key, row in employers.items()
            if row.kind in ("nhs-trust", "nhs-board", "hsc-trust")
        ]
        for _ in range(needed):
            start = date(2003, 1, 6) + timedelta(self.random.randrange(8_600))
            born = start - timedelta(self.random.randrange(18 * 365, 48 * 365))
            who = self.person(born=born)
            drawn = self.random.random()
            if drawn < 0.25:
                role = self.random.choice(POLICE_ROLES)
                employer = self.random.choice(police)
                start = max(start, employers[employer].start or start)
                job = self.job(who, employer, "police-staff", start, role=role)
            elif drawn < 0.33:
                start = max(start, date(2021, 6, 26))
                job = self.job(
                    who,
                    "probation-service",
                    "probation-staff",
                    start,
                    role="probation officer",
                    band="4",
                )
            elif drawn < 0.36:
                job = self.job(who, "cafcass", "cafcass-staff", start, role="family court adviser")
            elif drawn < 0.44:
                role, band = self.random.choice(HEALTH_ROLES)
                employer = self.random.choice(health)
                # Before, some of these bodies were not there, and others had other terms.
                start = max(start, date(2010, 1, 4))
                job = self.job(
                    who,
                    employer,
                    "agenda-for-change",
                    start,
                    role=role,
                    band=band,
                    manager=band == "8a",
                )
            else:
                role = self.random.choice(COUNCIL_ROLES)
                employer = self.random.choice(councils)
                start = max(start, employers[employer].start or start)
                job = self.job(who, employer, "local-government-services", start, role=role)
            if job.manager:
                self.joined_managers(job)
            else:
                self.joined(job)
            self.choices(who, start)

    def choices(self, who: str, start: date) -> None:
        """Let some say something about the political fund, a group, or be in arrears."""
        later = start + timedelta(60)
        if later >= KEPT_UNTIL:
            return
        drawn = self.random.random()
        if drawn < 0.1:
            section = self.random.choice(("labour-link", "campaign-fund"))
            self.add(FundChoice(person=who, choice="opted-in", section=section, start=later))
        elif drawn < 0.15:
            self.add(FundChoice(person=who, choice="opted-out", start=later))
        elif drawn < 0.18:
            self.add(Arrears(person=who, start=later, end=later + timedelta(45)))
        for group, share in (("black", 0.08), ("disabled", 0.07), ("lgbt", 0.05)):
            if self.random.random() < share:
                self.add(GroupMember(person=who, group=group))

    def odd(self) -> None:
        """One member, or a few, for each odd case: who belongs where, and what they pay."""
        for _, rows in groupby(read("members.csv"), itemgetter("member")):
            self.told(list(rows))
        self.odd_people = self.people

    def told(self, rows: list[dict[str, str]]) -> None:
        """Somebody of whom each row tells something, in order."""
        about = fields(rows.pop(0)["more"]) if rows[0]["does"] == "is born" else {}
        rows[0]["start"] = self.drawn(rows[0]["start"])
        who = self.person(**about)
        jobs: list[Job] = []
        for row in rows:
            terms = {"start": day(row["start"]), "end": day(row["end"]), **fields(row["more"])}
            match row["does"]:
                case "works" | "joins" if row["employer"]:
                    terms |= {key: row[key] for key in ("group", "role", "band")}
                    if row["earnings"] == "same":
                        terms["earnings"] = jobs[-1].earnings
                    elif row["earnings"]:
                        terms["earnings"] = Decimal(row["earnings"])
                    if row["workplace"]:
                        terms["workplace"] = row["workplace"]
                    jobs.append(self.job(who, row["employer"], **terms))
                    if row["does"] == "joins":
                        self.joined(jobs[-1])
                case "joins":
                    main = [job for job in jobs if job.main][-1]
                    beside = [job.earnings for job in jobs if job.end == main.end]
                    band = row["band"] or self.band(sum(filter(None, beside), Decimal(0)))
                    self.joined(main, band=band, **terms)
                case "is a member":
                    self.member(who, **{"branch": "", **terms})
                case "opts in":
                    self.add(FundChoice(person=who, choice="opted-in", **terms))
                case "is in arrears":
                    self.add(Arrears(person=who, **terms))

    def drawn(self, start: str) -> str:
        """Draw a Monday within 200 weeks from a day with a plus; any other stays as it is."""
        if not start.endswith("+"):
            return start
        return str(date.fromisoformat(start[:-1]) + timedelta(7 * self.random.randrange(200)))

    # -- offices -------------------------------------------------------------------------------

    def offices(self) -> None:
        """Offices of branches, regions, the executive and the staff, and who holds them."""
        members: dict[str, list[Person]] = {}
        people = {row.key: row for row in self.tables["people"]}
        for row in self.tables["memberships"]:
            if row.branch and row.category == "full" and row.end is None and row.union == "":
                number = int(row.person[1:])
                if (
                    row.status == "current"
                    and number > self.odd_people
                    and row.start < date(2024, 1, 1)
                ):
                    members.setdefault(row.branch, []).append(people[row.person])
        for unit in list(self.tables["units"]):
            if unit.kind == "branch" and unit.end is None:
                named = not unit.name.endswith("(example branch)")
                self.branch_offices(unit.key, members.get(unit.key, []), named)
        self.council_offices(members)
        self.executive(members)
        self.sector_seats(members)
        self.staff()

    def branch_offices(self, branch: str, members: list[Person], whole: bool) -> None:
        """The officers of a branch: all thirteen where its rules are a source, else three."""
        roles = CORE_OFFICES + REPRESENTATIVES if whole else CORE_OFFICES[:3]
        free = list(members)
        for role in roles:
            key = f"{branch}/{role}"
            self.add(Office(key=key, role=role, unit=branch))
            fit = [
                each
                for each in free
                if role != "young-members-officer"
                or (each.born is not None and each.born > date(1996, 3, 1))
            ]
            if fit:
                free.remove(fit[0])
                self.hold(key, fit[0].key, AGM, NEXT_AGM)
            if fit and role == "steward":
                self.add(
                    Accreditation(
                        person=fit[0].key,
                        kind="employment-rights",
                        start=date(2024, 5, 1),
                        end=date(2029, 5, 1),
                    )
                )

    def hold(
        self, office: str, who: str, start: date, end: date | None = None, **more: Any
    ) -> None:
        """Let somebody hold an office."""
        self.add(Holding(office=office, person=who, start=start, end=end, elected=start, **more))

    def council_offices(self, members: dict[str, list[Person]]) -> None:
        """Convenors and deputies of the regions, and a vacancy in one."""
        for region in self.regions:
            low = region.lower()
            branches = [
                row.unit
                for row in self.tables["parents"]
                if row.axis == "region" and row.parent == region and row.unit in members
            ]
            pool = [each for branch in branches for each in members[branch]][::-1]
            for role, places in (("regional-convenor", 1), ("deputy-regional-convenor", 2)):
                key = f"council-{low}/{role}"
                self.add(Office(key=key, role=role, unit=f"council-{low}", places=places))
                for _ in range(places):
                    if pool and region != "NI":
                        self.hold(key, pool.pop().key, AGM, NEXT_AGM)

    def executive(self, members: dict[str, list[Person]]) -> None:
        """The seats that are known, at the least; who sits on them; the presidential team."""
        pool = [each for branch in sorted(members) for each in members[branch]]
        women = [each for each in pool if each.gender == "female"]
        began, start = date(2024, 9, 11), date(2025, 6, 23)
        groups = {(row.person, row.group) for row in self.tables["group_members"]}
        sitting: list[str] = []

        def seat(key: str, who: list[Person], **more: Any) -> None:
            self.add(Office(key=f"nec/{key}", role="nec-member", unit="nec", **more))
            found = next((each for each in who if each.key not in sitting), None)
            if found is not None:
                sitting.append(found.key)
                self.hold(f"nec/{key}", found.key, start, election_began=began)

        black = [each for each in pool if (each.key, "black") in groups]
        disabled = [each for each in pool if (each.key, "disabled") in groups]
        young = [each for each in pool if each.born is not None and each.born > date(1998, 1, 1)]
        for key, kind in (("female-1", "female"), ("female-2", "female"), ("male", "male")):
            fit = [each for each in black if each.gender == kind]
            seat(f"black-{key}", fit, group="black", seat_kind=kind)
        seat("black-reserved", [], group="black", seat_kind="reserved")
        seat("disabled-general", disabled, group="disabled", seat_kind="general")
        fit = [each for each in disabled if each.gender == "female"]
        seat("disabled-female", fit, group="disabled", seat_kind="female")
        seat("young-general", young, young=True, seat_kind="general")
        seat("young-female", [], young=True, seat_kind="female")
        for group, kinds in (
            ("health", ("general", "female", "female", "male")),
            ("local-government", ("general", "female", "female", "male")),
            ("police-justice", ("general", "female")),
        ):
            for number, kind in enumerate(kinds, 1):
                fit = self.in_group(members, group)
                if kind != "general":
                    fit = [each for each in fit if each.gender == kind]
                seat(f"{group}-{kind}-{number}", fit, service_group=group, seat_kind=kind)
        for region in self.regions:
            low = region.lower()
            seat(f"{low}-reserved", [], region=region, seat_kind="reserved")
            fit = [each for each in women if self.lives_in(each.key, region)]
            seat(f"{low}-female", fit, region=region, seat_kind="female")
        for who, role in enumerate(("president", "senior-vice-president", "junior-vice-president")):
            self.add(Office(key=f"nec/{role}", role=role, unit="nec"))
            self.hold(f"nec/{role}", sitting[who], date(2026, 6, 24))
        for unit in [row.key for row in self.tables["units"] if row.kind == "nec-committee"]:
            if unit != "trustees":
                self.add(Office(key=f"{unit}/chair", role="nec-committee-chair", unit=unit))
                self.hold(f"{unit}/chair", self.random.choice(sitting), date(2026, 7, 1))
        self.add(Office(key="trustee", role="trustee", unit="unison", places=3))
        for who in sitting[8:11]:
            self.hold("trustee", who, date(2026, 7, 1), how="appointed")

    def in_group(self, members: dict[str, list[Person]], group: str) -> list[Person]:
        """Return the members of the branches that are labelled with a service group."""
        label = {
            row.unit: row.parent for row in self.tables["parents"] if row.axis == "service-group"
        }
        return [each for b in sorted(members) if label.get(b) == group for each in members[b]]

    def lives_in(self, person: str, region: str) -> bool:
        """Say whether a member's branch lies in a region."""
        lies = {row.unit: row.parent for row in self.tables["parents"] if row.axis == "region"}
        return any(
            lies.get(row.branch) == region
            for row in self.tables["memberships"]
            if row.person == person and row.end is None
        )

    def sector_seats(self, members: dict[str, list[Person]]) -> None:
        """Two members of each region on the police staff sector committee."""
        fit = self.in_group(members, "police-justice")
        taken: set[str] = set()
        for region in self.regions:
            if region in ("GL", "NI"):
                continue
            here = [each for each in fit if self.lives_in(each.key, region)]
            for kind in ("general", "female"):
                key = f"sector-police-staff/{region.lower()}-{kind}"
                self.add(
                    Office(
                        key=key,
                        role="sector-committee-member",
                        unit="sector-police-staff-committee",
                        region=region,
                        seat_kind=kind,
                    )
                )
                who = next(
                    (
                        each.key
                        for each in here
                        if each.key not in taken and kind in ("general", each.gender)
                    ),
                    None,
                )
                if who is not None:
                    taken.add(who)
                    self.hold(key, who, date(2025, 10, 1), date(2027, 10, 1))

    def staff(self) -> None:
        """The general secretary, those over directorates, and the organisers of the regions."""

        def post(key: str, role: str, unit: str, group: str = "union-staff") -> None:
            self.add(Office(key=key, role=role, unit=unit))
            who = self.person()
            start = date(2020, 1, 6) + timedelta(self.random.randrange(1_800))
            title = role.replace("-", " ")
            self.job(who, "unison", group, start, role=title, earnings=Decimal(42_000))
            self.hold(key, who, start, how="appointed")

        post("general-secretary", "general-secretary", "unison", "union-senior-officer")
        for unit in ("organisation", "bargaining", "regions"):
            key = f"directorate-{unit}"
            post(f"{key}/head", "assistant-general-secretary", key, "union-senior-officer")
        for region in self.regions:
            low = region.lower()
            post(f"office-{low}/secretary", "regional-secretary", f"office-{low}")
            post(f"office-{low}/organiser", "regional-organiser", f"office-{low}")


def make() -> Union:
    """Return the example union."""
    maker = Maker(compose())
    maker.national()
    maker.employers()
    maker.odd()
    maker.ordinary(MEMBERS - maker.people)
    maker.offices()
    maker.fixed(
        *(
            name
            for name in TABLES
            if name not in EARLY and (HERE / "tables" / f"{name}.csv").exists()
        )
    )
    return maker.union()


def told(union: Union) -> Desk:
    """Return the example's cases, entered in the order of their file by the branch's secretary."""
    plain = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))
    desk = Desk(rulebook=compose(), union=union)
    for each in plain["case"]:
        desk = desk.open_case(**each).ok().desk
    for each in plain["entry"]:
        reference, act = each.pop("case"), ACTS[each.pop("act")]
        desk = desk.enter(reference, act(by=desk.case(reference).entries[0].by, **each)).ok().desk
    return desk


def main(folder: Path) -> None:
    """Write the example union to a folder, in place of what is there."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "policies").mkdir(parents=True)
    shutil.copy(HERE / "branches.toml", folder / "policies")
    for name in ("README.md", "LICENSE-councils.txt"):
        shutil.copy(HERE / name, folder / name)
    union = make()
    write_union(union, folder, plugins=PLUGINS)
    (folder / "cases").mkdir()
    for key, case in told(union).cases.items():
        text = json.dumps(case.to_dict(), indent=2) + "\n"
        (folder / "cases" / f"{key}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
