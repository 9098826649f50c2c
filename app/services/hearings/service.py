"""Service of the notices of a hearing: who still has to be told, and the proof that somebody was."""

from collections.abc import Iterator

from app.domain.actor import Permission
from app.domain.cases import PartyRole
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.flow import CaseAction
from app.domain.hearings import HearingStatus
from app.domain.schedule.service import (
    NoticeKind,
    ProofView,
    ServiceInput,
    ServiceLine,
    ServiceMethod,
    service_problems,
)
from app.models.case import Case, Party
from app.models.hearing import Hearing, ServiceProof
from app.services.hearings.notices import Told, receivers, revision_of, told_of
from app.services.kernel.history import own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

METHOD_WORDS = {
    ServiceMethod.DIRECT: "直接送达",
    ServiceMethod.AT_ONCE: "当场告知",
    ServiceMethod.LEFT: "留置送达",
    ServiceMethod.ELECTRONIC: "电子送达",
    ServiceMethod.MAIL: "邮寄送达",
    ServiceMethod.ENTRUSTED: "委托送达",
    ServiceMethod.FORWARDED: "转交送达",
}


@use_case(needs=Permission.READ, writes=False)
def hearing_service(uow: UnitOfWork, hearing_id: str) -> tuple[ServiceLine, ...]:
    """How each party stands to the hearing as it is now: what is due, printed, served. Refuses NOT_FOUND."""
    hearing = uow.get(Hearing, hearing_id)
    return tuple(_lines(uow, uow.get(Case, hearing.case_id), hearing))


@use_case(needs=Permission.READ, writes=False)
def unserved(uow: UnitOfWork, hearing_id: str) -> tuple[ServiceLine, ...]:
    """Who still has to be told of a hearing to come, of its change, or that it is called off (TY16 14)."""
    hearing = uow.get(Hearing, hearing_id)
    if hearing.status == HearingStatus.HELD:
        return ()
    return tuple(line for line in _lines(uow, uow.get(Case, hearing.case_id), hearing) if line.open)


@use_case(needs=Permission.HEARING_WRITE, undoable=True)
def record_service(uow: UnitOfWork, hearing_id: str, wanted: ServiceInput) -> tuple[ServiceLine, ...]:
    """Keep the proof that a party was told of the hearing as it is now; a later change asks for another.

    Refuses INVALID for a party nothing is due to (`party_id`: `not_due`), a day in the future or before
    acceptance, and for what the way of service asks: who took it and how related, or why it was left there.
    """
    hearing = uow.get(Hearing, hearing_id)
    case = own_case(uow, hearing.case_id)
    line = next((one for one in _lines(uow, case, hearing) if one.party_id == wanted.party_id), None)
    if line is None or line.due is None:
        raise Refused(Reason.INVALID, problems=(Problem("party_id", "not_due"),))
    problems = tuple(service_problems(wanted, line.name, case.accepted_on, uow.today()))
    if problems:
        raise Refused(Reason.INVALID, problems=problems)
    proof = ServiceProof(
        case_id=case.id,
        subject_id=hearing.id,
        party_id=wanted.party_id,
        what=line.due,
        revision=revision_of(hearing),
        method=wanted.method,
        place=wanted.place.strip(),
        served_on=wanted.served_on,
        receiver=wanted.receiver.strip(),
        relation=wanted.relation.strip(),
        server=wanted.server.strip(),
        refused_note=wanted.refused_note.strip(),
    )
    uow.session.add(proof)
    record(uow, case, CaseAction.SERVED, f"{line.name} {METHOD_WORDS[wanted.method]} {wanted.served_on}")
    uow.session.flush()
    uow.note(proof.id, hearing=hearing.id, what=proof.what, method=proof.method)
    uow.changed(Topic.HEARINGS, Topic.PAPERS)
    return tuple(_lines(uow, case, hearing))


def _lines(uow: UnitOfWork, case: Case, hearing: Hearing) -> Iterator[ServiceLine]:
    known = told_of(uow, hearing)
    for party in receivers(case, hearing):
        yield _line(party, known.get(party.id, Told(hearing, (), ())))


def _line(party: Party, told: Told) -> ServiceLine:
    proof = told.proof()
    return ServiceLine(
        party_id=party.id,
        name=party.name,
        role=PartyRole(party.role),
        due=told.due(),
        printed=told.printed(),
        outdated=told.outdated(),
        proof=_view(proof) if proof else None,
    )


def _view(proof: ServiceProof) -> ProofView:
    return ProofView(
        what=NoticeKind(proof.what),
        method=ServiceMethod(proof.method),
        served_on=proof.served_on,
        server=proof.server,
        receiver=proof.receiver,
        relation=proof.relation,
        place=proof.place,
        refused_note=proof.refused_note,
    )
