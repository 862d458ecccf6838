"""A small folder without a fault, to be changed by tests; its people are made up."""

from unioncore.records import Reading, read_files

GOOD: dict[str, str] = {
    "union.toml": 'union = "test-union"\nname = "Test Union"\nkept_until = 2024-12-31\n',
    "units.csv": (
        "key,kind,name,number,start,end\n"
        "north,region,North,,,\n"
        "south,region,South,,,\n"
        "ash,branch,Ash,101,2000-01-01,\n"
        "beech,branch,Beech,102,2000-01-01,\n"
        "elm,branch,Elm,,2000-01-01,2010-01-01\n"
    ),
    "parents.csv": (
        "unit,axis,parent,start\nash,region,north,2000-01-01\nbeech,region,south,2000-01-01\n"
    ),
    "unit_successions.csv": "unit,successor,how,on\nelm,ash,merged,2010-01-01\n",
    "employers.csv": "key,kind,name,public_function\nmill,works,Mill,no\nforge,works,Forge,\n",
    "workplaces.csv": "key,employer,name,region\nyard,mill,Yard,north\n",
    "organises.csv": "branch,employer,workplace\nash,mill,\nbeech,mill,yard\n",
    "people.csv": (
        "key,name,born,gender\np1,Test One,1980-02-03,female\np2,Test Two,,\np3,Test Three,,other\n"
    ),
    "memberships.csv": (
        "person,start,end,category,status,branch\n"
        "p1,2001-01-01,2005-01-01,full,current,ash\n"
        "p1,2005-01-01,,full,current,beech\n"
        "p2,2002-01-01,,full,current,ash\n"
        "p3,2003-01-01,,full,current,ash\n"
    ),
    "jobs.csv": (
        "person,job,employer,main,earnings,hourly_pay,start\n"
        "p1,1,mill,yes,23500,,2001-01-01\n"
        "p1,2,forge,no,,12.60,2001-01-01\n"
        "p2,1,forge,yes,,,2001-01-01\n"
    ),
    "transfers.csv": "employer,to,on,how\nmill,forge,2015-04-01,tupe\n",
    "offices.csv": "key,role,unit,places,start\nchair,chair,ash,1,2001-01-01\n",
    "holdings.csv": "office,person,start,end\nchair,p2,2003-01-01,2005-01-01\n",
    "vacancies.csv": "reference,office,closing\nGS/7,chair,2018-04-26T12:00\n",
    "calendar.csv": "unit,edition,what,at\nash,2017,opens,2017-06-20T10:00\n",
}

PEOPLE = ("people", "memberships", "jobs", "holdings")


def read(files: dict[str, str | bytes] | None = None, **changed: str | bytes | None) -> Reading:
    """Read the good folder with some of its tables (by name, as CSV) changed or left out."""
    found: dict[str, str | bytes] = {**GOOD, **(files or {})}
    for table, content in changed.items():
        del found[f"{table}.csv"]
        if content is not None:
            found[f"{table}.csv"] = content
    return read_files(
        {name: each.encode() if isinstance(each, str) else each for name, each in found.items()}
    )


def plus(table: str, *lines: str) -> str:
    """Return a good table with further lines."""
    return GOOD[f"{table}.csv"] + "".join(f"{line}\n" for line in lines)


def swap(table: str, old: str, new: str) -> str:
    """Return a good table with one text replaced."""
    text = GOOD[f"{table}.csv"]
    assert text.count(old) == 1, old
    return text.replace(old, new)
