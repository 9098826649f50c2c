"""How one dispute of the sample office lives: each step at its own moment, through the ordinary use cases."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from app.domain.agreements import AgreementForm, AgreementInput, ObligationInput, ObligationKind, SigningInput
from app.domain.cases import (
    AgentKind,
    AgentPower,
    CaseIntake,
    CaseSource,
    CaseView,
    Channel,
    Consent,
    Difficulty,
    PartyInput,
    PartyRole,
    Refusal,
    RiskFlag,
)
from app.domain.clashes import ClashQuery, Slot
from app.domain.hearings import HearingInput, HearingKind, SessionInput, SessionOutcome
from app.domain.papers.forms import FormId
from app.domain.roster import AssignInput, ChosenBy
from app.domain.values.catalogues import TYPE_B_OF_A
from app.domain.values.office_clock import CHINA
from app.services.agreements.signing import record_signatures
from app.services.agreements.writing import record_oral_agreement, save_agreement
from app.services.cases.decisions import accept_case, record_rights_told, refuse_case
from app.services.cases.register import register_case
from app.services.hearings.clashes import free_times
from app.services.hearings.scheduling import schedule_hearing
from app.services.kernel.workspace import Workspace
from app.services.papers.printing import list_papers, print_paper
from app.services.roster.assignments import assign_mediators
from app.services.sample.people import SampleCase, party
from app.services.sessions.records import hold_session, sign_session

NINE = 9 * 60
TALK = (
    "调解员：说明调解员身份和调解原则，告知双方权利义务，双方表示清楚，不申请回避。",
    "申请人：陈述纠纷经过和请求。",
    "被申请人：陈述意见。",
    "调解员：核对调查情况，讲解有关法律规定，提出调解建议。",
)


@dataclass(frozen=True, slots=True)
class Stage:
    """Ids of rooms and mediators by name, and what each mediator is good at."""

    rooms: dict[str, str]
    mediators: dict[str, str]
    able: dict[str, list[str]]


@dataclass(slots=True)
class _Life:
    """One dispute on its way; `at` is the moment of its next step."""

    workspace: Workspace
    stage: Stage
    sample: SampleCase
    end: datetime
    at: datetime

    def told(self, key: str, otherwise: object = None) -> object:
        return self.sample.told.get(key, otherwise)

    def day(self) -> date:
        return self.at.astimezone(CHINA).date()


def live(workspace: Workspace, stage: Stage, sample: SampleCase, end: datetime) -> Iterator[datetime]:
    """Take the dispute as far as the story says; yields the moment before each step."""
    start = _moment(end.astimezone(CHINA).date() - timedelta(days=sample.told["days"]), NINE + 20)
    life = _Life(workspace, stage, sample, end, min(start, end - timedelta(minutes=30)))
    yield life.at
    case = workspace.run(register_case, _intake(life)).value
    sample.id = case.id
    stage_of = sample.told["stage"]
    if stage_of != "registered":
        yield from _decide(life, case)


def _decide(life: _Life, case: CaseView) -> Iterator[datetime]:
    yield _later(life, days=1)
    if life.told("stage") == "rejected":
        reason, note = Refusal(str(life.told("refusal"))), str(life.told("note"))
        life.workspace.run(refuse_case, case.id, reason, note, remedy_told=True)
        return
    life.workspace.run(accept_case, case.id, competent=True, excluded=False)
    life.workspace.run(print_paper, case.id, FormId.ACCEPTANCE, case.id)
    if life.told("stage") != "accepted":
        yield from _assign(life, case)


def _assign(life: _Life, case: CaseView) -> Iterator[datetime]:
    yield _later(life, minutes=50)
    names = sorted(life.stage.able, key=lambda name: case.type_a not in life.stage.able[name])
    ids = [life.stage.mediators[name] for name in names]
    hard = case.difficulty in (Difficulty.COMPLEX, Difficulty.MAJOR)
    chosen = ChosenBy.PARTIES if hard else ChosenBy.COMMITTEE
    why = "双方书面同意由该调解员调解" if hard else ""
    wanted = AssignInput(case.id, ids[0], tuple(ids[1:2]) if hard else (), chosen, why)
    life.workspace.run(assign_mediators, wanted)
    if life.told("stage") != "assigned":
        yield from _meet(life, case)


def _meet(life: _Life, case: CaseView) -> Iterator[datetime]:
    yield _later(life, minutes=30)
    life.workspace.run(record_rights_told, case.id)
    _print(life, case, FormId.RIGHTS_NOTICE)
    for _ in range(int(str(life.told("visits", 0)))):
        yield from _hold(life, case, HearingKind.VISIT, SessionOutcome.ANOTHER_SESSION)
    stage = str(life.told("stage"))
    if stage in ("scheduled", "today"):
        _fix_coming_hearing(life, case)
        return
    last = SessionOutcome.ANOTHER_SESSION if stage == "continued" else SessionOutcome.AGREED
    yield from _hold(life, case, HearingKind.MEDIATION, last)
    if last == SessionOutcome.AGREED:
        yield from _settle(life, case)


def _fix_coming_hearing(life: _Life, case: CaseView) -> None:
    """A hearing today or in some days, so that calendar and worklist have something to show."""
    today = life.end.astimezone(CHINA).date()
    start = int(str(life.told("at", NINE + 30)))
    day = today + timedelta(days=int(str(life.told("ahead", 0))))
    room = life.stage.rooms["听证室" if start < 720 else "好人调解室"]
    query = ClashQuery(case.id, day, start, start + 90, room, notice_waived=True)
    if life.told("stage") != "today":
        slot = life.workspace.run(free_times, query, 1).value[0]
        day, start = slot.day, slot.start
    wanted = HearingInput(
        case.id, HearingKind.MEDIATION, day, start, start + 90, room, recorder="柏秀清", notice_waived=True
    )
    life.workspace.run(schedule_hearing, wanted)
    _print(life, case, FormId.HEARING_NOTICE)


def _print(life: _Life, case: CaseView, form: FormId) -> None:
    """Print the newest paper, or set of notices, of this form."""
    slots = [slot for slot in life.workspace.run(list_papers, case.id).value if slot.form == form]
    latest = slots[-1].subject_id.partition(":")[0]
    for slot in slots:
        if slot.subject_id.partition(":")[0] == latest:
            life.workspace.run(print_paper, case.id, form, slot.subject_id)


def _hold(life: _Life, case: CaseView, kind: HearingKind, outcome: SessionOutcome) -> Iterator[datetime]:
    visit = kind == HearingKind.VISIT
    room = None if visit else life.stage.rooms["好人调解室"]
    place = str(life.told("place", "")) if visit else ""
    slot = _free(life, case, room)
    wanted = HearingInput(
        case.id, kind, slot.day, slot.start, slot.end, room, place, recorder="柏秀清", notice_waived=True
    )
    hearing = life.workspace.run(schedule_hearing, wanted).value
    if not visit:
        _print(life, case, FormId.HEARING_NOTICE)
    life.at = _moment(slot.day, slot.end) + timedelta(minutes=5)
    yield life.at
    agreed = outcome == SessionOutcome.AGREED
    guests = life.sample.told.get("invited", [])
    record = SessionInput(
        day=slot.day, start=slot.start, end=slot.end, place=place or "好人调解室", outcome=outcome,
        body="\n".join(TALK), open_to_public=False, identity_checked=True, rights_told=True,
        result="双方自愿达成协议。" if agreed else "双方分歧缩小，约定再次调解。",
        participants=tuple(guests), participants_agreed=bool(guests), recorder="柏秀清",
    )  # fmt: skip
    session = life.workspace.run(hold_session, hearing.id, record).value
    life.workspace.run(sign_session, session.id, slot.day)
    if not visit:
        _print(life, case, FormId.SESSION_RECORD)


def _free(life: _Life, case: CaseView, room: str | None) -> Slot:
    """The next time everybody is free that has already passed when the story ends."""
    local = life.at.astimezone(CHINA)
    start = local.hour * 60 + local.minute + (30 if room else 200)  # one visit a half-day at most
    query = ClashQuery(case.id, local.date(), start, start + 60, room, notice_waived=True)
    return life.workspace.run(free_times, query, 1).value[0]


def _settle(life: _Life, case: CaseView) -> Iterator[datetime]:
    form = AgreementForm.ORAL if life.told("stage") == "oral" else AgreementForm.WRITTEN
    wanted = _agreement(life, case, form)
    if form == AgreementForm.ORAL:
        view = life.workspace.run(record_oral_agreement, wanted).value
        life.workspace.run(print_paper, case.id, FormId.ORAL_AGREEMENT, view.id)
        return
    view = life.workspace.run(save_agreement, wanted).value
    if life.told("stage") == "agreed":
        return
    yield _later(life, minutes=20)
    life.workspace.run(print_paper, case.id, FormId.AGREEMENT, view.id)
    if life.told("stage") == "effective":
        yield _later(life, minutes=20)
        signed = tuple((signature.party_id, life.day()) for signature in view.signatures)
        life.workspace.run(record_signatures, view.id, SigningInput(signed, life.day(), life.day()))


def _agreement(life: _Life, case: CaseView, form: AgreementForm) -> AgreementInput:
    names = {_name(key): key for key in _keys(life)}
    ids = {names[one.name]: one.id for one in case.parties if one.name in names}
    duties = [
        ObligationInput(
            kind=ObligationKind.MONEY if "yuan" in duty else ObligationKind.ACT,
            debtor_id=ids[duty["from"]],
            creditor_id=ids[duty["to"]],
            amount_fen=duty["yuan"] * 100 if "yuan" in duty else None,
            act=duty.get("act", ""),
            manner=duty["manner"],
            due_on=life.day() + timedelta(days=duty["due"]),
        )
        for duty in life.sample.told["duty"]
    ]
    return AgreementInput(
        case_id=case.id,
        form=form,
        facts=life.sample.told["facts"],
        terms=tuple(life.sample.told["terms"]),
        obligations=tuple(duties),
        agreed_on=life.day(),
        third_party_asked=True,
    )


def _intake(life: _Life) -> CaseIntake:
    told = life.sample.told
    return CaseIntake(
        parties=tuple(_parties(life)),
        summary=told["summary"],
        request=told["request"],
        type_a=told["type"],
        type_b=TYPE_B_OF_A[told["type"]],
        source=CaseSource(told.get("source", CaseSource.APPLICATION)),
        channel=Channel(told.get("channel", Channel.VISIT)),
        source_unit=told.get("unit", ""),
        source_letter=told.get("letter", ""),
        received_at=life.at.astimezone(UTC),
        first_contact="柏登记(示例)",
        place=told["place"],
        amount_fen=told["yuan"] * 100 if "yuan" in told else None,
        risk_flags=tuple(RiskFlag(flag) for flag in told.get("risks", [])),
        difficulty=Difficulty(told.get("difficulty", Difficulty.GENERAL)),
    )


def _keys(life: _Life) -> list[str]:
    return [*life.sample.told["applicants"], *life.sample.told["respondents"]]


def _name(key: str) -> str:
    return party(key, PartyRole.APPLICANT).name


def _parties(life: _Life) -> Iterator[PartyInput]:
    told = life.sample.told
    consent = Consent(told.get("consent", Consent.PRESENT))
    for key in told["applicants"]:
        yield party(key, PartyRole.APPLICANT)
    for key in told["respondents"]:
        yield party(key, PartyRole.RESPONDENT, consent)
    if "guardian" in told:
        yield replace(party(told["guardian"], PartyRole.GUARDIAN), represents=(told["applicants"][0],))
    if "agent" in told:
        yield replace(
            party(told["agent"], PartyRole.AGENT),
            represents=(told["applicants"][0],),
            agent_kind=AgentKind.CITIZEN,
            agent_powers=(AgentPower.APPLY, AgentPower.EVIDENCE, AgentPower.SIGN),
        )


def _later(life: _Life, **span: float) -> datetime:
    """Move on, into office hours, and never beyond the end of the story."""
    life.at = min(life.at + timedelta(**span), life.end - timedelta(minutes=1))
    return life.at


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(*divmod(minute, 60)), CHINA)
