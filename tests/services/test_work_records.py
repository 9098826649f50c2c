"""Visits, investigations and consultations: written, corrected, signed, removed, taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.cases import CaseView
from app.domain.errors import Reason
from app.domain.flow import CaseStatus
from app.domain.values.identity import Sex
from app.domain.work.conferences import ConferenceInput, Member
from app.domain.work.visits import AskedPerson, InvestigationInput, VisitInput, VisitManner
from app.services.cases.contents import count_contents
from app.services.cases.register import open_case
from app.services.journal.bin import list_bin, restore_item
from app.services.journal.undo import last_actions, undo_action
from app.services.work.conferences import list_conferences, remove_conference, save_conference
from app.services.work.investigations import (
    list_investigations,
    remove_investigation,
    save_investigation,
    sign_investigation,
)
from app.services.work.visits import list_visits, remove_visit, save_visit
from tests.conftest import THE_DAY
from tests.services.flow_stage import Life, life
from tests.services.stage import NINE, TEN, Stage, problems, refusal, stage

__all__ = ["life", "stage"]

YESTERDAY, TOMORROW = THE_DAY - timedelta(days=1), THE_DAY + timedelta(days=1)


@pytest.fixture
def case(stage: Stage) -> CaseView:
    return stage.case()


def visit(case: CaseView, **fields: object) -> VisitInput:
    return replace(
        VisitInput(
            case.id, THE_DAY, NINE, VisitManner.HOME, "石门村三组", "张㛃", "周国平", "听取诉求", "约李䶮到场"
        ),
        **fields,
    )


def inquiry(case: CaseView, **fields: object) -> InvestigationInput:
    return replace(
        InvestigationInput(
            case.id, THE_DAY, NINE - 60, NINE, "石门村委会", ("孙会计",),
            AskedPerson("王邻居", Sex.MALE, 56, "130599197001010018", "", "石门村三组19号", "13900001111"),
            ("周国平", "赵春梅"), "赵春梅", "问：屋檐何时改建？\n答：今年五月。",
        ),
        **fields,
    )  # fmt: skip


def consultation(case: CaseView, **fields: object) -> ConferenceInput:
    return replace(
        ConferenceInput(
            case.id, "屋檐滴水纠纷会诊", THE_DAY, NINE - 60, NINE, "听证室", "周国平", "赵春梅",
            (Member("钱律师", "某律师事务所", "应当改建排水"), Member("孙站长", "村镇建设办", "可加装天沟"),
             Member("李列席", "司法所")),
            "屋檐伸出半米。", "民法典第二百九十条", "加装天沟", "由李䶮出资",
        ),
        **fields,
    )  # fmt: skip


class TestVisits:
    def test_any_number_is_written_and_the_latest_stands_first(self, stage: Stage, case: CaseView) -> None:
        run = stage.workspace.run
        for at in range(12):
            run(save_visit, visit(case, day=THE_DAY - timedelta(days=at), start=None, content=f"第{at}次"))
        run(save_visit, visit(case, content="当天再去"))
        rows = run(list_visits, case.id).value
        assert [row.content for row in rows[:3]] == ["当天再去", "第0次", "第1次"]
        assert run(count_contents, case.id).value.visits == 13
        last = run(open_case, case.id).value.events[-1]
        assert (last.action, last.note) == ("visited", "张㛃：当天再去")
        assert stage.status(case) is CaseStatus.ASSIGNED

    def test_one_is_corrected_with_its_version_and_put_into_the_bin(
        self, stage: Stage, case: CaseView
    ) -> None:
        run = stage.workspace.run
        first = run(save_visit, visit(case)).value
        changed = run(save_visit, visit(case, method=VisitManner.PHONE), first.id, first.row_version).value
        assert (changed.method, changed.row_version > first.row_version) == (VisitManner.PHONE, True)
        refused = refusal(stage.workspace, save_visit, visit(case), first.id, first.row_version)
        assert (refused.reason, refused.details["who"]) == (Reason.STALE, stage.workspace.actor.name)
        run(remove_visit, first.id, changed.row_version)
        assert run(list_visits, case.id).value == ()
        (lost,) = run(list_bin).value
        run(restore_item, lost.id)
        assert run(list_visits, case.id).value[0].method is VisitManner.PHONE

    def test_the_last_one_is_taken_back(self, stage: Stage, case: CaseView) -> None:
        run = stage.workspace.run
        run(save_visit, visit(case))
        run(undo_action, run(last_actions).value[0].id)
        assert run(list_visits, case.id).value == ()

    def test_impossible_ones_are_refused_at_their_fields(self, stage: Stage, case: CaseView) -> None:
        empty = VisitInput(case.id)
        assert problems(stage.workspace, save_visit, empty) == dict.fromkeys(
            ("day", "visited", "visitors", "content"), "required"
        )
        odd = visit(case, day=TOMORROW, start=1440, content="去" * 5001, place="\x07")
        assert problems(stage.workspace, save_visit, odd) == {
            "day": "future_date", "start": "out_of_range", "content": "too_long", "place": "bad_character",
        }  # fmt: skip

    def test_one_of_another_case_is_not_there(self, stage: Stage, case: CaseView) -> None:
        other = stage.case()
        row = stage.workspace.run(save_visit, visit(other)).value
        refused = refusal(stage.workspace, save_visit, visit(case), row.id, row.row_version)
        assert refused.reason is Reason.NOT_FOUND

    def test_nothing_is_written_after_the_volume_is_locked(self, life: Life) -> None:
        case = life.bring(CaseStatus.ARCHIVED)
        for name, wanted in (
            (save_visit, visit(case)),
            (save_investigation, inquiry(case)),
            (save_conference, consultation(case)),
        ):
            assert refusal(life.workspace, name, wanted).reason is Reason.CASE_LOCKED


class TestInvestigations:
    def test_the_first_record_starts_the_investigation(self, stage: Stage, case: CaseView) -> None:
        run = stage.workspace.run
        row = run(save_investigation, inquiry(case)).value
        assert (row.seq, row.asked.sex, row.asked.age) == (1, Sex.MALE, 56)
        assert stage.status(case) is CaseStatus.INVESTIGATING
        assert run(save_investigation, inquiry(case)).value.seq == 2
        actions = [entry.action for entry in run(open_case, case.id).value.events][-3:]
        assert actions == ["investigating", "investigated", "investigated"]

    def test_taking_the_first_record_back_ends_the_investigation(self, stage: Stage, case: CaseView) -> None:
        run = stage.workspace.run
        run(save_investigation, inquiry(case))
        run(undo_action, run(last_actions).value[0].id)
        assert stage.status(case) is CaseStatus.ASSIGNED
        assert run(list_investigations, case.id).value == ()

    def test_a_signature_locks_it(self, stage: Stage, case: CaseView) -> None:
        run, workspace = stage.workspace.run, stage.workspace
        row = run(save_investigation, inquiry(case)).value
        row = run(save_investigation, inquiry(case, place="李䶮家"), row.id, row.row_version).value
        for day, code in ((None, "required"), (YESTERDAY, "before_investigation"), (TOMORROW, "future_date")):
            told = problems(workspace, sign_investigation, row.id, day, row.row_version)
            assert told == {"signed_on": code}
        signed = run(sign_investigation, row.id, THE_DAY, row.row_version).value
        assert signed.signed_on == THE_DAY
        again = (row.id, signed.row_version)
        assert problems(workspace, save_investigation, inquiry(case), *again) == {"signed_on": "signed"}
        assert problems(workspace, remove_investigation, *again) == {"signed_on": "signed"}

    def test_an_unsigned_one_goes_into_the_bin(self, stage: Stage, case: CaseView) -> None:
        run = stage.workspace.run
        row = run(save_investigation, inquiry(case)).value
        run(remove_investigation, row.id, row.row_version)
        assert run(list_investigations, case.id).value == ()
        assert run(list_bin).value[0].title == f"{THE_DAY} 王邻居"

    def test_impossible_ones_are_refused_at_their_fields(self, stage: Stage, case: CaseView) -> None:
        empty = InvestigationInput(case.id)
        assert problems(stage.workspace, save_investigation, empty) == dict.fromkeys(
            ("day", "start", "end", "place", "investigators", "recorder", "body", "asked.name"), "required"
        )
        odd = inquiry(case, start=TEN, end=NINE, asked=AskedPerson("王", age=131))
        assert problems(stage.workspace, save_investigation, odd) == {
            "end": "time_order", "asked.age": "age_range",
        }  # fmt: skip


class TestConferences:
    def test_members_come_back_with_what_each_thought(self, stage: Stage, case: CaseView) -> None:
        run = stage.workspace.run
        wanted = consultation(case)
        row = run(save_conference, wanted).value
        assert row.members == wanted.members
        twice = (Member("钱律师", "甲所", "一"), Member("钱律师", "乙所", "二"))
        changed = run(save_conference, replace(wanted, members=twice), row.id, row.row_version).value
        assert changed.members == twice
        assert run(list_conferences, case.id).value == (changed,)
        run(remove_conference, row.id, changed.row_version)
        assert run(list_conferences, case.id).value == ()
        actions = [entry.action for entry in run(open_case, case.id).value.events][-2:]
        assert actions == ["conferred", "removed"]

    def test_impossible_ones_are_refused_at_their_fields(self, stage: Stage, case: CaseView) -> None:
        empty = ConferenceInput(case.id)
        assert problems(stage.workspace, save_conference, empty) == dict.fromkeys(
            ("day", "start", "end", "title", "place", "chair", "summary", "conclusion", "members"), "required"
        )
        odd = consultation(case, day=date(2026, 9, 4), members=(Member(" ", opinion="好"),) * 31)
        told = problems(stage.workspace, save_conference, odd)
        assert (told["day"], told["members"], told["members.0.name"]) == (
            "future_date", "too_many", "required",
        )  # fmt: skip
