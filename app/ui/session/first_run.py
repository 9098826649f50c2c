"""The first start: make a township's or a county's office, or open the sample office."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.actor import NodeKind
from app.domain.errors import Reason, Refused
from app.domain.office.offices import NewOffice
from app.ui.icons import pixmap
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import words
from app.ui.kit.progress import WorkProgress
from app.ui.kit.steps import Steps
from app.ui.room import Scrolled
from app.ui.session.doors import Doors, NewSheet
from app.ui.session.office_forms import AdministratorForm, OfficeForm
from app.ui.session.panel import Panel, foot
from app.ui.session.sheet_view import SheetView
from app.ui.tasks import Request, Tasks
from app.ui.theme import Tone, px

OFFICE, ADMINISTRATOR, SHEET = range(3)


class BigChoice(QPushButton):
    """One of the ways to begin, with a line that explains it."""

    def __init__(self, title: str, sub: str, picture: str, clicked: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("counter")
        self.setAutoDefault(False)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sub)
        self.setMinimumHeight(px(72))
        self.clicked.connect(lambda: clicked())
        icon = QLabel()
        icon.setPixmap(pixmap(picture, "primary", 26))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(words(title, "sectionTitle"))
        texts.addWidget(words(sub, "sub"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(16)
        row.addWidget(icon)
        row.addLayout(texts, 1)


class BeginCard(Panel):
    """Asks how to begin."""

    office_chosen = Signal(object)  # NodeKind
    sample_made = Signal(object)  # SampleSignIn
    left = Signal()

    def __init__(self, doors: Doors, tasks: Tasks, *, may_leave: bool) -> None:
        super().__init__("", width=620)
        self.set_heading(
            self.tr("欢迎使用乡和"), self.tr("第一次使用，请选择怎样开始。数据只存在这台电脑上，加密保存。")
        )
        self._doors = doors
        self._tasks = tasks
        self.township = BigChoice(
            self.tr("建立乡镇单位"), self.tr("乡镇（街道）调委会登记和办理案件"), "house",
            lambda: self.office_chosen.emit(NodeKind.TOWNSHIP),
        )  # fmt: skip
        self.county = BigChoice(
            self.tr("建立县级单位"), self.tr("县中心接收各乡镇报送的案件，只读查看"), "building-2",
            lambda: self.office_chosen.emit(NodeKind.COUNTY),
        )  # fmt: skip
        self.sample = BigChoice(
            self.tr("打开示例单位"), self.tr("用虚构的案件先看一看、练一练，不影响以后正式使用"), "book-open",
            self.make_sample,
        )  # fmt: skip
        for choice in (self.township, self.county, self.sample):
            self.add(choice)
        self.progress = WorkProgress()
        self.add(self.progress)
        if may_leave:
            self.add(foot(button(self.tr("返回登录"), self.left.emit), right=()))

    @override
    def begin(self) -> None:
        self.township.setFocus()

    def make_sample(self) -> None:
        """Make the sample office and sign in to it."""
        self.banner.hide()
        self._set_busy(True)
        request = self._tasks.call_long(self._doors.make_sample)
        self.progress.follow(request, self.tr("正在准备示例单位…"))
        request.then(self.sample_made.emit, done=lambda: self._set_busy(False), owner=self)

    def _set_busy(self, busy: bool) -> None:
        for choice in (self.township, self.county, self.sample):
            choice.setDisabled(busy)
        if not busy:
            self.progress.finish()


class FirstRun(Panel):
    """Office, administrator, recovery sheet, in this order; Ctrl+Enter goes on."""

    made = Signal(object, object)  # NewSheet, NewOffice: the sheet lies in the safe
    left = Signal()

    def __init__(self, kind: NodeKind, doors: Doors, tasks: Tasks) -> None:
        super().__init__("", width=980)
        self.kind = kind
        self._doors = doors
        self._tasks = tasks
        self._office: NewOffice | None = None
        self._new: NewSheet | None = None
        self.sheet: SheetView | None = None
        self.set_heading(
            self.tr("建立乡镇单位") if kind == NodeKind.TOWNSHIP else self.tr("建立县级单位"), ""
        )
        self.steps = Steps([self.tr("单位"), self.tr("管理员"), self.tr("恢复单")])
        self.steps.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)  # shows, never leads
        for step in self.steps.findChildren(QPushButton):
            step.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.office = OfficeForm(kind)
        self.administrator = AdministratorForm()
        self.progress = WorkProgress()
        self.back = button(self.tr("上一步"), self._back)
        self.next = button("", self.forward, weight=Weight.PRIMARY)
        for form in (self.office.form, self.administrator.form):
            form.submitted.connect(self.forward)
        self._build()
        self._show(OFFICE)

    def _build(self) -> None:
        self.pages = QStackedWidget()
        for form in (self.office, self.administrator):
            self.pages.addWidget(Scrolled(form))
        self.pages.setMinimumHeight(px(250))
        self.steps.setFixedWidth(px(150))
        across = QHBoxLayout()
        across.setSpacing(20)
        across.addWidget(self.steps)
        across.addWidget(self.pages, 1)
        self.add(across, 1)
        self.add(self.progress)
        self.row = foot(self.back, right=(self.next,))
        self.keys = words(self.tr("回车 下一项　Ctrl+回车 下一步　带 * 为必填"), "sub")
        self.row.insertWidget(1, self.keys)
        self.add(self.row)

    @override
    def begin(self) -> None:
        self.office.form.focus_first()

    def forward(self) -> None:
        """Check this step and go on."""
        if not self.next.isEnabled():
            return
        self.banner.hide()
        at = self.pages.currentIndex()
        if at == OFFICE:
            self._office = self.office.value()
            if self._office is not None:
                self._show(ADMINISTRATOR)
        elif at == ADMINISTRATOR and self._office is not None:
            whole = self.administrator.value(self._office)
            if whole is not None:
                self._make(whole)
        elif self._new is not None:
            self.made.emit(self._new, self._office)

    def _make(self, office: NewOffice) -> None:
        self._office = office
        self._set_busy(True)
        request: Request[Any] = self._tasks.call_long(self._doors.make_office, office)
        self.progress.follow(request, self.tr("正在建立加密的数据文件…"))
        request.then(self._show_sheet, refused=self._refused, done=lambda: self._set_busy(False), owner=self)

    def _show_sheet(self, new: NewSheet) -> None:
        self._new = new
        self.sheet = SheetView(new.sheet)
        self.sheet.kept.connect(self.next.setEnabled)
        self.sheet.told.connect(self.banner.say)
        self.pages.addWidget(self.sheet)
        self.keys.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.row.insertWidget(2, self.sheet.save_button)
        self.row.insertWidget(3, self.sheet.print_button)
        self._show(SHEET)
        self.next.setShortcut("Ctrl+Return")  # the forms before had their own
        for first, then in pairwise((self.sheet.print_button, self.sheet.tick, self.next)):
            QWidget.setTabOrder(first, then)
        self.sheet.print_button.setFocus()

    def _refused(self, refused: Refused) -> None:
        problems = refused.details.get("problems", ())
        if refused.reason is Reason.INVALID and self.office.form.show_problems(problems) != tuple(problems):
            self._show(OFFICE)
        self.show_refused(refused)

    def _back(self) -> None:
        if self.pages.currentIndex() == OFFICE:
            self.left.emit()
        else:
            self._show(OFFICE)

    def _show(self, step: int) -> None:
        self.pages.setCurrentIndex(step)
        self.steps.set_current(step)
        words_of = {
            OFFICE: self.tr("下一步：管理员"),
            ADMINISTRATOR: self.tr("建立单位"),
            SHEET: self.tr("完成并登录"),
        }
        self.next.setText(words_of[step])
        self.next.setEnabled(step != SHEET)
        self.back.setHidden(step == SHEET)
        if step == ADMINISTRATOR:
            self.steps.set_state(OFFICE, self.tr("已填写"), Tone.GOOD)
            self.administrator.form.focus_first()
        elif step == SHEET:
            self.steps.set_state(ADMINISTRATOR, self.tr("已建立"), Tone.GOOD)
        else:
            self.office.form.focus_first()

    def _set_busy(self, busy: bool) -> None:
        for part in (self.administrator, self.office, self.back):
            part.setDisabled(busy)
        self.next.setEnabled(not busy and self.sheet is None)
        if not busy:
            self.progress.finish()
