"""Papers of a case: previewed, printed once and for all, printed again byte for byte."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.actor import Role
from app.domain.agreements import AgreementForm, AgreementStatus, SigningInput
from app.domain.changes import Topic
from app.domain.errors import Reason
from app.domain.flow import CaseAction, CaseStatus
from app.domain.hearings import Absence, SessionOutcome
from app.domain.office.settings import SettingKey
from app.domain.papers.forms import FormId
from app.domain.papers.listing import ON_DEMAND, PaperCheckCode, PaperState
from app.domain.values.numbers import Series
from app.services.agreements.signing import record_signatures
from app.services.agreements.writing import record_oral_agreement
from app.services.cases.decisions import accept_case
from app.services.cases.register import open_case, register_case
from app.services.hearings.scheduling import cancel_hearing, reschedule_hearing
from app.services.kernel.numbering import list_numbers
from app.services.kernel.settings import change_settings
from app.services.kernel.workspace import Workspace
from app.services.papers.printing import (
    list_papers,
    note_printed,
    open_paper,
    preview_paper,
    print_paper,
    save_paper,
)
from app.services.sessions.records import hold_session
from tests.conftest import THE_DAY, Clock, acting, intake
from tests.reports.reading import pages_by_poppler, squashed
from tests.services.paper_desk import RARE, Desk, agreement_of, amend, family, settled
from tests.services.stage import (
    FRIDAY,
    NINE,
    Stage,
    audited,
    minutes,
    refusal,
    settlement,
    stage,
)

__all__ = ["stage"]


@pytest.fixture
def desk(stage: Stage) -> Desk:
    """A case with every paper but the oral agreement; nothing is printed."""
    return settled(stage)


def test_every_paper_of_the_case_is_listed_in_the_order_of_the_volume(desk: Desk) -> None:
    slots = desk.workspace.run(list_papers, desk.case.id).value
    assert [(slot.form, slot.detail, slot.copies) for slot in slots if slot.form not in ON_DEMAND] == [
        (FormId.ACCEPTANCE, "", 1),
        (FormId.RIGHTS_NOTICE, "", 1),
        (FormId.HEARING_NOTICE, "张㛃 9月3日", 1),
        (FormId.HEARING_NOTICE, "李䶮 9月3日", 1),
        (FormId.SESSION_RECORD, "9月3日", 1),
        (FormId.AGREEMENT, "", 3),
    ]
    assert {slot.state for slot in slots} == {PaperState.READY}
    assert all(slot.live and slot.versions == () for slot in slots)


def test_a_case_nobody_took_has_what_was_handed_in_and_no_more(workspace: Workspace) -> None:
    case = workspace.run(register_case, intake()).value
    forms = [slot.form for slot in workspace.run(list_papers, case.id).value]
    assert forms == [FormId.RECEIPT_SLIP, FormId.APPLICATION]
    refused = refusal(workspace, print_paper, case.id, FormId.ACCEPTANCE, case.id)
    assert (refused.reason, refused.details) == (Reason.WRONG_STATUS, {"status": CaseStatus.REGISTERED})


def test_a_preview_takes_no_number_and_keeps_nothing(desk: Desk) -> None:
    for form in desk.slots():
        shown = desk.preview(form)
        assert shown.pdf.startswith(b"%PDF")
        assert (shown.paper_id, shown.changed_since) == (None, False)
    assert {slot.state for slot in desk.slots().values()} == {PaperState.READY}
    for series in (Series.AGREEMENT, Series.NOTICE):
        assert desk.workspace.run(list_numbers, series, 2026).value == ()
    assert agreement_of(desk).status == AgreementStatus.DRAFT


SAID = {
    FormId.ACCEPTANCE: "人民调解受理登记表 平乡镇人民调解委员会 邻里纠纷 屋檐伸出 ■①当事人申请",
    FormId.RIGHTS_NOTICE: "人民调解当事人权利义务告知书 申请人（张㛃） 被申请人（李䶮） 2026年9月3日",
    FormId.HEARING_NOTICE: "调解会通知书 张㛃： 2026年9月3日8时 听证室 周国平 0319-1234567",
    FormId.SESSION_RECORD: "人民调解记录 8时 9时 双方同意改建屋檐。 张㛃 石门村三组20号",
    FormId.AGREEMENT: "人民调解协议书 人民币2,300.50元（大写：贰仟叁佰元伍角） 一式3份 2026年9月30日前",
}


@pytest.mark.parametrize("form", SAID)
def test_what_is_in_the_rows_is_on_the_paper(desk: Desk, form: FormId) -> None:
    words = desk.words(form)
    assert [said for said in SAID[form].split() if said not in words] == []


def test_an_oral_agreement_prints_with_the_number_it_has(stage: Stage) -> None:
    case = stage.case()
    stage.session(case)
    made = stage.workspace.run(
        record_oral_agreement,
        settlement(case, form=AgreementForm.ORAL, breach="逾期按日万分之五支付违约金。"),
    ).value
    desk = Desk(stage.workspace, case)
    words = desk.words(FormId.ORAL_AGREEMENT)
    for text_ in ("人民调解口头协议登记表", made.number, "李䶮改建屋檐排水", "日万分之五"):
        assert squashed(text_) in words
    assert FormId.AGREEMENT not in desk.slots()
    assert desk.slots()[FormId.ORAL_AGREEMENT].number == made.number
    assert len(stage.workspace.run(list_numbers, Series.AGREEMENT, 2026).value) == 1


def test_everybody_who_stands_in_the_case_stands_on_the_paper(stage: Stage) -> None:
    desk = settled(stage, family(), breach="逾期支付违约金一千元。", show_id_numbers=True)
    words = desk.words(FormId.AGREEMENT)
    for text_ in (
        "当事人（甲方）", "当事人（丁方）", "平乡建工有限公司", "赵铁柱", "经理", "91350100M000100Y43",
        "王律（特别授权）13900002222", "130599197505010037", "李大年", "13700003333", "11岁",
        "违约责任：逾期支付违约金一千元。", "一式5份",
    ):  # fmt: skip
        assert squashed(text_) in words, text_
    handed = desk.words(FormId.ACCEPTANCE)
    assert squashed("■③接受委托移送（单位：石门派出所；文号：石派移〔2026〕3号）") in handed


def test_a_record_tells_who_was_there_and_who_was_not(stage: Stage) -> None:
    case = stage.case()
    hearing = stage.hearing(case, day=THE_DAY, start=8 * 60, end=NINE, notice_waived=True)
    absent = (Absence(case.parties[1].id, "外出务工"),)
    record = minutes(
        participants=("老支书",),
        participants_agreed=True,
        absent=absent,
        outcome=SessionOutcome.ANOTHER_SESSION,
    )
    stage.workspace.run(hold_session, hearing.id, record)
    desk = Desk(stage.workspace, case)
    words = desk.words(FormId.SESSION_RECORD)
    assert squashed("人民调解记录（一）") in words
    assert squashed("参加人：老支书") in words
    assert squashed("未到场：李䶮（外出务工）。") in words
    assert "130599198001010011" not in words
    stage.workspace.run(change_settings, {SettingKey.PRINT_ID_NUMBERS: True})
    assert desk.preview(FormId.SESSION_RECORD).changed_since
    assert "130599198001010011" in desk.words(FormId.SESSION_RECORD)


def test_printing_the_agreement_numbers_it_and_brings_it_to_signing(desk: Desk) -> None:
    outcome = desk.workspace.run(
        print_paper, desk.case.id, FormId.AGREEMENT, desk.slots()[FormId.AGREEMENT].subject_id
    )
    paper = outcome.value
    assert {Topic.PAPERS, Topic.AGREEMENTS, Topic.CASES, Topic.NUMBERS} <= outcome.changes
    assert squashed(paper.number) in pages_by_poppler(paper.pdf)[0]
    assert hashlib.sha256(paper.pdf).hexdigest() == paper.sha256
    made = agreement_of(desk)
    assert (made.number, made.status) == (paper.number, AgreementStatus.SIGNING)
    case = desk.workspace.run(open_case, desk.case.id).value
    assert case.status == CaseStatus.SIGNING
    assert [event.action for event in case.events][-1] == CaseAction.AGREEMENT_PRINTED
    slot = desk.slots()[FormId.AGREEMENT]
    assert (slot.state, slot.number, slot.paper_id) == (PaperState.PRINTED, paper.number, paper.id)


def test_the_same_data_gives_the_stored_file_whenever_it_is_printed(desk: Desk, clock: Clock) -> None:
    first = {form: desk.print(form) for form in desk.slots()}
    clock.forward(days=9)
    for form, paper in first.items():
        assert desk.print(form) == paper
        shown = desk.preview(form)
        assert (shown.pdf, shown.paper_id, shown.changed_since) == (paper.pdf, paper.id, False)
        assert desk.workspace.run(open_paper, paper.id).value == paper
    assert {slot.form: len(slot.versions) for slot in desk.slots().values()} == dict.fromkeys(first, 1)
    for series in (Series.AGREEMENT, Series.NOTICE):
        assert len(desk.workspace.run(list_numbers, series, 2026).value) == 1


def test_changed_data_gives_a_new_paper_beside_the_old_one(desk: Desk, clock: Clock) -> None:
    old = desk.print(FormId.AGREEMENT)
    clock.forward(hours=1)
    amend(desk, terms=("李䶮改建屋檐排水。",))
    shown = desk.preview(FormId.AGREEMENT)
    assert (shown.changed_since, shown.paper_id, shown.number) == (True, None, old.number)
    new = desk.print(FormId.AGREEMENT)
    assert new.id != old.id
    assert new.pdf != old.pdf
    assert new.number == old.number
    assert agreement_of(desk).status == AgreementStatus.SIGNING
    slot = desk.slots()[FormId.AGREEMENT]
    assert [version.id for version in slot.versions] == [new.id, old.id]
    assert slot.paper_id == new.id
    assert desk.workspace.run(open_paper, old.id).value.pdf == old.pdf
    case = desk.workspace.run(open_case, desk.case.id).value
    assert [(event.action, event.note) for event in case.events][-1] == (CaseAction.PRINTED, "人民调解协议书")


def test_what_is_changed_back_is_the_first_paper_again(desk: Desk, clock: Clock) -> None:
    old = desk.print(FormId.AGREEMENT)
    amend(desk, terms=("改为一次付清。",))
    clock.forward(hours=1)
    desk.print(FormId.AGREEMENT)
    amend(desk)
    assert desk.preview(FormId.AGREEMENT).paper_id == old.id
    assert desk.print(FormId.AGREEMENT).pdf == old.pdf
    assert agreement_of(desk).status == AgreementStatus.SIGNING
    assert len(desk.slots()[FormId.AGREEMENT].versions) == 2


def test_a_signed_record_keeps_its_title_when_another_session_follows(stage: Stage, clock: Clock) -> None:
    case = stage.case()
    stage.session(case)
    desk = Desk(stage.workspace, case)
    first = desk.print(FormId.SESSION_RECORD)
    clock.forward(days=1)
    again = stage.hearing(case, day=FRIDAY, start=8 * 60, end=NINE, notice_waived=True)
    stage.workspace.run(hold_session, again.id, minutes(day=FRIDAY))
    assert desk.print(FormId.SESSION_RECORD) == first
    second = stage.workspace.run(list_papers, case.id).value[-1]
    words = pages_by_poppler(
        stage.workspace.run(preview_paper, case.id, second.form, second.subject_id).value.pdf
    )[0]
    assert squashed("人民调解记录（二）") in words


def test_notices_go_to_those_invited_and_stay_listed_when_the_hearing_is_called_off(stage: Stage) -> None:
    case = stage.case()
    hearing = stage.hearing(case, party_ids=(case.parties[1].id,))
    desk = Desk(stage.workspace, case)
    notices = [s for s in stage.workspace.run(list_papers, case.id).value if s.form == FormId.HEARING_NOTICE]
    assert [slot.detail for slot in notices] == ["李䶮 9月4日"]
    paper = desk.print(FormId.HEARING_NOTICE)
    assert squashed(paper.number) in pages_by_poppler(paper.pdf)[0]
    stage.workspace.run(cancel_hearing, hearing.id, "当事人临时有事")
    slot = desk.slots()[FormId.HEARING_NOTICE]
    assert (slot.live, slot.paper_id, slot.detail) == (False, paper.id, "李䶮")
    assert desk.preview(FormId.HEARING_NOTICE).pdf == paper.pdf
    assert (
        refusal(stage.workspace, print_paper, case.id, slot.form, slot.subject_id).reason == Reason.NOT_FOUND
    )
    assert [row.subject_id for row in notices] == [slot.subject_id]


def test_a_character_no_font_has_is_named_before_anything_is_kept(stage: Stage) -> None:
    desk = settled(stage, facts=f"{RARE}某的屋檐滴水。")
    refused = refusal(
        stage.workspace,
        print_paper,
        desk.case.id,
        FormId.AGREEMENT,
        desk.slots()[FormId.AGREEMENT].subject_id,
    )
    assert (refused.reason, refused.details["characters"]) == (Reason.MISSING_GLYPH, (RARE,))
    assert desk.slots()[FormId.AGREEMENT].state == PaperState.READY
    assert stage.workspace.run(list_numbers, Series.AGREEMENT, 2026).value == ()
    assert stage.status(desk.case) == CaseStatus.AGREED_WRITTEN
    failed = [check for check in desk.checks(FormId.AGREEMENT) if check.block]
    assert [(check.code, check.names) for check in failed] == [(PaperCheckCode.GLYPHS, (RARE,))]


def test_who_may_only_read_prints_again_what_is_there(desk: Desk) -> None:
    paper = desk.print(FormId.ACCEPTANCE)
    acting(desk.workspace, Role.LEADER)
    assert desk.preview(FormId.AGREEMENT).pdf
    assert desk.workspace.run(open_paper, paper.id).value.pdf == paper.pdf
    desk.workspace.run(note_printed, paper.id, 2)
    subject = desk.slots()[FormId.AGREEMENT].subject_id
    refused = refusal(desk.workspace, print_paper, desk.case.id, FormId.AGREEMENT, subject)
    assert refused.reason == Reason.NOT_PERMITTED


def test_of_another_offices_case_only_its_papers_are_there(desk: Desk) -> None:
    paper = desk.print(FormId.ACCEPTANCE)
    with desk.workspace._engine.execution_options(write=True).begin() as connection:
        connection.execute(text("""UPDATE "case" SET owner = '130532000-A'"""))
    (slot,) = desk.workspace.run(list_papers, desk.case.id).value
    assert (slot.form, slot.live, slot.paper_id) == (FormId.ACCEPTANCE, False, paper.id)
    assert desk.preview(FormId.ACCEPTANCE).pdf == paper.pdf
    assert desk.checks(FormId.ACCEPTANCE) == ()
    for door in (print_paper, preview_paper):
        refused = refusal(desk.workspace, door, desk.case.id, FormId.RIGHTS_NOTICE, desk.case.id)
        assert refused.reason == Reason.READ_ONLY_CASE


def test_a_paper_of_another_case_is_not_printed_here(stage: Stage, desk: Desk) -> None:
    other = stage.case()
    subject = desk.slots()[FormId.AGREEMENT].subject_id
    refused = refusal(stage.workspace, print_paper, other.id, FormId.AGREEMENT, subject)
    assert refused.reason == Reason.NOT_FOUND


def test_a_damaged_file_is_not_passed_on(desk: Desk) -> None:
    paper = desk.print(FormId.ACCEPTANCE)
    with desk.workspace._engine.execution_options(write=True).begin() as connection:
        connection.execute(text("UPDATE paper_file SET pdf = CAST(pdf || 'x' AS BLOB)"))
    assert refusal(desk.workspace, open_paper, paper.id).reason == Reason.DAMAGED_DATA
    subject = desk.slots()[FormId.ACCEPTANCE].subject_id
    for door in (print_paper, preview_paper):
        refused = refusal(desk.workspace, door, desk.case.id, FormId.ACCEPTANCE, subject)
        assert refused.reason == Reason.DAMAGED_DATA


def test_a_saved_file_is_the_stored_one_and_noted(desk: Desk, tmp_path: Path) -> None:
    paper = desk.print(FormId.ACCEPTANCE)
    desk.workspace.run(save_paper, paper.id, tmp_path / "登记表.pdf")
    assert (tmp_path / "登记表.pdf").read_bytes() == paper.pdf
    assert [path.name for path in tmp_path.iterdir() if path.suffix in {".pdf", ".part"}] == ["登记表.pdf"]
    elsewhere = tmp_path / "gone" / "登记表.pdf"
    assert refusal(desk.workspace, save_paper, paper.id, elsewhere).reason == Reason.NO_SUCH_PLACE
    actions = [action for action, subject in audited(desk.workspace) if subject == paper.id]
    assert actions == ["print_paper", "note_printed"]


def test_a_paper_in_force_is_the_one_that_was_signed(desk: Desk, clock: Clock) -> None:
    paper = desk.print(FormId.AGREEMENT)
    made = agreement_of(desk)
    signed = tuple((row.party_id, THE_DAY) for row in made.signatures)
    desk.workspace.run(record_signatures, made.id, SigningInput(signed, THE_DAY, THE_DAY))
    clock.forward(days=3)
    assert desk.preview(FormId.AGREEMENT).pdf == paper.pdf
    assert desk.print(FormId.AGREEMENT) == paper


def test_six_forms_are_proved(desk: Desk) -> None:
    """The oral agreement has its own test, forms on demand theirs; these are the forms of every case."""
    assert {*desk.slots(), FormId.ORAL_AGREEMENT} - ON_DEMAND == set(FormId) - ON_DEMAND - {
        FormId.TERMINATION_NOTICE,
        FormId.REFUSAL_NOTICE,
        FormId.REFERRAL_LETTER,
        FormId.RECOVERY_SHEET,
        FormId.REGISTRATION_SHEET,
        FormId.HEARING_CHANGE,  # these follow a notice that was printed: see test_hearing_notices
        FormId.HEARING_CANCELLATION,
        FormId.SERVICE_PROOF,
    }


def test_accepting_is_enough_for_the_first_two_papers(workspace: Workspace) -> None:
    case = workspace.run(register_case, intake()).value
    workspace.run(accept_case, case.id, True, False)
    forms = [slot.form for slot in workspace.run(list_papers, case.id).value]
    assert [form for form in forms if form not in ON_DEMAND] == [FormId.ACCEPTANCE, FormId.RIGHTS_NOTICE]


def test_a_notice_that_says_something_new_has_a_new_number(stage: Stage) -> None:
    case = stage.case()
    hearing = stage.hearing(case, party_ids=(case.parties[1].id,))
    desk = Desk(stage.workspace, case)
    first = desk.print(FormId.HEARING_NOTICE)
    assert desk.print(FormId.HEARING_NOTICE) == first
    moved = stage.wanted(
        case, party_ids=(case.parties[1].id,), day=FRIDAY + timedelta(days=3), change_reason="停电"
    )
    stage.workspace.run(reschedule_hearing, hearing.id, moved, hearing.row_version)
    preview = desk.preview(FormId.HEARING_NOTICE)
    assert (preview.number, preview.changed_since) == (None, True)
    second = desk.print(FormId.HEARING_NOTICE)
    assert first.number != second.number
    assert squashed(second.number) in pages_by_poppler(second.pdf)[0]
    versions = desk.slots()[FormId.HEARING_NOTICE].versions
    assert [version.number for version in versions] == [second.number, first.number]
    assert stage.workspace.run(open_paper, first.id).value.pdf == first.pdf
