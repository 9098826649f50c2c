"""The list before printing: what is right, what is missing, each with its sign."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.papers.listing import PaperCheck, PaperCheckCode
from app.ui.icons import pixmap
from app.ui.kit.card import words
from app.ui.words.labels import label

_FAILED: dict[PaperCheckCode, Any] = {
    PaperCheckCode.PARTICULARS: QT_TRANSLATE_NOOP("checklist", "{names} {fields}未填"),
    PaperCheckCode.ID_NUMBERS: QT_TRANSLATE_NOOP("checklist", "{names} 证件号码未填"),
    PaperCheckCode.GUARDIANS: QT_TRANSLATE_NOOP("checklist", "{names} 未成年，缺法定代理人"),
    PaperCheckCode.RIGHTS_TOLD: QT_TRANSLATE_NOOP("checklist", "还没有记录已告知权利义务"),
    PaperCheckCode.SESSIONS_SIGNED: QT_TRANSLATE_NOOP("checklist", "第 {names} 次调解记录还没有签名"),
    PaperCheckCode.AMOUNTS: QT_TRANSLATE_NOOP("checklist", "金额 {names} 元大小写不一致"),
    PaperCheckCode.DUE_DATES: QT_TRANSLATE_NOOP("checklist", "履行期限不明确 {names}"),
    PaperCheckCode.COPIES: QT_TRANSLATE_NOOP("checklist", "协议份数少于当事人加存档"),
    PaperCheckCode.FILLED: QT_TRANSLATE_NOOP("checklist", "{fields}未填"),
    PaperCheckCode.GLYPHS: QT_TRANSLATE_NOOP("checklist", "字库缺“{names}”字，不能打印"),
}
_FIELDS: dict[str, Any] = {
    "sex": QT_TRANSLATE_NOOP("checklist", "性别"),
    "birth": QT_TRANSLATE_NOOP("checklist", "出生日期"),
    "phone": QT_TRANSLATE_NOOP("checklist", "电话"),
    "address": QT_TRANSLATE_NOOP("checklist", "住址"),
    "uscc": QT_TRANSLATE_NOOP("checklist", "信用代码"),
    "contact_phone": QT_TRANSLATE_NOOP("checklist", "联系电话"),
    "unit": QT_TRANSLATE_NOOP("checklist", "收件单位"),
    "letter_no": QT_TRANSLATE_NOOP("checklist", "来函文号"),
    "requests": QT_TRANSLATE_NOOP("checklist", "申请事项"),
    "people": QT_TRANSLATE_NOOP("checklist", "涉及人员"),
    "measures": QT_TRANSLATE_NOOP("checklist", "已采取的措施"),
    "powers": QT_TRANSLATE_NOOP("checklist", "授权范围"),
    "agent_kind": QT_TRANSLATE_NOOP("checklist", "受托人身份"),
    "legal_representative": QT_TRANSLATE_NOOP("checklist", "法定代表人"),
}
_SIGN = 18
_STYLES = {"amber": "caution", "red": "problem", "sub": "sub"}


def check_words(check: PaperCheck) -> str:
    """One line of the list in words."""
    if check.ok:
        return label(check.code)
    fields = "、".join(QCoreApplication.translate("checklist", _FIELDS[name]) for name in check.fields)
    said: str = QCoreApplication.translate("checklist", _FAILED[check.code])
    return said.format(names="、".join(check.names), fields=fields).strip()


def _sign(check: PaperCheck) -> tuple[str, str]:
    if check.ok:
        return "check", "green"
    return ("circle-alert", "red") if check.block else ("triangle-alert", "amber")


class Checklist(QWidget):
    """Shows checks; red ones keep the paper from being printed, amber ones ask to look again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(7)
        self._said: list[str] = []

    def show_checks(self, checks: Sequence[PaperCheck]) -> None:
        """Show these lines, what is wrong first: the end of a long list may be out of sight."""
        self._clear()
        for check in sorted(checks, key=lambda check: (check.ok, not check.block)):
            self._add(check_words(check), *_sign(check))

    def show_note(self, text: str) -> None:
        """Say one thing instead of a list."""
        self._clear()
        self._add(text, "info", "sub")

    def said(self) -> list[str]:
        """The lines shown."""
        return list(self._said)

    def _clear(self) -> None:
        self._said.clear()
        while (item := self._column.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()

    def _add(self, text: str, picture: str, ink: str) -> None:
        self._said.append(text)
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        sign = QLabel()
        sign.setPixmap(pixmap(picture, ink, _SIGN))
        line = words(text, _STYLES.get(ink, ""))
        line.setWordWrap(True)
        across.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(line, 1)
        self._column.addWidget(row)
