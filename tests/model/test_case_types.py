"""Case types: what can be wrong with one, and that those that ship are whole."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import unioncore
from tests.books import everything
from tests.composition.making import faults_of, toml
from unioncore.legal import Nation
from unioncore.model import ANY, CaseType, CaseTypeVersion

STARTS = (
    "act_complained_of|act_or_edt|effective_date_of_termination|relevant_date"
    "|end_of_employment_or_stable_relationship"
)
"""What the dossier calls the day from which the time for a claim runs; it has one name here."""

DOSSIER: dict[str, dict[str, Any]] = json.loads(
    re.sub(
        f'"({STARTS})"',
        '"time_starts"',
        (Path(__file__).parent / "data" / "case-types.json").read_text(encoding="utf-8"),
    )
)
"""What was found out about 42 case types, and of the union's own: the keys, and how they join."""

RULEBOOK = everything()
SHIPPED = [kind for kind in RULEBOOK.definitions.case_types if kind.key in DOSSIER]

COMPLAINT = """
[[case_type]]
key = "NAME.complaint"
name = "Complaint"
family = "grievance"
counted = "terms"
  [[case_type.version]]
  period = { start = 2020-01-01 }
  initial = "begun"
  ways_out = ["died"]
  citations = [{ source = "s" }]
    [case_type.version.states]
    begun = "Begun"
    heard = "Heard"
    closed = { name = "Closed", outcome = true }
    [case_type.version.happenings]
    sent = "The decision is sent"
    [case_type.version.transitions]
    begun.hear = { to = "heard", actor = "hearing_panel" }
    heard.close = { to = "closed", actor = "hearing_panel", needs = "reasons" }
    closed.appeal = { to = "heard", actor = "member", reopens = true }
    any.drop = { to = "closed", actor = "member" }
    [case_type.version.clock.window]
    name = "Appeal"
    starts = "sent"
    must = "appeal"
    owed_by = "member"
    nature = "policy"
    count = 10
    unit = "days"
    citations = [{ source = "s" }]
"""

NOT_THERE = "no state is called gone; there are begun, heard, closed, died"
LAST = '    closed = { name = "Closed", outcome = true }\n'
CLOSE = '    heard.close = { to = "closed", actor = "hearing_panel", needs = "reasons" }\n'


def twice(first: str, second: str) -> str:
    return f"    heard.close = [{{ {first} }}, {{ {second} }}]\n"


COUNT = "    count = 10\n"
CLOCK = "    [case_type.version.clock.window]\n"
CLOCK_CITES = '    unit = "days"\n    citations = [{ source = "s" }]'

