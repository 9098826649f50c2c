"""Stories in which another office has its part: a court that entrusts or confirms, the police."""

from app.domain.cases import CaseSource, RiskFlag
from app.domain.confirming.confirmation import ConfirmationOutcome
from app.domain.confirming.entrustment import EntrustmentResult
from app.domain.deadlines import RuleCode
from app.domain.flow import CaseStatus, Deed
from app.domain.life.codes import Procedure
from app.domain.papers.forms import FormId
from app.domain.work.risks import RiskLevel
from app.services.confirmation.entrusting import open_entrustment
from tests.journeys.story_steps import Clerk, Walks, walks
from tests.services.flow_stage import _acknowledge as acknowledge

__all__ = ["walks"]
COURT = "平乡县人民法院"


def test_what_a_court_entrusted_goes_back_with_its_result(walks: Walks) -> None:
    clerk = walks("05_entrusted")
    clerk.register(source=CaseSource.COURT, source_unit=COURT, source_letter="（2026）冀0532委1号")
    dialog = clerk.begin(Deed.ENTRUSTMENT)
    clerk.fill(
        dialog, form="letter", procedure=Procedure.COURT_PRE, signed_by="周国平", signed_on=clerk.today()
    )
    clerk.see("letter")
    clerk.submit(dialog)
    assert {due.code for due in clerk.case.deadlines} == {RuleCode.COURT_PRE}  # not the ordinary clock
    clerk.schedule()
    clerk.hold()
    clerk.settle(sums=((500_000, clerk.today()),))
    clerk.print(FormId.AGREEMENT)
    clerk.sign()
    dialog = clerk.begin(Deed.ENTRUSTMENT)
    assert dialog.reply.isVisible()
    clerk.submit(dialog)
    view = clerk.workspace.run(open_entrustment, clerk.case_id).value
    assert view is not None
    assert view.result is EntrustmentResult.SETTLED
    clerk.print(FormId.REPLY_LETTER)
    clerk.perform_all()
    clerk.follow_up()
    clerk.close()
    clerk.strike_off()
    clerk.archive()
    assert clerk.waiting() == []
    clerk.ends(CaseStatus.ARCHIVED)


def confirm(clerk: Clerk) -> None:
    """Apply together, the docket, the ruling that it is valid."""
    page = clerk.begin(Deed.CONFIRMATION)
    page.form.field("court").setText(COURT)
    page.form.field("checked").setChecked(True)
    clerk.see("application")
    clerk.press(page.print_button)
    clerk.see("pack")
    clerk.press(page.dialog.submit_button)
    page.form.field("checked").setChecked(True)
    page.form.set_values({"applied_on": clerk.today()})
    clerk.press(page.apply_button)
    clerk.see("applied")
    clerk.press(page.story.buttons["docket"])
    clerk.see("docket")
    clerk.fill(page.dialog, docket_no="（2026）冀0532民特1号")
    clerk.submit(page.dialog)
    clerk.press(page.story.buttons["decide"])
    clerk.see("decide")
    clerk.fill(page.dialog, outcome=ConfirmationOutcome.VALID, document_no="（2026）冀0532民特1号裁定")
    clerk.submit(page.dialog)
    assert page.check().current.outcome is ConfirmationOutcome.VALID, page.banner.text()


def test_a_settlement_is_confirmed_by_the_court_and_filed(walks: Walks) -> None:
    clerk = walks("10_confirmed")
    clerk.to_a_session()
    clerk.settle(sums=((500_000, clerk.today()),), act="李䶮改建屋檐排水")
    clerk.print(FormId.AGREEMENT)
    clerk.sign()
    confirm(clerk)
    clerk.perform_all()
    clerk.follow_up()
    clerk.close()
    clerk.strike_off()
    clerk.archive()
    send(clerk)
    clerk.do(Deed.REPORT, filing_no="平乡备〔2026〕1号")
    assert clerk.waiting() == []
    clerk.ends(CaseStatus.REPORTED)


def send(clerk: Clerk) -> None:
    """The county acknowledges a package with everything as it is now."""
    clerk.workspace.run(acknowledge)


def test_an_open_risk_keeps_a_case_on_the_books_until_it_is_cleared(walks: Walks) -> None:
    clerk = walks("09_risk")
    clerk.to_a_session()
    clerk.do(
        Deed.RISK,
        flags=(RiskFlag.BRAWL,),
        level=RiskLevel.ORANGE,
        facts="李䶮扬言拆墙，双方在院门口推搡。",
        measures="村干部到场劝离，安排专人看护。",
        receiver="石门派出所王警官",
        minute=9 * 60,
    )
    clerk.print(FormId.RISK_REPORT)
    clerk.settle(act="李䶮改建屋檐排水")
    clerk.print(FormId.AGREEMENT)
    clerk.sign()
    clerk.perform_all()
    clerk.follow_up()
    clerk.close()
    page = clerk.open_case()
    assert page.next_step.blocked is Deed.STRIKE_OFF
    assert "风险" in page.next.blocked.toolTip()
    assert next(iter(page.deeds)) is Deed.RISK, list(page.deeds)
    assert "risk" in clerk.waiting()
    dialog = clerk.begin(Deed.RISK)
    clerk.press(dialog.clear_button)
    clerk.see("clear")
    clerk.fill(dialog.clearing, note="双方握手言和，派出所回访平稳。")
    clerk.submit(dialog.clearing)
    clerk.strike_off()
    clerk.archive()
    assert clerk.waiting() == []
    clerk.ends(CaseStatus.ARCHIVED)
