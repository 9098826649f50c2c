"""The main job through the windows: from the counter to the county, with real threads and real files."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from app.domain.agreements import AgreementStatus
from app.domain.cases import Consent
from app.domain.flow import CaseStatus, Deed
from app.domain.hearings import SessionOutcome
from app.domain.papers.forms import FormId
from app.domain.roster import MediatorInput, RoomInput
from app.domain.values.office_clock import CHINA
from app.services.cases.register import open_case
from app.services.kernel.workspace import Workspace
from app.services.office.storage import verify_audit
from app.services.roster.entries import save_mediator, save_room
from app.ui import theme
from app.ui.cases.intake.intake_form import DECISION, MATTER, REVIEW
from app.ui.navigation import Place
from app.ui.papers import papers_page, printing
from app.ui.papers.printing import PrintChoice, Printers
from tests.conftest import Clock
from tests.journeys.windows import Seat, sit_down
from tests.services.stage import audited

PRINTERS = Printers(("一楼大厅",), "一楼大厅")
STEPS = (
    "register_case", "accept_case", "assign_mediators", "record_rights_told", "schedule_hearing",
    "print_paper", "hold_session", "sign_session", "save_agreement", "record_signatures",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _surroundings(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our looks, throw-away settings, a printer that prints into files."""
    theme.apply(qapp)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))

    def into_file(_: PrintChoice) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return printer

    monkeypatch.setattr(printing, "make_printer", into_file)
    monkeypatch.setattr(papers_page, "find_printers", lambda _: PRINTERS)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> dict[Path, Counter[str]]:
    """How often each use case that writes was run in each office, drafts apart."""
    told: dict[Path, Counter[str]] = defaultdict(Counter)
    run = Workspace.run

    def noting(self: Workspace, use_case: Any, *args: Any, **kwargs: Any) -> Any:
        outcome = run(self, use_case, *args, **kwargs)
        if use_case.writes and not use_case.quiet and not use_case.by_steps:
            told[self.folder][use_case.__name__] += 1
        return outcome

    monkeypatch.setattr(Workspace, "run", noting)
    return told


@pytest.fixture
def seats(qtbot: Any) -> Iterator[Callable[[Workspace], Seat]]:
    """Sit down at the windows of offices; shortcuts work at the one sat down at last."""
    made: list[Seat] = []

    def sit(workspace: Workspace) -> Seat:
        made.append(sit_down(qtbot, workspace))
        return made[-1]

    yield sit
    for seat in made:
        seat.leave()


@pytest.fixture
def office(workspace: Workspace, clock: Clock) -> Workspace:
    """An office with a room and a mediator, late today, so that this morning's hearing is over."""
    now = datetime.now(UTC).astimezone(CHINA)
    clock.at = max(now, now.replace(hour=22, minute=0)).astimezone(UTC)
    workspace.run(save_room, RoomInput("听证室"))
    workspace.run(save_mediator, MediatorInput("周国平", specialities=("02",), birth=date(1970, 1, 1)))
    return workspace


def today() -> str:
    return f"{datetime.now(UTC).astimezone(CHINA):%Y-%m-%d}"


def register(seat: Seat) -> str:
    """Four steps: who, what, accepted with whom, checked."""
    seat.press("登记新案件")
    page = seat.here()
    form = page.form
    people = (
        {"name": "张㛃", "id_no": "13059919800101002X", "phone": "13800001111", "address": "石门村三组18号"},
        {"name": "李䶮", "id_no": "130599198001010011", "address": "石门村三组20号"},
    )
    for block, texts in zip(form.parties.blocks, people, strict=True):
        for name, text in texts.items():
            seat.type(block.form.field(name), text)
    seat.click(form.next_button)
    assert form.steps.current() == MATTER
    seat.type(form.matter.form.field("type_a"), "ll")
    seat.qtbot.keyClick(form.matter.form.field("type_a"), Qt.Key.Key_Return)
    seat.type(form.matter.form.field("summary"), "李䶮翻建房屋时屋檐伸出，雨水滴落在张㛃院墙上。")
    seat.type(form.matter.form.field("request"), "请求改建屋檐排水并赔偿。")
    seat.type(form.matter.form.field("amount_fen"), "12800")
    seat.click(form.next_button)
    assert form.steps.current() == DECISION
    seat.choose(form.decision.consents.rows[0].consent, Consent.ORAL)
    seat.tick(form.decision.accept._group.button(1))
    seat.tick(form.decision.competent)
    seat.tick(form.decision.not_excluded)
    seat.until(lambda: form.decision.lead.choice.count() > 1)
    form.decision.lead.choice.setFocus()
    seat.qtbot.keyClick(form.decision.lead.choice, Qt.Key.Key_Down)
    seat.click(form.next_button)
    assert form.steps.current() == REVIEW
    assert form.read().problems == ()
    seat.click(form.next_button)
    seat.until(lambda: page._case is not None and page._case.status is CaseStatus.ASSIGNED)
    seat.click(page.registered.open_button)
    return seat.here()._wanted


