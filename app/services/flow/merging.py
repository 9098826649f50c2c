"""Put a dispute into another case that is about the same (并案)."""

from app.domain.actor import Permission
from app.domain.cases import CaseView
from app.domain.casework.inputs import MergeInput
from app.domain.changes import Topic
from app.domain.errors import Problem
from app.domain.flow import BEFORE_AGREEMENT, BEFORE_DECISION, CaseAction, CaseStatus
from app.models.base import new_id
from app.models.case import Case, Party, current_parties
from app.models.people import Particulars
from app.services.flow.answers import finished, refuse_invalid
from app.services.kernel.history import enter_triage, move, own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case

_COPIED = (
    *Particulars.__annotations__, "role", "person_id", "agent_kind", "agent_powers", "consent", "consent_on",
    "capacity",
)  # fmt: skip


@use_case(needs=Permission.CASE_DECIDE)
def merge_cases(uow: UnitOfWork, case_id: str, wanted: MergeInput) -> CaseView:
    """Let an undecided dispute go on in another case that is not settled yet; both histories say so.

    Who is missing there becomes a party of it when asked; recusal looks at them like at any new party.
    Refuses INVALID for a case that is this one, another office's or settled, WRONG_STATUS, READ_ONLY_CASE.
    """
    case = own_case(uow, case_id, *BEFORE_DECISION)
    refuse_invalid(wanted.problems())
    into = uow.get(Case, wanted.into_id)
    refuse_invalid(tuple(_problems(uow, case, into)))
    enter_triage(uow, case)
    case.merged_into = into.id
    reason = wanted.reason.strip()
    move(uow, case, CaseStatus.MERGED, CaseAction.MERGED, f"{into.number}：{reason}")
    record(uow, into, CaseAction.TOOK_IN, f"{case.number}：{reason}")
    taken = _take_parties(uow, case, into) if wanted.take_parties else 0
    uow.note(into.id, took_in=case.id, parties=taken)
    uow.changed(Topic.PEOPLE)
    return finished(uow, case, into=into.id)


def _problems(uow: UnitOfWork, case: Case, into: Case) -> list[Problem]:
    if into.id == case.id:
        return [Problem("into_id", "merge_itself")]
    mergeable = CaseStatus(into.status) in BEFORE_DECISION | BEFORE_AGREEMENT
    if into.owner != uow.office().node or not mergeable:
        return [Problem("into_id", "merge_closed")]
    return []


def _take_parties(uow: UnitOfWork, case: Case, into: Case) -> int:
    """Copy those missing there, whom they stand for translated to the parties of the other case."""
    there = {_who(party): party.id for party in current_parties(into)}
    coming = [party for party in current_parties(case) if _who(party) not in there]
    ids = {party.id: there.get(_who(party)) or new_id() for party in current_parties(case)}
    seat = max((party.seat for party in into.parties), default=-1)
    for at, party in enumerate(coming, start=1):
        into.parties.append(
            Party(
                id=ids[party.id],
                case_id=into.id,
                seat=seat + at,
                represents=[ids[key] for key in party.represents if key in ids],
                **{name: getattr(party, name) for name in _COPIED},
            )
        )
        record(uow, into, CaseAction.PARTY_ADDED, party.name)
    return len(coming)


def _who(party: Party) -> tuple[str, str]:
    """By what a person of one case is known in another: the register's entry, else the name and number."""
    return (party.person_id or party.name, "" if party.person_id else party.id_no)
