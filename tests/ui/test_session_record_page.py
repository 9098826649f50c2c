"""The session record: refused until rights were told, kept while typing, signed, and what follows."""

from app.domain.hearings import SESSION_PROMPTS, SessionOutcome
from app.domain.office.drafts import DraftKind
from app.services.cases.drafts import list_drafts
from app.services.sessions.records import case_sessions
from app.ui.hearings.session_page import SessionPage
from app.ui.navigation import Place
from tests.conftest import THE_DAY
from tests.services.stage import NINE


def opened(stage, screen, **fields):
    case = stage.case()
    hearing = stage.hearing(case, day=THE_DAY, start=8 * 60, end=NINE, notice_waived=True, **fields)
    return case, hearing, screen.page(SessionPage, hearing.id)


def written(page, outcome=SessionOutcome.AGREED, **fields):
    values = {
        "open_to_public": False,
        "identity_checked": True,
        "rights_told": True,
        "body": "双方陈述,同意改建屋檐。",
        "outcome": outcome,
        "result": "达成一致。",
        **fields,
    }
    for name, value in values.items():
        page.form.field(name).set_value(value)
    return page


def records(stage, case):
    return stage.workspace.run(case_sessions, case.id).value


def test_a_record_starts_from_what_was_fixed(stage, screen):
    _, _, page = opened(stage, screen, guests=("王书记",), recorder="记录人甲")
    assert page.form.field("place").text() == "听证室"
    assert page.form.field("start").text() == "08:00"
    assert page.form.field("participants").text() == "王书记"
    assert page.form.field("recorder").text() == "记录人甲"


def test_a_record_is_refused_until_the_rights_were_told(stage, screen):
    case, _, page = opened(stage, screen)
    written(page, rights_told=False)
    page.save()
    assert "权利义务" in page.banner.text()
    assert records(stage, case) == ()
    page.form.field("rights_told").setChecked(True)
    page.save()
    assert [one.outcome for one in records(stage, case)] == [SessionOutcome.AGREED]


def test_everything_missing_is_marked_at_once(stage, screen):
    _, _, page = opened(stage, screen)
    page.save()
    for name in ("open_to_public", "identity_checked", "body", "outcome"):
        assert page.form.field(name).property("bad"), name
    assert "红字" in page.banner.text()


def test_people_not_party_need_consent_and_the_absent_a_reason(stage, screen):
    case, _, page = opened(stage, screen)
    written(page, participants="王书记、赵主任")
    box, reason = page.form.field("absent").row(case.parties[1].id)
    box.setChecked(False)
    page.save()
    assert page.form.field("participants_agreed").property("bad")
    assert page.form.field("absent").property("bad")
    page.form.field("participants_agreed").setChecked(True)
    reason.setText("外出务工")
    page.save()
    record = records(stage, case)[0]
    assert record.participants == ("王书记", "赵主任")
    assert [(one.name, one.reason) for one in record.absent] == [("李䶮", "外出务工")]


def test_prompts_begin_new_lines(stage, screen):
    _, _, page = opened(stage, screen)
    assert page.prompts.count() == len(SESSION_PROMPTS)
    page.prompts.itemClicked.emit(page.prompts.item(0))
    page.prompts.itemActivated.emit(page.prompts.item(2))
    assert page.form.field("body").toPlainText() == "告知当事人的权利和义务：\n各方当事人依次陈述："


def test_what_is_typed_is_kept_by_itself_and_there_again(stage, screen, qtbot):
    _, hearing, page = opened(stage, screen)
    page.form.field("body").setPlainText("双方各执一词")
    page.form.field("absent").row(page._case.parties[1].id)[0].setChecked(False)
    with qtbot.waitSignal(page.keeper.kept):
        pass
    assert "草稿已自动保存" in page.header._context.text()
    again = screen.page(SessionPage, hearing.id)
    assert again.form.field("body").toPlainText() == "双方各执一词"
    assert [one.party_id for one in again.form.field("absent").value()] == [page._case.parties[1].id]
    again.form.field("body").setPlainText("最后一句")
    assert again.may_leave()
    drafts = stage.workspace.run(list_drafts, DraftKind.SESSION).value
    assert [row.body["body"] for row in drafts] == ["最后一句"]
    written(again)
    again.form.field("absent").set_value(())
    again.save()
    assert stage.workspace.run(list_drafts, DraftKind.SESSION).value == ()


def test_an_agreed_session_leads_to_the_agreement_and_signing_locks_it(stage, screen):
    case, _, page = opened(stage, screen)
    written(page).save()
    assert page.agree_button.isVisibleTo(page)
    assert not page.again_button.isVisibleTo(page)
    page.agree_button.click()
    page.print_button.click()
    assert screen.went == [(Place.AGREEMENT, case.id), (Place.PAPERS, case.id)]
    page.signed_on.setText("2026-9-2")
    page.sign()
    assert "早于调解日期" in page.banner.text()
    page.signed_on.setText("")
    page.sign()
    assert "请填写" in page.banner.text()
    page.signed_on.setText("2026-9-3")
    page.sign()
    assert records(stage, case)[0].signed_on == THE_DAY
    assert not page.form.field("body").isEnabled()
    assert not page.save_button.isVisibleTo(page)


def test_another_session_leads_back_to_the_calendar_and_a_record_can_be_corrected(stage, screen):
    case, _, page = opened(stage, screen)
    written(page, SessionOutcome.ANOTHER_SESSION, result="").save()
    page.again_button.click()
    assert screen.went == [(Place.CALENDAR, case.id)]
    written(page, body="补记一句").save()
    assert records(stage, case)[0].body == "补记一句"
