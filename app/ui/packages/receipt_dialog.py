"""The receipt code the county reads out: what a package held need not be sent again."""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from app.domain.packages import OutboxRow, read_code
from app.services.exchange.outbox import confirm_receipt
from app.ui.kit.card import words
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import LineEditor
from app.ui.packages.fingerprint_view import mono
from app.ui.tasks import Tasks
from app.ui.theme import px

CODE_LETTERS = 10


class ReceiptDialog(Dialog):
    """Takes the code of one package; spaces and small letters do not matter."""

    def __init__(
        self, tasks: Tasks, row: OutboxRow, ok: Callable[[OutboxRow], object], parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("录入回执码"))
        self.submit_button.setText(self.tr("登记签收"))
        self._row, self._ok = row, ok
        said = words(
            self.tr("第 {seq} 号案件包，{cases} 件案件。县中心导入后，屏幕上显示十位回执码：").format(
                seq=row.seq, cases=row.cases
            )
        )
        said.setWordWrap(True)
        self.code = LineEditor(placeholder="ABCDE FGHIJ", limit=30)
        self.code.setAccessibleName(self.tr("回执码"))
        self.code.setStyleSheet(f"QLineEdit {{ {mono(22)} min-height: {px(44)}px; }}")
        self.code.edited.connect(self._typed)
        self.count = QLabel()
        self.count.setObjectName("hint")
        self.add(said)
        self.add(self.code)
        self.add(self.count)
        self._typed()

    @override
    def submit(self) -> None:
        if self._whole():
            self.act(confirm_receipt, self._row.id, self.code.text(), ok=self._ok)

    def _whole(self) -> bool:
        return len(read_code(self.code.text())) == CODE_LETTERS

    def _typed(self) -> None:
        typed = len(read_code(self.code.text()))
        self.count.setText(self.tr("已输入 {typed} 位，共十位").format(typed=typed))
        self.submit_button.setEnabled(self._whole())
