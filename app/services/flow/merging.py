"""Put a dispute into another case that is about the same (并案)."""

from app.domain.actor import Permission
from app.domain.cases import PRINCIPALS, CaseView, Consent
from app.domain.casework.inputs import MergeInput
from app.domain.changes import Topic
from app.domain.errors import Problem
from app.domain.flow import BEFORE_AGREEMENT, BEFORE_DECISION, CaseAction, CaseStatus, Deed
from app.models.base import new_id
from app.models.case import Case, Party, current_parties
from app.models.people import Particulars
from app.services.flow.answers import finished, refuse_invalid
from app.services.flow.ways import refuse_hindered
from app.services.kernel.history import enter_triage, move, own_case, record
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.parties.changing import count_people

_COPIED = (
    *Particulars.__annotations__, "role", "person_id", "agent_kind", "agent_powers", "consent", "consent_on",
    "capacity",
)  # fmt: skip


@use_case(needs=Permission.CASE_DECIDE)
def merge_cases(uow: UnitOfWork, case_id: str, wanted: MergeInput) -> CaseView:
    """Let an undecided dispute go on in another case that is not settled yet; both histories say so.

    Who is missing there becomes a party of it when asked; recusal looks at them like at any new party.
    Refuses HINDERED while a risk of it is open, for the case it goes on in does not show it; INVALID for a
    case that is this one, another office's or settled, and for bringing somebody who refuses into one that
    is mediated already (PML 17); WRONG_STATUS, READ_ONLY_CASE.
    """
    case = own_case(uow, case_id, *BEFORE_DECISION)
    refuse_invalid(wanted.problems())
    into = uow.get(Case, wanted.into_id)
    refuse_invalid(tuple(_problems(uow, case, into, wanted)))
    refuse_hindered(uow, case, Deed.MERGE)
    enter_triage(uow, case)
    case.merged_into = into.id
    reason = wanted.reason.strip()
    move(uow, case, CaseStatus.MERGED, CaseAction.MERGED, f"{into.number}：{reason}")
    record(uow, into, CaseAction.TOOK_IN, f"{case.number}：{reason}")
    taken = _take_parties(uow, case, into) if wanted.take_parties else 0
    uow.note(into.id, took_in=case.id, parties=taken)
    uow.changed(Topic.PEOPLE)
    return finished(uow, case, into=into.id)


def _problems(uow: UnitOfWork, case: Case, into: Case, wanted: MergeInput) -> list[Problem]:
    if into.id == case.id:
        return [Problem("into_id", "merge_itself")]
    mergeable = CaseStatus(into.status) in BEFORE_DECISION | BEFORE_AGREEMENT
    if into.owner != uow.office().node or not mergeable:
        return [Problem("into_id", "merge_closed")]
    if wanted.take_parties and CaseStatus(into.status) not in BEFORE_DECISION:
        names = "、".join(party.name for party in _coming(case, into) if party.consent == Consent.REFUSED)
        return [Problem("take_parties", "merge_refused", (("names", names),))] if names else []
    return []


def _coming(case: Case, into: Case) -> list[Party]:
    """Who is missing in the other case."""
    there = {_who(party) for party in current_parties(into)}
    return [party for party in current_parties(case) if _who(party) not in there]


def _take_parties(uow: UnitOfWork, case: Case, into: Case) -> int:
    """Copy those missing there, whom they stand for translated to the parties of the other case."""
    there = {_who(party): party for party in current_parties(into)}
    coming = _coming(case, into)
    ids = {
        party.id: there[_who(party)].id if _who(party) in there else new_id()
        for party in current_parties(case)
    }
    for party in current_parties(case):
        if party not in coming:
            _stand_for(there[_who(party)], [ids[key] for key in party.represents if key in ids])
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
    count_people(into)
    return len(coming)


def _stand_for(there: Party, others: list[str]) -> None:
    """An agent of both cases acts in the one that goes on for all whom it acted for."""
    if missing := [key for key in others if key not in there.represents and key != there.id]:
        there.represents = [*there.represents, *missing]


def _who(party: Party) -> tuple[str, str, bool]:
    """By what a person of one case is known in another: the register's entry, else the name and number.

    Who is a party here and acts for somebody there is in the dispute twice.
    """
    principal = party.role in PRINCIPALS
    return (party.person_id or party.name, "" if party.person_id else party.id_no, principal)
