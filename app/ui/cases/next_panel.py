"""The card that says what is next on a case, who holds it, what is in the way, and does it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from app.domain.cases import CaseView
from app.domain.casework.hindrances import Hindrance
from app.domain.flow import CaseStatus, Deed, Step
from app.ui.cases.case_panels import Panel, said
from app.ui.cases.next_step import NextStep, hindrance_words
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import remark, words
from app.ui.kit.focus import settle_tab_order
from app.ui.theme import Tone
from app.ui.words.labels import label

MORE_KEY = "Alt+0"


class NextPanel(Panel):
    """Tells `chosen(Deed)` and `more_asked`; Alt with a digit presses the buttons in their order."""

    chosen = Signal(object)
    more_asked = Signal()

    def __init__(self, title: str) -> None:
        self.more = button("", picture="chevron-down", weight=Weight.LINK)
        super().__init__(title, self.more)
        self.more.clicked.connect(self.more_asked)
        self.more.hide()
        self.deeds: dict[Deed, QPushButton] = {}
        self.blocked: QPushButton | None = None

    def show_step(self, case: CaseView, step: NextStep, more: int) -> None:
        """Show the next step of a case; `more` further deeds are found behind 更多."""
        column = self.renew()
        title = words(_title(case), "dialogTitle")
        title.setWordWrap(True)
        column.addWidget(title)
        if case.standing.holder:
            holder = self.tr("现由 {name} 办理").format(name=case.standing.holder)
            column.addWidget(said(holder, "sub"))
        if step.why and step.blocked is None:
            column.addWidget(said(step.why))
        for sentence in hindrance_words(step.hindrances):
            column.addWidget(remark(f"{sentence}。", Tone.WARN))
        self._add_buttons(column, case, step)
        self.more.setText(self.tr("更多（{n}项）").format(n=more))
        self.more.setToolTip(self.tr("其他办理事项  {key}").format(key=MORE_KEY))
        self.more.setShortcut(MORE_KEY)  # a new text takes the old one away
        self.more.setVisible(more > 0)
        settle_tab_order(self)

    def clear(self) -> None:
        """Show nothing: there is no case."""
        self.renew()
        self.more.hide()
        self.deeds, self.blocked = {}, None

    def lead(self) -> None:
        """Go to the button that leads on."""
        next(iter(self.deeds.values()), self.more).setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_buttons(self, column: QVBoxLayout, case: CaseView, step: NextStep) -> None:
        self.deeds, self.blocked = {}, None
        column.addSpacing(4)
        cures = {one.cure for one in step.hindrances}
        for at, deed in enumerate(step.deeds):
            leads = at == 0 and (step.blocked is None or deed in cures)
            weight = Weight.PRIMARY if leads else Weight.PLAIN
            made = _made(deed_words(deed, case), partial(self.chosen.emit, deed), weight, at + 1)
            made.setAutoDefault(at == 0)
            column.addWidget(made)
            self.deeds[deed] = made
            if at == 0 and step.blocked is not None:
                self.blocked = _hindered(step.blocked, case, step.hindrances)
                column.addWidget(self.blocked)
        if step.blocked is not None and self.blocked is None:
            self.blocked = _hindered(step.blocked, case, step.hindrances)
            column.addWidget(self.blocked)


def deed_words(deed: Deed, case: CaseView) -> str:
    """What the button of a deed says in this state."""
    again = (CaseStatus.SCHEDULED, CaseStatus.IN_SESSION, CaseStatus.PARTIAL)
    translate = QCoreApplication.translate
    printed_next = case.status in (CaseStatus.AGREED_WRITTEN, CaseStatus.PARTIAL)
    agreement = {
        CaseStatus.IN_SESSION: translate("cases", "起草协议"),
        CaseStatus.ON_SPOT: translate("cases", "登记口头协议"),
        CaseStatus.AGREED_ORAL: translate("cases", "登记协议生效"),
        CaseStatus.SIGNING: translate("cases", "登记签名盖章"),
    }
    said_of = {
        Deed.ASSIGN: translate("cases", "更换调解员") if case.assignments else "",
        Deed.SCHEDULE: translate("cases", "改期或再排一次") if case.status in again else "",
        Deed.AGREEMENT: agreement.get(case.status, ""),
        Deed.PAPERS: translate("cases", "打印协议书") if printed_next else "",
        Deed.TRIAGE: translate("cases", "更正甄别意见") if case.status is CaseStatus.TRIAGE else "",
    }
    return said_of.get(deed) or label(deed)


def _title(case: CaseView) -> str:
    if case.status is CaseStatus.ON_SPOT:
        return deed_words(Deed.AGREEMENT, case)
    return label(case.status if case.step is Step.NONE else case.step)


def _made(text: str, clicked: Callable[[], object], weight: Weight, number: int) -> QPushButton:
    return button(text, clicked, weight=weight, shortcut=f"Alt+{number}" if number < 10 else "")


def _hindered(deed: Deed, case: CaseView, hindrances: Sequence[Hindrance]) -> QPushButton:
    made = button(deed_words(deed, case))
    made.setEnabled(False)
    made.setToolTip("；".join(hindrance_words(hindrances)))
    made.setAccessibleDescription(made.toolTip())
    return made
