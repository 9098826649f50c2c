"""Counts what lies in a case beside its parties and its matter."""

from typing import cast

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.actor import Permission
from app.domain.casework.contents import CaseContents
from app.models.after import Confirmation, FollowUp, Receipt
from app.models.agreement import Agreement
from app.models.flow import RiskReport
from app.models.work import Attachment, Conference, Evidence, Investigation, Visit
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case


@use_case(needs=Permission.READ, writes=False)
def count_contents(uow: UnitOfWork, case_id: str) -> CaseContents:
    """How many visits, records, scans and acts of performance a case has; all 0 for a case not there."""

    def count(column: InstrumentedAttribute[str], *wanted: ColumnElement[bool]) -> int:
        return cast("int", uow.session.scalar(select(func.count()).where(column == case_id, *wanted)))

    return CaseContents(
        visits=count(Visit.case_id),
        investigations=count(Investigation.case_id),
        evidence=count(Evidence.case_id),
        attachments=count(Attachment.case_id),
        conferences=count(Conference.case_id),
        risks=count(RiskReport.case_id),
        open_risks=count(RiskReport.case_id, RiskReport.cleared_on.is_(None)),
        agreements=count(Agreement.case_id),
        receipts=count(Receipt.case_id, Receipt.void_reason.is_(None)),
        follow_ups=count(FollowUp.case_id),
        confirmations=count(Confirmation.case_id),
    )
