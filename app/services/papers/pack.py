"""The papers for the court, made final together."""

from app.domain.actor import Permission
from app.domain.papers.listing import PrintedPaper
from app.models.agreement import Agreement
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.papers.confirmation_records import CONFIRMATION_FORMS
from app.services.papers.printing import print_paper


@use_case(needs=Permission.PAPER_PRINT)
def print_pack(uow: UnitOfWork, agreement_id: str) -> tuple[PrintedPaper, ...]:
    """Make the application and the committee's certificate final, both or neither (CPL-INT; F20).

    The same data again gives the stored files. Refuses what `print_paper` refuses.
    """
    agreement = uow.get(Agreement, agreement_id)
    return tuple(print_paper(uow, agreement.case_id, form, agreement.id) for form in CONFIRMATION_FORMS)