FLAWS = {
    "begins nowhere": (
        ('initial = "begun"', 'initial = "before"'),
        ("initial", "no state is called before; there are begun, heard, closed, died"),
    ),
    "never reached": (
        (LAST, f'{LAST}    lost = {{ name = "Lost", outcome = true }}\n'),
        ("states.lost", "lost is never reached"),
    ),
    "dead end": (
        (CLOSE, CLOSE + '    heard.stay = { to = "stuck", actor = "hearing_panel" }\n'),
        ("states.stuck", "stuck is a dead end that is no outcome"),
    ),
    "leads out of an outcome": (
        (", reopens = true", ""),
        ("states.closed", "closed is an outcome, and something leads out"),
    ),
    "from nowhere": (
        (CLOSE, CLOSE + '    gone.hear = { to = "heard", actor = "hearing_panel" }\n'),
        (
            "transitions.gone.hear.from",
            NOT_THERE,
        ),
    ),
    "any as a state": (
        (LAST, f'{LAST}    any = {{ name = "Any", outcome = true }}\n'),
        ("states.any", "any stands for every open state; call this one otherwise"),
    ),
    "to nowhere from any": (
        ('any.drop = { to = "closed"', 'any.drop = { to = "gone"'),
        (
            "transitions.any.drop.to",
            NOT_THERE,
        ),
    ),
    "no such way out": (
        ('"died"', '"dead"'),
        ("ways_out", "refers to the way out dead, which no plugin defines; did you mean 'died'?"),
    ),
    "to nowhere": (
        (CLOSE, CLOSE + '    heard.go = { to = "gone", actor = "hearing_panel" }\n'),
        (
            "transitions.heard.go.to",
            NOT_THERE,
        ),
    ),
    "said twice": (
        (
            CLOSE,
            twice(
                'to = "closed", actor = "hearing_panel"', 'to = "heard", actor = "hearing_panel"'
            ),
        ),
        ("transitions.heard.close", "leads elsewhere than another one that needs the same"),
    ),
    "never chosen": (
        (
            CLOSE,
            twice(
                'to = "closed", actor = "hearing_panel"',
                'to = "closed", actor = "hearing_panel", needs = "reasons"',
            ),
        ),
        ("transitions.heard.close", "is never chosen beside the one that needs nothing"),
    ),
    "when nothing is": (
        (CLOSE, CLOSE.replace("needs", 'when = "employer.knd == 1", needs')),
        ("transitions.heard.close.when", "did you mean 'employer.kind'?"),
    ),
    "for nobody that is known": (
        ('  ways_out = ["died"]', '  covers = "job.grop == \'keeper\'"\n  ways_out = ["died"]'),
        ("covers", "did you mean 'job.group'?"),
    ),
    "for a word that nobody has": (
        (
            '  ways_out = ["died"]',
            '  covers = "employer.nation == \'Wale\'"\n  ways_out = ["died"]',
        ),
        ("covers", "did you mean 'Wales'?"),
    ),
    "a clock when nothing is": (
        (COUNT, f"{COUNT}    when = \"employer.nation == 'Wale'\"\n"),
        ("clock.window.when", "did you mean 'Wales'?"),
    ),
    "in time by no clock": (
        (CLOSE, CLOSE.replace("needs", 'in_time = ["windw"], needs')),
        ("transitions.heard.close.in_time", "no clock is called windw; did you mean 'window'?"),
    ),
    "after no clock": (
        (CLOSE, CLOSE.replace("needs", 'after = "widow", needs')),
        ("transitions.heard.close.after", "no clock is called widow; did you mean 'window'?"),
    ),
    "means nothing": (
        (CLOCK, f'    [case_type.version.means]\n    hearing = "quorate"\n{CLOCK}'),
        ("means.hearing", "no event or happening is called hearing; did you mean 'hear'?"),
    ),
    "a meaning that is none": (
        (CLOCK, f'    [case_type.version.means]\n    hear = "inquorat"\n{CLOCK}'),
        ("means.hear.means", "did you mean 'inquorate'?"),
    ),
    "figures that nothing explains": (
        (CLOSE, CLOSE.replace("needs", 'figures = "ballot", needs')),
        ("transitions.heard.close.figures", "needs an event or happening that means ballot-opens"),
    ),
    "a proof that nothing explains": (
        (CLOSE, CLOSE.replace("needs", 'proof = "mandate-is-over", needs')),
        (
            "transitions.heard.close.proof",
            "needs an event or happening that means extension-agreed",
        ),
    ),
    "starts with nothing": (
        ('starts = "sent"', 'starts = "send"'),
        ("clock.window.starts", "no event or happening is called send; did you mean 'sent'?"),
    ),
    "waits for nothing": (
        ('must = "appeal"', 'must = "appeals"'),
        ("clock.window.must", "no event or happening is called appeals; did you mean 'appeal'?"),
    ),
    "a key twice": (
        (CLOCK, CLOCK + '    key = "wide"\n'),
        ("clock.window.key", "the heading says this already; leave key out"),
    ),
    "no heading": (
        (CLOCK, CLOCK.replace("[case_type.version.clock.window]", "[[case_type.version.clock]]")),
        ("clock", "expected [case_type.clock] or [case_type.clock.KEY], with one pair of brackets"),
    ),
    "no length": (
        (COUNT, ""),
        ("clock.window", "needs one of count, parameter, claim and policy"),
    ),
    "two lengths": (
        (COUNT, COUNT + '    parameter = "core.none"\n'),
        ("clock.window", "needs one of count, parameter, claim and policy"),
    ),
    "no unit": (
        ('    unit = "days"\n', ""),
        ("clock.window.unit", "a count needs its unit"),
    ),
    "no citation": (
        (CLOCK_CITES, CLOCK_CITES.replace('{ source = "s" }', "")),
        ("clock.window.citations", "has no citation; a clock without a source cannot run"),
    ),
    "unknown parameter": (
        (COUNT, '    parameter = "NAME.none"\n'),
        ("clock.window.parameter", "refers to the parameter flawed.none, which no plugin defines"),
    ),
    "unknown claim": (
        (f'{COUNT}    unit = "days"\n', '    claim = "no-such-claim"\n'),
        ("clock.window.claim", "refers to the claim no-such-claim, which no plugin defines"),
    ),
}


