"""Ten facts of a placement over the rows of a frame, beside Polars by hand, as ratios.

By hand they are the rules of the shipped plugins that hold on 1 June 2026, as far as the columns of
``staff`` can answer them, once over text and once over codes, which Polars compares quickest. Null
stands for not known, as Polars itself has it. There are 1.3 million rows, once with every cell
known and once with one cell in ten missing. All find the same. How all are timed: ``rounds``.

    python benchmarks/ten_facts.py [ROUNDS] [ROWS]
"""

import random
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from rounds import Line, Way, asked, race, same, show, size

import unioncore
from unioncore import bulk

ROUNDS = 5
DAY = date(2026, 6, 1)
ROWS = 1_300_000
NAMES = (
    "organised",
    "service_group",
    "branch_type",
    "branch",
    "region",
    "negotiating_bodies",
    "consultative_bodies",
    "national_forums",
    "joint_unions",
    "pay_reviewed_by",
)

PEOPLE = 2_000
SQL = Path(__file__).with_name("ten_facts.sql")

COUNCIL_GROUPS = (
    "local-government-services",
    "local-government-services",
    "local-government-services",
    "school-support-staff",
    "craft",
    "chief-officer",
    "chief-executive",
    "youth-and-community-worker",
    "educational-psychologist",
    "firefighter",
)
NHS_GROUPS = ("agenda-for-change",) * 6 + (
    "doctor-or-dentist",
    "very-senior-manager",
    "whitley-council",
)
KINDS: dict[str, tuple[int, tuple[str, ...], tuple[str, ...]]] = {
    "council": (
        30,
        COUNCIL_GROUPS,
        ("England", "England", "Scotland", "Wales", "Northern Ireland"),
    ),
    "maintained-school": (8, ("school-support-staff",), ("England", "Wales")),
    "academy-trust": (6, ("school-support-staff",), ("England",)),
    "nhs-trust": (24, NHS_GROUPS, ("England",)),
    "nhs-board": (8, NHS_GROUPS, ("Scotland", "Wales")),
    "hsc-trust": (4, NHS_GROUPS, ("Northern Ireland",)),
    "gp-practice": (2, ("gp-practice-staff",), ("England",)),
    "police-force": (
        8,
        ("police-staff", "police-staff", "police-officer", "special-constable"),
        ("England", "England", "Wales", "Scotland", "Northern Ireland"),
    ),
    "police-and-crime-commissioner": (1, ("police-staff",), ("England",)),
    "probation-service": (2, ("probation-staff",), ("England", "Wales")),
    "cafcass": (1, ("cafcass-staff",), ("England",)),
    "fire-authority": (
        2,
        ("local-government-services", "firefighter", "fire-middle-manager", "brigade-manager"),
        ("England", "Wales"),
    ),
    "further-education-college": (2, ("further-education-support-staff",), ("England", "Wales")),
    "sixth-form-college": (1, ("sixth-form-college-support-staff",), ("England",)),
    "private-contractor": (
        6,
        ("contractor-terms", "agenda-for-change"),
        ("England", "Scotland", "Northern Ireland"),
    ),
    "leisure-trust": (1, ("local-government-services",), ("England",)),
    "housing-association": (1, ("contractor-terms",), ("England", "Scotland")),
    "university": (4, ("contractor-terms",), ("England", "Wales")),
    "water-company": (2, ("contractor-terms",), ("England",)),
    "energy-company": (2, ("contractor-terms",), ("England",)),
}
"""Kinds of employer: how many in a hundred or so, the groups of their staff, and nations."""

REGIONS = {
    "England": ("EA", "EM", "GL", "NO", "NW", "SE", "SO", "SW", "WM", "YH"),
    "Scotland": ("SC",),
    "Wales": ("CW",),
    "Northern Ireland": ("NI",),
}
FORCES = {
    "England": ("kent-police", "essex-police", "metropolitan-police", "cheshire-police"),
    "Wales": ("gwent-police", "south-wales-police"),
    "Scotland": ("police-scotland", "british-transport-police"),
    "Northern Ireland": ("police-service-of-northern-ireland",),
}


