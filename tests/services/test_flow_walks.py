"""Random walks through the life of a case: no guard is bypassed, all leaves its mark, nobody is stuck."""

import random
from collections.abc import Callable

import pytest
from sqlalchemy import text

from app.domain.cases import CaseView, Consent
from app.domain.casework.inputs import (
    CorrectInput,
    CountyAnswer,
    StrikeOffInput,
    SupplementInput,
    TransferAnswer,
)
from app.domain.errors import Refused
from app.domain.flow import DEEDS_OF, MOVES, CaseStatus, Deed
from app.domain.life.codes import ReferralReply
from app.services.cases.decisions import record_consent, record_rights_told
from app.services.flow.closing import decline_strike_off, propose_strike_off, strike_off_case
from app.services.flow.mediation import end_investigation
from app.services.flow.on_spot import not_on_spot
from app.services.flow.referrals import answer_county, answer_transfer
from app.services.flow.triage import correct_case, raise_level
from app.services.flow.volumes import add_supplement
from app.services.hearings.scheduling import cancel_hearing, case_hearings
from app.services.office.storage import verify_audit
from tests.services import flow_stage as by
from tests.services.flow_stage import Life, Step, life
from tests.services.stage import stage

__all__ = ["life", "stage"]
STEPS = 50
_S, _D = CaseStatus, Deed
Act = tuple[Deed, Step]


def _doing(deed: Deed, name: Callable, *args: object) -> Act:
    return deed, lambda life, case: life.run(name, case.id, *args)


def _consent(consent: Consent) -> Act:
    return _D.CONSENT, lambda life, case: life.run(record_consent, case.id, case.parties[1].id, consent)


def _correct(life: Life, case: CaseView) -> None:
    now = life.now(case)
    life.run(correct_case, case.id, CorrectInput(now.row_version, "更正", "更正后的案情", "02", "B17"))


def _cancel(life: Life, case: CaseView) -> None:
    life.run(cancel_hearing, life.run(case_hearings, case.id)[-1].id, "当事人有事")


def _propose_alone(life: Life, case: CaseView) -> None:
    life.run(propose_strike_off, case.id, StrikeOffInput(life.clock.at.date()))


def _done_elsewhere(life: Life, case: CaseView) -> None:
    life.run(answer_transfer, case.id, TransferAnswer(ReferralReply.DONE, note="已办结"))


ACTS: tuple[Act, ...] = (
    (_D.TRIAGE, by.triage),
    (_D.ACCEPT, by.accept),
    _consent(Consent.REFUSED),
    _consent(Consent.ORAL),
    (_D.REFUSE, by.refuse),
    (_D.TRANSFER, by.transfer),
    *(
        _doing(_D.ANSWER_TRANSFER, answer_transfer, TransferAnswer(reply, note="答复"))
        for reply in (ReferralReply.TAKEN, ReferralReply.RETURNED, ReferralReply.DONE)
    ),
    (_D.ESCALATE, by.escalate),
    *(
        _doing(_D.ANSWER_COUNTY, answer_county, CountyAnswer(reply, note="答复"))
        for reply in (ReferralReply.RETURNED, ReferralReply.JOINT, ReferralReply.DONE)
    ),
    _doing(_D.RAISE_LEVEL, raise_level),
    (_D.WITHDRAW, by.withdraw),
    (_D.MERGE, by.merge),
    (_D.SETTLE_ON_SPOT, by.on_spot),
    _doing(_D.NOT_ON_SPOT, not_on_spot),
    (_D.CORRECT, _correct),
    (_D.ASSIGN, by.assign),
    _doing(_D.RIGHTS, record_rights_told),
    (_D.INVESTIGATE, by.investigate),
    _doing(_D.INVESTIGATE, end_investigation),
    (_D.SCHEDULE, by.schedule),
    (_D.SCHEDULE, _cancel),
    (_D.SESSION, by.hold_unsigned),
    (_D.SESSION, by.sign_record),
    (_D.SUSPEND, by.suspend),
    (_D.AGREEMENT, by.settle),
    (_D.AGREEMENT, by.settle_orally),
    (_D.AGREEMENT, by.settle_in_part),
    (_D.AGREEMENT, by.sign),
    (_D.PAPERS, by.print_agreement),
    (_D.TERMINATE, by.terminate),
    (_D.PERFORMANCE, by.pay_a_part),
    (_D.PERFORMANCE, by.perform),
    (_D.BREACH, by.breach),
    (_D.REMEDIATE, by.sue),
    (_D.REMEDIATE, by.mediate_again),
    (_D.FOLLOW_UP, by.follow_up),
    (_D.CLOSE, by.close),
    (_D.STRIKE_OFF, _propose_alone),
    (_D.STRIKE_OFF, by.propose),
    _doing(_D.STRIKE_OFF, strike_off_case),
    (_D.STRIKE_OFF, by.strike_off),
    _doing(_D.STRIKE_OFF, decline_strike_off, "请补充"),
    (_D.ARCHIVE, by.archive),
    _doing(_D.SUPPLEMENT, add_supplement, SupplementInput("补充")),
    (_D.REPORT, by.report),
    (_D.REOPEN, by.reopen),
)
OUT: dict[CaseStatus, tuple[Step, ...]] = {
    _S.REGISTERED: (by.refuse,),
    _S.TRIAGE: (by.refuse,),
    _S.TRANSFERRED: (_done_elsewhere,),
    _S.ESCALATED: (by.county(ReferralReply.TAKEN_OVER),),
    _S.RETURNED: (by.triage,),
    _S.TAKEN_OVER: (by.county(ReferralReply.DONE),),
    _S.JOINT: (by.county(ReferralReply.DONE),),
    _S.ON_SPOT: (_doing(_D.NOT_ON_SPOT, not_on_spot)[1],),
    **dict.fromkeys(
        (
            _S.ACCEPTED, _S.ASSIGNED, _S.INVESTIGATING, _S.SCHEDULED, _S.IN_SESSION, _S.SUSPENDED, _S.PARTIAL,
            _S.AGREED_WRITTEN, _S.SIGNING,
        ),
        (by.terminate,),
    ),
    _S.EFFECTIVE: (by.perform,),
    _S.PERFORMING: (by.perform,),
    _S.PERFORMED: (by.follow_up,),
    _S.BREACHED: (by.sue, by.close),
    **dict.fromkeys(
        (_S.REJECTED, _S.WITHDRAWN, _S.MERGED, _S.TERMINATED, _S.FOLLOWED_UP), (by.close,)
    ),
    _S.STRUCK_OFF: (by.archive,),
    _S.REOPENED: (by.archive,),
    _S.ARCHIVED: (by.report,),
}  # fmt: skip
"""What leads from each state towards the archive, so that no case lies open for ever (PML 26)."""