def do(seat: Seat, case_id: str, deed: Deed) -> Any:
    """Open the case and press what leads on."""
    page = seat.page(Place.CASE, case_id)
    seat.until(lambda: page.case is not None and deed in page.deeds and page.deeds[deed].isVisible())
    seat.click(page.deeds[deed])
    return page


def schedule(seat: Seat, case_id: str) -> None:
    """Rights told, then this morning from nine to ten, which both agreed to."""
    page = do(seat, case_id, Deed.RIGHTS)
    seat.enter(page.dialog.form.field("rights_told_on"))
    seat.until(lambda: page.case.rights_told_on is not None)
    do(seat, case_id, Deed.SCHEDULE)
    calendar = seat.here()
    seat.until(lambda: calendar.dialog is not None and calendar.dialog.isVisible())
    dialog = calendar.dialog
    form = dialog.form
    seat.until(lambda: form.field("room_id").value() and len(form.field("party_ids").value()) == 2)
    for name, text in {"day": today(), "start": "09:00", "end": "10:00"}.items():
        seat.type(form.field(name), text)
    seat.tick(form.field("notice_waived"))
    seat.enter(form.field("notice_waived"))
    seat.until(lambda: "已排期" in calendar.banner.text())
    seat.press("打印通知书", calendar.banner)


def print_all(seat: Seat, *forms: FormId) -> None:
    """Press Ctrl+P at each paper of these forms of the case that is shown."""
    page = seat.here()
    seat.until(lambda: {entry.slot.form for entry in page.papers.entries()} >= set(forms))
    for at in [at for at, entry in enumerate(page.papers.entries()) if entry.slot.form in forms]:
        page.banner.hide()
        page.papers.setFocus()
        page.papers.setCurrentRow(0)
        for _ in range(page.papers.count()):
            if page.papers.entry() is page.papers.entries()[at]:
                break
            seat.qtbot.keyClick(page.papers, Qt.Key.Key_Down)
        seat.qtbot.keyClick(page.papers, Qt.Key.Key_Return)
        seat.until(page.print_button.isEnabled)
        seat.click(page.print_button)
        seat.until(lambda: "已送打印机" in page.banner.text() and page.print_button.isEnabled())


def hold(seat: Seat, case_id: str) -> None:
    """The record of the session, signed by both."""
    do(seat, case_id, Deed.SESSION)
    page = seat.here()
    form = page.form
    seat.until(lambda: page._case is not None and form.field("place").text() == "听证室")
    seat.choose(form.field("open_to_public"), False)
    seat.tick(form.field("identity_checked"))
    seat.tick(form.field("rights_told"))
    seat.type(form.field("body"), "调解员说明来意，双方陈述，同意改建屋檐。")
    seat.choose(form.field("outcome"), SessionOutcome.AGREED)
    seat.type(form.field("result"), "双方达成一致。")
    seat.click(page.save_button)
    seat.until(page.signed_on.isVisible)
    seat.type(page.signed_on, today())
    seat.press("登记签名", page)
    seat.until(lambda: "已登记签名" in page.banner.text())
    seat.click(page.agree_button)


def settle(seat: Seat) -> None:
    """An act and a sum, checked while written, saved, on to the papers."""
    page = seat.here()
    form = page.form
    seat.until(lambda: page.desk.case is not None and form.head.field("facts").toPlainText())
    seat.type(form.head.field("terms").boxes()[0], "李䶮赔偿张㛃墙体修缮费用。")
    seat.click(form.duties.add_money)
    duty = form.duties.forms[0]
    for name, text in {"amount_fen": "12300.50", "manner": "转账", "due_on": "2099-12-1"}.items():
        seat.type(duty.field(name), text)
    seat.tick(form.tail.field("third_party_asked"))
    seat.click(page.save_button)
    seat.until(lambda: "协议已保存" in page.banner.text())
    seat.click(page.print_button)


def sign(seat: Seat, case_id: str) -> None:
    """Everybody signs, the seal is set: it takes effect."""
    do(seat, case_id, Deed.AGREEMENT)
    page = seat.here()
    seat.until(lambda: page._agreement is not None and page._agreement.status is AgreementStatus.SIGNING)
    seat.rest()
    assert len(page.signing._now) == 4
    for field in list(page.signing._now):
        seat.click(page.signing.today_key(field))
    seat.click(page.signing.record_button)
    seat.until(lambda: "起生效" in page.banner.text())