def staff(missing: float) -> list[dict[str, Any]]:
    """Return made-up people, of each of whom each fact is missing with some likelihood."""
    draw = random.Random(7)
    kinds, weights = list(KINDS), [weight for weight, _, _ in KINDS.values()]
    found = []
    for _ in range(PEOPLE):
        kind = draw.choices(kinds, weights)[0]
        nation = draw.choice(KINDS[kind][2])
        region = draw.choice(REGIONS[nation])
        key = f"{kind}-{draw.randrange(200)}"
        if kind == "police-force":
            key = draw.choice(FORCES[nation])
        elif kind == "council" and region == "SE":
            key = draw.choice((key, "kent-county-council", "east-sussex-county-council"))
        person = {
            "employer.key": key,
            "employer.kind": kind,
            "employer.nation": nation,
            "employer.serves": draw.choice(("health", "local-government", "police", "probation")),
            "employer.follows_national_pay": draw.random() < 0.8,
            "job.group": draw.choice(KINDS[kind][1]),
            "job.band": draw.choice(("2", "5", "8a", "9")),
            "job.is_senior_manager": draw.random() < 0.1,
            "branch.is_joint": draw.random() < 0.2,
            "work.region": region,
        }
        found.append(
            {name: None if draw.random() < missing else value for name, value in person.items()}
        )
    return found


COUNCIL_FORCES = [
    "cumbria-constabulary",
    "cumbria-police",
    "lancashire-constabulary",
    "lancashire-police",
    "merseyside-police",
    "greater-manchester-police",
    "cheshire-constabulary",
    "cheshire-police",
    "northumbria-police",
    "durham-constabulary",
    "durham-police",
    "north-yorkshire-police",
    "west-yorkshire-police",
    "south-yorkshire-police",
    "humberside-police",
    "cleveland-police",
    "west-midlands-police",
    "staffordshire-police",
    "west-mercia-police",
    "warwickshire-police",
    "derbyshire-constabulary",
    "derbyshire-police",
    "nottinghamshire-police",
    "lincolnshire-police",
    "leicestershire-police",
    "northamptonshire-police",
    "cambridgeshire-constabulary",
    "cambridgeshire-police",
    "norfolk-constabulary",
    "norfolk-police",
    "suffolk-constabulary",
    "suffolk-police",
    "bedfordshire-police",
    "hertfordshire-constabulary",
    "hertfordshire-police",
    "essex-police",
    "hampshire-and-isle-of-wight-constabulary",
    "hampshire-police",
    "hampshire-constabulary",
    "sussex-police",
    "devon-and-cornwall-police",
    "avon-and-somerset-police",
    "gloucestershire-constabulary",
    "gloucestershire-police",
    "wiltshire-police",
    "dorset-police",
    "north-wales-police",
    "gwent-police",
    "south-wales-police",
    "dyfed-powys-police",
]
OTHER_FORCES = [
    "metropolitan-police",
    "metropolitan-police-service",
    "city-of-london-police",
    "kent-police",
    "surrey-police",
    "thames-valley-police",
    "british-transport-police",
]

GB = ("England", "Wales", "Scotland")
EW = ("England", "Wales")
LG = ("local-government-services", "school-support-staff")
UNKNOWN = pl.lit(None, pl.Boolean)
KEY, KIND, NATION, SERVES, FOLLOWS, JOB, BAND, SENIOR, JOINT, REGION = map(pl.col, staff(0)[0])
NHS, FORCE, LONDON, MIP, AGREED, GROUP, TYPE, PLACE = map(
    pl.col, ("nhs", "force", "london", "mip", "agreed", "service_group", "branch_type", "region")
)


def first(*rules: tuple[pl.Expr, Any]) -> pl.Expr:
    """Return the value of the first rule that holds."""
    chain: Any = pl
    for when, value in rules:
        chain = chain.when(when).then(value if isinstance(value, pl.Expr) else pl.lit(value))
    return chain


