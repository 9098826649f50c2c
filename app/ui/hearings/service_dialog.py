"""送达: who was told of a hearing and how, and the proof for those who still have to be."""

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.errors import Problem
from app.domain.hearings import HearingView
from app.domain.schedule.service import ServiceInput, ServiceLine, ServiceMethod
from app.services.hearings.service import hearing_service, record_service
from app.ui.hearings.wording import weekday
from app.ui.kit.buttons import button
from app.ui.kit.date_edit import DateEditor
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import choice, line
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column
from app.ui.navigation import Context, Place
from app.ui.theme import Tone, px
from app.ui.words.finding_words import short_day, span
from app.ui.words.labels import label


@dataclass(frozen=True, slots=True)
class ServiceFields:
    """The proof as it is filled in."""

    method: ServiceMethod
    served_on: date | None
    receiver: str
    relation: str
    server: str
    place: str
    refused_note: str


class ServiceDialog(Dialog):
    """The list of those invited above, the proof of the one chosen below."""

    def __init__(self, context: Context, hearing: HearingView, today: date | None, parent: QWidget) -> None:
        super().__init__("", "", tasks=context.tasks, parent=parent)
        self._context, self._hearing, self._today = context, hearing, today
        self._chosen: ServiceLine | None = None
        self._party_id = ""
        when = f"{short_day(hearing.day)} {weekday(hearing.day)} {span(hearing.start, hearing.end)}"
        self.set_heading(self.tr("通知送达：{when}").format(when=when))
        self.submit_button.setText(self.tr("登记送达"))
        self.cancel_button.setText(self.tr("关闭"))
        self.list: SmallTable[ServiceLine] = SmallTable(
            self._columns(), title=self.tr("送达情况"), empty=self.tr("没有通知对象。")
        )
        self.list.setMinimumHeight(px(124))
        self.list.picked.connect(self._pick)
        self.form = Form(ServiceFields, self._fields(), columns=2)
        self.form.field("method").edited.connect(self._show_needed)
        self.add(self.list, 1)
        self.form.setMinimumHeight(px(150))  # three rows, whichever are shown
        self.add(self.form)
        if context.actor.may(Permission.PAPER_PRINT):
            self.add_foot(button(self.tr("打印通知书、回证"), self._print, picture="printer"))
        if not context.actor.may(Permission.HEARING_WRITE):
            self.form.hide()
            self.submit_button.hide()
        self.resize(px(720), px(480))
        context.tasks.run(hearing_service, hearing.id).then(self._take, owner=self)

    def _columns(self) -> list[Column[ServiceLine]]:
        return [
            Column(self.tr("当事人"), lambda row: f"{label(row.role)} {row.name}", 150, stretch=True),
            Column(self.tr("应送达"), lambda row: label(row.due) if row.due else self.tr("无"), 84),
            Column(self.tr("文书"), self._paper, 104),
            Column(
                self.tr("送达情况"), self._state, 190, chip=True,
                tone=lambda row: Tone.WARN if row.open else Tone.GOOD if row.proof else Tone.PLAIN,
            ),
        ]  # fmt: skip

    def _paper(self, row: ServiceLine) -> str:
        if row.due is None:
            return ""
        if row.printed:
            return self.tr("已打印")
        return self.tr("旧通知已失效") if row.outdated else self.tr("未打印")

    def _state(self, row: ServiceLine) -> str:
        if row.proof is not None:
            return f"{short_day(row.proof.served_on)} {label(row.proof.method)}"
        return self.tr("还没有送达") if row.open else self.tr("不需要送达")

    def _fields(self) -> list[Field]:
        return [
            Field("method", self.tr("方式"), choice(ServiceMethod)),
            Field("served_on", self.tr("送达日期"), DateEditor, required=True),
            Field("receiver", self.tr("收件人"), line(limit=50), required=True),
            Field("relation", self.tr("与当事人关系"), line(self.tr("本人签收的不填"), 30)),
            Field("server", self.tr("送达人"), line(limit=50), required=True),
            Field("place", self.tr("地点或号码"), line(self.tr("不填则为当事人住址"), 100)),
            Field(
                "refused_note",
                self.tr("拒收情况"),
                line(self.tr("拒收事由和见证人，或拍照、录像的情况")),
                required=True,
                span=FULL_ROW,
            ),
        ]

    def _take(self, lines: tuple[ServiceLine, ...]) -> None:
        self.list.show_records(lines)
        first = next((at for at, one in enumerate(lines) if one.open), 0)
        self._party_id = ""
        if lines:
            self.list.go_to(first)
            self._pick(lines[first])

    def chosen(self) -> ServiceLine | None:
        """The party whose proof is below."""
        return self._chosen

    def _pick(self, row: ServiceLine | None) -> None:
        if row is not None:
            self._chosen = row
            self._follow()

    def _follow(self) -> None:
        """Begin a new proof for the chosen party."""
        row = self._chosen
        self.submit_button.setEnabled(row is not None and row.due is not None)
        if row is None or row.party_id == self._party_id:
            return
        self._party_id = row.party_id
        self.form.fill(
            ServiceFields(ServiceMethod.DIRECT, self._today, row.name, "", self._context.actor.name, "", "")
        )
        self._show_needed()

    def _show_needed(self) -> None:
        left = self.form.field("method").value() is ServiceMethod.LEFT
        hidden = {"receiver", "relation"} if left else {"refused_note"}
        self.form.show_fields(name for name in ServiceFields.__slots__ if name not in hidden)

    @override
    def submit(self) -> None:
        row, fields = self._chosen, self.form.value()
        if row is None or fields is None or self.tasks is None:
            return
        if fields.served_on is None:
            self.form.show_problems([Problem("served_on", "required")])
            return
        wanted = ServiceInput(
            row.party_id, fields.method, fields.served_on, fields.server, fields.receiver, fields.relation
        )
        wanted = replace(wanted, place=fields.place, refused_note=fields.refused_note)
        if fields.method is ServiceMethod.LEFT:
            wanted = replace(wanted, receiver="", relation="")
        else:
            wanted = replace(wanted, refused_note="")
        self.set_busy(True)
        self.tasks.run(record_service, self._hearing.id, wanted).then(
            self._recorded, done=lambda: self.set_busy(False), owner=self
        )

    def _recorded(self, lines: tuple[ServiceLine, ...]) -> None:
        self._take(lines)
        waiting = sum(one.open for one in lines)
        words = self.tr("已登记，还有 {count} 人没有送达。") if waiting else self.tr("已登记，全部送达。")
        self.banner.say(words.format(count=waiting), Tone.GOOD)

    def _print(self) -> None:
        self.accept()
        dialog = self.parentWidget()
        if isinstance(dialog, Dialog):
            dialog.accept()
        self._context.navigator.goto(Place.PAPERS, self._hearing.case_id)