def test_the_case_type_is_sound_until_it_is_broken(tmp_path: Path) -> None:
    plugin = toml(COMPLAINT)(tmp_path, "flawed")
    version = unioncore.compose(plugin, discover=False).case_type("flawed.complaint").versions[0]
    assert version.events() == ("hear", "close", "appeal", "drop", "member_dies")
    assert version.reachable() == {"begun", "heard", "closed", "died"}


def test_any_stands_for_each_open_state_without_its_own_way(tmp_path: Path) -> None:
    text = COMPLAINT.replace(
        CLOSE, CLOSE + '    heard.drop = { to = "begun", actor = "member", needs = "consent" }\n'
    )
    plugin = toml(text)(tmp_path, "flawed")
    version = unioncore.compose(plugin, discover=False).case_type("flawed.complaint").versions[0]
    led = {
        state: [(each.event, each.to_state) for each in version.leaving(state)]
        for state in ("begun", "heard", "closed", "died")
    }
    assert led == {
        "begun": [("hear", "heard"), ("drop", "closed"), ("member_dies", "died")],
        "heard": [("close", "closed"), ("drop", "begun"), ("member_dies", "died")],
        "closed": [("appeal", "heard")],
        "died": [],
    }


def test_what_a_case_type_says_itself_of_a_way_out_stands(tmp_path: Path) -> None:
    text = COMPLAINT.replace(LAST, LAST + '    died = { name = "Dead", outcome = true }\n').replace(
        "any.drop", 'any.member_dies = { to = "died", actor = "steward" }\n    any.drop'
    )
    plugin = toml(text)(tmp_path, "flawed")
    version = unioncore.compose(plugin, discover=False).case_type("flawed.complaint").versions[0]
    assert [s.name for s in version.states if s.key == "died"] == ["Dead"]
    assert [w.actor for w in version.leaving("begun") if w.event == "member_dies"] == ["steward"]


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flaw_is_reported_with_its_file_and_path(flaw: str, tmp_path: Path) -> None:
    (old, new), (path, message) = FLAWS[flaw]
    assert COMPLAINT.count(old) == 1
    text = COMPLAINT.replace(old, new)
    if flaw == "dead end":
        text = text.replace(LAST, LAST + '    stuck = "Stuck"\n')
    faults = faults_of(toml(text)(tmp_path, "flawed"))
    told = [fault.message for fault in faults if fault.path == f"case_type[0].version[0].{path}"]
    assert {fault.file for fault in faults} == {"flawed.toml"}
    assert any(each.endswith(message) for each in told), faults


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("links", '["core.nothing"]', "refers to the case type core.nothing"),
        ("compartment", '"healthy"', "healthy, which no plugin defines; did you mean 'health'?"),
        ("needs", '"job-valuation"', "did you mean 'job-evaluation'?"),
    ],
)
def test_a_case_type_uses_declared_words(field: str, value: str, said: str, tmp_path: Path) -> None:
    text = COMPLAINT.replace('family = "grievance"', f'family = "grievance"\n{field} = {value}')
    found = [(fault.path, fault.message) for fault in faults_of(toml(text)(tmp_path, "flawed"))]
    assert [path for path, _ in found] == [f"case_type[0].{field}"]
    assert said in found[0][1]


# -- the case types that ship ---------------------------------------------------------------------

ADDED = {
    ("core.redundancy_redeployment", "collective_100_until_2013"): "90 days before April 2013",
    ("core.redundancy_redeployment", "hr1_100"): "form HR1 is due after 30 or 45 days",
    ("core.redundancy_redeployment", "hr1_100_until_2013"): "90 days before April 2013",
    ("core.equal_pay", "arrears_back_scotland"): "five years there, six elsewhere",
    ("core.early_conciliation", "ec_period_month"): "a month before December 2020",
    ("core.early_conciliation", "final_limit"): "the claim itself, which the month only moves",
    ("core.employment_tribunal", "claim_limit"): "the claim itself stands beside its own track",
    ("core.employment_tribunal", "costs_application"): "rule 75 gives 28 days for it",
    ("core.recognition", "notice"): "it guards the end of recognition",
    ("health.organisational_change", "collective_100"): "45 days for 100 or more",
    **{
        (key, "appeal_window"): "it guards the lapse of the window"
        for key in (
            "core.capability_performance",
            "core.dignity_at_work",
            "core.flexible_working",
            "lg.chief_officer_disciplinary",
            "lg.statutory_officer_england",
            "unison.rule_i_discipline",
        )
    },
}
"""Clocks that the dossier has not: one that changed is a clock for each time or nation."""