def helpers() -> dict[str, pl.Expr]:
    return {
        "nhs": KIND.is_in(
            [
                "nhs-trust",
                "nhs-board",
                "hsc-trust",
                "integrated-care-board",
                "primary-care-trust",
                "special-health-authority",
            ]
        ),
        "force": first(
            (KIND == "police-force", KEY),
            (KEY == "mayors-office-for-policing-and-crime", "metropolitan-police"),
        ),
        "agreed": first(
            (FOLLOWS.is_not_null(), FOLLOWS),
            (
                NATION.is_in(["Wales", "Northern Ireland"])
                | ((NATION == "England") & ~REGION.is_in(["SE", "EA"])),
                True,
            ),
            (KEY.is_in(["kent-county-council", "surrey-county-council"]), False),
        ),
    }


def more_helpers() -> dict[str, pl.Expr]:
    paid = NHS & (JOB == "agenda-for-change")
    managing = BAND.is_in(["8a", "8b", "8c", "8d", "9"])
    return {
        "london": first(
            (
                FORCE.is_in(
                    ["metropolitan-police", "metropolitan-police-service", "city-of-london-police"]
                ),
                True,
            ),
            (FORCE.is_not_null() | KEY.is_not_null(), False),
        ),
        "mip": first(
            (paid & managing, True),
            (NHS & (JOB == "very-senior-manager"), True),
            (paid & ~managing, False),
        ),
    }


def service_group() -> pl.Expr:
    contractor = KIND == "private-contractor"
    fire = JOB.is_in(["firefighter", "fire-middle-manager", "brigade-manager"])
    officers = JOB.is_in(["police-officer", "special-constable"])
    police = KIND.is_in(["police-force", "police-and-crime-commissioner"])
    justice = SERVES.is_in(["police", "probation"])
    transport = (KIND == "police-force") & (KEY == "british-transport-police")
    staff = ~officers & police & NATION.is_in(GB)
    regulator = KIND == "public-regulator"
    probation = KIND.is_in(["probation-service", "community-rehabilitation-company"])
    return first(
        (contractor & (SERVES == "health") & (JOB != "doctor-or-dentist"), "health"),
        (NHS & ~JOB.is_in(["doctor-or-dentist", "very-senior-manager"]), "health"),
        (KIND.is_in(["gp-practice", "social-enterprise"]), "health"),
        ((JOB == "very-senior-manager") & NHS, "health"),
        (
            (KEY == "care-quality-commission") & regulator & (NATION == "England"),
            "local-government",
        ),
        (KIND.is_in(["almo", "council-owned-company"]), "local-government"),
        (contractor & (SERVES == "local-government"), "local-government"),
        (KIND.is_in(["council", "combined-authority"]) & ~fire, "local-government"),
        (
            (KIND == "education-authority") & (NATION == "Northern Ireland"),
            "local-government",
        ),
        ((KIND == "fire-authority") & ~fire, "local-government"),
        (
            KIND.is_in(["fire-authority", "council"])
            & JOB.is_in(["firefighter", "fire-middle-manager"]),
            "none",
        ),
        (
            (KEY == "food-standards-agency")
            & regulator
            & (NATION.is_in(EW) | ((NATION == "Northern Ireland") & (JOB == "regulator-staff"))),
            "local-government",
        ),
        (
            KIND.is_in(
                [
                    "further-education-college",
                    "sixth-form-college",
                    "maintained-school",
                    "academy-trust",
                ]
            ),
            "local-government",
        ),
        (contractor & justice & NATION.is_in(GB), "police-justice"),
        (
            (NATION == "Northern Ireland")
            & (KIND.is_in(["police-force", "probation-service"]) | (contractor & justice)),
            "none",
        ),
        (officers & (KIND == "police-force"), "none"),
        (staff & (LONDON | transport), "none"),
        (staff & ~LONDON & ~transport, "police-justice"),
        (
            (NATION.is_in(EW) & probation) | ((NATION == "England") & (KIND == "cafcass")),
            "police-justice",
        ),
        (KIND.is_in(["housing-association", "voluntary-organisation"]), "community"),
        (KIND == "energy-company", "energy"),
        (KIND == "university", "higher-education"),
        (KIND.is_in(["water-company", "bus-company"]), "water-environment-transport"),
    )


