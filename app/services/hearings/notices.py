"""What each party of a hearing was told, what it must be told now, and the papers that tell it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from app.domain.errors import Reason, Refused
from app.domain.hearings import GuestKind, HearingKind, HearingStatus
from app.domain.papers.forms import (
    FormId,
    HearingChangePaper,
    HearingNoticePaper,
    PaperName,
    PaperRecord,
    ServiceProofPaper,
)
from app.domain.schedule.service import NoticeKind, ServiceMethod
from app.models.case import Case, Party, current_parties
from app.models.hearing import Hearing, ServiceProof
from app.models.paper import Paper
from app.services.hearings.rows import earlier
from app.services.kernel.unit_of_work import UnitOfWork

FORM_OF: dict[NoticeKind, FormId] = {
    NoticeKind.FIRST: FormId.HEARING_NOTICE,
    NoticeKind.CHANGED: FormId.HEARING_CHANGE,
    NoticeKind.CANCELLED: FormId.HEARING_CANCELLATION,
}
NOTICE_FORMS = tuple(FORM_OF.values())
HEARING_FORMS = (*NOTICE_FORMS, FormId.SERVICE_PROOF)
Said = tuple[date, time, str]


def revision_of(hearing: Hearing) -> int:
    """How often the hearing was changed or called off; a proof of service is of one revision."""
    return len(hearing.changes)


def receivers(case: Case, hearing: Hearing) -> list[Party]:
    """The parties who get a notice: those invited, or everybody."""
    invited = {guest["id"] for guest in hearing.invited if guest["kind"] == GuestKind.PARTY}
    return [party for party in current_parties(case) if party.id in invited or not invited]


@dataclass(frozen=True, slots=True)
class Told:
    """What one party was told of a hearing: its proofs of service, and its printed notices, newest first."""

    hearing: Hearing
    proofs: tuple[ServiceProof, ...]
    papers: tuple[Paper, ...]

    def due(self) -> NoticeKind | None:
        """The notice this party should have now; None when nobody need tell it anything.

        Nobody is summoned to a visit or to a date not fixed yet; who agreed to come at once was told there.
        """
        hearing = self.hearing
        if hearing.kind == HearingKind.VISIT or hearing.status == HearingStatus.TENTATIVE:
            return None
        if hearing.status == HearingStatus.CANCELLED:
            return NoticeKind.CANCELLED if self.proofs or self._notices() else None
        if hearing.notice_waived:
            return None
        return NoticeKind.CHANGED if self._told_otherwise() else NoticeKind.FIRST

    def printed(self) -> bool:
        """Whether the notice that is due lies printed as the hearing is now."""
        due = self.due()
        if due == NoticeKind.CANCELLED:
            return any(paper.form == FormId.HEARING_CANCELLATION for paper in self.papers)
        return any(_said(paper) == said_now(self.hearing) for paper in self._notices())

    def outdated(self) -> bool:
        """Whether a notice was printed that is no longer true."""
        cancelled = self.hearing.status == HearingStatus.CANCELLED
        return any(cancelled or _said(paper) != said_now(self.hearing) for paper in self._notices())

    def proof(self) -> ServiceProof | None:
        """That the hearing as it is now was made known to this party."""
        now = [proof for proof in self.proofs if proof.revision == revision_of(self.hearing)]
        return now[-1] if now else None

    def before(self) -> Said:
        """What this party was told before the last change; stays the same once the change is told, too."""
        entries = [earlier(entry) for entry in self.hearing.changes]
        older = [proof.revision for proof in self.proofs if proof.revision < len(entries)]
        if not older:
            for said in map(_said, self._notices()):
                if said is not None and said != said_now(self.hearing):
                    return said
        was = entries[max(older) if older else -1]
        return was.day, time_of(was.start), was.place

    def _notices(self) -> list[Paper]:
        return [
            paper for paper in self.papers if paper.form in (FormId.HEARING_NOTICE, FormId.HEARING_CHANGE)
        ]

    def _told_otherwise(self) -> bool:
        if any(proof.revision < revision_of(self.hearing) for proof in self.proofs):
            return True
        return bool(self.hearing.changes) and self.outdated()


def told_of(uow: UnitOfWork, hearing: Hearing) -> dict[str, Told]:
    """What each party was told, by party id; parties who were told nothing are not in it."""
    proofs: dict[str, list[ServiceProof]] = {}
    found = select(ServiceProof).where(ServiceProof.subject_id == hearing.id)
    for proof in uow.session.scalars(found.order_by(ServiceProof.revision, ServiceProof.served_on)):
        proofs.setdefault(proof.party_id, []).append(proof)
    papers: dict[str, list[Paper]] = {}
    printed = select(Paper).where(
        Paper.case_id == hearing.case_id,
        Paper.form.in_(NOTICE_FORMS),
        Paper.subject_id.startswith(f"{hearing.id}:"),
    )
    for paper in uow.session.scalars(printed.order_by(Paper.made_at.desc(), Paper.id.desc())):
        papers.setdefault(paper.subject_id.partition(":")[2], []).append(paper)
    return {
        party_id: Told(hearing, tuple(proofs.get(party_id, ())), tuple(papers.get(party_id, ())))
        for party_id in proofs.keys() | papers.keys()
    }


def hearing_papers(uow: UnitOfWork, case: Case) -> Iterator[tuple[FormId, str, str]]:
    """The papers the hearings of a case can have: form, subject `hearing:party`, what tells them apart.

    A fixed hearing has notices; who was told another time has one of the change; who was told of a hearing
    that was called off has one of that. With the first notice comes the slip that proves its service.
    """
    rows = select(Hearing).where(Hearing.case_id == case.id, Hearing.kind != HearingKind.VISIT)
    for hearing in uow.session.scalars(rows.order_by(Hearing.seq)):
        known = told_of(uow, hearing)
        for party in receivers(case, hearing):
            told = known.get(party.id, Told(hearing, (), ()))
            subject = f"{hearing.id}:{party.id}"
            detail = f"{party.name} {hearing.day.month}月{hearing.day.day}日"
            yield from ((form, subject, detail) for form in _forms(told))


def _forms(told: Told) -> Iterator[FormId]:
    status = told.hearing.status
    if status not in (HearingStatus.TENTATIVE, HearingStatus.CANCELLED):
        yield FormId.HEARING_NOTICE
    due = told.due()
    if due in (NoticeKind.CHANGED, NoticeKind.CANCELLED):
        yield FORM_OF[due]
    if due is not None and told.printed():
        yield FormId.SERVICE_PROOF


def hearing_paper(
    uow: UnitOfWork, case: Case, what: tuple[FormId, str, str], on: date, roles: dict[str, str]
) -> PaperRecord:
    """The record of one paper of a hearing; `what`: form, subject, number; `roles`: the parties' words."""
    form, subject_id, number = what
    hearing_id, _, party_id = subject_id.partition(":")
    hearing = uow.get(Hearing, hearing_id)
    party = next((one for one in case.parties if one.id == party_id), None)
    if party is None:
        raise Refused(Reason.NOT_FOUND)
    receiver = PaperName(roles[party.role], party.name)
    if form == FormId.HEARING_NOTICE:
        return _notice(uow, case, hearing, (receiver, number, on))
    told = told_of(uow, hearing).get(party_id, Told(hearing, (), ()))
    if form == FormId.SERVICE_PROOF:
        return _proof(uow, case, party, receiver, told)
    return _change(uow, case, told, (receiver, number, on))


