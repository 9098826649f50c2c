"""Hand a case to another office or to the county, and enter what they answered (guard G3; S000)."""

from datetime import date

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.cases import CaseView
from app.domain.casework.inputs import CountyAnswer, EscalateInput, TransferAnswer, TransferInput
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import BEFORE_DECISION, CaseAction, CaseStatus, Deed, Outcome, states_offering
from app.domain.life.codes import ReferralKind, ReferralReply
from app.domain.life.standing import referral_kinds
from app.models.case import Case
from app.models.flow import Referral
from app.services.flow.answers import finished, refuse_invalid
from app.services.flow.closing import close_as
from app.services.flow.ways import waiting_referral
from app.services.kernel.history import day_problems, enter_triage, move, own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

COUNTY = "县中心"
_WITH_THE_COUNTY = {
    ReferralReply.RETURNED: CaseStatus.RETURNED,
    ReferralReply.TAKEN_OVER: CaseStatus.TAKEN_OVER,
    ReferralReply.JOINT: CaseStatus.JOINT,
}


@use_case(needs=Permission.CASE_DECIDE)
def transfer_case(uow: UnitOfWork, case_id: str, wanted: TransferInput) -> CaseView:
    """Hand the case to the office that may deal with it (G3): unit, legal basis, consent where it is asked.

    Before the decision the case goes there and waits for the answer. While it is mediated a department is
    only called to it (吹哨报到), after a failure the matter is handed on (3.1); both move no case. Refuses
    INVALID (also a kind that does not fit the state), WRONG_STATUS.
    """
    case = own_case(uow, case_id, *states_offering(Deed.TRANSFER))
    early = day_problems(uow, case, "sent_on", wanted.sent_on)
    refuse_invalid(tuple(dict.fromkeys((*wanted.problems(uow.today()), *_unfit_kind(case, wanted), *early))))
    enter_triage(uow, case)
    uow.session.add(
        Referral(
            case_id=case.id,
            kind=wanted.kind,
            unit=wanted.unit.strip(),
            basis=wanted.basis.strip(),
            consented=wanted.consented,
            letter_no=wanted.letter_no.strip(),
            materials=wanted.materials.strip(),
            contact=wanted.contact.strip(),
            sent_on=wanted.sent_on or uow.today(),
            due_on=wanted.due_on,
        )
    )
    if case.status == CaseStatus.TRIAGE:
        move(uow, case, CaseStatus.TRANSFERRED, CaseAction.TRANSFERRED, wanted.unit.strip())
    else:
        record(uow, case, CaseAction.TRANSFERRED, wanted.unit.strip())
    return finished(uow, case, kind=wanted.kind)


def _unfit_kind(case: Case, wanted: TransferInput) -> tuple[Problem, ...]:
    kinds = referral_kinds(CaseStatus(case.status))
    return () if wanted.kind in kinds else (Problem("kind", "bad_value"),)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def answer_transfer(uow: UnitOfWork, case_id: str, answer: TransferAnswer) -> CaseView:
    """Enter the other office's answer: it works on it, it ended the matter (closed), or it sent it back.

    A case that was not handed away stays where it stands. Refuses INVALID, WRONG_STATUS, NOT_FOUND when
    nobody is asked.
    """
    case = own_case(uow, case_id, *states_offering(Deed.ANSWER_TRANSFER))
    away = case.status == CaseStatus.TRANSFERRED
    sent = waiting_referral(uow, case)
    if sent is None:
        raise Refused(Reason.NOT_FOUND)
    refuse_invalid(answer.problems(sent.sent_on, uow.today()))
    day = _write_answer(uow, sent, answer)
    note = "：".join(filter(None, (sent.unit, answer.note.strip())))
    if away and answer.reply == ReferralReply.DONE:
        close_as(uow, case, Outcome.TRANSFERRED, day, answer.note, CaseAction.TRANSFER_ANSWERED)
    elif away and answer.reply == ReferralReply.RETURNED:
        move(uow, case, CaseStatus.TRIAGE, CaseAction.TRANSFER_ANSWERED, note)
    else:
        record(uow, case, CaseAction.TRANSFER_ANSWERED, note)
    return finished(uow, case, reply=answer.reply)


@use_case(needs=Permission.CASE_DECIDE)
def escalate_case(uow: UnitOfWork, case_id: str, wanted: EscalateInput) -> CaseView:
    """Report the case to the county centre, which sends it back, takes it over or joins in.

    Refuses INVALID, WRONG_STATUS.
    """
    case = own_case(uow, case_id, *BEFORE_DECISION)
    refuse_invalid(
        tuple(
            dict.fromkeys(
                (*wanted.problems(uow.today()), *day_problems(uow, case, "sent_on", wanted.sent_on))
            )
        )
    )
    enter_triage(uow, case)
    uow.session.add(
        Referral(
            case_id=case.id,
            kind=ReferralKind.COUNTY,
            unit=COUNTY,
            basis=wanted.reason.strip(),
            consented=False,
            letter_no=wanted.letter_no.strip(),
            materials=wanted.materials.strip(),
            contact=wanted.contact.strip(),
            sent_on=wanted.sent_on or uow.today(),
            due_on=wanted.due_on,
        )
    )
    move(uow, case, CaseStatus.ESCALATED, CaseAction.ESCALATED, wanted.reason.strip())
    return finished(uow, case)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def answer_county(uow: UnitOfWork, case_id: str, answer: CountyAnswer) -> CaseView:
    """Enter what the county decided; once it has the case, that it is done closes it (CLOSED by receipt).

    Refuses INVALID, WRONG_STATUS.
    """
    case = own_case(uow, case_id, CaseStatus.ESCALATED, CaseStatus.TAKEN_OVER, CaseStatus.JOINT)
    sent = _open_referral(uow, case)
    taken = case.status != CaseStatus.ESCALATED
    refuse_invalid(answer.problems(taken, sent.replied_on or sent.sent_on, uow.today()))
    day = _write_answer(uow, sent, answer)
    if taken:
        close_as(uow, case, Outcome.COUNTY, day, answer.note, CaseAction.COUNTY_ANSWERED)
    else:
        move(uow, case, _WITH_THE_COUNTY[answer.reply], CaseAction.COUNTY_ANSWERED, answer.note.strip())
    return finished(uow, case, reply=answer.reply)


def _open_referral(uow: UnitOfWork, case: Case) -> Referral:
    rows = select(Referral).where(Referral.case_id == case.id).order_by(Referral.id.desc())
    found = uow.session.scalars(rows.limit(1)).first()
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


def _write_answer(uow: UnitOfWork, sent: Referral, answer: TransferAnswer | CountyAnswer) -> date:
    sent.reply = answer.reply
    sent.replied_on = answer.on or uow.today()
    sent.reply_letter_no = answer.letter_no.strip()
    sent.reply_note = answer.note.strip()
    return sent.replied_on