def branch_type() -> pl.Expr:
    justice = GROUP == "police-justice"
    contractor = justice & (KIND == "private-contractor")
    police = KIND.is_in(["police-force", "police-and-crime-commissioner"])
    probation = KIND.is_in(["probation-service", "community-rehabilitation-company"])
    apart = ~JOINT.fill_null(False)
    return first(
        (contractor & JOINT, "joint"),
        (contractor & (SERVES == "police") & apart, "police"),
        (contractor & (SERVES == "probation") & ~JOINT, "probation"),
        ((KIND == "nhs-board") & (NATION == "Scotland") & ~MIP, "health"),
        (justice & JOINT & (police | probation), "joint"),
        (
            (GROUP == "local-government")
            & KIND.is_in(["council", "maintained-school", "academy-trust"])
            & NATION.is_in(GB),
            "local-government",
        ),
        ((GROUP == "health") & MIP, "managers-in-partnership"),
        ((KIND == "nhs-trust") & ~MIP, "nhs-trust"),
        (justice & police & apart, "police"),
        (justice & probation & ~JOINT, "probation"),
    )


def cafcass() -> pl.Expr:
    return (KIND == "cafcass") & (JOB == "cafcass-staff") & (NATION == "England")


def police_scotland() -> pl.Expr:
    return (KIND == "police-force") & (NATION == "Scotland") & (JOB == "police-staff")


def branch() -> pl.Expr:
    return first(
        (cafcass(), "north-west-probation-and-cafcass"),
        (police_scotland(), "unison-police-staff-scotland"),
    )


def region() -> pl.Expr:
    local = ["health", "joint", "local-government", "nhs-trust", "police", "probation"]
    return first(
        (cafcass(), "NW"),
        (police_scotland(), "SC"),
        (~cafcass() & ~police_scotland() & TYPE.is_in(local), REGION),
    )


