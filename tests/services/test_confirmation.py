"""Judicial confirmation: the clock, what cannot be confirmed, the way of an application, its end (2.4)."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.after.performance import BreachInput, BreachWay, BreachWayInput
from app.domain.agreements import AgreementForm, AgreementView
from app.domain.cases import CaseView
from app.domain.confirming.confirmation import (
    ApplicationInput,
    ConfirmationCheck,
    ConfirmationOutcome,
    ConfirmationStage,
    DecisionInput,
    DocketInput,
    Doubt,
    Jurisdiction,
    Material,
    Obstacle,
)
from app.domain.deadlines import RuleCode
from app.domain.errors import Reason
from app.domain.flow import CaseAction, Deed
from app.domain.papers.attachments import AttachmentCategory
from app.domain.papers.forms import FormId
from app.services.after.follow_up import declare_breach, take_breach_way
from app.services.agreements.writing import case_agreement, record_oral_agreement, save_agreement
from app.services.attachments.adding import add_attachments
from app.services.cases.register import open_case
from app.services.confirmation.applying import (
    apply_confirmation,
    decide_confirmation,
    docket_confirmation,
    prepare_confirmation,
)
from app.services.confirmation.view import confirmation_check, open_confirmation
from app.services.flow.ways import case_ways
from app.services.journal.undo import last_actions, undo_action
from app.services.papers.printing import print_paper
from tests.conftest import THE_DAY, Clock
from tests.services.scans import jpeg, new_file, place
from tests.services.stage import Stage, problems, refusal, settlement, stage
from tests.services.test_performance import signed

__all__ = ["stage"]
RAW, LAST = date(2026, 10, 3), date(2026, 10, 8)
COURT = "平乡县人民法院"


@pytest.fixture
def case(stage: Stage) -> CaseView:
    """A case whose agreement took effect on 3 September 2026."""
    made = stage.case()
    stage.session(made)
    signed(stage, settlement(made))
    return made


@pytest.fixture
def agreement(stage: Stage, case: CaseView) -> AgreementView:
    found = stage.workspace.run(case_agreement, case.id).value
    assert found is not None
    return found


def check(stage: Stage, agreement: AgreementView) -> ConfirmationCheck:
    return stage.workspace.run(confirmation_check, agreement.id).value


def application(agreement: AgreementView, **fields: object) -> ApplicationInput:
    """Everybody applies on the day of the effect."""
    both = tuple(row.party_id for row in agreement.signatures)
    base = ApplicationInput(
        agreement.id, COURT, Jurisdiction.SEAT, both, (Material.AGREEMENT,), checked=True, applied_on=THE_DAY
    )
    return replace(base, **fields)


def applied(stage: Stage, agreement: AgreementView, **fields: object) -> ConfirmationCheck:
    return stage.workspace.run(apply_confirmation, application(agreement, **fields)).value


def docketed(stage: Stage, agreement: AgreementView) -> ConfirmationCheck:
    found = applied(stage, agreement)
    wanted = DocketInput("（2026）冀0532民特1号", THE_DAY)
    current = found.current
    assert current is not None
    return stage.workspace.run(docket_confirmation, current.id, wanted, current.row_version).value


def decided(stage: Stage, found: ConfirmationCheck, wanted: DecisionInput) -> ConfirmationCheck:
    assert found.current is not None
    what = (found.current.id, wanted, found.current.row_version)
    return stage.workspace.run(decide_confirmation, *what).value


def limits(stage: Stage, case: CaseView) -> set[str]:
    return {due.code for due in stage.workspace.run(open_case, case.id).value.deadlines}


def test_the_last_day_passes_over_the_national_holiday_and_explains_itself(stage, case, agreement):
    found = check(stage, agreement)
    assert (found.due.raw_on, found.due.due_on, found.days_left) == (RAW, LAST, 35)
    assert found.due.how.rest[0].name == "国庆节"
    assert (found.open, found.lost, found.stage) == (True, False, ConfirmationStage.NONE)
    assert [name for _, name in found.applicants] == ["张㛃", "李䶮"]
    assert RuleCode.CONFIRM in limits(stage, case)


def test_on_the_last_day_one_may_apply_and_on_the_next_no_more(stage, agreement, clock: Clock):
    clock.forward(days=35)
    assert check(stage, agreement).days_left == 0
    clock.forward(days=1)
    late = check(stage, agreement)
    assert (late.open, late.lost, late.days_left) == (False, True, -1)
    today = application(agreement, applied_on=date(2026, 10, 9))
    refused = refusal(stage.workspace, apply_confirmation, today)
    assert refused.reason == Reason.CONFIRMATION_TOO_LATE
    assert refused.details == {"due": LAST, "effective": THE_DAY}
    in_time = applied(stage, agreement, applied_on=LAST)  # handed in yesterday, written down today
    assert (in_time.stage, in_time.lost) == (ConfirmationStage.APPLIED, False)


def test_the_thirtieth_day_itself_is_in_time(stage, agreement, clock: Clock):
    clock.forward(days=30)
    assert applied(stage, agreement, applied_on=RAW).stage == ConfirmationStage.APPLIED


def test_only_all_parties_together_apply_after_the_list_was_checked(stage, agreement):
    alone = application(agreement, applied_by=(agreement.signatures[0].party_id,), checked=False, court=" ")
    assert problems(stage.workspace, apply_confirmation, alone) == {
        "court": "required",
        "applied_by": "apply_jointly",
        "checked": "check_first",
    }
    strange = application(agreement, applied_by=("x", *(row.party_id for row in agreement.signatures)))
    assert problems(stage.workspace, apply_confirmation, strange) == {"applied_by": "unknown"}
    early = application(agreement, applied_on=date(2026, 9, 2))
    assert problems(stage.workspace, apply_confirmation, early) == {"applied_on": "before_effect"}
    future = application(agreement, applied_on=date(2026, 9, 4))
    assert problems(stage.workspace, apply_confirmation, future) == {"applied_on": "future_date"}
    undated = application(agreement, applied_on=None)
    assert problems(stage.workspace, apply_confirmation, undated) == {"applied_on": "required"}


@pytest.mark.parametrize("obstacle", Obstacle)
def test_what_no_court_takes_cannot_be_applied_for(stage, agreement, obstacle):
    wanted = application(agreement, obstacles=(obstacle,), override_reason="仍要申请")
    for use_case in (apply_confirmation, prepare_confirmation):
        assert problems(stage.workspace, use_case, wanted) == {"obstacles": "cannot_be_confirmed"}


def test_a_doubt_needs_a_reason(stage, agreement):
    doubted = application(agreement, doubts=(Doubt.UNCLEAR,))
    assert problems(stage.workspace, apply_confirmation, doubted) == {"override_reason": "doubt_reason"}
    found = applied(stage, agreement, doubts=(Doubt.UNCLEAR, Doubt.WORDS), override_reason="双方已明确")
    assert found.current.doubts == (Doubt.UNCLEAR,)  # the words are found by the check, never ticked
    assert found.current.override_reason == "双方已明确"


def test_words_about_ownership_are_found_and_need_a_reason(stage):
    made = stage.case()
    stage.session(made)
    about = signed(stage, settlement(made, terms=("确认院墙归张㛃所有权。", "双方离婚。")))
    found = check(stage, about)
    assert found.words == ("确认院墙归张㛃所有权", "离婚")
    plain = application(about)
    assert problems(stage.workspace, apply_confirmation, plain) == {"override_reason": "doubt_reason"}
    assert applied(stage, about, override_reason="只确认给付部分").current.doubts == (Doubt.WORDS,)


def test_the_court_that_invited_is_the_only_one(stage, agreement, case):
    invited = application(agreement, jurisdiction=Jurisdiction.INVITED)
    assert problems(stage.workspace, apply_confirmation, invited) == {"jurisdiction": "no_court_invited"}
    for place_of in set(Jurisdiction) - {Jurisdiction.INVITED}:
        found = stage.workspace.run(
            prepare_confirmation,
            application(agreement, jurisdiction=place_of),
            version(check(stage, agreement)),
        ).value
        assert found.current.jurisdiction == place_of


def version(found: ConfirmationCheck) -> int | None:
    return found.current.row_version if found.current else None


def test_an_application_is_prepared_printed_handed_in_docketed_and_confirmed(stage, case, agreement):
    ready = stage.workspace.run(prepare_confirmation, application(agreement, applied_on=None)).value
    assert (ready.stage, ready.current.court) == (ConfirmationStage.PREPARED, COURT)
    assert RuleCode.CONFIRM in limits(stage, case)  # preparing stops no clock
    for form in (FormId.CONFIRMATION_APPLICATION, FormId.MEDIATION_CERTIFICATE):
        stage.workspace.run(print_paper, case.id, form, agreement.id)
    stale = refusal(stage.workspace, apply_confirmation, application(agreement), 99)
    assert stale.reason == Reason.STALE
    found = stage.workspace.run(apply_confirmation, application(agreement), version(ready)).value
    assert (found.current.id, found.stage) == (ready.current.id, ConfirmationStage.APPLIED)
    assert not limits(stage, case) & {RuleCode.CONFIRM, RuleCode.CONFIRM_RULING}
    taken = DocketInput("（2026）冀0532民特1号", THE_DAY)
    found = stage.workspace.run(docket_confirmation, found.current.id, taken, version(found)).value
    assert found.current.ruling_due.due_on == LAST
    assert RuleCode.CONFIRM_RULING in limits(stage, case)
    ruling = DecisionInput(ConfirmationOutcome.VALID, "（2026）冀0532民特1号之一", THE_DAY)
    found = decided(stage, found, ruling)
    assert (found.stage, found.open) == (ConfirmationStage.DECIDED, False)
    assert RuleCode.CONFIRM_RULING not in limits(stage, case)
    events = stage.workspace.run(open_case, case.id).value.events
    told = [(one.action, one.note) for one in events if "confirmation" in one.action]
    assert told == [
        (CaseAction.CONFIRMATION_APPLIED, f"{COURT} 2026-09-03"),
        (CaseAction.CONFIRMATION_DOCKETED, "（2026）冀0532民特1号"),
        (CaseAction.CONFIRMATION_DECIDED, "裁定有效：（2026）冀0532民特1号之一"),
    ]
    again = refusal(stage.workspace, apply_confirmation, application(agreement))
    assert again.reason == Reason.CONFIRMATION_OPEN


def test_one_open_application_an_agreement(stage, agreement):
    found = applied(stage, agreement)
    refused = refusal(stage.workspace, apply_confirmation, application(agreement), version(found))
    assert refused.reason == Reason.CONFIRMATION_OPEN


def test_what_the_court_did_not_take_may_be_applied_for_again_in_time(stage, case, agreement, clock: Clock):
    empty = DecisionInput(ConfirmationOutcome.NOT_ACCEPTED, "", THE_DAY)
    found = applied(stage, agreement)
    args = (found.current.id, empty, version(found))
    assert problems(stage.workspace, decide_confirmation, *args) == {"note": "required"}
    found = decided(stage, found, replace(empty, note="材料不全"))
    assert (found.stage, found.open) == (ConfirmationStage.DECIDED, True)
    assert RuleCode.CONFIRM in limits(stage, case)
    again = applied(stage, agreement)
    assert (again.stage, len(again.earlier)) == (ConfirmationStage.APPLIED, 1)
    withdrawn = DecisionInput(ConfirmationOutcome.WITHDRAWN, "", THE_DAY, "双方商定")
    decided(stage, again, withdrawn)
    clock.forward(days=36)
    assert check(stage, agreement).lost


def test_a_ruling_needs_docketing_its_number_and_its_day(stage, agreement):
    found = applied(stage, agreement)
    bare = DecisionInput(ConfirmationOutcome.REJECTED)
    assert problems(stage.workspace, decide_confirmation, found.current.id, bare, version(found)) == {
        "outcome": "docket_first",
        "document_no": "required",
        "note": "required",
        "decided_on": "required",
    }
    late = DocketInput("", date(2026, 9, 2))
    assert problems(stage.workspace, docket_confirmation, found.current.id, late, version(found)) == {
        "docket_no": "required",
        "docketed_on": "before_application",
    }


def test_a_rejected_agreement_is_not_confirmed_later(stage, case, agreement):
    found = docketed(stage, agreement)
    refused_late = DecisionInput(ConfirmationOutcome.NOT_ACCEPTED, "", THE_DAY, "迟了")
    args = (found.current.id, refused_late, version(found))
    assert problems(stage.workspace, decide_confirmation, *args) == {"outcome": "docketed_already"}
    found = decided(stage, found, DecisionInput(ConfirmationOutcome.REJECTED, "2号", THE_DAY, "内容不明确"))
    assert (found.open, found.lost) == (False, False)
    assert RuleCode.CONFIRM not in limits(stage, case)
    assert refusal(stage.workspace, apply_confirmation, application(agreement)).reason == (
        Reason.CONFIRMATION_OPEN
    )


def test_an_agreement_not_in_effect_cannot_be_confirmed(stage):
    made = stage.case()
    stage.session(made)
    draft = stage.workspace.run(save_agreement, settlement(made)).value
    assert check(stage, draft).due is None
    refused = refusal(stage.workspace, apply_confirmation, application(draft))
    assert refused.reason == Reason.NOT_EFFECTIVE
    assert stage.workspace.run(open_confirmation, made.id).value.checks == ()


def test_an_oral_agreement_has_its_clock_too(stage):
    made = stage.case()
    stage.session(made)
    oral = stage.workspace.run(record_oral_agreement, settlement(made, form=AgreementForm.ORAL)).value
    found = check(stage, oral)
    assert (found.oral, found.due.due_on, len(found.applicants)) == (True, LAST, 2)


def test_the_material_list_tells_what_the_case_has(stage, case, agreement):
    rows = {row.material: row for row in check(stage, agreement).materials}
    assert not any(row.found for name, row in rows.items() if name is not Material.AGREEMENT)
    assert not rows[Material.PROPERTY].needed
    for form in (FormId.MEDIATION_CERTIFICATE, FormId.AGREEMENT):
        stage.workspace.run(print_paper, case.id, form, agreement.id)
    where = replace(place(case.id), category=AttachmentCategory.ADDRESS)
    stage.workspace.run(add_attachments, where, [new_file(jpeg())])
    rows = {row.material: row for row in check(stage, agreement).materials}
    assert rows[Material.CERTIFICATE].found == ("人民调解证明",)
    assert len(rows[Material.ADDRESS].found) == 1
    assert rows[Material.AGREEMENT].found == ("人民调解协议书",)


def test_enforcement_rests_on_the_ruling(stage, case, agreement, clock: Clock):
    found = docketed(stage, agreement)
    decided(stage, found, DecisionInput(ConfirmationOutcome.VALID, "（2026）冀0532民特1号", THE_DAY))
    clock.forward(days=60)
    late = date(2026, 11, 2)
    facts = BreachInput(case.id, tuple(row.id for row in agreement.obligations), late, "未付")
    stage.workspace.run(declare_breach, facts)
    way = BreachWayInput(case.id, BreachWay.ENFORCEMENT, late)
    told = stage.workspace.run(take_breach_way, way).value
    assert told.breaches[0].way_note == "（2026）冀0532民特1号"


def test_an_application_is_taken_back(stage, case, agreement):
    applied(stage, agreement)
    action = next(
        one for one in stage.workspace.run(last_actions).value if one.action.name == "apply_confirmation"
    )
    stage.workspace.run(undo_action, action.id)
    assert check(stage, agreement).stage == ConfirmationStage.NONE


def test_the_way_is_offered_where_an_agreement_is_in_effect(stage, case):
    assert Deed.CONFIRMATION in {way.deed for way in stage.workspace.run(case_ways, case.id).value}
    other = stage.case()
    assert Deed.CONFIRMATION not in {way.deed for way in stage.workspace.run(case_ways, other.id).value}
