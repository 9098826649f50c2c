"""Runs the recusal check again whenever people of a case, their ties or its mediators changed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import or_, select

from app.domain.cases import PRINCIPALS, PartyRole
from app.domain.casework.hindrances import Hindrance, HindranceCode
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.flow import MEDIATING, CaseAction, CaseStatus, Deed
from app.domain.recusal import Finding, RecusalVerdict
from app.models.base import Base
from app.models.case import Assignment, Case, Party, current_parties
from app.models.flow import RecusalDecision
from app.models.people import Person, Relation
from app.models.roster import Mediator
from app.services.kernel.entries import entries_with
from app.services.kernel.history import record
from app.services.kernel.ties import recusal_of
from app.services.kernel.unit_of_work import UnitOfWork

Row = TypeVar("Row", bound=Base)
_WHO = frozenset({"", "name", "id_no", "phone", "birth", "village", "address"})
_LOOKED_AT: dict[str, frozenset[str]] = {
    Party.__tablename__: _WHO | {"role", "person_id", "represents", "left_on"},
    Assignment.__tablename__: frozenset({"", "ended_on", "role"}),
    Case.__tablename__: frozenset({"status"}),
    Relation.__tablename__: frozenset({"", "person_a", "person_b", "kind"}),
    Person.__tablename__: (_WHO - {""}) | {"household", "employer", "merged_into"},
    Mediator.__tablename__: _WHO - {""},
}
"""Which fields of which tables say something about a tie; "" is a row that came or went."""
_OPEN_STATES = tuple(str(status) for status in MEDIATING)


def review_changed(uow: UnitOfWork) -> None:
    """Check the mediators of every case this action may have brought near to somebody (TY16 15).

    Called once at the end of every action, so that no use case can forget it. An import writes what other
    offices decided and changes none of it; `review_arrivals` follows it.
    """
    uow.session.flush()
    if uow.keeps_revisions:
        return
    changed: dict[str, set[str]] = {}
    cases: set[str] = set()
    ends: set[str] = set()
    for case_id, kind, row_id, field, before, after in uow.journalled():
        went_on = field == "status" and before in _OPEN_STATES and after in _OPEN_STATES
        if field not in _LOOKED_AT.get(kind, ()) or went_on:
            continue
        if case_id:
            cases.add(case_id)
        else:
            changed.setdefault(kind, set()).add(row_id)
        if kind == Relation.__tablename__ and before is not None and not field:
            ends.update((before["person_a"], before["person_b"]))  # the row is gone
        if kind == Person.__tablename__ and field == "merged_into" and before:
            ends.add(before)  # parted from it
    if changed:
        cases.update(_cases_of(uow, changed, ends))
    for case_id in sorted(cases):
        case = uow.session.get(Case, case_id)
        if case is not None:
            _review_recusal(uow, case)


def review_arrivals(uow: UnitOfWork, arrived: Sequence[str]) -> None:
    """Check the own cases whose people also stand in cases that came from elsewhere."""
    came = select(Party.person_id, Party.id_no).where(Party.case_id.in_(arrived))
    rows = uow.session.execute(came).all()
    entries = {person_id for person_id, _ in rows if person_id}
    numbers = {number for _, number in rows if number}
    for case_id in sorted(_open_cases(uow, entries, numbers)):
        _review_recusal(uow, uow.get(Case, case_id))


def _review_recusal(uow: UnitOfWork, case: Case) -> None:
    """Write down the new blocking ties of the mediators now on a case, and what is no tie any more."""
    if case.owner != uow.office().node:
        return
    rows = uow.session.scalars(select(RecusalDecision).where(RecusalDecision.case_id == case.id)).all()
    active = [row for row in case.assignments if row.ended_on is None]
    if CaseStatus(case.status) not in MEDIATING:
        active = []
    ids = {row.mediator_id for row in active}
    for row in rows:
        if row.decided_on is None and row.mediator_id not in ids:
            _close(uow, row)
    mediators = uow.session.scalars(select(Mediator).where(Mediator.id.in_(ids))).all() if ids else ()
    found = recusal_of(uow, case, mediators) if mediators else {}
    for assignment in active:
        ties = found.get(assignment.mediator_id, ())
        own = [row for row in rows if row.mediator_id == assignment.mediator_id]
        _compare(uow, (case, assignment), own, {tie.key: tie for tie in ties if tie.blocks})


def open_recusals(uow: UnitOfWork, case_id: str) -> tuple[str, ...]:
    """The names of the mediators about whom something is found or asked and not decided."""
    rows = uow.session.scalars(
        select(RecusalDecision.mediator_name)
        .where(RecusalDecision.case_id == case_id, RecusalDecision.decided_on.is_(None))
        .order_by(RecusalDecision.id)
    )
    return tuple(dict.fromkeys(rows))


def refuse_undecided(uow: UnitOfWork, case: Case) -> None:
    """Refuse HINDERED a session, an agreement or a signature while a recusal waits for its decision (G4)."""
    if names := open_recusals(uow, case.id):
        open_one = Hindrance(HindranceCode.RECUSAL_OPEN, Deed.RECUSAL, (("mediators", names),))
        raise Refused(Reason.HINDERED, hindrances=(open_one,))


def _compare(
    uow: UnitOfWork,
    place: tuple[Case, Assignment],
    rows: Sequence[RecusalDecision],
    ties: dict[tuple[str, ...], Finding],
) -> None:
    """Hold the ties found now against those written down about one mediator."""
    case, assignment = place
    waiting = next((row for row in rows if row.decided_on is None and row.asked_by is None), None)
    noted = _keys(waiting.findings) if waiting else set()
    known = noted | {key for row in rows if _stands(case, row) for key in _keys(row.findings)}
    if assignment.override_reason and not rows:  # decided when it was assigned, before this was kept apart
        known |= _keys(assignment.findings)
    new = [tie for key, tie in ties.items() if key not in known]
    if waiting is not None:
        still = [tie for key, tie in ties.items() if key in noted]
        texts = [tie.as_text() for tie in (*still, *new)]
        if not texts:
            _close(uow, waiting)
        elif texts != waiting.findings:
            waiting.findings = texts
            uow.changed(Topic.CASES)
    elif new:
        _add_finding(uow, case, assignment, new)
    if new:
        record(uow, case, CaseAction.RECUSAL_FOUND, assignment.mediator_name)


def _add_finding(
    uow: UnitOfWork, case: Case, assignment: Assignment, ties: Iterable[Finding]
) -> RecusalDecision:
    """A row that waits for a decision about these ties of a mediator."""
    row = RecusalDecision(
        case_id=case.id,
        mediator_id=assignment.mediator_id,
        mediator_name=assignment.mediator_name,
        findings=[tie.as_text() for tie in ties],
        asked_by=None,
        decision=RecusalVerdict.OPEN,
        reason="",
        consented=[],
        decided_on=None,
    )
    uow.session.add(row)
    uow.changed(Topic.CASES)
    return row


def overrule(
    uow: UnitOfWork, case: Case, assignment: Assignment, ties: Sequence[Finding], consented: tuple[str, ...]
) -> None:
    """Write down why a mediator was assigned in spite of ties, and who consents.

    Until all parties consent the decision stays open, and the case cannot go on (TY16 15).
    """
    asked = select(RecusalDecision).where(
        RecusalDecision.case_id == case.id, RecusalDecision.mediator_id == assignment.mediator_id
    )
    rows = uow.session.scalars(asked).all()
    keys = {tie.key for tie in ties}
    if any(_stands(case, row) and keys <= _keys(row.findings) for row in rows):
        return
    waiting = (row for row in rows if row.decided_on is None and row.asked_by is None)
    row = next(waiting, None) or _add_finding(uow, case, assignment, ties)
    row.findings = [tie.as_text() for tie in ties]
    row.reason, row.consented = assignment.override_reason, list(consented)
    if principal_ids(case) <= set(consented):
        row.decision, row.decided_on, row.decided_by = RecusalVerdict.KEPT, uow.today(), uow.actor.name


def answered_keys(uow: UnitOfWork, case: Case) -> set[tuple[str, ...]]:
    """The ties of this case that were decided and whose decision still holds."""
    rows = uow.session.scalars(select(RecusalDecision).where(RecusalDecision.case_id == case.id))
    return {key for row in rows if _stands(case, row) for key in _keys(row.findings)}


def principal_ids(case: Case) -> set[str]:
    """The ids of the parties now in the case whose consent counts."""
    return {party.id for party in current_parties(case) if PartyRole(party.role) in PRINCIPALS}


def _stands(case: Case, row: RecusalDecision) -> bool:
    """Whether a decision still answers for its ties: who came later has not consented yet."""
    if row.decision == RecusalVerdict.NOT_FOUNDED:
        return True
    if row.decision != RecusalVerdict.KEPT:
        return False
    return principal_ids(case) <= set(row.consented)


def _close(uow: UnitOfWork, row: RecusalDecision) -> None:
    row.decision, row.decided_on = RecusalVerdict.MOOT, uow.today()
    uow.changed(Topic.CASES)


def _keys(texts: Iterable[str]) -> set[tuple[str, ...]]:
    return {Finding.from_text(text).key for text in texts}


def _cases_of(uow: UnitOfWork, changed: dict[str, set[str]], ends: set[str]) -> set[str]:
    """The open cases the changed persons, relations and mediators of the office have to do with."""
    people = set(ends)
    people.update(changed.get(Person.__tablename__, ()))
    for relation in _rows(uow, Relation, changed.get(Relation.__tablename__, ())):
        people.update((relation.person_a, relation.person_b))
    mediators = set(changed.get(Mediator.__tablename__, ()))
    people.update(entries_with(uow, people))
    entries = list(_rows(uow, Person, people))
    if entries:
        same = or_(
            Mediator.name.in_([person.name for person in entries]),
            Mediator.id_no.in_([person.id_no for person in entries if person.id_no]),
        )
        mediators.update(uow.session.scalars(select(Mediator.id).where(same)))
    numbers = {person.id_no for person in entries if person.id_no}
    return _open_cases(uow, people, numbers) | _cases_of_mediators(uow, mediators)


def _rows(uow: UnitOfWork, kind: type[Row], ids: Iterable[str]) -> Iterator[Row]:
    for row_id in ids:
        row = uow.session.get(kind, row_id)
        if row is not None:
            yield row


def _open_cases(uow: UnitOfWork, entries: set[str], numbers: set[str]) -> set[str]:
    if not entries and not numbers:
        return set()
    found = (
        select(Case.id)
        .join(Party, Party.case_id == Case.id)
        .where(
            or_(Party.person_id.in_(entries), Party.id_no.in_(numbers)),
            Case.owner == uow.office().node,
            Case.status.in_(_OPEN_STATES),
        )
    )
    return set(uow.session.scalars(found))


def _cases_of_mediators(uow: UnitOfWork, ids: set[str]) -> set[str]:
    if not ids:
        return set()
    found = (
        select(Case.id)
        .join(Assignment, Assignment.case_id == Case.id)
        .where(
            Assignment.mediator_id.in_(ids),
            Assignment.ended_on.is_(None),
            Case.owner == uow.office().node,
            Case.status.in_(_OPEN_STATES),
        )
    )
    return set(uow.session.scalars(found))