def negotiating_bodies() -> tuple[dict[str, pl.Expr], pl.Expr]:
    england, wales, scotland = NATION == "England", NATION == "Wales", NATION == "Scotland"
    northern_ireland = NATION == "Northern Ireland"
    ew = NATION.is_in(EW)
    council = KIND == "council"
    afc = JOB == "agenda-for-change"
    lg = JOB.is_in(LG)
    middle = JOB == "fire-middle-manager"
    brigades = KIND.is_in(["fire-authority", "council"])
    of_england = (
        KIND.is_in(["council", "combined-authority", "maintained-school"]) & england & lg & AGREED
    )
    cafcass = KIND.is_in(["cafcass", "cafcass-cymru"]) & (JOB == "cafcass-staff") & ew
    police = KIND.is_in(["police-force", "police-and-crime-commissioner"])
    force = KIND == "police-force"
    btp = KEY == "british-transport-police"
    in_council = first((FORCE.is_in(COUNCIL_FORCES), True), (FORCE.is_in(OTHER_FORCES), False))
    fe = (KIND == "further-education-college") & (JOB == "further-education-support-staff")
    sixth = (KIND == "sixth-form-college") & england & (JOB == "sixth-form-college-support-staff")
    probation = KIND.is_in(["probation-service", "community-rehabilitation-company"])
    contractor = KIND == "private-contractor"
    unison = (KEY == "unison") & JOB.is_in(["union-staff", "union-senior-officer"])
    words = {
        "ascnb": (JOB == "adult-social-care") & england & UNKNOWN,
        "cafcass-jncf": cafcass & ~((KIND == "cafcass-cymru") | wales),
        "ea-jnc": (KIND == "education-authority") & northern_ireland & lg,
        "fe-wales": fe & wales,
        "glpc": KIND.is_in(["council", "maintained-school"])
        & england
        & (REGION == "GL")
        & lg
        & AGREED,
        "jnc-co": (JOB == "chief-officer")
        & council
        & ew
        & ~(KEY == "east-sussex-county-council").fill_null(False),
        "jnc-co-scot": council & scotland & JOB.is_in(["chief-officer", "chief-executive"]),
        "jnc-craft": (JOB == "craft") & council & ew,
        "jnc-cx": (JOB == "chief-executive")
        & council
        & NATION.is_in(["England", "Wales", "Northern Ireland"]),
        "jnc-ycw": (JOB == "youth-and-community-worker") & council & ew,
        "mmnb": brigades & middle,
        "nhs-sc": afc & NHS,
        "ni-hsc": afc & (KIND == "hsc-trust"),
        "njc": (
            KIND.is_in(
                [
                    "council",
                    "combined-authority",
                    "maintained-school",
                    "education-authority",
                    "fire-authority",
                    "public-body-ni",
                ]
            )
            & NATION.is_in(["England", "Wales", "Northern Ireland"])
            & lg
            & AGREED
        )
        | (fe & northern_ireland),
        "njc-brigade-managers": brigades & (JOB == "brigade-manager"),
        "njc-fire": brigades & JOB.is_in(["firefighter", "fire-middle-manager"]),
        "njc-nijc": council & northern_ireland & (JOB != "chief-executive") & UNKNOWN,
        "njc-rjc-ea": of_england & (REGION == "EA") & UNKNOWN,
        "njc-rjc-em": of_england & (REGION == "EM"),
        "njc-rjc-ne": of_england & (REGION == "NO") & UNKNOWN,
        "njc-rjc-sw": of_england & (REGION == "SW"),
        "njc-sfc": sixth,
        "njf-fe": fe & england,
        "pnbs": (JOB == "police-officer") & force & (KEY == "police-scotland"),
        "prob-jnc": (KIND == "probation-service") & ew & (JOB == "probation-staff"),
        "psc-ew": (JOB == "police-staff") & police & ew & in_council,
        "sjc": council & scotland & JOB.is_in([*LG, "youth-and-community-worker"]),
        "sjnc-craft": council & scotland & (JOB == "craft"),
        "soulbury": JOB.is_in(
            [
                "educational-psychologist",
                "education-improvement-professional",
                "young-peoples-service-manager",
            ]
        )
        & council
        & ew,
        "spa-jncc": (JOB == "police-staff") & force & scotland & ~btp,
        "sssnb": KIND.is_in(["maintained-school", "academy-trust"])
        & england
        & (JOB == "school-support-staff")
        & UNKNOWN,
        "stac": afc & (KIND == "nhs-board") & scotland,
        "staff-negotiations-committee": (KIND == "trade-union")
        & (KEY == "unison")
        & (JOB == "union-staff"),
        "welsh-partnership-forum": afc & NHS & wales,
        "whitley": (JOB == "whitley-council") & NHS & UNKNOWN,
    }
    local = (
        "council",
        "combined-authority",
        "maintained-school",
        "further-education-college",
        "sixth-form-college",
        "fire-authority",
    )
    of_local_government = JOB.is_in(
        [
            *LG,
            "aptc",
            "manual-worker",
            "further-education-support-staff",
            "sixth-form-college-support-staff",
            "chief-officer",
            "chief-executive",
            "craft",
            "youth-and-community-worker",
            "educational-psychologist",
            "education-improvement-professional",
            "young-peoples-service-manager",
            "adult-social-care",
            "regulator-staff",
            "firefighter",
            "fire-middle-manager",
            "brigade-manager",
        ]
    )
    closed = pl.any_horizontal(
        contractor & (SERVES == "health") & england,
        KIND.is_in(["gp-practice", "social-enterprise"]),
        NHS
        & NATION.is_in(GB)
        & ~JOB.is_in(
            ["agenda-for-change", "whitley-council", "doctor-or-dentist", "very-senior-manager"]
        ),
        (JOB == "very-senior-manager") & NHS & england,
        afc & NHS,
        KIND.is_in(["almo", "council-owned-company", "leisure-trust"]),
        (KIND == "academy-trust") & england,
        contractor & ((SERVES == "local-government") | england),
        (KIND == "public-regulator")
        & KEY.is_in(["care-quality-commission", "food-standards-agency"]),
        KIND.is_in(local) & NATION.is_in(GB) & ~of_local_government,
        (KIND == "education-authority") & northern_ireland & lg,
        brigades & JOB.is_in(["firefighter", "fire-middle-manager"]),
        council
        & ew
        & JOB.is_in(
            [
                "chief-officer",
                "chief-executive",
                "craft",
                "youth-and-community-worker",
                "educational-psychologist",
                "education-improvement-professional",
                "young-peoples-service-manager",
            ]
        ),
        sixth | (fe & ew),
        council & northern_ireland,
        council
        & scotland
        & JOB.is_in(
            [*LG, "youth-and-community-worker", "chief-officer", "chief-executive", "craft"]
        ),
        KIND.is_in(["council", "maintained-school"]) & REGION.is_in(["SW", "EM", "GL"]) & lg,
        KIND.is_in(["council", "maintained-school"]) & wales & lg,
        council & lg & ~AGREED,
        KIND == "national-crime-agency",
        contractor & SERVES.is_in(["police", "probation"]) & NATION.is_in(GB),
        (JOB == "special-constable") & ew,
        ((ew & (police | probation)) | (scotland & force) | (england & (KIND == "cafcass")))
        & ~JOB.is_in(
            [
                "police-officer",
                "special-constable",
                "police-staff",
                "probation-staff",
                "cafcass-staff",
            ]
        ),
        (JOB == "police-officer") & (KEY == "police-scotland"),
        (KIND == "cafcass") & (JOB == "cafcass-staff") & england,
        (JOB == "police-staff") & police & NATION.is_in(GB),
        probation & ew & (JOB == "probation-staff"),
        (JOB == "police-officer") & NATION.is_in(["England", "Wales", "Northern Ireland"]) & ~btp,
        KIND.is_in(["housing-association", "voluntary-organisation"]),
        unison,
    )
    return words, closed


