"""How the paper is printed: printer, copies, both sides; the checks; how many sheets it takes."""

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from app.domain.papers.forms import FormId
from app.domain.papers.listing import PaperCheck, PaperSlot
from app.ui.kit.card import Card, heading, words
from app.ui.papers.checklist import Checklist
from app.ui.papers.printing import Duplex, PrintChoice, Printers
from app.ui.room import Scrolled

MOST_COPIES = 50
_DUPLEX_KEY, _PRINTER_KEY = "print/duplex", "print/printer"


class PrintPanel(Card):
    """Right-hand card; `choice()` is what the person set."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._pages = 0
        self._slot: PaperSlot | None = None
        self.printer = QComboBox()
        self.paper = QLineEdit(self.tr("A4　210 × 297 毫米"))
        self.paper.setReadOnly(True)
        self.copies = QSpinBox()
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setSuffix(self.tr(" 份"))
        self.duplex = QComboBox()
        self.checklist = Checklist()
        self._no_printer = words("", "caution")
        self._copies_hint = words("", "hint")
        self._sheets = words("", "sub")
        self._build()
        self._remember()

    def choice(self) -> PrintChoice | None:
        """What is set; None when there is no printer."""
        name = self.printer.currentData()
        if not name:
            return None
        return PrintChoice(str(name), self.copies.value(), self.duplex.currentData())

    def show_printers(self, printers: Printers) -> None:
        """Offer the printers of this PC, the one used last or the usual one chosen."""
        kept = str(QSettings().value(_PRINTER_KEY) or "") or printers.usual
        self.printer.blockSignals(True)
        self.printer.clear()
        for name in printers.names:
            usual = self.tr("{name}（默认）").format(name=name)
            self.printer.addItem(usual if name == printers.usual else name, name)
        if not printers.names:
            self.printer.addItem(self.tr("没有安装打印机"), "")
        self.printer.setCurrentIndex(max(self.printer.findData(kept), 0))
        self.printer.blockSignals(False)
        self.printer.setEnabled(bool(printers.names))
        self._no_printer.setHidden(bool(printers.names))

    def show_slot(self, slot: PaperSlot | None) -> None:
        """Begin with another paper: the copies the law asks for."""
        before, self._slot = self._slot, slot
        if slot is None:
            self.show_pages(0)
            return
        if before is None or (before.form, before.subject_id) != (slot.form, slot.subject_id):
            self.copies.setValue(slot.copies)
        agreement = slot.form is FormId.AGREEMENT
        self._copies_hint.setText(self.tr("协议书写明一式 {copies} 份").format(copies=slot.copies))
        self._copies_hint.setVisible(agreement)

    def show_pages(self, pages: int) -> None:
        """How many pages the paper has."""
        self._pages = pages
        self._count()

    def show_checks(self, checks: Sequence[PaperCheck]) -> None:
        """What was looked at before printing."""
        self.checklist.show_checks(checks)

    def set_framed(self, framed: bool) -> None:
        """A card of its own, or a part of the column it lies in."""
        self.setObjectName("card" if framed else "")
        margin = 14 if framed else 0
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.style().unpolish(self)
        self.style().polish(self)

    def sheets(self) -> str:
        """The words about pages and sheets."""
        return self._sheets.text()

    def _build(self) -> None:
        self._no_printer.setText(self.tr("可以“另存 PDF”，拿到有打印机的电脑上打印。"))
        for told in (self._no_printer, self._copies_hint):
            told.setWordWrap(True)
            told.hide()
        self.duplex.addItem(self.tr("单面"), Duplex.DuplexNone)
        self.duplex.addItem(self.tr("双面，长边翻转"), Duplex.DuplexLongSide)
        self.duplex.addItem(self.tr("双面，短边翻转"), Duplex.DuplexShortSide)
        for choice in (self.printer, self.duplex):  # a long printer name must not widen the card
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(6)
        self.copies.lineEdit().setTextMargins(7, 0, 0, 0)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(6)
        column.addLayout(heading(self.tr("打印设置")))
        fields: list[tuple[str, QWidget, QLabel | None]] = [
            (self.tr("打印机"), self.printer, self._no_printer),
            (self.tr("纸张"), self.paper, None),
            (self.tr("份数"), self.copies, self._copies_hint),
            (self.tr("双面"), self.duplex, None),
        ]
        for name, field, hint in fields:
            title = words(name, "sub")
            title.setBuddy(field)
            field.setAccessibleName(name)
            column.addWidget(title)
            column.addWidget(field)
            if hint is not None:
                column.addWidget(hint)
        column.addSpacing(10)
        column.addLayout(heading(self.tr("打印前检查")))
        column.addSpacing(2)
        column.addWidget(self.checklist)
        column.addStretch(1)
        self.add(Scrolled(inner), 1)
        self.add(self._sheets)
        self.copies.valueChanged.connect(self._count)
        self.duplex.currentIndexChanged.connect(self._count)

    def _remember(self) -> None:
        """Take printer and sides as they were last time, and keep what is chosen now."""
        self.duplex.setCurrentIndex(int(str(QSettings().value(_DUPLEX_KEY) or 0)))
        self.duplex.currentIndexChanged.connect(lambda at: QSettings().setValue(_DUPLEX_KEY, at))
        self.printer.currentIndexChanged.connect(
            lambda: QSettings().setValue(_PRINTER_KEY, self.printer.currentData())
        )

    def _count(self) -> None:
        pages, copies = self._pages, self.copies.value()
        one_side = self.duplex.currentData() == Duplex.DuplexNone
        sheets = (pages if one_side else -(-pages // 2)) * copies
        text = self.tr("{pages} 页　{copies} 份 = {all} 页（{sheets} 张纸）")
        said = text.format(pages=pages, copies=copies, all=pages * copies, sheets=sheets)
        self._sheets.setText(said if pages else "")
        self.changed.emit()