LEFT_OUT = {
    ("core.flexible_working", "requests_per_year"): "it counts requests, and is no deadline",
    ("core.tupe_transfer", "award_cap"): "it is an amount, and no deadline",
    ("core.early_conciliation", "month_after_b"): "no deadline of its own: it moves final_limit",
}

LATE = "an employer may accept an appeal that is late"
OPEN_STILL = "a transfer may be abandoned until it has taken place"
ANY_STAGE = "an account may turn a witness into a suspect at any stage"
ENDS_EARLIER = "the procedure may end at every stage of the union's own handling"
WAYS = {
    "core.capability_performance": {"not_appealed.accept_late_appeal": LATE},
    "core.dignity_at_work": {"not_appealed.accept_late_appeal": LATE},
    "core.disciplinary": {"closed_accepted.accept_late_appeal": LATE},
    "core.early_conciliation": {
        "notified.agree_cot3": "terms may be agreed at once",
        "out_of_time.notify_acas": "a tribunal may let in a late claim, which needs a certificate",
    },
    "core.employment_appeal": {"out_of_time.extend_time": "the appeal tribunal may extend time"},
    "core.flexible_working": {"not_appealed.accept_late_appeal": LATE},
    "core.tupe_transfer": {
        "rumoured.abandon": OPEN_STILL,
        "information_stage.abandon": OPEN_STILL,
        "eli_supplied.abandon": OPEN_STILL,
    },
    "health.afc_band_review": {"out_of_time.accept_late_request": LATE},
    "lg.chief_officer_disciplinary": {"not_appealed.accept_late_appeal": LATE},
    "lg.statutory_officer_england": {"not_appealed.accept_late_appeal": LATE},
    "pj.iopc_investigation": {
        "investigation.notify_subject": "a witness may become a subject",
        "prosecution.decide_not_to_prosecute": "the force decides once there is no trial",
        "prosecution.conclude_trial": "the force decides after a trial",
    },
    "pj.post_incident_procedure": {
        f"{state}.reclassify": ANY_STAGE
        for state in ("stage1", "stage2", "stage3", "stage4", "released")
    },
    "pj.staff_misconduct": {"not_appealed.accept_late_appeal": LATE},
    "unison.rule_i_discipline": {"not_appealed.accept_late_appeal": LATE},
    "unison.union_case": {
        "allocated.end_procedure": ENDS_EARLIER,
        "regional_requested.end_procedure": ENDS_EARLIER,
        "legal_assessment.end_procedure": ENDS_EARLIER,
        "support_at_risk.end_procedure": ENDS_EARLIER,
    },
}
"""Transitions that the dossier has not, beside those out of any open state."""

NOT_APPEALED = {
    ("core.capability_performance", "dismissed"),
    ("core.dignity_at_work", "closed_not_upheld"),
    ("core.flexible_working", "final_refused"),
    ("lg.chief_officer_disciplinary", "closed"),
    ("lg.statutory_officer_england", "closed_short"),
    ("pj.staff_misconduct", "closed"),
    ("unison.rule_i_discipline", "closed"),
}
"""Where the lapse of the time to appeal led; it has a state of its own, for a late appeal."""

OWN_ENDINGS = {
    "health.nmc_ftp": {"removed_by_agreement"},
    "unison.union_case": {"closed", "left", "passed_on"},
}
"""Outcomes that the dossier has not as such, beside the ways out."""