def consultative_bodies() -> tuple[dict[str, pl.Expr], pl.Expr]:
    afc = JOB == "agenda-for-change"
    jcw = (KIND == "council") & (NATION == "Wales") & JOB.is_in(LG)
    words = {
        "jcw": jcw,
        "ni-partnership-forum": afc & (KIND == "hsc-trust"),
        "pabew": (KIND == "police-force") & NATION.is_in(EW) & (KEY != "british-transport-police"),
        "scottish-partnership-forum": JOB.is_in(["agenda-for-change", "whitley-council"])
        & NHS
        & (NATION == "Scotland"),
        "spf": afc & NHS & (NATION == "England"),
    }
    heard = afc & NHS & NATION.is_in(["England", "Scotland", "Northern Ireland"])
    return words, heard | jcw | (GROUP == "police-justice")


def national_forums() -> tuple[dict[str, pl.Expr], pl.Expr]:
    top = JOB.is_in(["chief-officer", "chief-executive"])
    senior = (JOB == "local-government-services") & SENIOR
    words = {
        "chief-officers-and-senior-managers": KIND.is_in(["council", "combined-authority"])
        & (top | senior)
    }
    return words, GROUP.is_in(["health", "local-government", "police-justice"])


def joint_unions() -> tuple[dict[str, pl.Expr], pl.Expr]:
    words = {union: NHS & MIP for union in ("fda", "mip", "unison")}
    return words, NHS | GROUP.is_in(["local-government", "police-justice"])


def pay_reviewed_by() -> tuple[dict[str, pl.Expr], pl.Expr]:
    officer = (JOB == "police-officer") & NATION.is_in(["England", "Wales", "Northern Ireland"])
    btp = KEY == "british-transport-police"
    words = {
        "ddrb": (JOB == "doctor-or-dentist") & NHS,
        "ncarrb": (JOB == "nca-officer-with-powers") & (KIND == "national-crime-agency"),
        "nhsprb": (JOB == "agenda-for-change") & NHS & (NATION != "Scotland"),
        "prrb": officer & (KIND == "police-force") & ~btp,
    }
    closed = pl.any_horizontal(
        JOB.is_in(["agenda-for-change", "doctor-or-dentist"]) & NHS,
        (KIND == "private-contractor")
        & (SERVES == "health")
        & JOB.is_in(["agenda-for-change", "contractor-terms"]),
        GROUP.is_in(["local-government", "police-justice"]),
        JOB == "nca-officer-with-powers",
        officer & ~btp,
    )
    return words, closed