ENDS = (_D.REFUSE, _D.WITHDRAW, _D.MERGE, _D.TERMINATE, _D.TRANSFER, _D.ESCALATE, _D.ARCHIVE, _D.REOPEN)
"""Done one time in ten, so that most walks come to an agreement."""


def _marks(life: Life, case: CaseView) -> tuple[int, int, list[tuple[str, str]]]:
    """How many entries audit and history have, and the moves of the case."""
    with life.workspace._engine.connect() as connection:
        audit = connection.execute(text("SELECT count(*) FROM audit")).scalar_one()
        rows = connection.execute(
            text("SELECT from_status, to_status FROM case_event WHERE case_id = :id ORDER BY at, id"),
            {"id": case.id},
        ).all()
    return audit, len(rows), [tuple(row) for row in rows if row[1] is not None]


def _attempt(life: Life, case: CaseView, step: Step) -> bool:
    """Whether the step was done: not when it is refused, or there is no hearing, agreement or duty for it."""
    try:
        step(life, case)
    except (Refused, LookupError, StopIteration):
        return False
    return True


def _check(life: Life, case: CaseView, act: Act) -> bool:
    """Do it, and look at what a refusal and a success must leave; says whether it was done."""
    deed, step = act
    before, way, marks = life.now(case).status, life.ways(case).get(deed), _marks(life, case)
    done = _attempt(life, case, step)
    after, (audit, events, moves) = life.now(case).status, _marks(life, case)
    if not done and step not in BY_TWO:
        assert (after, events) == (before, marks[1])
    if done:
        assert way is not None, f"{deed} is not offered in {before}, and was done"
        assert way.open or step in BY_TWO, f"{deed} was done in {before} in spite of {way.hindrances}"
        assert audit > marks[0]
        assert events > marks[1] or deed == _D.PAPERS, "only printing again changes nothing"
    for left, entered in moves[len(marks[2]) :]:
        assert entered in MOVES[CaseStatus(left)]
    assert (moves[-1][1] if moves else _S.REGISTERED) == after
    return done


BY_TWO = (by.strike_off, by.propose, by.report)
"""What somebody else does than who asked the page, or what begins with the county's receipt."""


@pytest.mark.parametrize("seed", range(6))
def test_a_random_walk_bypasses_no_guard_and_ends_in_the_archive(life: Life, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same walk each time
    case, done = life.bring(_S.REGISTERED), 0
    for _ in range(STEPS):
        offered = DEEDS_OF[life.now(case).status]
        wanted = chance.choice((offered[:1], offered[:1], offered[:3], offered, tuple(Deed)))
        likely = [act for act in ACTS if act[0] in wanted and (act[0] not in ENDS or chance.random() < 0.1)]
        done += _check(life, case, chance.choice(likely or ACTS))
    assert done
    _walk_out(life, case)
    assert life.run(verify_audit) is None


def _walk_out(life: Life, case: CaseView) -> None:
    for _ in range(12):
        status = life.now(case).status
        if status == _S.REPORTED:
            return
        for step in OUT.get(status) or _from_closed(life, case):
            step(life, case)
    raise AssertionError(f"stuck in {life.now(case).status}")


def _from_closed(life: Life, case: CaseView) -> tuple[Step, ...]:
    if _D.STRIKE_OFF not in {found.cure for found in life.ways(case)[_D.ARCHIVE].hindrances}:
        return (by.archive,)
    proposed = life.now(case).standing.closing.proposed_on is not None
    return (by.strike_off,) if proposed else (by.propose, by.strike_off)
