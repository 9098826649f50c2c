"""The tables of the state machine hold together."""

from dataclasses import replace

import pytest

from app.domain.casework.guards import CaseFacts, hindrances_of, ways_of
from app.domain.casework.hindrances import HindranceCode
from app.domain.casework.volume import VolumePiece, digest_of, index_of, missing_items, needed_items
from app.domain.flow import (
    DEEDS_OF,
    LOCKED,
    MOVES,
    STEP_OF,
    CaseStatus,
    Deed,
    Outcome,
    Step,
    next_step_of,
    states_offering,
)
from app.domain.life.codes import VolumeItem

WORST = CaseFacts(
    CaseStatus.REGISTERED,
    outcome=Outcome.BREACHED,
    consent_missing=("张某",),
    consent_refused=("李某",),
    without_guardian=("王某",),
    open_recusals=("周某",),
    unsigned_sessions=(1,),
    asked_again=False,
    open_risks=2,
    proposed=True,
    same_person=True,
    missing=tuple(VolumeItem),
)


def test_every_state_has_its_moves_its_step_and_its_deeds() -> None:
    assert set(MOVES) == set(STEP_OF) == set(DEEDS_OF) == set(CaseStatus)
    for status, deeds in DEEDS_OF.items():
        assert len(set(deeds)) == len(deeds), status


def test_every_state_is_entered_and_every_deed_offered_somewhere() -> None:
    entered = {after for found in MOVES.values() for after in found}
    assert set(CaseStatus) - entered == {CaseStatus.REGISTERED}
    assert [deed for deed in Deed if not states_offering(deed)] == []


def test_a_locked_case_offers_nothing_that_changes_it() -> None:
    offered = {deed for status in LOCKED for deed in DEEDS_OF[status]}
    assert offered == {Deed.REPORT, Deed.SUPPLEMENT, Deed.PAPERS}


@pytest.mark.parametrize("status", CaseStatus)
def test_what_hinders_is_cured_by_something_the_state_offers(status: CaseStatus) -> None:
    for facts in (WORST, CaseFacts(status)):
        for way in ways_of(replace(facts, status=status)):
            for hindrance in way.hindrances:
                sessions_are_over = hindrance.code in (
                    HindranceCode.SESSION_UNSIGNED,
                    HindranceCode.NO_SESSION_HELD,
                )
                cured = hindrance.cure is None or hindrance.cure in DEEDS_OF[status]
                assert cured or sessions_are_over, (way.deed, hindrance)


def test_a_case_with_nothing_against_it_is_hindered_by_nothing() -> None:
    clean = CaseFacts(
        CaseStatus.CLOSED, Outcome.PERFORMED, has_lead=True, rights_told=True, sessions=1, remedies_told=True,
        level=1, delivered=True,
    )  # fmt: skip
    hindered = {deed for deed in Deed if hindrances_of(deed, clean)}
    assert hindered == {Deed.ARCHIVE}, "a success is struck off first"
    assert hindrances_of(Deed.ARCHIVE, replace(clean, status=CaseStatus.STRUCK_OFF)) == ()


@pytest.mark.parametrize(
    ("outcome", "step"),
    [
        (Outcome.PERFORMED, Step.STRIKE_OFF),
        (Outcome.BREACHED, Step.STRIKE_OFF),
        (Outcome.FAILED, Step.ARCHIVE),
    ],
)
def test_a_closed_success_is_struck_off_a_failure_archived(outcome: Outcome, step: Step) -> None:
    assert next_step_of(CaseStatus.CLOSED, outcome) == step


@pytest.mark.parametrize(
    ("outcome", "heard", "needed"),
    [
        (Outcome.PERFORMED, True, "request rights identity session agreement"),
        (Outcome.PERFORMED, False, "request rights identity agreement"),
        (Outcome.FAILED, True, "request rights identity session termination"),
        (Outcome.FAILED, False, "request identity termination"),
        (Outcome.REJECTED, False, ""),
    ],
)
def test_what_a_volume_needs_follows_from_how_the_case_ended(
    outcome: Outcome, heard: bool, needed: str
) -> None:
    assert needed_items(outcome, heard) == tuple(needed.split())


def test_an_index_keeps_the_order_and_counts_pages_without_gaps() -> None:
    pieces = (
        VolumePiece(VolumeItem.AGREEMENT, "协议书", 3, "a" * 64),
        VolumePiece(VolumeItem.REQUEST, "登记表", 1, "b" * 64),
        VolumePiece(VolumeItem.SESSION, "调解记录", 2, "c" * 64),
    )
    index = index_of(pieces)
    assert [(entry.item, entry.first, entry.last) for entry in index] == [
        (VolumeItem.REQUEST, 1, 1),
        (VolumeItem.SESSION, 2, 3),
        (VolumeItem.AGREEMENT, 4, 6),
        (VolumeItem.BACK, 0, 0),
    ]
    assert missing_items((VolumeItem.REQUEST, VolumeItem.RIGHTS), pieces) == (VolumeItem.RIGHTS,)


def test_the_digest_tells_any_change_of_the_volume() -> None:
    index = index_of((VolumePiece(VolumeItem.AGREEMENT, "协议书", 3, "a" * 64),))
    other = index_of((VolumePiece(VolumeItem.AGREEMENT, "协议书", 3, "d" * 64),))
    digests = {digest_of("1", "long", index), digest_of("2", "long", index), digest_of("1", "long", other)}
    assert len(digests) == 3
    assert digest_of("1", "long", index) == digest_of("1", "long", index)