def _notice(
    uow: UnitOfWork, case: Case, hearing: Hearing, to: tuple[PaperName, str, date]
) -> HearingNoticePaper:
    office, mediators = uow.office(), mediators_of(case)
    receiver, number, on = to
    return HearingNoticePaper(
        number=number,
        committee=office.committee,
        receiver=receiver,
        dispute=case.title,
        held_on=hearing.day,
        starts=time_of(hearing.start),
        place=hearing.place,
        mediators=mediators,
        recorder=hearing.recorder,
        contact=case.first_contact or next(iter(mediators), ""),
        contact_phone=office.phone,
        issued_on=on,
    )


def _change(uow: UnitOfWork, case: Case, told: Told, to: tuple[PaperName, str, date]) -> HearingChangePaper:
    hearing, office = told.hearing, uow.office()
    receiver, number, on = to
    called_off = hearing.status == HearingStatus.CANCELLED
    was_on, was_at, was_place = said_now(hearing) if called_off else told.before()
    return HearingChangePaper(
        number=number,
        committee=office.committee,
        receiver=receiver,
        dispute=case.title,
        was_on=was_on,
        was_at=was_at,
        was_place=was_place,
        reason=hearing.changes[-1]["reason"],
        held_on=None if called_off else hearing.day,
        starts=None if called_off else time_of(hearing.start),
        place="" if called_off else hearing.place,
        contact=case.first_contact or next(iter(mediators_of(case)), ""),
        contact_phone=office.phone,
        issued_on=on,
    )


def _proof(uow: UnitOfWork, case: Case, party: Party, receiver: PaperName, told: Told) -> ServiceProofPaper:
    paper, proof = told.papers[0] if told.papers else None, told.proof()
    village = party.village if party.village and party.village not in party.address else ""
    return ServiceProofPaper(
        number=case.number,
        committee=uow.office().committee,
        dispute=case.title,
        receiver=receiver,
        place=(proof.place if proof else "") or village + party.address,
        document=paper.title if paper else "",
        document_number=(paper.number or "") if paper else "",
        method=ServiceMethod(proof.method) if proof else None,
        server=proof.server if proof else "",
        served_on=proof.served_on if proof else None,
        taker=proof.receiver if proof else "",
        relation=proof.relation if proof else "",
        refused_note=proof.refused_note if proof else "",
    )


def mediators_of(case: Case) -> tuple[str, ...]:
    """The names of the mediators now on the case, the lead first."""
    active = [row for row in case.assignments if row.ended_on is None]
    return tuple(row.mediator_name for row in sorted(active, key=lambda row: (row.role != "lead", row.seat)))


def time_of(minutes: int) -> time:
    """Minutes since midnight as a time of day."""
    return time(*divmod(minutes, 60))


def said_now(hearing: Hearing) -> Said:
    """What a notice of the hearing says now."""
    return hearing.day, time_of(hearing.start), hearing.place


def _said(paper: Paper) -> Said | None:
    """When and where a printed notice says the hearing is."""
    record = json.loads(paper.data)["record"]
    if not record.get("held_on"):
        return None
    return date.fromisoformat(record["held_on"]), time.fromisoformat(record["starts"]), record["place"]
