"""What is to be known before and while a court is asked to confirm an agreement (CPL 205-206, PML 33)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import func, select

from app.domain.actor import Permission
from app.domain.agreements import AgreementForm
from app.domain.cases import PRINCIPALS, CaseSource, DueDate
from app.domain.confirming.confirmation import (
    ConfirmationCheck,
    ConfirmationDesk,
    ConfirmationOutcome,
    ConfirmationStage,
    ConfirmationView,
    Doubt,
    Jurisdiction,
    Material,
    MaterialRow,
    stage_of,
    unconfirmable_words,
)
from app.domain.confirming.entrustment import COURT_PROCEDURES
from app.domain.deadlines import RuleCode, due
from app.domain.papers.attachments import AttachmentCategory
from app.domain.papers.forms import FormId
from app.models.after import Confirmation
from app.models.agreement import Agreement
from app.models.case import Case, parties_on
from app.models.flow import Extension
from app.models.paper import Paper
from app.models.work import Attachment
from app.services.agreements.standing import agreements_of
from app.services.kernel.rulebook import calendar, time_rules
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

_FORMS: dict[Material, tuple[FormId, ...]] = {
    Material.APPLICATION: (FormId.CONFIRMATION_APPLICATION,),
    Material.AGREEMENT: (FormId.AGREEMENT, FormId.ORAL_AGREEMENT),
    Material.CERTIFICATE: (FormId.MEDIATION_CERTIFICATE,),
}
_CATEGORIES: dict[Material, tuple[AttachmentCategory, ...]] = {
    Material.APPLICATION: (AttachmentCategory.CONFIRMATION,),
    Material.AGREEMENT: (AttachmentCategory.AGREEMENT,),
    Material.IDENTITY: (AttachmentCategory.APPLICANT, AttachmentCategory.RESPONDENT),
    Material.PROPERTY: (AttachmentCategory.EVIDENCE,),
    Material.ADDRESS: (AttachmentCategory.ADDRESS,),
}


@use_case(needs=Permission.READ, writes=False)
def confirmation_check(uow: UnitOfWork, agreement_id: str) -> ConfirmationCheck:
    """The clock, the applicants, the words that speak against it and the materials of one agreement.

    The last day is counted from the effect and moved past days of rest (PML 33, CPL 205; T-CONF). Refuses
    NOT_FOUND.
    """
    agreement = uow.get(Agreement, agreement_id)
    return check_of(uow, uow.get(Case, agreement.case_id), agreement)


@use_case(needs=Permission.READ, writes=False)
def open_confirmation(uow: UnitOfWork, case_id: str) -> ConfirmationDesk:
    """All agreements of a case in effect, the newest first, with what became of their confirmation.

    A replaced agreement is told of only when somebody applied for it. Refuses NOT_FOUND.
    """
    case = uow.get(Case, case_id)
    found = [check_of(uow, case, row) for row in agreements_of(uow, case.id) if row.effective_on is not None]
    shown = [one for one in found if not one.replaced or one.current is not None]
    return ConfirmationDesk(
        case_id=case.id,
        case_number=case.number,
        title=case.title,
        writable=case.owner == uow.office().node,
        checks=tuple(sorted(shown, key=lambda one: (one.replaced, -one.seq))),
        today=uow.today(),
    )


def check_of(uow: UnitOfWork, case: Case, agreement: Agreement) -> ConfirmationCheck:
    """The record of `confirmation_check`."""
    return _Sight(uow, case, agreement).check()


def last_day(uow: UnitOfWork, agreement: Agreement) -> DueDate | None:
    """The last day of the parties to apply; None while the agreement is not in effect."""
    if agreement.effective_on is None:
        return None
    return due(time_rules(uow)[RuleCode.CONFIRM], agreement.effective_on, calendar(uow))


def rulings_of(uow: UnitOfWork, case_id: str) -> tuple[str, ...]:
    """The rulings that confirmed an agreement of the case: what enforcement rests on (CPL 206)."""
    rows = select(Confirmation.document_no).where(
        Confirmation.case_id == case_id, Confirmation.outcome == ConfirmationOutcome.VALID
    )
    return tuple(uow.session.scalars(rows.order_by(Confirmation.decided_on, Confirmation.id)))


def inviting_court(case: Case) -> str:
    """The court that gave this case to the committee; only that one confirms what comes of it (CPL 205)."""
    invited = case.procedure in COURT_PROCEDURES or case.source == CaseSource.COURT
    return case.source_unit if invited else ""


@dataclass
class _Sight:
    """One agreement looked at; each table is read once."""

    uow: UnitOfWork
    case: Case
    agreement: Agreement

    @cached_property
    def applications(self) -> list[Confirmation]:
        rows = select(Confirmation).where(Confirmation.agreement_id == self.agreement.id)
        return list(self.uow.session.scalars(rows.order_by(Confirmation.id)))

    @cached_property
    def current(self) -> Confirmation | None:
        """The one that counts: what is open, else the last that ended."""
        still_open = [row for row in self.applications if row.outcome is None]
        ended = sorted(self.applications, key=lambda row: (str(row.decided_on or ""), row.id))
        return next(iter(still_open), None) or (ended[-1] if ended else None)

    def check(self) -> ConfirmationCheck:
        row, current, last = self.agreement, self.current, last_day(self.uow, self.agreement)
        earlier = [one for one in self.applications if one is not current]
        return ConfirmationCheck(
            agreement_id=row.id,
            case_id=self.case.id,
            number=row.number or "",
            seq=row.seq,
            agreed_on=row.agreed_on,
            effective_on=row.effective_on,
            replaced=row.replaced_by_id is not None,
            oral=row.form == AgreementForm.ORAL,
            due=last,
            days_left=(last.due_on - self.uow.today()).days if last else None,
            words=self._words(),
            applicants=self._applicants(),
            materials=self._materials(),
            invited_by=inviting_court(self.case),
            usual_court=self._usual_court(),
            stage=_stage(current) if current else ConfirmationStage.NONE,
            current=self._view(current) if current else None,
            earlier=tuple(self._view(one) for one in earlier),
        )

    def _words(self) -> tuple[str, ...]:
        duties = [f"{duty.act} {duty.manner}" for duty in self.agreement.obligations]
        return unconfirmable_words((*self.agreement.terms, self.agreement.breach, *duties))

    def _applicants(self) -> tuple[tuple[str, str], ...]:
        """Everybody the agreement binds: who signed it, else who was a party that day."""
        signed = {row.party_id for row in self.agreement.signatures}
        there = {row.id for row in parties_on(self.case, self.agreement.agreed_on)}
        bound = signed or there
        return tuple(
            (party.id, party.name)
            for party in self.case.parties
            if party.role in PRINCIPALS and party.id in bound
        )

    def _usual_court(self) -> str:
        rows = select(Confirmation.court).where(Confirmation.applied_on.is_not(None))
        last = rows.order_by(Confirmation.applied_on.desc(), Confirmation.id.desc()).limit(1)
        return self.uow.session.scalars(last).first() or ""

    def _materials(self) -> tuple[MaterialRow, ...]:
        given = self.current.materials if self.current else ()
        papers = self.uow.session.execute(
            select(Paper.form, Paper.title)
            .where(Paper.case_id == self.case.id, Paper.subject_id == self.agreement.id)
            .distinct()
        ).all()
        scans = self.uow.session.execute(
            select(Attachment.category, Attachment.title)
            .where(Attachment.case_id == self.case.id)
            .order_by(Attachment.added_at, Attachment.id)
        ).all()
        return tuple(
            MaterialRow(
                material=material,
                needed=material is not Material.PROPERTY,
                found=(
                    *(title for form, title in papers if form in _FORMS.get(material, ())),
                    *(title for kind, title in scans if kind in _CATEGORIES.get(material, ())),
                ),
                given=material in given,
            )
            for material in Material
        )

    def _view(self, row: Confirmation) -> ConfirmationView:
        return ConfirmationView(
            id=row.id,
            row_version=row.row_version,
            stage=_stage(row),
            court=row.court,
            jurisdiction=Jurisdiction(row.jurisdiction),
            applied_by=tuple(row.applied_by),
            materials=tuple(Material(name) for name in row.materials),
            doubts=tuple(Doubt(name) for name in row.doubts),
            override_reason=row.override_reason,
            applied_on=row.applied_on,
            docket_no=row.docket_no,
            docketed_on=row.docketed_on,
            outcome=ConfirmationOutcome(row.outcome) if row.outcome else None,
            document_no=row.document_no,
            decided_on=row.decided_on,
            note=row.note,
            ruling_due=next(self._ruling(row), None),
        )

    def _ruling(self, row: Confirmation) -> Iterator[DueDate]:
        """Until when the court decides, as its president may have made it longer (CPL 187; T-CONF-R)."""
        if row.docketed_on is None or row.outcome is not None:
            return
        granted = select(func.sum(Extension.amount)).where(
            Extension.case_id == self.case.id, Extension.rule == RuleCode.CONFIRM_RULING
        )
        longer = self.uow.session.scalar(granted) or 0
        rule = time_rules(self.uow)[RuleCode.CONFIRM_RULING]
        yield due(rule, row.docketed_on, calendar(self.uow), extended=longer)


def _stage(row: Confirmation) -> ConfirmationStage:
    return stage_of(row.applied_on, row.docketed_on, row.outcome)
