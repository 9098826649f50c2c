"""The steps the stories share: registering, scheduling, a session, an agreement, closing, the volume."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from app.domain.agreements import AgreementForm
from app.domain.cases import Consent, PartyRole
from app.domain.flow import CaseStatus, Deed
from app.domain.hearings import SessionOutcome
from app.domain.life.codes import VolumeItem
from app.domain.papers.forms import FormId
from app.domain.people import PersonKind
from app.domain.roster import MediatorInput, RoomInput
from app.domain.values.office_clock import office_time
from app.services.kernel.workspace import Workspace
from app.services.roster.entries import save_mediator, save_room
from app.ui import clock as ui_clock
from app.ui import main_window, theme
from app.ui.cases.intake import matter_step
from app.ui.cases.intake.intake_form import DECISION, MATTER, REVIEW
from app.ui.confirmation import pack_dialog
from app.ui.navigation import Place
from app.ui.papers import papers_page, printing
from app.ui.papers.printing import PrintChoice, Printers
from app.ui.today import today_page
from tests.conftest import Clock
from tests.journeys.stories import Walker

MATTER_OF_NEIGHBOURS: dict[str, object] = {
    "type_a": "02",
    "type_b": "B17",
    "summary": "翻建房屋时屋檐伸出，雨水滴落在邻居院墙上，双方多次争执。",
    "request": "请求改建屋檐排水，并赔偿墙体修缮费用。",
    "amount_fen": 1_280_000,
    "place": "石门村三组",
}


@dataclass(frozen=True)
class Somebody:
    """One person of a dispute as the counter asks for them; `stands_for` names the principals."""

    role: PartyRole
    name: str
    fields: dict[str, object] = field(default_factory=dict)
    stands_for: tuple[str, ...] = ()
    kind: PersonKind = PersonKind.NATURAL


APPLICANT = Somebody(
    PartyRole.APPLICANT, "张㛃", {"id_no": "13059919800101002X", "address": "石门村三组18号"}
)
RESPONDENT = Somebody(
    PartyRole.RESPONDENT, "李䶮", {"id_no": "130599198001010011", "address": "石门村三组20号"}
)


class Clerk(Walker):
    """A walker who knows the daily work."""

    def today(self) -> date:
        """The day on the clock of the office."""
        return office_time(self.clock.at).date()

    def register(
        self, people: Sequence[Somebody] = (APPLICANT, RESPONDENT), *, accept: bool = True, **matter: object
    ) -> None:
        """Four steps of the intake form: who, what, accepted with whom, checked."""
        page = self.page(Place.INTAKE)
        form = page.form
        self._write_people(form.parties, people)
        self.see("people")
        self.press(form.next_button)
        assert form.steps.current() == MATTER
        for name, value in {**MATTER_OF_NEIGHBOURS, **matter}.items():
            form.matter.form.field(name).set_value(value)
        self.see("matter")
        self.press(form.next_button)
        assert form.steps.current() == DECISION
        for row in form.decision.consents.rows:
            row.consent.set_value(Consent.ORAL)
        if accept:
            self._accept(form.decision)
        self.see("decision")
        self.press(form.next_button)
        assert form.steps.current() == REVIEW
        assert form.read().problems == ()
        self.see("review")
        self.press(form.next_button)
        assert page._case is not None, page.banner.text()
        self.case_id = page._case.id
        self.see("registered")
        self.press(page.registered.open_button)

    def _write_people(self, step: Any, people: Sequence[Somebody]) -> None:
        blank = list(step.blocks)
        keys: dict[str, str] = {}
        for one in people:
            spare = next((block for block in blank if block.role is one.role), None)
            block = spare or step.add(one.role)
            if spare is not None:
                blank.remove(spare)
            if one.kind is not PersonKind.NATURAL:
                block._turn_to(one.kind, keep=True)
            for name, value in {"name": one.name, **one.fields}.items():
                block.form.field(name).set_value(value)
            keys[one.name] = block.key
            self.rest()
            if one.stands_for:
                block.represented.set_keys([keys[name] for name in one.stands_for])

    def _accept(self, step: Any) -> None:
        self.press(step.accept._group.button(1))
        step.competent.setChecked(True)
        step.not_excluded.setChecked(True)
        self.rest()
        step.lead.choice.setCurrentIndex(1)
        self.rest()

    def schedule(self, **values: object) -> None:
        """Rights told; then this morning from eight to nine, which everybody agreed to."""
        if self.case.rights_told_on is None:
            self.do(Deed.RIGHTS)
        page = self.begin(Deed.SCHEDULE)
        dialog = page.dialog
        morning = {"day": self.today(), "start": time(8), "end": time(9)}
        self.fill(dialog, **{**morning, "notice_waived": True, **values})
        dialog._check()
        self.see("clashes")
        self.submit(dialog)
        assert self.status() is CaseStatus.SCHEDULED

    def hold(self, outcome: SessionOutcome = SessionOutcome.AGREED, result: str = "双方达成一致。") -> Any:
        """The record of the session, signed by everybody."""
        page = self.begin(Deed.SESSION)
        page.form.set_values(
            {
                "open_to_public": False,
                "identity_checked": True,
                "rights_told": True,
                "body": "调解员说明来意，宣读权利义务，双方陈述意见。",
                "outcome": outcome,
                "result": result,
            }
        )
        self.press(page.save_button)
        assert "已保存" in page.banner.text(), page.banner.text()
        self.press(page._today_button)
        assert "已登记签名" in page.banner.text(), page.banner.text()
        self.see("session_signed")
        return page

    def settle(self, *, sums: Sequence[tuple[int, date]] = (), act: str = "", oral: bool = False) -> Any:
        """The settlement: an act, a sum (in several parts if there are several), saved."""
        page = self.begin(Deed.AGREEMENT)
        self.write_settlement(page, sums=sums, act=act, oral=oral)
        self.press(page.save_button)
        assert page._agreement is not None, page.banner.text()
        self.see("settled")
        return page

    def write_settlement(
        self, page: Any, *, sums: Sequence[tuple[int, date]] = (), act: str = "", oral: bool = False
    ) -> None:
        """Fill the form of an agreement that is on the screen."""
        form = page.form
        if oral:
            form.head.field("form").set_value(AgreementForm.ORAL)
        if not form.head.field("facts").toPlainText():
            form.head.field("facts").set_value(self.case.summary)
        form.head.field("terms").set_value((f"{act or '按约定的期限付清款项'}，双方不再争执。",))
        if act:
            self.press(form.duties.add_act)
            self._duty(form, {"act": act, "manner": "自行施工", "due_on": self.today()})
        if sums:
            self.press(form.duties.add_money)
            amount, due = sum(fen for fen, _ in sums), sums[0][1]
            self._duty(form, {"amount_fen": amount, "manner": "转账", "due_on": due})
        if len(sums) > 1:
            form.duties.forms[-1].show_parts(tuple(sums))
            form.duties._changed()
        form.tail.field("third_party_asked").set_value(True)
        self.rest()
        self.see("settlement")

    def _duty(self, form: Any, values: dict[str, object]) -> None:
        people = {party.role: party.id for party in reversed(self.case.parties)}
        duty = form.duties.forms[-1]
        both = {"debtor_id": people[PartyRole.RESPONDENT], "creditor_id": people[PartyRole.APPLICANT]}
        duty.set_values({**both, **values})
        duty.refresh()
        form.duties._changed()

    def print(self, form: FormId) -> None:
        """Print a paper of the case from the papers page."""
        page = self.page(Place.PAPERS, f"{self.case_id}#{form}")
        entry = page.papers.entry()
        assert entry is not None
        assert entry.slot.form is form, [one.slot.form for one in page.papers.entries()]
        page._show_entry()
        self.see(f"paper_{form}")
        assert page.print_button.isEnabled()
        self.press(page.print_button)
        assert "已送打印机" in page.banner.text(), page.banner.text()

    def sign(self) -> None:
        """Everybody signs, the seal is set: it takes effect."""
        page = self.begin(Deed.AGREEMENT)
        for key in list(page.signing._now.values()):
            self.press(key)
        self.see("signatures")
        self.press(page.signing.record_button)
        assert "起生效" in page.banner.text(), page.banner.text()
        self.see("effective")

    def to_a_session(self) -> None:
        """Registered, accepted, a session held and agreed."""
        self.register()
        self.schedule()
        self.hold()

    def perform_all(self) -> None:
        """Everything owed was done today: entered on the ledger."""
        page = self.begin(Deed.PERFORMANCE)
        self.press(page.ledger.buttons["at_once"])
        self.see("at_once")
        self.submit(page.dialog)
        assert self.status() is CaseStatus.PERFORMED

    def follow_up(self) -> None:
        """Somebody asks how it went."""
        self.do(Deed.FOLLOW_UP)
        assert self.status() is CaseStatus.FOLLOWED_UP

    def close(self) -> None:
        """Close the case."""
        self.do(Deed.CLOSE, note="已办结")
        assert self.status() is CaseStatus.CLOSED

    def strike_off(self) -> None:
        """One proposes, another approves."""
        self.do(Deed.STRIKE_OFF)
        self.somebody_else("审批人乙")
        self.do(Deed.STRIKE_OFF)
        assert self.status() is CaseStatus.STRUCK_OFF

    def archive(self) -> None:
        """What only lies there on paper is counted, then the volume is locked."""
        dialog = self.begin(Deed.ARCHIVE)
        lacking = [item for item, mark in dialog.marks.items() if mark.startswith("✗")]
        for item in lacking:
            assert item in dialog.pages, f"{VolumeItem(item)} can be had nowhere"
            dialog.pages[item].set_value(1)
        self.fill(dialog, checked_by="检查人甲")
        self.see("volume")
        self.submit(dialog)
        assert self.status() is CaseStatus.ARCHIVED


PRINTERS = Printers(("一楼大厅",), "一楼大厅")
Walks = Callable[[str], Clerk]


@pytest.fixture
def walks(
    workspace: Workspace, clock: Clock, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Walks]:
    """Sit a clerk down in an office with a room and two mediators; a printer prints into a file."""
    theme.apply(qapp)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    for module in (ui_clock, main_window, today_page, matter_step):
        monkeypatch.setattr(module, "office_now", lambda: office_time(clock.at))

    def into_file(_: PrintChoice) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return printer

    monkeypatch.setattr(printing, "make_printer", into_file)
    for module in (papers_page, pack_dialog):
        monkeypatch.setattr(module, "find_printers", lambda _: PRINTERS)
    workspace.run(save_room, RoomInput("听证室"))
    for name in ("周国平", "赵春梅"):
        workspace.run(save_mediator, MediatorInput(name, birth=date(1975, 5, 1)))
    made: list[Clerk] = []

    def walk(story: str) -> Clerk:
        made.append(Clerk(workspace, clock, story))
        return made[-1]

    yield walk
    for clerk in made:
        clerk.leave()
