"""The papers of one case: list, preview, print settings; printing keeps the paper for ever."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.cases import CaseView
from app.domain.changes import Topic
from app.domain.errors import Refused
from app.domain.papers.forms import FormId
from app.domain.papers.listing import PaperPreview, PaperSlot, PrintedPaper
from app.services.cases.register import open_case
from app.services.papers.check import check_paper
from app.services.papers.printing import (
    list_papers,
    note_printed,
    open_paper,
    preview_paper,
    print_paper,
    save_paper,
)
from app.ui.kit.buttons import Segments, Weight, button
from app.ui.kit.card import Card, heading, words
from app.ui.kit.dialog import save_as
from app.ui.kit.page import Page
from app.ui.kit.pdf_view import PdfView
from app.ui.navigation import Context, Place
from app.ui.papers.case_chooser import CaseChooser
from app.ui.papers.paper_list import Entry, PaperList
from app.ui.papers.print_panel import PrintPanel
from app.ui.papers.printing import PrintChoice, find_printers, print_file
from app.ui.tasks import Request
from app.ui.theme import Tone, px
from app.ui.words.labels import label
from app.ui.words.messages import sentence, shown

PAUSE_MS = 120  # a key held down passes over papers nobody looks at
LIST_WIDTH, PANEL_WIDTH = 232, 256
NARROW = 1040  # logical pixels of the page; below, settings share the column of the list
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))


class PapersPage(Page):
    """`open_item` takes the id of a case, and `#form` to begin with; without one the case is chosen first."""

    topics = frozenset({Topic.CASES, Topic.HEARINGS, Topic.AGREEMENTS, Topic.PAPERS, Topic.SETTINGS})

    def __init__(self, context: Context) -> None:
        super().__init__(context, "")
        self.header.set_title(self.tr("打印文书"))
        self._case_id: str | None = None
        self._case: CaseView | None = None
        self._asked: list[Request[Any]] = []
        self._told_of_paper = False  # the banner says something about the paper on the screen
        self.papers = PaperList()
        self.view = PdfView()
        self.unseen = words("", "sub")
        self.panel = PrintPanel()
        self.chooser = CaseChooser(self.tasks)
        self.save_button = self.header.add_button(
            self.tr("另存 PDF"), self.save_now, picture="file-down", shortcut="Ctrl+S"
        )
        self.print_button = self.header.add_button(
            self.tr("打印"), self.print_now, picture="printer", primary=True, shortcut="Ctrl+P"
        )
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._show_entry)
        self._build()
        self.papers.picked.connect(lambda _: self._soon.start())
        self.papers.opened.connect(lambda _: self._show_entry())
        self.chooser.chosen.connect(lambda case_id: self.navigator.goto(Place.PAPERS, case_id))
        self.tasks.call_long(find_printers).then(self.panel.show_printers, owner=self)
        self._show_place()

    @override
    def open_item(self, item: str | None) -> None:
        case_id, _, form = (item or "").partition("#")
        self.papers.begin_with(FormId(form) if form else None)
        if (case_id or None) != self._case_id:
            self._case_id, self._case = case_id or None, None
            self.banner.hide()
            self.papers.show_papers(())
            self._show_nothing("")
            self._show_place()
        self.reload()

    @override
    def load(self) -> None:
        if self._case_id is None:
            self.chooser.load()
            return
        self.tasks.run(open_case, self._case_id).then(self._show_case, owner=self)
        self.tasks.run(list_papers, self._case_id).then(self._show_papers, owner=self)

    def print_now(self) -> None:
        """Make the paper final and print it; what was printed before is printed as it was."""
        choice = self.panel.choice()
        if choice is None:
            self.say(
                self.tr("没有打印：本机没有安装打印机。可以另存 PDF，拿到有打印机的电脑上打印。"),
                Tone.WARN,
                action=self.tr("另存 PDF"),
                then=self.save_now,
            )
            return
        self._with_paper(lambda paper: self._send(paper, choice))

    def save_now(self) -> None:
        """Ask for a place, then make the paper final and write it there."""
        entry = self.papers.entry()
        if entry is not None and self.save_button.isEnabled():
            save_as(self, self.tr("另存 PDF"), self.file_name(entry.slot), "PDF (*.pdf)", self._save_to)

    def file_name(self, slot: PaperSlot) -> str:
        """The name suggested for a file: case number and form, nobody's name."""
        alike = [e.slot.subject_id for e in self.papers.entries() if not e.older and e.slot.form == slot.form]
        which = str(alike.index(slot.subject_id) + 1) if len(alike) > 1 else ""
        number = self._case.number if self._case else ""
        return f"{number} {label(slot.form)}{which}.pdf".translate(_NOT_IN_NAMES).strip()

    def _build(self) -> None:
        self._left = Card(margin=10)
        self._left.setFixedWidth(px(LIST_WIDTH))
        other = button(self.tr("换案件"), lambda: self.navigator.goto(Place.PAPERS), weight=Weight.LINK)
        self._parts = Segments([(False, self.tr("文书")), (True, self.tr("打印设置"))])
        self._parts.chosen.connect(self._turn)
        self._column = QStackedWidget()
        listing = QWidget()
        listed = QVBoxLayout(listing)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.addLayout(heading(self.tr("卷宗文书"), other))
        listed.addWidget(self.papers, 1)
        self._column.addWidget(listing)
        self._left.add(self._parts)
        self._left.add(self._column, 1)
        self._preview = QStackedWidget()
        self.unseen.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.unseen.setWordWrap(True)
        self._preview.addWidget(self.view)
        self._preview.addWidget(self.unseen)
        self._desk = QWidget()
        self._across = QHBoxLayout(self._desk)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(14)
        self._across.addWidget(self._left)
        self._across.addWidget(self._preview, 1)
        self._across.addWidget(self.panel)
        self._parts.hide()
        self.panel.setFixedWidth(px(PANEL_WIDTH))
        self._place = QStackedWidget()
        self._place.addWidget(self.chooser)
        self._place.addWidget(self._desk)
        self.body.addWidget(self._place)

    def _show_place(self) -> None:
        """The desk of a case, or the choice of one."""
        chosen = self._case_id is not None
        self._place.setCurrentWidget(self._desk if chosen else self.chooser)
        if self.hasFocus():
            self._begin()
        self.save_button.setVisible(chosen)
        self.print_button.setVisible(chosen)
        if not chosen:
            self.header.set_context(self.tr("先选择案件"))

    def _begin(self) -> None:
        """Where the keys begin; a focus proxy would lead Tab past the buttons of the header."""
        first = self.papers if self._case_id is not None else self.chooser
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._begin()

    def _show_case(self, case: CaseView) -> None:
        self._case = case
        self.header.set_context(f"{case.number}　{case.title}")

    def _show_papers(self, slots: tuple[PaperSlot, ...]) -> None:
        self.papers.show_papers(slots)
        self._soon.stop()
        self._show_entry()

    def _show_entry(self) -> None:
        """Show the current paper: as it would print now, or as it was printed."""
        self._soon.stop()
        for request in self._asked:
            request.drop()
        self._asked.clear()
        self._say_of_paper("")
        entry = self.papers.entry()
        if entry is None:
            known = self._case is not None
            self._show_nothing(self.tr("这件案件还没有文书：受理以后才能打印。") if known else "")
            return
        self.panel.show_slot(entry.slot)
        self._allow(entry)
        stored = self._stored_id(entry)
        if stored is not None:
            self._ask(self.tasks.run(open_paper, stored), lambda paper: self._show_stored(entry, paper))
            self.panel.checklist.show_note(self.tr("已存档的文书，只能原样再印。"))
            return
        what = (entry.slot.form, entry.slot.subject_id)
        self._ask(self.tasks.run(preview_paper, self._case_id or "", *what), self._show_preview)
        self._ask(self.tasks.run(check_paper, self._case_id or "", *what), self.panel.show_checks)

    def _ask(self, request: Request[Any], ok: Callable[[Any], object]) -> None:
        self._asked.append(request)
        request.then(ok, refused=self._show_no_preview, owner=self)

    def _stored_id(self, entry: Entry) -> str | None:
        """The kept paper to show and print as it is; None when it may be made anew from the case."""
        if entry.older is not None:
            return entry.older.id
        return None if self._may_make(entry) else entry.slot.paper_id

    def _may_make(self, entry: Entry) -> bool:
        return entry.slot.live and self.context.actor.may(Permission.PAPER_PRINT)

    def _allow(self, entry: Entry | None) -> None:
        can = entry is not None and (self._may_make(entry) or entry.slot.paper_id is not None)
        self.print_button.setEnabled(can)
        self.save_button.setEnabled(can)

    def _show_preview(self, preview: PaperPreview) -> None:
        self._show_pdf(preview.pdf)
        if preview.changed_since:
            said = self.tr("内容在打印后有改动，下面是新的内容。")
            self._say_of_paper(said, Tone.WARN, self.tr("打印新版"))

    def _show_stored(self, entry: Entry, paper: PrintedPaper) -> None:
        self._show_pdf(paper.pdf)
        if entry.older is not None:
            said = self.tr("这是 {at} 打印的旧版，后来已打印新版。").format(at=shown(paper.made_at))
            self._say_of_paper(said, Tone.INFO)

    def _show_pdf(self, pdf: bytes) -> None:
        self.panel.show_pages(self.view.show_pdf(pdf))
        self._preview.setCurrentWidget(self.view)

    def _show_no_preview(self, refused: Refused) -> None:
        self._show_nothing(sentence(refused))

    def _show_nothing(self, text: str) -> None:
        self.unseen.setText(text)
        self._preview.setCurrentWidget(self.unseen)
        self.panel.show_pages(0)
        if self.papers.entry() is None:
            self.panel.show_slot(None)
            self.panel.show_checks(())
            self._allow(None)

    def _say_of_paper(self, text: str, tone: Tone = Tone.INFO, action: str = "") -> None:
        """Say something about the paper on the screen; it goes when another paper is shown."""
        if text:
            self.say(text, tone, action=action, then=self.print_now)
        elif self._told_of_paper:
            self.banner.hide()
        self._told_of_paper = bool(text)

    def _with_paper(self, then: Callable[[PrintedPaper], object]) -> None:
        """Make the paper final, or fetch the kept one, and go on with it."""
        entry = self.papers.entry()
        if entry is None or not self.print_button.isEnabled():
            return
        stored = self._stored_id(entry)
        if stored is not None:
            self._step(self.tasks.run(open_paper, stored), then)
            return
        what = (entry.slot.form, entry.slot.subject_id)
        self._step(self.tasks.run(print_paper, self._case_id or "", *what), then)

    def _step(self, request: Request[Any], then: Callable[[Any], object]) -> None:
        """One step of printing with the page busy; a refusal is said at the top."""
        self.set_busy(True)
        request.then(then, done=lambda: self.set_busy(False), owner=self)

    def _send(self, paper: PrintedPaper, choice: PrintChoice) -> None:
        job = self.tasks.call_long(print_file, choice, paper.pdf)
        self._step(job, lambda begun: self._sent(paper, choice, begun))

    def _sent(self, paper: PrintedPaper, choice: PrintChoice, begun: bool) -> None:
        self._told_of_paper = False
        if not begun:
            self.say(
                self.tr("没有打印：打印机没有响应。文书已存档，请检查打印机后再打印，内容和编号不会变。"),
                Tone.BAD,
            )
            return
        self.tasks.run(note_printed, paper.id, choice.copies).then(owner=self)
        text = self.tr("已送打印机：{title}　{number}　{copies} 份。")
        self.say(text.format(title=paper.title, number=paper.number or "", copies=choice.copies))

    def _save_to(self, path: Path) -> None:
        self._with_paper(lambda paper: self._write(paper, path))

    def _write(self, paper: PrintedPaper, path: Path) -> None:
        self._step(self.tasks.run_long(save_paper, paper.id, path), lambda _: self._written(path))

    def _written(self, path: Path) -> None:
        self._told_of_paper = False
        said = self.tr("已另存：{name}。这个文件没有加密，用完请妥善保管或删除。")
        self.say(said.format(name=path.name))

    def _turn(self, settings: bool) -> None:
        self._column.setCurrentIndex(1 if settings else 0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(NARROW)
        if narrow == self._parts.isVisibleTo(self._left):
            return
        self._parts.setVisible(narrow)
        self._parts.set_value(False)
        self.panel.set_framed(not narrow)
        self.panel.setMinimumWidth(0 if narrow else px(PANEL_WIDTH))
        if narrow:
            self._column.addWidget(self.panel)
        else:
            self._across.addWidget(self.panel)
            self.panel.show()
        self._turn(False)
