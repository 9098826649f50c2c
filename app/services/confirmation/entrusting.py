"""The letter of an organ that entrusts a mediation, and the answer it gets (TY16, NB15 19, PLAW26)."""

from sqlalchemy import select

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.confirming.entrustment import (
    COURT_PROCEDURES,
    SOURCE_OF,
    EntrustmentInput,
    EntrustmentReply,
    EntrustmentResult,
    EntrustmentView,
    Organ,
    letter_problems,
    reply_problems,
)
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction, CaseStatus
from app.domain.life.codes import Procedure
from app.models.case import Case
from app.models.flow import Entrustment
from app.services.agreements.standing import binding_of
from app.services.kernel.history import own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.versions import refuse_stale

_RESULTS = {
    EntrustmentResult.SETTLED: "调解成功",
    EntrustmentResult.PARTLY: "部分达成",
    EntrustmentResult.FAILED: "调解不成",
}
"""As the history of the case says it."""
_ORGAN_OF = {source: organ for organ, source in SOURCE_OF.items()}


@use_case(needs=Permission.READ, writes=False)
def open_entrustment(uow: UnitOfWork, case_id: str) -> EntrustmentView | None:
    """The last letter of a case with its answer; None when nobody's material was signed for."""
    case = uow.get(Case, case_id)
    row = _last(uow, case.id)
    return _view(uow, case, row) if row else None


@use_case(needs=Permission.READ, writes=False)
def draft_entrustment(uow: UnitOfWork, case_id: str) -> EntrustmentInput:
    """What is known of the letter already: from where the case came and what its pages say."""
    case = uow.get(Case, case_id)
    organ = next((found for source, found in _ORGAN_OF.items() if source == case.source), Organ.COURT)
    court = organ is Organ.COURT
    return EntrustmentInput(
        case_id=case.id,
        organ=organ,
        unit=case.source_unit,
        letter_no=case.source_letter,
        procedure=_procedure(case) or (Procedure.COURT_PRE if court else None),
        case_no=case.court_case_no if court else case.police_case_no,
        signed_by=uow.actor.name,
        signed_on=case.signed_for_on or uow.today(),
        issues=case.issues,
        no_penalty_asked=case.no_penalty_asked,
    )


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def record_entrustment(
    uow: UnitOfWork, wanted: EntrustmentInput, row_version: int | None = None
) -> EntrustmentView:
    """Write down the letter of a court or another organ and that its material was signed for.

    That day starts the court's own limit: 30 days before docketing, 15 in ordinary and 7 in simple procedure
    (TY16; T-MED-CT0, CT1). A letter not answered yet is corrected (`row_version`); after an answer another
    may come. Refuses INVALID, STALE, WRONG_STATUS.
    """
    case = own_case(uow, wanted.case_id)
    received_on = case.received_at.astimezone(uow.zone).date()
    _refuse_invalid(tuple(letter_problems(wanted, received_on, uow.today())))
    row = _last(uow, case.id)
    if row is None or row.result is not None:
        row = Entrustment(case_id=case.id)
        uow.session.add(row)
    else:
        refuse_stale(uow, row, row_version)
    row.organ, row.unit, row.letter_no = wanted.organ, wanted.unit.strip(), wanted.letter_no.strip()
    row.contact, row.materials = wanted.contact.strip(), wanted.materials.strip()
    row.signed_by, row.signed_on = wanted.signed_by.strip(), wanted.signed_on or uow.today()
    _write_case(case, wanted)
    record(uow, case, CaseAction.ENTRUSTMENT_SIGNED, f"{row.unit} {row.letter_no} {row.signed_on}")
    return _told(uow, case, row)