SHORTER_BY_A_DAY = "the statute counts the first day in"
TOWARDS_THE_CLAIM = "time limits of claims count the first day in"
CHANGED = {
    ("core.redundancy_redeployment", "trial_period"): SHORTER_BY_A_DAY,
    ("health.organisational_change", "trial"): SHORTER_BY_A_DAY,
    ("core.flexible_working", "decision"): SHORTER_BY_A_DAY,
    ("core.early_conciliation", "ec_period_6"): SHORTER_BY_A_DAY,
    ("core.early_conciliation", "ec_period_12"): SHORTER_BY_A_DAY,
    (
        "health.nmc_ftp",
        "court_appeal",
    ): "it begins with the service of the notice, whatever it says",
    ("lg.school_support_staff", "la_terminate"): SHORTER_BY_A_DAY,
    ("core.redundancy_redeployment", "redundancy_payment_claim"): TOWARDS_THE_CLAIM,
    ("core.equal_pay", "et_limit"): TOWARDS_THE_CLAIM,
    ("core.equal_pay", "arrears_back"): "pay is claimed within so long after it fell due",
    ("core.health_safety", "inspection"): "a right to inspect after three months, and no duty",
    ("core.settlement_agreement", "consider"): "the offer may not lapse sooner; signing may be",
    ("health.nmc_ftp", "interim_notice"): "notice comes before the hearing that decides",
    ("health.nmc_ftp", "interim_review"): SHORTER_BY_A_DAY,
}
"""Clocks whose direction or ends differ from the dossier, and why."""

NO_HAPPENING = {"next_request_counted", "failure_found", "award"}
"""Happenings of the clocks that are left out."""

NEW_HAPPENINGS = {
    "health.nmc_ftp": {"notice_served"},
    "core.employment_tribunal": {"time_starts", "final_judgment_sent", "apply_for_costs"},
    "core.redundancy_redeployment": {"dismissals_proposed"},
}
"""Happenings of clocks that begin otherwise than in the dossier, or that hold figures."""


def _ways(version: CaseTypeVersion) -> set[tuple[Any, ...]]:
    """Return what leads from each state to another, out of any open one too.

    Where the dossier has a condition, ours has it as words or as what must be proved.
    """
    return {
        (state.key, each.event, each.to_state, each.actor, asked, each.reopens)
        for state in version.states
        for each in version.leaving(state.key)
        for asked in (True, False)
        if (each.asks if asked else not each.needs)
    }


def _dossier(key: str) -> set[tuple[Any, ...]]:
    """Return the same as the dossier has it, but for a lapse and for the union's closed file."""
    found = set()
    for state, event, to, *rest in DOSSIER[key]["transitions"]:
        lapsed = event == "appeal_window_lapses" and (key, to) in NOT_APPEALED
        reopened = (key, state) == ("unison.union_case", "closed")
        rest[-1] = rest[-1] or reopened
        found.add((state, event, "not_appealed" if lapsed else to, *rest))
    return found


def keyed(clocks: Any) -> dict[str, list[str]]:
    return {
        each.key: [each.direction, each.starts, each.must, each.owed_by, each.nature]
        for each in clocks
    }


def test_the_dossier_is_whole() -> None:
    union, *rest = DOSSIER.values()
    assert len(rest) == 42
    assert sum(len(kind["states"]) for kind in rest) == 454
    assert sum(len(kind["transitions"]) for kind in rest) == 567
    assert sum(len(kind["clocks"]) for kind in rest) == 83
    assert [len(union[part]) for part in ("states", "transitions", "clocks")] == [21, 33, 2]


@pytest.mark.needs_plugins
def test_every_case_type_of_the_dossier_ships() -> None:
    assert {kind.key for kind in SHIPPED} == DOSSIER.keys()


@pytest.mark.parametrize("kind", SHIPPED, ids=lambda kind: kind.key)
def test_a_case_type_is_that_of_the_dossier_but_for_its_ways_out(kind: CaseType) -> None:
    (version,), known = kind.versions, DOSSIER[kind.key]
    assert version.initial == known["initial"]
    more = {*version.ways_out, *OWN_ENDINGS.get(kind.key, ())}
    more |= {"not_appealed"} if kind.key in {key for key, _ in NOT_APPEALED} else set()
    states = {state.key: state.outcome for state in version.states}
    assert {*known["states"]} <= states.keys() <= {*known["states"], *more}
    assert {key for key in states if states[key]} == {*known["outcomes"], *more}
    assert _dossier(kind.key) <= _ways(version)
    own = {f"{each.from_state}.{each.event}" for each in version.transitions}
    own -= {f"{ANY}.{each.event}" for each in version.leaving(ANY)}
    assert own - {f"{w[0]}.{w[1]}" for w in known["transitions"]} == WAYS.get(kind.key, {}).keys()
    happenings = {each.key for each in version.happenings}
    new = NEW_HAPPENINGS.get(kind.key, set())
    assert happenings - new == set(known["happenings"]) - NO_HAPPENING
    assert new <= happenings


