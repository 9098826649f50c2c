"""Stories told by who is in dispute: a child and its mother, a company that owes, twelve heads of a field."""

from datetime import date, timedelta
from typing import Any

from app.domain.cases import AgentKind, PartyRole
from app.domain.flow import CaseStatus, Deed
from app.domain.papers.forms import FormId
from app.domain.people import PersonKind
from tests.journeys.story_steps import APPLICANT, RESPONDENT, Clerk, Somebody, Walks, walks

__all__ = ["walks"]


def end(clerk: Clerk) -> None:
    """From all performed to the locked volume."""
    clerk.follow_up()
    clerk.close()
    clerk.strike_off()
    clerk.archive()
    assert clerk.waiting() == []
    clerk.ends(CaseStatus.ARCHIVED)


def test_a_child_is_spoken_for_by_its_mother(walks: Walks) -> None:
    clerk = walks("02_minor")
    child = Somebody(PartyRole.APPLICANT, "张小禾", {"birth": date(2016, 5, 1), "address": "石门村三组18号"})
    mother = Somebody(PartyRole.GUARDIAN, "张㛃", {"phone": "13800001111"}, ("张小禾",))
    clerk.register((child, RESPONDENT, mother), summary="李䶮骑电动车撞伤放学的张小禾，医药费协商不成。")
    clerk.schedule()
    clerk.hold()
    page = clerk.settle(sums=((300_000, clerk.today()),))
    assert "张㛃" in {row.signer for row in page._agreement.signatures}
    clerk.print(FormId.AGREEMENT)
    clerk.sign()
    clerk.perform_all()
    end(clerk)


def test_a_company_pays_in_parts_and_is_urged(walks: Walks) -> None:
    clerk = walks("03_company")
    company = Somebody(
        PartyRole.RESPONDENT,
        "平乡县恒盛建材有限公司",
        {
            "uscc": "91350100M000100Y43",
            "legal_representative": "王恒盛",
            "representative_post": "经理",
            "address": "平乡镇工业路8号",
        },
        kind=PersonKind.LEGAL,
    )
    clerk.register(
        (APPLICANT, company), summary="公司拖欠张㛃货款，多次催要未付。", type_a="04", type_b="B06"
    )
    clerk.schedule()
    clerk.hold()
    first = clerk.today() + timedelta(days=7)
    sums = tuple((1_000_000, first + timedelta(days=30 * at)) for at in range(3))
    clerk.settle(sums=sums)
    clerk.print(FormId.AGREEMENT)
    clerk.sign()
    receive(clerk, 1_000_000)
    assert clerk.status() is CaseStatus.PERFORMING
    clerk.clock.forward(days=45)
    assert "payment" in clerk.waiting()
    urge(clerk)
    clerk.print(FormId.DEMAND_NOTICE)
    receive(clerk, 1_000_000)
    receive(clerk, 1_000_000)
    assert clerk.status() is CaseStatus.PERFORMED
    end(clerk)


def receive(clerk: Clerk, fen: int) -> None:
    """The next sum owed came in by transfer."""
    page = clerk.begin(Deed.PERFORMANCE)
    choose_owed(page)
    clerk.press(page.ledger.buttons["receipt"])
    clerk.see("receipt")
    clerk.fill(page.dialog, amount_fen=fen, manner="转账", proof="银行回单")
    clerk.submit(page.dialog)


def urge(clerk: Clerk) -> None:
    """The debtor is called, and asked for the sum that is late."""
    page = clerk.begin(Deed.PERFORMANCE)
    choose_owed(page)
    clerk.press(page.ledger.buttons["demand"])
    clerk.see("demand")
    clerk.fill(page.dialog, answer="月底前付清")
    clerk.submit(page.dialog)


def choose_owed(page: Any) -> None:
    """Stand on the first line of the ledger that is still owed."""
    table = page.ledger.table
    rows = table.records()
    table.selectRow(next(at for at, duty in enumerate(rows) if duty.owed))


def test_twelve_families_settle_the_border_of_a_field(walks: Walks) -> None:
    clerk = walks("04_land")
    names = [
        f"{sure}{given}"
        for sure in ("孙", "钱")
        for given in ("长贵", "有才", "大山", "二柱", "三喜", "四海")
    ]
    people = [
        Somebody(
            PartyRole.APPLICANT if at < 6 else PartyRole.RESPONDENT, name, {"address": f"石门村{at + 1}组"}
        )
        for at, name in enumerate(names)
    ]
    agents = [
        Somebody(PartyRole.AGENT, "冯代表", {"agent_kind": AgentKind.KIN}, tuple(names[:6])),
        Somebody(PartyRole.AGENT, "卫代表", {"agent_kind": AgentKind.KIN}, tuple(names[6:])),
    ]
    clerk.register(
        (*people, *agents),
        type_a="07",
        type_b="B05",
        summary="两村十二户对承包地地界有争议。",
        amount_fen=None,
    )
    clerk.print(FormId.AUTHORITY)
    clerk.schedule()
    clerk.hold()
    clerk.settle(act="孙长贵等六户按原界埂退回占用的地块")
    clerk.print(FormId.AGREEMENT)
    clerk.sign()
    clerk.perform_all()
    end(clerk)


def test_a_debtor_who_did_not_pay_is_mediated_with_again(walks: Walks) -> None:
    clerk = walks("06_breach")
    clerk.to_a_session()
    clerk.settle(sums=((500_000, clerk.today() + timedelta(days=7)),))
    clerk.print(FormId.AGREEMENT)
    clerk.sign()
    clerk.clock.forward(days=10)
    assert "payment" in clerk.waiting()
    clerk.do(Deed.BREACH, facts="到期未付款，电话催要两次")
    assert clerk.status() is CaseStatus.BREACHED
    clerk.do(Deed.REMEDIATE, all_agree=True, note="各方愿意再谈一次")
    assert clerk.status() is CaseStatus.ASSIGNED
    clerk.schedule()
    clerk.hold()
    clerk.settle(sums=((300_000, clerk.today()), (200_000, clerk.today() + timedelta(days=30))))
    clerk.print(FormId.AGREEMENT)
    clerk.sign()
    clerk.perform_all()
    end(clerk)
