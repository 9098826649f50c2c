"""What is removed or given up lies in the bin for 90 days and comes back as it was."""

from typing import Any

import pytest
from sqlalchemy import select

from app.domain.actor import Actor, Permission, Role
from app.domain.cases import PartyRole
from app.domain.errors import Reason
from app.domain.flow import CaseAction, CaseStatus
from app.domain.intake_draft import IntakeDraft, PartyDraft
from app.domain.office.drafts import DraftKind, deed_subject
from app.domain.office.journal import FieldName
from app.models.agreement import Agreement
from app.models.case import Case
from app.models.hearing import Booking, Hearing, SessionRecord
from app.models.work import Visit
from app.services.agreements.writing import save_agreement
from app.services.cases.drafts import drop_draft, list_drafts, save_draft, throw_draft
from app.services.cases.register import open_case
from app.services.journal.bin import discard, list_bin, purge_bin, restore_item
from app.services.journal.undo import undo_action
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.kernel.workspace import Workspace
from tests.conftest import Clock, acting
from tests.services.deeds import note_visit, picture, work_later
from tests.services.stage import Stage, audited, refusal, settlement, stage

__all__ = ["stage"]

KINDS: dict[str, Any] = {"visit": Visit, "agreement": Agreement, "hearing": Hearing, "session": SessionRecord}


@use_case(needs=Permission.HEARING_WRITE, undoable=True)
def remove(uow: UnitOfWork, kind: str, row_id: str, title: str) -> None:
    """Remove a row into the bin."""
    discard(uow, uow.get(KINDS[kind], row_id), title)


def without_bin(workspace: Workspace) -> dict[str, Any]:
    return {name: rows for name, rows in picture(workspace).items() if name != "bin_item"}


def binned(workspace: Workspace) -> list[str]:
    return [item.title for item in workspace.run(list_bin).value]


def a_removed_visit(stage: Stage) -> tuple[str, str]:
    """The case, and the item of a visit in the bin."""
    case = stage.case()
    visit = stage.workspace.run(note_visit, case.id, "上门").value
    stage.workspace.run(remove, "visit", visit, "走访张㛃")
    return case.id, stage.workspace.run(list_bin).value[0].id


def test_a_removed_row_comes_back_as_it_was(stage: Stage) -> None:
    case = stage.case()
    visit = stage.workspace.run(note_visit, case.id, "上门").value
    before = picture(stage.workspace)
    stage.workspace.run(remove, "visit", visit, "走访张㛃")
    item = stage.workspace.run(list_bin).value[0]
    assert (item.kind, item.title, item.number, item.who) == (
        "visit", "走访张㛃", case.number, stage.workspace.actor.name,
    )  # fmt: skip
    assert (item.until - item.at).days == 90
    stage.workspace.run(restore_item, item.id)
    assert picture(stage.workspace) == before
    last = stage.workspace.run(open_case, case.id).value.events[-1]
    assert (last.action, last.note) == (CaseAction.RESTORED, "走访张㛃")
    assert audited(stage.workspace)[-1] == ("restore_item", case.id)


def test_a_row_comes_back_with_what_it_held(stage: Stage) -> None:
    case = stage.case()
    stage.session(case)
    agreement = stage.workspace.run(save_agreement, settlement(case)).value
    before = without_bin(stage.workspace)
    stage.workspace.run(remove, "agreement", agreement.id, "协议")
    assert without_bin(stage.workspace)["obligation"] == []
    stage.workspace.run(restore_item, stage.workspace.run(list_bin).value[0].id)
    assert without_bin(stage.workspace) == before


def test_taking_the_removal_back_empties_the_bin_too(stage: Stage) -> None:
    case = stage.case()
    visit = stage.workspace.run(note_visit, case.id, "上门").value
    before = picture(stage.workspace)
    removed = stage.workspace.run(remove, "visit", visit, "走访").action_id
    stage.workspace.run(undo_action, removed)
    assert picture(stage.workspace) == before
    assert binned(stage.workspace) == []


def test_what_it_belonged_to_must_come_back_first(stage: Stage) -> None:
    case = stage.case()
    stage.session(case)
    with stage.workspace._engine.connect() as connection:
        session = connection.execute(select(SessionRecord.id)).scalar_one()
        hearing = connection.execute(select(Hearing.id)).scalar_one()
    stage.workspace.run(remove, "session", session, "调解记录")

    @use_case(needs=Permission.HEARING_WRITE)
    def remove_hearing(uow: UnitOfWork) -> None:
        for booking in uow.session.scalars(select(Booking)):
            uow.session.delete(booking)
        uow.session.flush()
        discard(uow, uow.get(Hearing, hearing), "调解会")

    stage.workspace.run(remove_hearing)
    items = {item.title: item.id for item in stage.workspace.run(list_bin).value}
    refused = refusal(stage.workspace, restore_item, items["调解记录"])
    assert (refused.reason, refused.details["what"]) == (Reason.RESTORE_ALONE, FieldName("hearing", ""))
    stage.workspace.run(restore_item, items["调解会"])
    stage.workspace.run(restore_item, items["调解记录"])
    assert binned(stage.workspace) == []


