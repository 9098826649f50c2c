"""Every state of a case can be reached, every arrow of the state machine walked, nothing else."""

import pytest
from sqlalchemy import text

from app.domain.cases import CaseView
from app.domain.casework.inputs import TransferAnswer
from app.domain.flow import DEEDS_OF, MOVES, CaseStatus, Deed
from app.domain.life.codes import ReferralReply
from app.services.after.performance import void_receipt
from app.services.after.view import open_performance
from app.services.agreements.writing import amend_agreement
from app.services.flow.mediation import end_investigation
from app.services.flow.on_spot import not_on_spot
from app.services.flow.referrals import answer_transfer
from app.services.hearings.scheduling import cancel_hearing, case_hearings
from tests.services import flow_stage as by
from tests.services.flow_stage import PATHS, STATES, Life, Step, life
from tests.services.stage import settlement, stage

__all__ = ["life", "stage"]
_S = CaseStatus


@pytest.mark.parametrize("status", STATES)
def test_every_state_is_reached_through_use_cases_and_offers_what_it_should(
    life: Life, status: CaseStatus
) -> None:
    case = life.bring(status)
    sometimes = {Deed.CONFIRMATION, Deed.ENTRUSTMENT, Deed.ANSWER_TRANSFER}  # of some cases in a state
    assert [deed for deed in life.ways(case) if deed not in sometimes] == [
        deed for deed in DEEDS_OF[status] if deed not in sometimes
    ]
    assert case.standing.holder


def test_nobody_stands_in_a_state_without_a_way_out_but_the_last() -> None:
    assert {status for status, ways in MOVES.items() if not ways} == {_S.REPORTED}
    assert {status for status, deeds in DEEDS_OF.items() if not deeds} == set()


def _answer(reply: ReferralReply) -> Step:
    return lambda life, case: life.run(answer_transfer, case.id, TransferAnswer(reply, note="承办单位答复"))


def _cancel(life: Life, case: CaseView) -> None:
    life.run(cancel_hearing, life.run(case_hearings, case.id)[-1].id, "当事人有事")


def _end_investigation(life: Life, case: CaseView) -> None:
    life.run(end_investigation, case.id, "已核实")


def _not_on_spot(life: Life, case: CaseView) -> None:
    life.run(not_on_spot, case.id)


def _amend(life: Life, case: CaseView) -> None:
    agreement = life.agreement(case)
    changed = settlement(life.now(case), agreed_on=life.clock.at.date(), breach="逾期加付利息。")
    life.run(amend_agreement, agreement.id, changed, agreement.row_version)


def _void(life: Life, case: CaseView) -> None:
    paid = next(row for row in life.run(open_performance, case.id).duties if row.receipts)
    life.run(void_receipt, paid.receipts[0].id, "记错")