@pytest.mark.parametrize("kind", SHIPPED, ids=lambda kind: kind.key)
def test_clocks_are_those_of_the_dossier_but_for_what_is_listed(kind: CaseType) -> None:
    clocks, known = keyed(kind.versions[0].clocks), DOSSIER[kind.key]["clocks"]
    listed = [{clock for key, clock in table if key == kind.key} for table in (ADDED, LEFT_OUT)]
    assert [clocks.keys() - known.keys(), known.keys() - clocks.keys()] == listed
    differ = {key for key in clocks.keys() & known.keys() if clocks[key] != known[key]}
    assert differ == {clock for key, clock in CHANGED if key == kind.key}


@pytest.mark.parametrize("kind", SHIPPED, ids=lambda kind: kind.key)
def test_a_case_type_has_no_flaw(kind: CaseType) -> None:
    for version in kind.versions:
        assert list(version.flaws()) == []
        assert version.citations
        assert all(clock.citations for clock in version.clocks)


INPUT = {"action_notice_received", "full_member_since", "period_ends", "time_starts"}
"""Events that are called as columns of a ballot or fields of an example are."""


def test_no_event_is_known_to_code_by_its_name() -> None:
    """Code asks what an event means; whoever names it otherwise in a definition changes nothing."""
    kinds = RULEBOOK.definitions.case_types
    events = {each for kind in kinds for v in kind.versions for each in v.events()}
    events |= {each.key for kind in kinds for v in kind.versions for each in v.happenings}
    for file in Path(unioncore.__file__).parent.rglob("*.py"):
        tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        texts = {str(each.value) for each in tree if isinstance(each, ast.Constant)}
        assert {each for each in texts & events if "_" in each} <= INPUT, file


@pytest.mark.parametrize("kind", SHIPPED, ids=lambda kind: kind.key)
def test_what_a_policy_decides_has_no_number(kind: CaseType) -> None:
    for clock in kind.versions[0].clocks:
        assert not (clock.policy and (clock.count or clock.unit or clock.parameter or clock.claim))


def test_the_ends_of_a_changed_clock_meet() -> None:
    clocks = {
        clock.key: clock.started
        for clock in RULEBOOK.case_type("core.early_conciliation").versions[0].clocks
    }
    month, six, twelve = (clocks[f"ec_period_{key}"] for key in ("month", "6", "12"))
    assert (month.end, six.end, twelve.end) == (six.start, twelve.start, None)


def test_arrears_of_equal_pay_reach_back_less_far_in_scotland() -> None:
    clocks = RULEBOOK.case_type("core.equal_pay").versions[0].clocks
    years = {nation: each.count for each in clocks for nation in each.nations}
    assert years == {Nation.ENGLAND: 6, Nation.WALES: 6, Nation.SCOTLAND: 5}


# -- walks ----------------------------------------------------------------------------------------


@given(st.data())
def test_a_walk_ends_in_an_outcome_or_can_go_on(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(SHIPPED), label="kind")
    version = kind.versions[0]
    state = version.initial
    for _ in range(data.draw(st.integers(0, 40), label="steps")):
        at = version.state(state)
        assert at is not None
        ways = version.leaving(state)
        assert at.outcome or ways
        assert all(each.reopens for each in ways) or not at.outcome
        if not ways:
            break
        state = data.draw(st.sampled_from(ways), label="way").to_state


@pytest.mark.parametrize("kind", SHIPPED, ids=lambda kind: kind.key)
def test_an_outcome_is_never_out_of_reach(kind: CaseType) -> None:
    version = kind.versions[0]
    outcomes = {state.key for state in version.states if state.outcome}
    assert version.reachable() <= {*outcomes, *leading_to(version, outcomes)}


def leading_to(version: CaseTypeVersion, ends: set[str]) -> Iterator[str]:
    """Give every state from which one of ``ends`` can be reached."""
    found = set(ends)
    while more := {t.from_state for t in version.transitions if t.to_state in found} - found:
        found |= more
        yield from more