def test_a_locked_volume_takes_nothing_in(stage: Stage) -> None:
    @use_case(needs=Permission.CASE_DECIDE)
    def lock(uow: UnitOfWork, case_id: str) -> None:
        uow.get(Case, case_id).status = CaseStatus.ARCHIVED

    case_id, item = a_removed_visit(stage)
    stage.workspace.run(lock, case_id)
    assert refusal(stage.workspace, restore_item, item).reason == Reason.CASE_LOCKED


def test_who_may_only_read_puts_nothing_back(stage: Stage) -> None:
    _, item = a_removed_visit(stage)
    acting(stage.workspace, Role.LEADER)
    assert refusal(stage.workspace, restore_item, item).reason == Reason.NOT_PERMITTED


def test_after_ninety_days_the_bin_is_emptied(stage: Stage, clock: Clock) -> None:
    a_removed_visit(stage)
    for days in (45, 44):
        work_later(stage.workspace, days)
        assert stage.workspace.run(purge_bin).value == 0
    clock.forward(days=1)
    assert binned(stage.workspace) == []
    assert stage.workspace.run(purge_bin).value == 1
    assert picture(stage.workspace)["bin_item"] == []


def test_a_clock_far_ahead_empties_no_bin(stage: Stage, clock: Clock) -> None:
    a_removed_visit(stage)
    clock.forward(days=3650)
    assert stage.workspace.run(purge_bin).value == 0
    clock.forward(days=-3650)
    assert len(binned(stage.workspace)) == 1


@pytest.fixture
def draft(workspace: Workspace) -> str:
    """An intake form somebody began."""
    parties = (
        PartyDraft(key="a", role=PartyRole.APPLICANT, typed={"name": "张㛃"}),
        PartyDraft(key="b", role=PartyRole.RESPONDENT, typed={"name": "李䶮"}),
    )
    workspace.run(save_draft, DraftKind.INTAKE, "d1", IntakeDraft(parties=parties).to_body())
    return "d1"


def test_a_draft_given_up_can_be_taken_up_again(workspace: Workspace, draft: str) -> None:
    body = workspace.run(list_drafts).value[0].body
    workspace.run(throw_draft, DraftKind.INTAKE, draft)
    assert workspace.run(list_drafts).value == ()
    item = workspace.run(list_bin).value[0]
    assert (item.kind, item.draft, item.title) == ("draft", DraftKind.INTAKE, "张㛃 与 李䶮")
    workspace.run(restore_item, item.id)
    back = workspace.run(list_drafts).value
    assert [(row.subject, row.body) for row in back] == [(draft, body)]
    assert binned(workspace) == []


def test_a_draft_that_became_a_record_is_gone(workspace: Workspace, draft: str) -> None:
    workspace.run(drop_draft, DraftKind.INTAKE, draft)
    assert binned(workspace) == []


def test_a_draft_begun_again_changes_places_with_the_old_one(stage: Stage) -> None:
    case = stage.case()
    subject = deed_subject(case.id, "visit")
    stage.workspace.run(save_draft, DraftKind.DEED, subject, {"text": "先写的"})
    stage.workspace.run(throw_draft, DraftKind.DEED, subject)
    stage.workspace.run(save_draft, DraftKind.DEED, subject, {"text": "后写的"})
    item = stage.workspace.run(list_bin).value[0]
    assert item.title == case.number
    stage.workspace.run(restore_item, item.id)
    assert [row.body for row in stage.workspace.run(list_drafts).value] == [{"text": "先写的"}]
    stage.workspace.run(restore_item, stage.workspace.run(list_bin).value[0].id)
    assert [row.body for row in stage.workspace.run(list_drafts).value] == [{"text": "后写的"}]


def test_nobody_sees_the_drafts_of_another(workspace: Workspace, draft: str) -> None:
    workspace.run(throw_draft, DraftKind.INTAKE, draft)
    item = workspace.run(list_bin).value[0]
    workspace.actor = Actor("another", "赵春梅", workspace.actor.roles)
    assert binned(workspace) == []
    assert refusal(workspace, restore_item, item.id).reason == Reason.NOT_PERMITTED


def test_a_long_title_is_cut(stage: Stage) -> None:
    case = stage.case()
    visit = stage.workspace.run(note_visit, case.id, "上门").value
    stage.workspace.run(remove, "visit", visit, "长" * 300)
    assert len(binned(stage.workspace)[0]) == 200
