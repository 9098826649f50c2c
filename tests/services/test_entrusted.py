"""Mediation entrusted by courts and others: its own clock, longer by both, and the answer (2.5; TY16)."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.cases import CaseSource, CaseView
from app.domain.confirming.confirmation import Jurisdiction
from app.domain.confirming.entrustment import (
    EntrustmentInput,
    EntrustmentReply,
    EntrustmentResult,
    EntrustmentView,
    Organ,
)
from app.domain.deadlines import ExtensionInput, RuleCode
from app.domain.errors import Reason
from app.domain.flow import CaseAction, CaseStatus, Deed
from app.domain.life.codes import Procedure
from app.services.agreements.writing import case_agreement
from app.services.cases.register import open_case
from app.services.confirmation.applying import prepare_confirmation
from app.services.confirmation.entrusting import (
    answer_entrustment,
    draft_entrustment,
    open_entrustment,
    record_entrustment,
)
from app.services.confirmation.view import confirmation_check
from app.services.flow.ways import case_ways
from app.services.rules.extensions import extend_limit
from tests.conftest import THE_DAY
from tests.services.flow_stage import Life, life, settle_orally, terminate
from tests.services.stage import problems, refusal, stage
from tests.services.test_confirmation import application

__all__ = ["life", "stage"]
_S = CaseStatus


def letter(case: CaseView, **fields: object) -> EntrustmentInput:
    """The court entrusts a case before docketing; the mediator signed for it today."""
    base = EntrustmentInput(
        case.id, Organ.COURT, "平乡县人民法院", "委调1号", Procedure.COURT_PRE, "", "王法官", "周国平",
        THE_DAY, "责任比例", "起诉状、证据各一份",
    )  # fmt: skip
    return replace(base, **fields)


def reply(view: EntrustmentView, result: EntrustmentResult, **fields: object) -> EntrustmentReply:
    base = EntrustmentReply(
        view.id, result, THE_DAY, "平调复〔2026〕1号", "责任比例", "屋檐伸出0.33米", "双方分歧过大", "起诉状"
    )
    return replace(base, **fields)


def due(life: Life, case: CaseView, code: RuleCode) -> date | None:
    found = (one.due_on for one in life.now(case).deadlines if one.code == code)
    return next(found, None)


@pytest.mark.parametrize(
    ("procedure", "code", "last"),
    [
        (Procedure.COURT_PRE, RuleCode.COURT_PRE, date(2026, 10, 8)),  # 3 October rolls over the holiday
        (Procedure.COURT_ORDINARY, RuleCode.COURT_ORDINARY, date(2026, 9, 18)),
        (Procedure.COURT_SIMPLE, RuleCode.COURT_SIMPLE, date(2026, 9, 10)),
    ],
)
def test_the_clock_of_the_court_runs_from_the_signature(life: Life, procedure, code, last):
    case = life.bring(_S.ACCEPTED)
    told = life.run(record_entrustment, letter(case, procedure=procedure, case_no="（2026）冀0532民初9号"))
    now = life.now(case)
    assert {one.code for one in now.deadlines} == {code}  # and not the one of an ordinary mediation
    assert due(life, case, code) == last
    assert (told.letter.procedure, told.letter.case_no) == (procedure, "（2026）冀0532民初9号")
    assert (now.source, now.source_unit) == (CaseSource.COURT, "平乡县人民法院")
    assert now.events[-1].action == CaseAction.ENTRUSTMENT_SIGNED


def test_both_parties_make_it_longer(life: Life):
    case = life.bring(_S.ACCEPTED)
    life.run(record_entrustment, letter(case))
    one = ExtensionInput(15, (case.parties[0].id,), "", "", "双方同意继续", THE_DAY)
    args = (case.id, RuleCode.COURT_PRE)
    assert problems(life.workspace, extend_limit, *args, one) == {"agreed_by": "extension_not_agreed"}
    life.run(extend_limit, *args, replace(one, agreed_by=tuple(party.id for party in case.parties)))
    assert due(life, case, RuleCode.COURT_PRE) == date(2026, 10, 19)  # 45 days end on a Sunday


def test_a_letter_says_who_when_and_under_which_procedure(life: Life):
    case = life.bring(_S.REGISTERED)
    empty = letter(case, unit=" ", signed_by="", procedure=None, signed_on=date(2026, 9, 4))
    assert problems(life.workspace, record_entrustment, empty) == {
        "unit": "required",
        "signed_by": "required",
        "procedure": "required",
        "signed_on": "future_date",
    }
    docketed = letter(case, procedure=Procedure.COURT_SIMPLE)
    assert problems(life.workspace, record_entrustment, docketed) == {"case_no": "docket_number_needed"}
    draft = life.run(draft_entrustment, case.id)
    assert (draft.organ, draft.signed_on) == (Organ.COURT, THE_DAY)


def test_a_letter_is_corrected_until_it_is_answered(life: Life):
    case = life.bring(_S.ACCEPTED)
    first = life.run(record_entrustment, letter(case))
    wrong = letter(case, unit="平乡县公安局", organ=Organ.POLICE, case_no="平公调1号", no_penalty_asked=True)
    assert refusal(life.workspace, record_entrustment, wrong, 99).reason == Reason.STALE
    second = life.run(record_entrustment, wrong, first.row_version)
    assert (second.id, second.letter.organ, second.letter.no_penalty_asked) == (first.id, Organ.POLICE, True)
    assert due(life, case, RuleCode.COURT_PRE) is None
    assert due(life, case, RuleCode.MEDIATE) is not None
    assert life.run(draft_entrustment, case.id).case_no == "平公调1号"


def test_a_failed_mediation_is_handed_back_with_issues_and_undisputed_facts(life: Life):
    case = life.bring(_S.IN_SESSION)
    view = life.run(record_entrustment, letter(case))
    failed = reply(view, EntrustmentResult.FAILED)
    args = (life.workspace, answer_entrustment)
    assert problems(*args, failed, view.row_version) == {"result": "not_failed"}
    terminate(life, case)
    bare = replace(failed, issues="", undisputed=" ", reply_note="", replied_on=date(2026, 9, 2))
    assert problems(*args, bare, view.row_version) == {
        "issues": "hand_back",
        "undisputed": "hand_back",
        "reply_note": "hand_back",
        "replied_on": "before_signed_for",
    }
    told = life.run(answer_entrustment, failed, view.row_version)
    assert (told.result, told.undisputed, told.returned) == (
        EntrustmentResult.FAILED,
        "屋檐伸出0.33米",
        "起诉状",
    )
    last = life.now(case).events[-1]
    assert (last.action, last.note) == (
        CaseAction.ENTRUSTMENT_ANSWERED,
        "调解不成：平乡县人民法院 平调复〔2026〕1号",
    )


def test_only_what_is_settled_is_answered_as_settled(life: Life):
    case = life.bring(_S.IN_SESSION)
    view = life.run(record_entrustment, letter(case))
    settled = reply(view, EntrustmentResult.SETTLED, issues="", undisputed="", reply_note="")
    args = (life.workspace, answer_entrustment, settled, view.row_version)
    assert problems(*args) == {"result": "nothing_settled"}
    partly = replace(settled, result=EntrustmentResult.PARTLY)
    assert (
        problems(life.workspace, answer_entrustment, partly, view.row_version)["result"] == "nothing_partly"
    )
    settle_orally(life, case)
    told = life.run(answer_entrustment, settled, view.row_version)
    assert told.result == EntrustmentResult.SETTLED
    assert len(told.agreements) == 1
    assert life.run(open_entrustment, case.id).result == EntrustmentResult.SETTLED


def test_the_court_that_entrusted_is_the_one_that_confirms(life: Life):
    case = life.bring(_S.EFFECTIVE)
    life.run(record_entrustment, letter(case))
    agreement = life.run(case_agreement, case.id)
    check = life.run(confirmation_check, agreement.id)
    assert check.invited_by == "平乡县人民法院"
    both = tuple(key for key, _ in check.applicants)
    elsewhere = application(agreement, applied_by=both)
    assert problems(life.workspace, prepare_confirmation, elsewhere) == {
        "jurisdiction": "inviting_court_only"
    }
    here = replace(elsewhere, jurisdiction=Jurisdiction.INVITED)
    assert life.run(prepare_confirmation, here).current.jurisdiction == Jurisdiction.INVITED


def test_only_a_case_that_was_entrusted_is_answered_after_its_end(life: Life):
    plain, entrusted = life.bring(_S.TERMINATED), life.bring(_S.IN_SESSION)
    assert Deed.ENTRUSTMENT not in life.ways(plain)
    assert Deed.ENTRUSTMENT in life.ways(entrusted)
    life.run(record_entrustment, letter(entrusted))
    terminate(life, entrusted)
    assert Deed.ENTRUSTMENT in {way.deed for way in life.run(case_ways, entrusted.id)}
    assert life.run(open_entrustment, plain.id) is None
    assert life.run(open_case, entrusted.id).status == _S.TERMINATED
