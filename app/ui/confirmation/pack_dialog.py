"""打印申请材料: the application and the certificate on one printer, one after the other."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget
from typing_extensions import override

from app.domain.papers.listing import PrintedPaper
from app.services.papers.printing import note_printed
from app.ui.kit.card import remark, words
from app.ui.kit.dialog import Dialog
from app.ui.papers.printing import Duplex, PrintChoice, Printers, find_printers, print_file
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px

_MOST = 20


class PackDialog(Dialog):
    """The papers are final already; they are sent to the printer together. `elsewhere`: to 打印文书."""

    elsewhere = Signal()

    def __init__(self, tasks: Tasks, papers: tuple[PrintedPaper, ...], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("打印申请材料"), self.tr("全部打印"), tasks=tasks, parent=parent)
        self.setMinimumWidth(px(480))
        self._papers = papers
        self._left: list[PrintedPaper] = []
        for paper in papers:
            said = self.tr("{title}　{pages} 页").format(title=paper.title, pages=paper.pages)
            self.add(remark(said, Tone.GOOD))
        more = words(
            self.tr("另带：协议书正本、各方身份证明、送达地址确认书；涉及财产的，带财产权利证明。"), "sub"
        )
        more.setWordWrap(True)
        self.add(more)
        self.printer = QComboBox()
        self.printer.setAccessibleName(self.tr("打印机"))
        self.copies = QSpinBox()
        self.copies.setAccessibleName(self.tr("每种份数"))
        self.copies.setRange(1, _MOST)
        self.copies.setSuffix(self.tr(" 份"))
        self.add(self.printer)
        self.add(self.copies)
        self.submit_button.setEnabled(False)
        tasks.call_long(find_printers).then(self._take_printers, owner=self)

    def _take_printers(self, printers: Printers) -> None:
        for name in printers.names:
            self.printer.addItem(name, name)
        self.printer.setCurrentIndex(max(self.printer.findData(printers.usual), 0))
        self.printer.setEnabled(bool(printers.names))
        self.submit_button.setEnabled(bool(printers.names))
        if not printers.names:
            self.printer.addItem(self.tr("没有安装打印机"), "")
            self.banner.say(
                self.tr("没有安装打印机。文书已存档，可以到“打印文书”另存 PDF。"),
                Tone.WARN,
                action=self.tr("打印文书"),
                then=self._go_elsewhere,
            )

    def _go_elsewhere(self) -> None:
        self.elsewhere.emit()
        self.reject()

    @override
    def submit(self) -> None:
        """Send the papers one after the other."""
        self._left = list(self._papers)
        self.set_busy(True)
        self._send()

    def _send(self) -> None:
        if not self._left or self.tasks is None:
            self.set_busy(False)
            self.accept()
            return
        choice = PrintChoice(str(self.printer.currentData()), self.copies.value(), Duplex.DuplexNone)
        self.tasks.call_long(print_file, choice, self._left[0].pdf).then(self._sent, owner=self)

    def _sent(self, begun: bool) -> None:
        if not begun or self.tasks is None:
            self.set_busy(False)
            self.banner.say(self.tr("没有打印：打印机没有响应。文书已存档，可以再打印。"), Tone.BAD)
            return
        done = self._left.pop(0)
        self.tasks.run(note_printed, done.id, self.copies.value()).then(owner=self)
        self._send()
