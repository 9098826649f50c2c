"""What importing a package would do, then the receipt code to read back."""

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from app.domain.packages import CaseChange, InboxPreview
from app.services.exchange.inbox import import_package
from app.ui.kit.banner import Banner
from app.ui.kit.card import Card, words
from app.ui.kit.dialog import Dialog
from app.ui.kit.progress import WorkProgress
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import Column
from app.ui.packages.fingerprint_view import mono
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px
from app.ui.words.messages import shown

MARGIN = 24


def spoken(code: str) -> str:
    """A receipt code in two halves, as it is read out."""
    return f"{code[:5]} {code[5:]}"


class ReceiptView(Card):
    """The code in large letters."""

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        told = words(self.tr("回执码（请报给发送单位登记，电话或字条都可以）"), "sub")
        self.code = words(spoken(code))
        self.code.setStyleSheet(mono(34, "green"))
        self.code.setAccessibleName(self.tr("回执码 {code}").format(code=spoken(code)))
        self.add(told)
        self.add(self.code)


class ImportDialog(Dialog):
    """Shows a proved package before anything is written; the filled button imports it."""

    def __init__(self, tasks: Tasks, path: Path, seen: InboxPreview, parent: QWidget | None = None) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.setMinimumWidth(px(680))
        self.set_heading(self.tr("{name} 第 {seq} 号案件包").format(name=seen.sender_name, seq=seen.seq))
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._path, self.seen, self.imported = path, seen, False
        self.submit_button.setText(self.tr("导入"))
        self.notices = [Banner(), Banner()]
        self.progress = WorkProgress()
        self.receipt: ReceiptView | None = None
        self.changes: SmallTable[CaseChange] = SmallTable(
            self._columns(), title=self.tr("包内案件"), empty=self.tr("没有新的或更新的案件。")
        )
        self._build()
        if parent is not None:
            self.resize(px(720), min(px(600), parent.window().height() - MARGIN))
        if seen.already:
            self._show_done(self.tr("这个案件包已导入过，没有改变任何数据。"), Tone.INFO)

    def _build(self) -> None:
        seen = self.seen
        facts = (
            (self.tr("发送单位"), f"{seen.sender_name}（{seen.sender}）"),
            (self.tr("生成时间"), shown(datetime.fromisoformat(seen.made_at))),
            (self.tr("内容"), self._counts()),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(facts):
            said = words(value)
            said.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(words(name, "sub"), row, 0)
            grid.addWidget(said, row, 1)
        self.add(grid)
        for notice in self.notices:
            self.add(notice)
        self._show_notices()
        self.changes.show_records(seen.changes)
        self.changes.setMinimumHeight(px(38) * 2 + px(36))
        self.add(self.changes, 1)
        left_out = seen.new_cases + seen.changed_cases - len(seen.changes)
        if left_out > 0:
            self.add(words(self.tr("另有 {count} 件没有列出。").format(count=left_out), "hint"))
        self.add(self.progress)

    def _counts(self) -> str:
        seen = self.seen
        said = self.tr("新增 {new} 件，更新 {changed} 件，没有变化 {same} 件；文书 {papers} 份")
        return said.format(
            new=seen.new_cases, changed=seen.changed_cases, same=seen.unchanged_cases, papers=seen.papers
        )

    def _show_notices(self) -> None:
        gaps, forks = self.notices
        if self.seen.missing:
            numbers = "、".join(str(number) for number in self.seen.missing)
            said = self.tr("缺第 {numbers} 号包，没有收到过。本包已含其中的变动，可以照常导入。")
            gaps.say(said.format(numbers=numbers), Tone.WARN, lasting=True)
        if self.seen.forks:
            said = self.tr("{count} 件案件两边各有修改：导入后两份都保留，以较新的为准，请与乡镇核对。")
            forks.say(said.format(count=self.seen.forks), Tone.WARN, lasting=True)

    def _columns(self) -> list[Column[CaseChange]]:
        return [
            Column(
                self.tr("变动"),
                lambda row: self.tr("新增") if row.new else self.tr("更新"),
                84,
                tone=lambda row: Tone.GOOD if row.new else Tone.INFO,
                chip=True,
            ),
            Column(self.tr("案号"), lambda row: row.number, 260, sort_key="number"),
            Column(self.tr("当事人"), lambda row: row.parties, 240, stretch=True, sort_key="parties"),
        ]

    @override
    def submit(self) -> None:
        if self.imported or self.tasks is None:
            self.accept()
            return
        self.banner.hide()
        self.set_busy(True)
        self.cancel_button.setEnabled(False)  # the button beside the bar stops the work
        request = self.tasks.run_long(import_package, self._path)
        self.progress.follow(request, self.tr("正在导入，其他工作可以照常进行"))
        request.then(self._done, cancelled=self._stopped, done=self._ended, owner=self)

    def _ended(self) -> None:
        self.progress.finish()
        self.set_busy(False)
        self.cancel_button.setEnabled(True)

    def _stopped(self) -> None:
        self.banner.say(self.tr("已停止，没有导入任何案件。"), Tone.PLAIN)

    def _done(self, seen: Any) -> None:
        self.seen = seen
        if seen.already:
            self._show_done(self.tr("这个案件包已导入过，没有改变任何数据。"), Tone.INFO)
        else:
            said = self.tr("已导入：新增 {new} 件，更新 {changed} 件。")
            self._show_done(said.format(new=seen.new_cases, changed=seen.changed_cases), Tone.GOOD)

    def _show_done(self, said: str, tone: Tone) -> None:
        self.imported = True
        self.banner.say(said, tone, lasting=True)
        for notice in self.notices:
            notice.hide()
        self.receipt = ReceiptView(self.seen.receipt)
        self.body.insertWidget(0, self.receipt)
        self.submit_button.setText(self.tr("完成"))
        self.submit_button.setFocus()
        self.cancel_button.hide()
        if not any((self.seen.new_cases, self.seen.changed_cases)):
            self.changes.hide()
            self.adjustSize()
