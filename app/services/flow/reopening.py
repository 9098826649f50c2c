"""Let a closed case go on as a linked copy with a new number (3.1)."""

from app.domain.actor import Permission
from app.domain.cases import CaseView, Consent
from app.domain.casework.inputs import ReopenInput
from app.domain.flow import CaseAction, CaseStatus
from app.domain.values.numbers import Series
from app.models.base import new_id
from app.models.case import Case, Party, current_parties
from app.models.people import Particulars
from app.services.cases.register import next_sk
from app.services.flow.answers import finished, refuse_invalid
from app.services.kernel.history import enter_triage, move, own_case, record
from app.services.kernel.numbering import take_number
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

_MATTER = (
    "title", "summary", "request", "type_a", "type_b", "source", "channel", "source_unit", "source_letter",
    "place", "amount_fen", "people_count", "difficulty", "difficulty_reason", "procedure",
    "issues", "undisputed", "court_case_no", "police_case_no", "first_contact", "owner",
)  # fmt: skip
_PERSON = (*Particulars.__annotations__, "role", "person_id", "agent_kind", "agent_powers", "capacity")


@use_case(needs=Permission.CASE_DECIDE)
def reopen_case(uow: UnitOfWork, case_id: str, wanted: ReopenInput) -> CaseView:
    """Take a closed case up again, with the reason: the old one stays as it was, its copy is sorted anew.

    The copy has its own number, the matter and the people of today; everybody is asked for consent again.
    Gives the copy. Refuses INVALID, WRONG_STATUS once the volume is locked.
    """
    old = own_case(uow, case_id, CaseStatus.CLOSED, CaseStatus.STRUCK_OFF)
    refuse_invalid(wanted.problems())
    copy = _copy_of(uow, old)
    uow.session.add(copy)
    uow.session.flush()
    reason = wanted.reason.strip()
    record(uow, copy, CaseAction.REGISTERED, f"{old.number}：{reason}")
    enter_triage(uow, copy)
    move(uow, old, CaseStatus.REOPENED, CaseAction.REOPENED, f"{copy.number}：{reason}")
    uow.note(old.id, reopened_as=copy.id)
    return finished(uow, copy, number=copy.number, reopened_from=old.id)


def _copy_of(uow: UnitOfWork, old: Case) -> Case:
    copy_id, now = new_id(), uow.now()
    copy = Case(
        id=copy_id,
        sk=next_sk(uow, uow.today()),
        number=take_number(uow, Series.CASE, copy_id),
        status=CaseStatus.REGISTERED,
        received_at=now,
        registrar=uow.actor.name,
        risk_flags=[],  # a risk that still stands is reported anew, in the case that goes on
        reopened_from=old.id,
        **{field: getattr(old, field) for field in _MATTER},
    )
    people = current_parties(old)
    ids = {party.id: new_id() for party in people}
    copy.parties = [
        Party(
            id=ids[party.id],
            case_id=copy_id,
            seat=seat,
            represents=[ids[key] for key in party.represents if key in ids],
            consent=Consent.UNASKED,
            **{name: getattr(party, name) for name in _PERSON},
        )
        for seat, party in enumerate(people)
    ]
    return copy
