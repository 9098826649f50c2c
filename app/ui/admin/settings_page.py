"""设置: one page, its subjects side by side as tabs."""

from PySide6.QtWidgets import QTabWidget, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.ui.admin.calendar_tab import CalendarTab
from app.ui.admin.data_tab import DataTab
from app.ui.admin.numbers_tab import NumbersTab
from app.ui.admin.office_tab import OfficeTab
from app.ui.admin.own_passphrase_tab import OwnPassphraseTab
from app.ui.admin.rules_tab import RulesTab
from app.ui.admin.users_tab import UsersTab
from app.ui.kit.page import Page
from app.ui.packages.keys_panel import KeysPanel
from app.ui.room import Scrolled
from app.ui.signed_in import SignedIn


class SettingsPage(Page):
    """Shows the tabs this person may use; each loads itself."""

    topics = frozenset({Topic.SETTINGS, Topic.USERS, Topic.NUMBERS, Topic.NODES})

    def __init__(self, context: SignedIn, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.header.set_title(self.tr("设置"))
        self._shown: list[QWidget] = []
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.body.addWidget(self.tabs, 1)
        self.office = OfficeTab(context)
        self.numbers = NumbersTab(context)
        self.rules = RulesTab(context)
        self.calendar = CalendarTab(context)
        self.users = UsersTab(context)
        self.data = DataTab(context)
        self.own = OwnPassphraseTab(context)
        may = context.actor.may
        self._add(self.office, self.tr("单位"))
        self._add(self.numbers, self.tr("编号"))
        self._add(self.rules, self.tr("期限规则"))
        self._add(self.calendar, self.tr("工作日历"))
        if may(Permission.USER_ADMIN):
            self._add(self.users, self.tr("用户"))
        if may(Permission.SETTINGS_WRITE):
            self._add(self.data, self.tr("数据"))
        self._add(self.own, self.tr("我的口令"))
        if may(Permission.NODE_ENROL):
            self._add(KeysPanel(context), self.tr("本机与密钥"))

    def _add(self, tab: QWidget, title: str) -> None:
        self._shown.append(tab)
        self.tabs.addTab(Scrolled(tab), title)

    @override
    def load(self) -> None:
        for tab in self._shown:
            if hasattr(tab, "load"):
                tab.load()
