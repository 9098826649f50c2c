"""Keeping the roster."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.actor import Role
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.roster import (
    CommitteeFindingKind,
    CommitteeInput,
    CommitteeKind,
    CommitteeRole,
    ExpertInput,
    ExpertPool,
    MediatorInput,
    MediatorStatus,
    RoomInput,
)
from app.domain.values.identity import Sex
from app.services.kernel.workspace import Workspace
from app.services.roster.book import roster_rows
from app.services.roster.entries import (
    change_mediator_status,
    list_committees,
    list_experts,
    list_mediators,
    list_rooms,
    save_committee,
    save_expert,
    save_mediator,
    save_room,
)
from tests.conftest import acting
from tests.services.roster_data import COMMITTEE, audited, refusal

MEDIATOR = MediatorInput(name="周国平", birth=date(1970, 1, 1))


def test_a_committee_is_entered_changed_and_measured_by_the_law(workspace: Workspace) -> None:
    (first,) = workspace.run(list_committees).value
    outcome = workspace.run(save_committee, replace(COMMITTEE, name="石门村人民调解委员会"))
    row = outcome.value
    assert outcome.changes == {Topic.ROSTER}
    assert row.term_end == date(2029, 1, 1)
    assert [found.kind for found in row.findings] == [
        CommitteeFindingKind.TOO_FEW,
        CommitteeFindingKind.NO_WOMAN,
        CommitteeFindingKind.NO_CHAIR,
    ]
    changed = workspace.run(save_committee, COMMITTEE, first.id, first.row_version).value
    assert changed.phone == "0319-1234567"
    assert audited(workspace, "save_committee") == [row.id, first.id]
    posts = [(CommitteeRole.CHAIR, Sex.MALE), (CommitteeRole.VICE, Sex.FEMALE), (CommitteeRole.MEMBER, None)]
    for number, (role, sex) in enumerate(posts):
        member = replace(MEDIATOR, name=f"委员{number}", committee_id=row.id, committee_role=role, sex=sex)
        workspace.run(save_mediator, member)
    found = {one.name: one for one in workspace.run(list_committees).value}
    assert found["石门村人民调解委员会"].findings == ()
    vice = next(one for one in workspace.run(list_mediators).value if one.sex is Sex.FEMALE)
    workspace.run(change_mediator_status, vice.id, MediatorStatus.LEFT, vice.row_version)
    found = {one.name: one for one in workspace.run(list_committees).value}
    kinds = [one.kind for one in found["石门村人民调解委员会"].findings]
    assert kinds == [CommitteeFindingKind.TOO_FEW, CommitteeFindingKind.NO_WOMAN]


def test_a_mediator_is_read_from_the_number(workspace: Workspace) -> None:
    wanted = replace(
        MEDIATOR, birth=None, id_no="13059919800101002x", phone=" 138 0000 1111 ", specialities=("02", "02"),
        languages=(" 平乡话 ", ""), full_time=True,
    )  # fmt: skip
    row = workspace.run(save_mediator, wanted).value
    assert (row.sex, row.birth, row.id_no) == (Sex.FEMALE, date(1980, 1, 1), "13059919800101002X")
    assert (row.phone, row.specialities, row.languages) == ("13800001111", ("02",), ("平乡话",))
    assert workspace.run(list_mediators).value == (row,)
    again = replace(wanted, birth=None)
    assert refusal(workspace, save_mediator, again).reason is Reason.TAKEN
    kept = workspace.run(save_mediator, again, row.id, row.row_version).value
    assert kept.row_version == row.row_version  # nothing was changed


def test_the_same_door_edits_and_refuses_an_old_form(workspace: Workspace) -> None:
    row = workspace.run(save_mediator, MEDIATOR).value
    changed = workspace.run(save_mediator, replace(MEDIATOR, education="大专"), row.id, row.row_version).value
    assert (changed.id, changed.education) == (row.id, "大专")
    stale = refusal(workspace, save_mediator, MEDIATOR, row.id, row.row_version)
    assert stale.reason is Reason.STALE
    assert stale.details["who"] == workspace.actor.name
    assert stale.details["when"] is not None
    assert refusal(workspace, save_mediator, MEDIATOR, row.id).reason is Reason.STALE
    assert refusal(workspace, save_mediator, MEDIATOR, "nobody", 1).reason is Reason.NOT_FOUND
    unknown = replace(MEDIATOR, committee_id="none")
    assert refusal(workspace, save_mediator, unknown).reason is Reason.NOT_FOUND
    young = refusal(workspace, save_mediator, replace(MEDIATOR, birth=date(2010, 1, 1)))
    assert (young.reason, young.details["problems"][0].code) == (Reason.INVALID, "not_adult")
    assert audited(workspace, "save_mediator") == [row.id, row.id]


def test_a_mediator_is_suspended_and_comes_back(workspace: Workspace) -> None:
    row = workspace.run(save_mediator, MEDIATOR).value
    row = workspace.run(change_mediator_status, row.id, MediatorStatus.SUSPENDED, row.row_version).value
    assert workspace.run(list_mediators, MediatorStatus.ACTIVE).value == ()
    assert workspace.run(list_mediators, MediatorStatus.SUSPENDED).value == (row,)
    old = refusal(workspace, change_mediator_status, row.id, MediatorStatus.ACTIVE, row.row_version - 1)
    assert old.reason is Reason.STALE
    row = workspace.run(change_mediator_status, row.id, MediatorStatus.ACTIVE, row.row_version).value
    assert workspace.run(list_mediators, MediatorStatus.ACTIVE).value == (row,)


def test_mediators_stand_in_pinyin_order(workspace: Workspace) -> None:
    for name in ("周国平", "安小红", "李桂英"):
        workspace.run(save_mediator, replace(MEDIATOR, name=name))
    assert [row.name for row in workspace.run(list_mediators).value] == ["安小红", "李桂英", "周国平"]


def test_the_four_pools(workspace: Workspace) -> None:
    for pool in reversed(ExpertPool):
        workspace.run(save_expert, ExpertInput(pool, "吴桂英", speciality="婚姻家庭"))
    rows = workspace.run(list_experts).value
    assert [row.pool for row in rows] == list(ExpertPool)
    (lawyer,) = workspace.run(list_experts, ExpertPool.LAWYERS).value
    wanted = ExpertInput(ExpertPool.LAWYERS, "吴桂英", unit="平乡县法律援助中心", active=False)
    changed = workspace.run(save_expert, wanted, lawyer.id, lawyer.row_version).value
    assert (changed.unit, changed.active) == ("平乡县法律援助中心", False)
    assert refusal(workspace, save_expert, wanted, lawyer.id, lawyer.row_version).reason is Reason.STALE
    assert refusal(workspace, save_expert, replace(wanted, name="")).reason is Reason.INVALID


def test_rooms_stand_in_their_order_and_have_names_of_their_own(workspace: Workspace) -> None:
    before = len(workspace.run(list_rooms).value)
    second = workspace.run(save_room, RoomInput("第二室", seats=12, position=92)).value
    first = workspace.run(save_room, RoomInput("第一室", seats=8, position=91)).value
    assert workspace.run(list_rooms).value[before:] == (first, second)
    taken = refusal(workspace, save_room, RoomInput("第一室"))
    assert (taken.reason, taken.details["what"]) == (Reason.TAKEN, "第一室")
    workspace.run(save_room, RoomInput("第一室", active=False, position=91), first.id, first.row_version)
    assert workspace.run(list_rooms, True).value[before:] == (second,)
    assert refusal(workspace, save_room, RoomInput("", seats=501)).reason is Reason.INVALID


def test_the_book_of_mediators_is_in_words(workspace: Workspace) -> None:
    wanted = replace(
        MEDIATOR, birth=None, id_no="13059919800101002X", specialities=("02", "17"), full_time=True
    )
    workspace.run(save_mediator, wanted)
    (row,) = workspace.run(roster_rows).value
    assert (row.sex, row.post, row.employment, row.status) == ("女", "聘任", "专职", "在任")
    assert (row.specialities, row.id_no, row.open_cases) == ("邻里纠纷、物业纠纷", "", 0)
    (row,) = workspace.run(roster_rows, True).value
    assert row.id_no == "13059919800101002X"


def test_a_name_of_another_committee_is_taken(workspace: Workspace) -> None:
    workspace.run(save_committee, replace(COMMITTEE, name="石门村人民调解委员会"))
    wanted = CommitteeInput("石门村人民调解委员会", CommitteeKind.VILLAGE)
    assert refusal(workspace, save_committee, wanted).reason is Reason.TAKEN
    assert refusal(workspace, save_committee, replace(wanted, name=" ")).reason is Reason.INVALID


@pytest.mark.parametrize(
    ("use_case", "arguments"),
    [
        (save_committee, (COMMITTEE,)),
        (save_mediator, (MEDIATOR,)),
        (change_mediator_status, ("x", MediatorStatus.LEFT, 1)),
        (save_expert, (ExpertInput(ExpertPool.GENTRY, "某某"),)),
        (save_room, (RoomInput("一室"),)),
        (roster_rows, ()),
    ],
)
def test_a_leader_only_reads(workspace: Workspace, use_case: object, arguments: tuple[object, ...]) -> None:
    acting(workspace, Role.LEADER)
    assert refusal(workspace, use_case, *arguments).reason is Reason.NOT_PERMITTED
    assert workspace.run(list_mediators).value == ()


def test_refusals_are_values(workspace: Workspace) -> None:
    with pytest.raises(Refused):
        workspace.run(save_mediator, replace(MEDIATOR, name=""))
