"""The merge plan: nothing lost, nothing twice, no matter when what arrives."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.sync.plan import Head, Plan, RejectReason, head_of, parents_after, plan
from tests.sync.sync_offices import TOWN, case_record

COUNTY = "130532-COUNTY"


def head(rev: int, *after: Head, owner: str = TOWN, epoch: int = 1, twin: str = "") -> Head:
    return Head("case-1", owner, epoch, rev, f"{owner}-{epoch}-{rev}-{twin}", parents_after(*after))


ONE = head(1)
TWO = head(2, ONE)
FIVE = head(5, head(4, head(3, TWO)))
OTHER_TWO = head(2, ONE, twin="restored")


def after(made: Plan) -> tuple[Head, ...]:
    return made.heads["case-1"]


def test_a_new_case() -> None:
    made = plan([ONE], [], TOWN)
    assert made.inserts == (ONE,)
    assert after(made) == (ONE,)


def test_a_descendant_even_when_those_between_never_arrived() -> None:
    made = plan([FIVE], [TWO], TOWN)
    assert [(step.head, step.replaces) for step in made.fast_forwards] == [(FIVE, (TWO,))]
    assert after(made) == (FIVE,)


def test_the_same_or_an_older_one_is_contained() -> None:
    made = plan([FIVE, TWO, ONE], [FIVE], TOWN)
    assert made.already_contained == (FIVE, TWO, ONE)
    assert made.heads == {}


def test_two_continuations_fork_and_both_stay() -> None:
    made = plan([OTHER_TWO], [TWO], TOWN)
    assert len(made.forks) == 1
    assert set(after(made)) == {TWO, OTHER_TWO}
    assert made.forks[0].main == max((TWO, OTHER_TWO), key=lambda one: one.h)


def test_a_settled_fork_replaces_both() -> None:
    settled = head(3, TWO, OTHER_TWO)
    made = plan([settled], [TWO, OTHER_TWO], TOWN)
    assert made.fast_forwards[0].replaces == (TWO, OTHER_TWO)
    assert after(made) == (settled,)


def test_after_a_takeover_the_old_owners_edit_is_a_branch() -> None:
    taken = head(3, TWO, owner=COUNTY, epoch=2)
    late = head(9, TWO)
    made = plan([late], [taken], TOWN)
    assert after(made) == (taken, late)
    assert made.forks[0].main == taken


def test_only_the_owner_signs() -> None:
    made = plan([ONE], [], "130532102-A")
    assert [(one.head, one.reason) for one in made.rejected] == [(ONE, RejectReason.FOREIGN_OWNER)]
    assert made.heads == {}


def test_an_identifier_alone_gives_nobody_a_case() -> None:
    thief = Head("case-1", "130532102-A", 99, 99, "f" * 64, ())
    made = plan([thief], [TWO], "130532102-A")
    assert [one.reason for one in made.rejected] == [RejectReason.UNRELATED]
    assert made.heads == {}


def test_several_cases_do_not_touch_each_other() -> None:
    far = Head("case-2", TOWN, 1, 1, "a" * 64)
    made = plan([far, TWO], [ONE], TOWN)
    assert (made.inserts, made.fast_forwards[0].head) == ((far,), TWO)


def test_head_of_a_record() -> None:
    record = case_record(7, rev=3, parents=("0" * 64,))
    assert head_of(record) == Head("case-0007", TOWN, 1, 3, record.h, ("0" * 64,))


@st.composite
def histories(draw: st.DrawFn) -> list[Head]:
    """A random history of one case: each revision continues one or two earlier ones."""
    made = [ONE]
    for number in range(draw(st.integers(1, 12))):
        chosen = draw(st.lists(st.sampled_from(made), min_size=1, max_size=2, unique=True))
        rev = max(one.rev for one in chosen) + 1
        epoch = max(one.epoch for one in chosen) + draw(st.integers(0, 1))
        made.append(head(rev, *chosen, epoch=epoch, twin=str(number)))
    return made


def arrive(order: list[Head]) -> tuple[Head, ...]:
    here: tuple[Head, ...] = ()
    for one in order:
        here = plan([one], here, TOWN).heads.get("case-1", here)
    return here


@settings(deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_order_repetition_and_packing_do_not_matter(history: list[Head], chance: random.Random) -> None:
    shuffled = [*history, *chance.sample(history, len(history) // 2)]
    chance.shuffle(shuffled)
    here = arrive(shuffled)
    assert here == arrive(history)
    assert plan(shuffled, [], TOWN).heads["case-1"] == here
    again = plan(history, here, TOWN)
    assert (again.heads, again.already_contained) == ({}, tuple(history))


@settings(deadline=None)
@given(histories())
def test_no_revision_is_lost(history: list[Head]) -> None:
    here = arrive(history)
    known = {one.h for one in here} | {parent for one in here for parent in one.parents}
    assert {one.h for one in history} <= known
    assert not any(one.follows(other) for one in here for other in here)
    assert here[0].rank == max(one.rank for one in here)