def type_groups(seat: Seat, reader: Any, fingerprint: str) -> None:
    """What the person does who hears the groups on the telephone."""
    seat.until(lambda: reader.dialog is not None and reader.dialog.isVisible())
    seat.type(reader.dialog.first, fingerprint.split("-")[0])
    seat.type(reader.dialog.last, fingerprint.split("-")[7])
    dialog = reader.dialog
    closed: list[int] = []
    dialog.accepted.connect(lambda: closed.append(1))
    seat.click(dialog.submit_button)
    seat.until(lambda: closed)


def exchange_cards(seat: Seat, above: Seat, stick: Path) -> None:
    """The county's card down, the township's registration up, fingerprints read out."""
    nodes, outbox = above.page(Place.NODES), seat.page(Place.PACKAGES)
    above.until(lambda: nodes.own.card is not None)
    above.click(nodes.own.save_button)
    above.pick(stick)
    above.until(lambda: list(stick.glob("*.card")))
    outbox.reader.pick()
    seat.pick(next(stick.glob("*.card")))
    type_groups(seat, outbox.reader, nodes.own.card.fingerprint)
    seat.press("密钥与名片…")
    seat.until(lambda: outbox.dialog is not None and outbox.dialog.panel.own.card is not None)
    own = outbox.dialog.panel.own
    seat.click(own.save_button)
    seat.pick(stick)
    seat.until(lambda: list(stick.glob("*.reg")))
    township = own.card.fingerprint
    seat.click(outbox.dialog.submit_button)
    above.click(nodes.read_button)
    above.pick(next(stick.glob("*.reg")))
    type_groups(above, nodes.reader, township)


def hand_over(seat: Seat, above: Seat, stick: Path) -> None:
    """A package on the stick, into the county, its receipt back."""
    outbox = seat.page(Place.PACKAGES)
    seat.click(outbox.make_button)
    seat.until(lambda: "号案件包已生成" in outbox.banner.text() and outbox.packages.current() is not None)
    seat.click(outbox.save_button)
    seat.pick(stick)
    seat.until(lambda: "读回核对无误" in outbox.banner.text())
    inbox = above.page(Place.COUNTY_INBOX)
    above.click(inbox.pick_button)
    above.pick(next(stick.glob("*.age")))
    above.until(lambda: inbox.dialog is not None and inbox.dialog.isVisible())
    above.click(inbox.dialog.submit_button)
    above.until(lambda: inbox.dialog.imported)
    code = inbox.dialog.receipt.code.text()
    above.click(inbox.dialog.submit_button)
    seat.click(outbox.receipt_button)
    seat.until(lambda: outbox.dialog is not None and outbox.dialog.isVisible())
    seat.type(outbox.dialog.code, code)
    seat.click(outbox.dialog.submit_button)
    seat.until(lambda: "县中心已签收" in outbox.banner.text())


def read_at_county(above: Seat) -> Any:
    """Open the only case of the list with Enter."""
    cases = above.page(Place.CASES)
    above.until(lambda: cases.table.table.rowCount() == 1 and cases.table.table.record(0) is not None)
    cases.table.setFocus()
    cases.table.setCurrentIndex(cases.table.table.index(0, 0))
    above.qtbot.keyClick(cases.table, Qt.Key.Key_Return)
    page = above.here()
    above.until(lambda: page.case is not None)
    return page


def test_a_dispute_goes_from_the_counter_to_the_county(
    ran: dict[Path, Counter[str]],
    office: Workspace,
    county_workspace: Workspace,
    seats: Callable[[Workspace], Seat],
    tmp_path: Path,
) -> None:
    stick, bugs = tmp_path / "stick", []
    stick.mkdir()
    seat = seats(office)
    seat.tasks.failed.connect(bugs.append)
    case_id = register(seat)
    schedule(seat, case_id)
    print_all(seat, FormId.HEARING_NOTICE)
    hold(seat, case_id)
    settle(seat)
    print_all(seat, FormId.AGREEMENT)
    sign(seat, case_id)
    case = office.run(open_case, case_id).value
    assert case.status is CaseStatus.EFFECTIVE

    above = seats(county_workspace)
    above.tasks.failed.connect(bugs.append)
    exchange_cards(seat, above, stick)
    hand_over(seat, above, stick)
    page = read_at_county(above)
    assert (page.case.number, page.case.parties) == (case.number, case.parties)
    assert page.case.status is CaseStatus.EFFECTIVE
    assert "这里只能查看" in page.read_only.text()
    assert page.deeds == {}
    assert bugs == []

    done = [action for action, _ in audited(office)]
    positions = [done.index(step) for step in STEPS]
    assert positions == sorted(positions)
    for workspace in (office, county_workspace):
        audit = Counter(action for action, _ in audited(workspace))
        assert ran[workspace.folder] <= audit, ran[workspace.folder] - audit
        assert workspace.run(verify_audit).value is None