def by_hand(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Return the ten facts of each row, and whether each is known."""
    found = (
        frame.with_columns(**helpers())
        .with_columns(**more_helpers())
        .with_columns(service_group=service_group())
        .with_columns(branch_type=branch_type())
        .with_columns(region=region())
    )
    columns: dict[str, pl.Expr] = {}
    values = {
        "organised": GROUP != "none",
        "service_group": GROUP,
        "branch_type": TYPE,
        "branch": branch(),
        "region": PLACE,
    }
    for name, value in values.items():
        columns |= {name: value, f"{name}.known": value.is_not_null()}
    sets = {
        "negotiating_bodies": negotiating_bodies(),
        "consultative_bodies": consultative_bodies(),
        "national_forums": national_forums(),
        "joint_unions": joint_unions(),
        "pay_reviewed_by": pay_reviewed_by(),
    }
    for name, (words, closed) in sets.items():
        columns |= {f"{name}.{word}": held.fill_null(False) for word, held in words.items()}
        decided = [held.is_not_null() for held in words.values()]
        columns[f"{name}.known"] = pl.all_horizontal(closed.fill_null(False), *decided)
    return found.select("key", **columns)


def members(rows: int) -> pl.DataFrame:
    """Return members with keys of their own, of each of whom one fact in ten is missing."""
    some = pl.DataFrame(staff(0.1), infer_schema_length=None)
    many = pl.concat([some] * (rows // PEOPLE))
    return many.with_columns(key=pl.format("M{}", pl.int_range(many.height)))


def in_sql(ndjson: Path, schema: pl.Schema, out: Path) -> str:
    """Return what writes the ten facts of the members in a file as Parquet, for DuckDB."""
    kinds = {name: "BOOLEAN" if kind == pl.Boolean else "VARCHAR" for name, kind in schema.items()}
    read = f"read_json('{ndjson}', format='newline_delimited', columns={kinds})"
    query = SQL.read_text("utf-8").replace("MEMBERS", read)
    return f"COPY ({query}) TO '{out}' (FORMAT parquet)"


def same_columns(frame: pl.DataFrame, like: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of a frame that another has, with words as text."""
    words = pl.col(pl.Enum, pl.Categorical).cast(pl.String)
    return frame.select(like.columns).with_columns(words)


def main(rounds: int) -> None:
    """Print the ratios."""
    rulebook = unioncore.compose()
    rules = rulebook.rules
    ways: dict[str, Way] = {}
    rows = size(ROWS)
    for said, missing in (("all known", 0.0), ("some missing", 0.1)):
        some = pl.DataFrame(staff(missing), infer_schema_length=None)
        held = pl.concat([some] * (rows // PEOPLE)).with_row_index("key").rechunk()
        codes = [
            pl.col(key).cast(pl.Enum(list(rules.names_of(rules.facts[key]))))
            for key in ("employer.kind", "employer.nation", "employer.serves", "job.group")
        ]

        def ours(held: pl.DataFrame = held) -> pl.DataFrame:
            found: pl.DataFrame = bulk.ask(held, rulebook, *NAMES, on=DAY, rule=False, warns=False)
            return found

        def over_text(held: pl.DataFrame = held) -> pl.DataFrame:
            return by_hand(held.lazy()).collect()

        def over_codes(held: pl.DataFrame = held, codes: list[pl.Expr] = codes) -> pl.DataFrame:
            return by_hand(held.lazy().with_columns(codes)).collect()

        # Words that no rule gives on this day have a column too, of which no row is true.
        hand, found = over_text(), ours()
        more = found.drop(hand.columns)
        answers = [same_columns(each, hand) for each in (found, hand, over_codes())]
        same(said, *(each.equals(answers[0]) for each in answers))
        same(said, more.select(pl.any_horizontal(pl.any("*"))).item(), False)
        ways[f"ten facts, {said}"] = Way(ours, rows)
        ways[f"by hand over codes, {said}"] = Way(over_codes, rows)
        ways[f"by hand over text, {said}"] = Way(over_text, rows)
    print(f"{rows:,} rows, for one row; {rounds} rounds")
    lines = [
        Line("ten facts, all known", "by hand over codes, all known", 1.3),
        Line("ten facts, all known", "by hand over text, all known"),
        Line("ten facts, some missing", "by hand over codes, some missing", 2.4),
        Line("ten facts, some missing", "by hand over text, some missing"),
    ]
    show(race(ways, rounds), lines)


if __name__ == "__main__":
    main(asked(ROUNDS))
