"""办理材料: what is done on a case between the sessions, one tab for each kind of work."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QWidget
from typing_extensions import override

from app.domain.cases import CaseView
from app.domain.changes import Topic
from app.services.cases.register import open_case
from app.ui.kit.page import Page
from app.ui.navigation import Context, Place
from app.ui.work.conferences_tab import ConferencesTab
from app.ui.work.evidence_tab import EvidenceTab
from app.ui.work.investigations_tab import InvestigationsTab
from app.ui.work.risks_tab import RisksTab
from app.ui.work.visits_tab import VisitsTab
from app.ui.work.work_tab import WorkTab


class WorkPage(Page):
    """`open_item` takes the id of a case, and after a # the name of the tab to begin with (`visits`)."""

    topics = frozenset({Topic.CASES})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.header.set_title(self.tr("办理材料"))
        self.case: CaseView | None = None
        self._case_id: str | None = None
        self._places: dict[str, int] = {}
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("办理材料"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.evidence = EvidenceTab(self)
        self.visits = VisitsTab(self)
        self.investigations = InvestigationsTab(self)
        self.conferences = ConferencesTab(self)
        self.risks = RisksTab(self)
        self._add("evidence", self.evidence, self.tr("证据和附件"))
        self._add("visits", self.visits, self.tr("走访"))
        self._add("investigations", self.investigations, self.tr("调查"))
        self._add("conferences", self.conferences, self.tr("会诊"))
        self._add("risks", self.risks, self.tr("风险"))
        self.body.addWidget(self.tabs, 1)
        self.header.add_button(self.tr("返回案件"), self._return, picture="arrow-left")
        self.tabs.currentChanged.connect(lambda _: self._fill())
        QShortcut(QKeySequence("F5"), self, self.load)

    def _add(self, name: str, tab: WorkTab, title: str) -> None:
        self._places[name] = self.tabs.addTab(tab, title)

    @override
    def open_item(self, item: str | None) -> None:
        case_id, _, name = (item or "").partition("#")
        if case_id != self._case_id:
            self._case_id, self.case = case_id or None, None
            self.banner.hide()
            if self.isVisible():
                self.load()
        if name in self._places:
            self.tabs.setCurrentIndex(self._places[name])

    @override
    def load(self) -> None:
        if self._case_id is not None:
            self.tasks.run(open_case, self._case_id).then(self._show, owner=self)

    def _show(self, case: CaseView) -> None:
        if case.id == self._case_id:
            self.case = case
            self.header.set_context(f"{case.number}　{case.title}")
            self._fill()

    def _fill(self) -> None:
        shown = self.tabs.currentWidget()
        if self.case is not None and isinstance(shown, WorkTab):
            shown.show_case(self.case)

    def _return(self) -> None:
        if self._case_id is not None:
            self.navigator.goto(Place.CASE, self._case_id)