_AGAIN = (*PATHS[_S.BREACHED], by.mediate_again)
_IN_PART = (*PATHS[_S.PARTIAL], by.print_agreement, by.sign)
WALKS: dict[tuple[CaseStatus, CaseStatus], tuple[Step, ...]] = {
    (_S.REGISTERED, _S.TRIAGE): (by.triage,),
    (_S.TRIAGE, _S.ACCEPTED): (by.accept,),
    (_S.TRIAGE, _S.REJECTED): (by.refuse,),
    (_S.TRIAGE, _S.TRANSFERRED): (by.transfer,),
    (_S.TRIAGE, _S.ESCALATED): (by.escalate,),
    (_S.TRIAGE, _S.WITHDRAWN): (by.withdraw,),
    (_S.TRIAGE, _S.MERGED): (by.merge,),
    (_S.TRIAGE, _S.ON_SPOT): (by.on_spot,),
    (_S.ACCEPTED, _S.ASSIGNED): (by.assign,),
    (_S.ACCEPTED, _S.TERMINATED): (by.terminate,),
    (_S.REJECTED, _S.CLOSED): (by.close,),
    (_S.TRANSFERRED, _S.CLOSED): (_answer(ReferralReply.TAKEN), _answer(ReferralReply.DONE)),
    (_S.TRANSFERRED, _S.TRIAGE): (_answer(ReferralReply.RETURNED),),
    (_S.ESCALATED, _S.RETURNED): (by.county(ReferralReply.RETURNED),),
    (_S.ESCALATED, _S.TAKEN_OVER): (by.county(ReferralReply.TAKEN_OVER),),
    (_S.ESCALATED, _S.JOINT): (by.county(ReferralReply.JOINT),),
    (_S.RETURNED, _S.TRIAGE): (by.triage,),
    (_S.TAKEN_OVER, _S.CLOSED): (by.county(ReferralReply.DONE),),
    (_S.JOINT, _S.CLOSED): (by.county(ReferralReply.DONE),),
    (_S.WITHDRAWN, _S.CLOSED): (by.close,),
    (_S.MERGED, _S.CLOSED): (by.close,),
    (_S.ON_SPOT, _S.AGREED_ORAL): (by.settle_orally,),
    (_S.ON_SPOT, _S.TRIAGE): (_not_on_spot,),
    (_S.ASSIGNED, _S.INVESTIGATING): (by.investigate,),
    (_S.ASSIGNED, _S.SCHEDULED): (by.schedule,),
    (_S.ASSIGNED, _S.TERMINATED): (by.terminate,),
    (_S.INVESTIGATING, _S.SCHEDULED): (by.schedule,),
    (_S.INVESTIGATING, _S.ASSIGNED): (_end_investigation,),
    (_S.INVESTIGATING, _S.TERMINATED): (by.terminate,),
    (_S.SCHEDULED, _S.IN_SESSION): (by.hold,),
    (_S.SCHEDULED, _S.ASSIGNED): (_cancel,),
    (_S.SCHEDULED, _S.TERMINATED): (by.terminate,),
    (_S.SCHEDULED, _S.PARTIAL): (*_IN_PART, by.schedule, by.terminate),
    (_S.IN_SESSION, _S.SCHEDULED): (by.schedule,),
    (_S.IN_SESSION, _S.SUSPENDED): (by.suspend,),
    (_S.IN_SESSION, _S.AGREED_ORAL): (by.settle_orally,),
    (_S.IN_SESSION, _S.AGREED_WRITTEN): (by.settle,),
    (_S.IN_SESSION, _S.PARTIAL): (by.settle_in_part,),
    (_S.IN_SESSION, _S.TERMINATED): (by.terminate,),
    (_S.SUSPENDED, _S.SCHEDULED): (by.schedule,),
    (_S.SUSPENDED, _S.TERMINATED): (by.terminate,),
    (_S.SUSPENDED, _S.PARTIAL): (*_IN_PART, by.hold, by.suspend, by.terminate),
    (_S.PARTIAL, _S.SIGNING): (by.print_agreement,),
    (_S.PARTIAL, _S.SCHEDULED): (by.schedule,),
    (_S.PARTIAL, _S.TERMINATED): (by.terminate,),
    (_S.PARTIAL, _S.EFFECTIVE): (*_IN_PART, by.terminate),
    (_S.AGREED_ORAL, _S.EFFECTIVE): PATHS[_S.EFFECTIVE],
    (_S.AGREED_WRITTEN, _S.SIGNING): (by.print_agreement,),
    (_S.AGREED_WRITTEN, _S.TERMINATED): (by.terminate,),
    (_S.AGREED_WRITTEN, _S.PARTIAL): (*_IN_PART, by.hold, by.settle, by.terminate),
    (_S.SIGNING, _S.EFFECTIVE): (by.sign,),
    (_S.SIGNING, _S.AGREED_WRITTEN): (_amend,),
    (_S.SIGNING, _S.PARTIAL): _IN_PART,
    (_S.SIGNING, _S.TERMINATED): (by.terminate,),
    (_S.TERMINATED, _S.CLOSED): (by.close,),
    (_S.EFFECTIVE, _S.PERFORMING): (by.pay_a_part,),
    (_S.PERFORMING, _S.PERFORMED): (by.perform,),
    (_S.PERFORMING, _S.BREACHED): (by.breach,),
    (_S.PERFORMED, _S.FOLLOWED_UP): (by.follow_up,),
    (_S.PERFORMED, _S.PERFORMING): (_void,),
    (_S.BREACHED, _S.ASSIGNED): (by.mediate_again,),
    (_S.ASSIGNED, _S.PERFORMING): (*_AGAIN, by.perform),
    (_S.INVESTIGATING, _S.PERFORMING): (*_AGAIN, by.investigate, by.perform),
    (_S.SCHEDULED, _S.PERFORMING): (*_AGAIN, by.schedule, by.perform),
    (_S.IN_SESSION, _S.PERFORMING): (*_AGAIN, by.schedule, by.hold, by.perform),
    (_S.SUSPENDED, _S.PERFORMING): (*_AGAIN, by.schedule, by.hold, by.suspend, by.perform),
    (_S.BREACHED, _S.CLOSED): (by.sue, by.close),
    (_S.BREACHED, _S.PERFORMING): (by.perform,),
    (_S.FOLLOWED_UP, _S.CLOSED): (by.close,),
    (_S.CLOSED, _S.STRUCK_OFF): (by.propose, by.strike_off),
    (_S.CLOSED, _S.ARCHIVED): (*PATHS[_S.TERMINATED], by.close, by.archive),
    (_S.CLOSED, _S.REOPENED): (by.reopen,),
    (_S.STRUCK_OFF, _S.ARCHIVED): (by.archive,),
    (_S.STRUCK_OFF, _S.REOPENED): (by.reopen,),
    (_S.REOPENED, _S.ARCHIVED): (by.archive,),
    (_S.ARCHIVED, _S.REPORTED): (by.report,),
}
"""How each arrow is walked: from a case in its first state, or from registration where it says all steps."""


def _moves(life: Life, case: CaseView) -> list[tuple[str, str]]:
    with life.workspace._engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT from_status, to_status FROM case_event WHERE case_id = :id AND to_status IS NOT NULL"
            ),
            {"id": case.id},
        )
        return [tuple(row) for row in rows]


def test_every_arrow_has_its_walk() -> None:
    assert set(WALKS) == {(before, after) for before, found in MOVES.items() for after in found}


@pytest.mark.parametrize("arrow", WALKS, ids="-".join)
def test_every_arrow_is_walked_and_leaves_its_mark(life: Life, arrow: tuple[CaseStatus, CaseStatus]) -> None:
    walk = WALKS[arrow]
    whole = walk[: len(PATHS[_S.PARTIAL])] == PATHS[_S.PARTIAL] or (walk[0] is by.accept and len(walk) > 1)
    case = life.bring(_S.REGISTERED if whole else arrow[0])
    for step in walk:
        step(life, case)
    assert tuple(map(str, arrow)) in _moves(life, case)
