"""调查: records of investigation (F06), corrected until the person asked has signed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.work.visits import InvestigationRow
from app.services.work.investigations import (
    list_investigations,
    remove_investigation,
    sign_investigation,
)
from app.ui.clock import office_today
from app.ui.kit.buttons import button
from app.ui.kit.date_edit import DateEditor, date_words
from app.ui.kit.dialog import Dialog
from app.ui.kit.form import Field, Form
from app.ui.kit.page import Page
from app.ui.kit.table import Column
from app.ui.room import set_shown
from app.ui.tasks import Tasks
from app.ui.theme import Tone
from app.ui.words.labels import label
from app.ui.work.investigation_dialog import InvestigationDialog
from app.ui.work.records_tab import RecordsTab
from app.ui.work.small_editors import clock_words


@dataclass(frozen=True, slots=True)
class SignFields:
    """The day of a signature."""

    signed_on: date | None


class SignDialog(Dialog):
    """Notes the day on which the person asked signed."""

    def __init__(self, tasks: Tasks, row: InvestigationRow, parent: QWidget | None = None) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("登记签名：{name}").format(name=row.asked.name))
        self.submit_button.setText(self.tr("登记签名"))
        self._row = row
        hint = self.tr("登记签名后，这份记录不再改动。")
        self.form = Form(
            SignFields,
            [Field("signed_on", self.tr("签名日期"), DateEditor, required=True, hint=hint)],
            columns=1,
        )
        self.form.fill(SignFields(office_today()))
        self.add(self.form)

    @override
    def submit(self) -> None:
        fields = self.form.value()
        if fields is not None:
            self.act(sign_investigation, self._row.id, fields.signed_on, self._row.row_version)


class InvestigationsTab(RecordsTab[InvestigationRow]):
    """The first record starts the investigation of a case that mediators are assigned to."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, self.tr("调查记录"), self.tr("写调查记录"))
        self.sign_button = button(self.tr("登记签名"), self.sign, picture="pen-line")
        set_shown(self.sign_button, self.may_write)
        self.add_tool(self.sign_button)

    @override
    def columns(self) -> list[Column[InvestigationRow]]:
        return [
            Column(self.tr("序号"), lambda row: str(row.seq), 52, sort_key="seq"),
            Column(self.tr("日期"), lambda row: date_words(row.day), 124, sort_key="day"),
            Column(self.tr("被调查人"), lambda row: row.asked.name, 110, stretch=True, bold=True),
            Column(self.tr("记录人"), lambda row: row.recorder, 84),
            Column(self.tr("签名"), self._state, 84, tone=self._tone, chip=True),
        ]

    def _state(self, row: InvestigationRow) -> str:
        return self.tr("已签名") if row.signed_on else self.tr("未签名")

    def _tone(self, row: InvestigationRow) -> Tone:
        return Tone.GOOD if row.signed_on else Tone.WARN

    @override
    def ask_for(self, case_id: str) -> tuple[Any, ...]:
        return (list_investigations, case_id)

    @override
    def told(self, row: InvestigationRow) -> list[tuple[str, str]]:
        one = row.asked
        age = self.tr("{age}岁").format(age=one.age) if one.age is not None else ""
        who = (one.name, label(one.sex) if one.sex else "", age, one.unit, one.address)
        return [
            (self.tr("时间"), f"{date_words(row.day)} {clock_words(row.start)}－{clock_words(row.end)}"),
            (self.tr("地点"), row.place),
            (self.tr("被调查人"), "　".join(part for part in who if part)),
            (self.tr("参加人"), "、".join(row.attendees)),
            (self.tr("调查人"), "、".join(row.investigators)),
            (self.tr("记录人"), row.recorder),
            (self.tr("调查内容"), row.body),
            (self.tr("签名日期"), date_words(row.signed_on) if row.signed_on else ""),
        ]

    @override
    def make_dialog(self, row: InvestigationRow | None) -> Dialog:
        assert self.case is not None  # noqa: S101 - `edit` asked
        return InvestigationDialog(self.tasks, self.case, row, self.page.context.actor.name, self)

    @override
    def removal(self, row: InvestigationRow) -> tuple[Any, str]:
        said = self.tr("把对“{who}”的调查记录移入回收站？90 天内可以恢复。")
        return remove_investigation, said.format(who=row.asked.name)

    @override
    def empty_text(self, writable: bool) -> str:
        if writable:
            return self.tr("还没有调查记录。向知情人了解情况时写一份，由本人核对签名。")
        return self.tr("没有调查记录。")

    @override
    def fixed(self, row: InvestigationRow) -> bool:
        return row.signed_on is not None

    @override
    def follow(self, row: InvestigationRow | None) -> None:
        super().follow(row)
        self.sign_button.setEnabled(self.change_button.isEnabled())

    def sign(self) -> None:
        """Ask for the day of the signature."""
        row = self.table.current()
        if row is not None:
            self.ask(SignDialog(self.tasks, row, self))