@use_case(needs=Permission.CASE_REGISTER, undoable=True)
def answer_entrustment(uow: UnitOfWork, wanted: EntrustmentReply, row_version: int) -> EntrustmentView:
    """Write down what the organ is answered: settled, partly, or handed back with issues and facts.

    The result must be what happened; a failed one needs the reasons, the issues and the undisputed facts
    (TY16 19, 21, 26). Refuses INVALID, STALE.
    """
    row = uow.get(Entrustment, wanted.entrustment_id)
    case = own_case(uow, row.case_id)
    refuse_stale(uow, row, row_version)
    partial = tuple(agreement.partial for agreement in binding_of(uow, case.id))
    status = CaseStatus(case.status)
    _refuse_invalid(tuple(reply_problems(wanted, status, partial, row.signed_on, uow.today())))
    row.result, row.replied_on = wanted.result, wanted.replied_on
    row.reply_letter_no, row.reply_note = wanted.reply_letter_no.strip(), wanted.reply_note.strip()
    row.returned = wanted.returned.strip()
    if wanted.result is not EntrustmentResult.SETTLED:
        case.issues, case.undisputed = wanted.issues.strip(), wanted.undisputed.strip()
    said = f"{_RESULTS[wanted.result]}：{row.unit} {row.reply_letter_no}".rstrip()
    record(uow, case, CaseAction.ENTRUSTMENT_ANSWERED, said)
    return _told(uow, case, row)


def _write_case(case: Case, wanted: EntrustmentInput) -> None:
    """What the letter says of the case itself: where it came from, its numbers, its procedure."""
    case.source = SOURCE_OF[wanted.organ]
    case.source_unit, case.source_letter = wanted.unit.strip(), wanted.letter_no.strip()
    case.signed_for_on = wanted.signed_on
    case.issues = wanted.issues.strip() or case.issues
    if wanted.organ is Organ.COURT:
        case.procedure, case.court_case_no = str(wanted.procedure), wanted.case_no.strip()
        return
    if case.procedure in COURT_PROCEDURES:
        case.procedure = Procedure.ORDINARY
    case.court_case_no = ""
    if wanted.organ is Organ.POLICE:
        case.police_case_no, case.no_penalty_asked = wanted.case_no.strip(), wanted.no_penalty_asked


def _procedure(case: Case) -> Procedure | None:
    found = Procedure(case.procedure)
    return found if found in COURT_PROCEDURES else None


def _last(uow: UnitOfWork, case_id: str) -> Entrustment | None:
    rows = select(Entrustment).where(Entrustment.case_id == case_id)
    last = rows.order_by(Entrustment.signed_on.desc(), Entrustment.id.desc()).limit(1)
    return uow.session.scalars(last).first()


def _view(uow: UnitOfWork, case: Case, row: Entrustment) -> EntrustmentView:
    organ = Organ(row.organ)
    numbers = {Organ.COURT: case.court_case_no, Organ.POLICE: case.police_case_no}
    letter = EntrustmentInput(
        case_id=case.id,
        organ=organ,
        unit=row.unit,
        letter_no=row.letter_no,
        procedure=_procedure(case),
        case_no=numbers.get(organ, ""),
        contact=row.contact,
        signed_by=row.signed_by,
        signed_on=row.signed_on,
        issues=case.issues,
        materials=row.materials,
        no_penalty_asked=case.no_penalty_asked,
    )
    return EntrustmentView(
        id=row.id,
        row_version=row.row_version,
        letter=letter,
        result=EntrustmentResult(row.result) if row.result else None,
        replied_on=row.replied_on,
        reply_letter_no=row.reply_letter_no,
        reply_note=row.reply_note,
        returned=row.returned,
        issues=case.issues,
        undisputed=case.undisputed,
        agreements=tuple(one.number or "" for one in binding_of(uow, case.id)),
        performed_on=case.performed_on,
    )


def _refuse_invalid(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise Refused(Reason.INVALID, problems=problems)


def _told(uow: UnitOfWork, case: Case, row: Entrustment) -> EntrustmentView:
    uow.session.flush()
    uow.note(row.id, case=case.id, organ=row.organ, result=row.result)
    uow.changed(Topic.CASES)
    return _view(uow, case, row)
