"""The printed record of a recusal, seen before it goes to the printer."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.papers.forms import FormId
from app.domain.papers.listing import PaperPreview, PrintedPaper
from app.services.papers.printing import note_printed, preview_paper, print_paper
from app.ui.kit.dialog import Dialog
from app.ui.kit.pdf_view import PdfView
from app.ui.papers.printing import Duplex, PrintChoice, Printers, find_printers, print_file
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px


class RecordDialog(Dialog):
    """One copy on the usual printer; other ways of printing are found among the papers of the case."""

    def __init__(self, tasks: Tasks, case_id: str, decision_id: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("回避事项记录"), self.tr("打印"), tasks=tasks, parent=parent)
        self._tasks = tasks
        self._what = (case_id, FormId.RECUSAL_RECORD, decision_id)
        self._printers = Printers((), "")
        self.view = PdfView()
        self.setMinimumSize(px(640), px(440))
        self.resize(px(700), px(620))
        self.add(self.view, 1)
        self.submit_button.setEnabled(False)
        tasks.run(preview_paper, *self._what).then(self._show, owner=self)
        tasks.call_long(find_printers).then(self._take, owner=self)

    @override
    def submit(self) -> None:
        """Make the paper final and send it to the printer."""
        self.set_busy(True)
        self._tasks.run(print_paper, *self._what).then(self._send, done=self._free, owner=self)

    def _show(self, preview: PaperPreview) -> None:
        self.view.show_pdf(preview.pdf)
        self._allow()

    def _take(self, printers: Printers) -> None:
        self._printers = printers
        if not printers.names:
            self.banner.say(self.tr("没有安装打印机；可以在“文书”里另存 PDF。"), Tone.WARN)
        self._allow()

    def _allow(self) -> None:
        self.submit_button.setEnabled(bool(self._printers.names))

    def _free(self) -> None:
        self.set_busy(False)

    def _send(self, paper: PrintedPaper) -> None:
        printer = self._printers.usual or self._printers.names[0]
        job = self._tasks.call_long(print_file, PrintChoice(printer, 1, Duplex.DuplexNone), paper.pdf)
        job.then(lambda begun: self._sent(paper, begun), owner=self)

    def _sent(self, paper: PrintedPaper, begun: bool) -> None:
        if not begun:
            self.banner.say(self.tr("没有打印：打印机没有响应。记录已存档，请检查打印机后再打印。"), Tone.BAD)
            return
        self._tasks.run(note_printed, paper.id, 1).then(owner=self)
        self.accept()
