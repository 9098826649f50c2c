"""The notices, letters and records of a case: each is offered when it can be made, and printed for good."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.after.performance import DemandInput, DemandMethod, ReceiptInput
from app.domain.cases import CaseSource, CaseView, RiskFlag
from app.domain.errors import Reason
from app.domain.flow import CaseAction, CaseStatus
from app.domain.office.settings import SettingKey
from app.domain.papers.forms import FormId
from app.domain.papers.listing import PaperCheckCode, PaperSlot, PaperState, PrintedPaper
from app.domain.values.numbers import Series
from app.domain.work.conferences import ConferenceInput, Member
from app.domain.work.risks import RiskInput
from app.domain.work.visits import AskedPerson, InvestigationInput
from app.services.after.performance import record_demand, record_receipt
from app.services.attachments.evidence import save_evidence
from app.services.cases.register import register_case
from app.services.flow.referrals import transfer_case
from app.services.kernel.numbering import list_numbers
from app.services.kernel.settings import change_settings
from app.services.papers.check import check_paper
from app.services.papers.printing import list_papers, preview_paper, print_paper
from app.services.work.conferences import save_conference
from app.services.work.investigations import save_investigation
from app.services.work.risks import raise_risk
from tests.conftest import THE_DAY, intake
from tests.reports.reading import pages_by_poppler, squashed
from tests.services.flow_stage import TRANSFER, Life, life
from tests.services.paper_desk import family
from tests.services.scans import evidence
from tests.services.stage import refusal, stage

__all__ = ["life", "stage"]
_S = CaseStatus


def slots(life: Life, case: CaseView) -> dict[FormId, PaperSlot]:
    found: dict[FormId, PaperSlot] = {}
    for slot in life.run(list_papers, case.id):
        found.setdefault(slot.form, slot)
    return found


def printed(life: Life, case: CaseView, form: FormId) -> PrintedPaper:
    return life.run(print_paper, case.id, form, slots(life, case)[form].subject_id)


def words(life: Life, case: CaseView, form: FormId) -> str:
    return "".join(pages_by_poppler(printed(life, case, form).pdf))


NOTICES = (
    (_S.REJECTED, FormId.REFUSAL_NOTICE),
    (_S.TERMINATED, FormId.TERMINATION_NOTICE),
    (_S.TERMINATED, FormId.UNDISPUTED_FACTS),
    (_S.TRANSFERRED, FormId.REFERRAL_LETTER),
    (_S.ESCALATED, FormId.REFERRAL_LETTER),
    (_S.FOLLOWED_UP, FormId.FOLLOW_UP),
    (_S.CLOSED, FormId.CLOSING_REPORT),
    (_S.IN_SESSION, FormId.EXTENSION),
)


@pytest.mark.parametrize(("status", "form"), NOTICES)
def test_a_paper_of_an_act_is_offered_once_the_act_is_done(
    life: Life, status: CaseStatus, form: FormId
) -> None:
    assert form not in slots(life, life.bring(_S.TRIAGE))
    case = life.bring(status)
    assert slots(life, case)[form].state is PaperState.READY
    paper = printed(life, case, form)
    assert slots(life, case)[form].state is PaperState.PRINTED
    assert printed(life, case, form) == paper
    events = life.now(case).events
    assert [event.note for event in events if event.action == CaseAction.PRINTED] == [paper.title]


def test_whoever_comes_gets_a_slip_and_an_application_is_printed_for_who_applied(life: Life) -> None:
    case = life.bring(_S.REGISTERED)
    text = words(life, case, FormId.RECEIPT_SLIP)
    assert case.number in text
    assert squashed("个人信息处理告知") in text
    text = words(life, case, FormId.APPLICATION)
    assert "1.请求李䶮改建屋檐排水并赔偿墙体修缮费用。" in text
    assert text.endswith("2026年9月3日")
    own = life.run(register_case, intake(source=CaseSource.OWN_INITIATIVE))
    assert FormId.APPLICATION not in slots(life, own)


def test_refusing_ending_and_handing_over_take_numbers_of_the_notices(life: Life) -> None:
    for status, form in NOTICES[:2] + NOTICES[3:4]:
        paper = printed(life, life.bring(status), form)
        assert paper.number is not None
        assert paper.number in {row.text for row in life.run(list_numbers, Series.NOTICE, THE_DAY.year)}


def test_a_letter_that_has_a_number_keeps_it(life: Life) -> None:
    case = life.bring(_S.TRIAGE)
    life.run(transfer_case, case.id, replace(TRANSFER, letter_no="平综函〔2026〕9号"))
    assert printed(life, case, FormId.REFERRAL_LETTER).number == "平综函〔2026〕9号"
    assert life.run(list_numbers, Series.NOTICE, THE_DAY.year) == ()


def test_the_refusal_says_why_and_names_the_ways(life: Life) -> None:
    text = words(life, life.bring(_S.REJECTED), FormId.REFUSAL_NOTICE)
    for piece in ("申请人：申请人孙", "申请日期：", "不予受理的理由", "法院已受理", "可以选择的途径"):
        assert piece in text


def test_the_termination_tells_the_remedies_to_everybody(life: Life) -> None:
    case = life.bring(_S.TERMINATED)
    text = words(life, case, FormId.TERMINATION_NOTICE)
    for piece in ("终止调解的原因", "分歧较大", "仲裁、行政、司法等途径", "人民调解员（签名）", "收件人"):
        assert piece in text
    assert all(f"（{party.name}）：" in text for party in case.parties)


def owed(life: Life) -> tuple[CaseView, str]:
    """A case in effect, one day late with its money, and the obligation."""
    case = life.bring(_S.EFFECTIVE)
    money = next(row for row in life.agreement(case).obligations if row.amount_fen)
    life.clock.forward(days=3)
    return case, money.id


def test_a_demand_has_its_notice_as_things_stood_that_day(life: Life) -> None:
    case, duty = owed(life)
    assert FormId.DEMAND_NOTICE not in slots(life, case)
    today = life.clock.at.date()
    life.run(record_demand, DemandInput(duty, today, DemandMethod.NOTICE))
    paper = printed(life, case, FormId.DEMAND_NOTICE)
    text = "".join(pages_by_poppler(paper.pdf))
    for piece in ("应当履行的事项", "人民币10,000.00元（大写：壹万元整）", "已逾期3天", "未经人民法院确认"):
        assert piece in text
    life.clock.forward(days=1)
    life.run(record_receipt, ReceiptInput(duty, today + timedelta(days=1), 100, "现金"))
    assert printed(life, case, FormId.DEMAND_NOTICE) == paper


def test_work_on_a_case_has_a_record_for_each_row(life: Life) -> None:
    case = life.bring(_S.INVESTIGATING)
    day = life.clock.at.date()
    before = slots(life, case)
    forms = (FormId.INVESTIGATION, FormId.CONFERENCE, FormId.RISK_REPORT, FormId.EVIDENCE_LIST)
    assert not before.keys() & set(forms)
    asked = AskedPerson("钱有福", age=63, id_no="130599196306013318", unit="石门村村民小组")
    questions = "问：何时翻建？\n答：前年。"
    life.run(
        save_investigation,
        InvestigationInput(
            case.id, day, 540, 600, "村委会", (), asked, ("周国平",), "陈静", questions,
        ),
    )  # fmt: skip
    members = (Member("王晓梅", "法援中心", "应当补偿"), Member("赵工", "村建办"))
    life.run(
        save_conference,
        ConferenceInput(
            case.id, "排水会诊", day, 840, 900, "会商室", "周国平", "陈静", members, "案情", "", "应当截短",
        ),
    )  # fmt: skip
    life.run(
        raise_risk,
        RiskInput(
            case_id=case.id, flags=(RiskFlag.BRAWL,), facts="多人到场", receiver="何某", reported_by="刘敏",
            day=day, minute=540,
        ),
    )  # fmt: skip
    life.run(save_evidence, evidence(life.workspace, case.id))
    text = words(life, case, FormId.INVESTIGATION)
    for piece in ("被调查人", "钱有福", "63岁", "问：何时翻建？", "与所述一致"):
        assert piece in text
    assert "130599196306013318" not in text
    assert "1.王晓梅：应当补偿" in words(life, case, FormId.CONFERENCE)
    risk = words(life, case, FormId.RISK_REPORT)
    assert "■群体性械斗" in risk
    assert "■公安机关" in risk
    assert FormId.EVIDENCE_LIST in slots(life, case)
    printed(life, case, FormId.EVIDENCE_LIST)


def test_identity_numbers_are_printed_only_where_the_office_wants_it(life: Life) -> None:
    case = life.run(register_case, family())
    agent = slots(life, case)[FormId.AUTHORITY]
    assert agent.detail == "王律"

    def shown() -> str:
        paper = life.run(preview_paper, case.id, FormId.AUTHORITY, agent.subject_id)
        return "".join(pages_by_poppler(paper.pdf))

    assert "130599197505010037" not in shown()
    assert "■特别授权" in shown()
    life.run(change_settings, {SettingKey.PRINT_ID_NUMBERS: True})
    assert "130599197505010037" in shown()


def test_an_answer_goes_to_the_body_that_entrusted_the_case(life: Life) -> None:
    entrusted = intake(source=CaseSource.COURT, source_unit="平乡县人民法院", source_letter="委调12号")
    case = life.bring(_S.TERMINATED, entrusted)
    text = words(life, case, FormId.REPLY_LETTER)
    for piece in ("平乡县人民法院", "委调12号", "■未达成协议", "争议焦点", "责任比例", "屋檐伸出"):
        assert piece in text
    assert FormId.REPLY_LETTER not in slots(life, life.bring(_S.TERMINATED))


def test_nothing_new_is_made_of_a_locked_volume(life: Life) -> None:
    case = life.bring(_S.CLOSED)
    slip = printed(life, case, FormId.RECEIPT_SLIP)
    assert FormId.CLOSING_REPORT in slots(life, case)
    archived = life.bring(_S.ARCHIVED)
    assert not {FormId.CLOSING_REPORT, FormId.RECEIPT_SLIP} & slots(life, archived).keys()
    refused = refusal(life.workspace, print_paper, archived.id, FormId.RECEIPT_SLIP, archived.id)
    assert refused.reason in (Reason.CASE_LOCKED, Reason.WRONG_STATUS)
    assert slip.title == "接收回执"


def test_what_a_letter_lacks_is_said_before_it_is_printed(life: Life) -> None:
    case = life.bring(_S.TERMINATED, intake(source=CaseSource.COURT, source_unit="平乡县人民法院"))
    checks = {one.code: one for one in life.run(check_paper, case.id, FormId.REPLY_LETTER, case.id)}
    lacking = checks[PaperCheckCode.FILLED]
    assert (lacking.ok, lacking.block) == (False, False)
    assert "letter_no" in lacking.fields
    assert "unit" not in lacking.fields
