"""The office as it was made, and the choices it works by."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.actor import Permission
from app.domain.errors import Reason, Refused
from app.domain.office.offices import OfficeView
from app.domain.office.settings import OfficeSettings, SettingKey
from app.services.kernel.settings import change_settings, read_settings
from app.services.office.particulars import change_office, read_office
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, words
from app.ui.kit.editors import NumberEditor, check, line
from app.ui.kit.form import FULL_ROW, Field, Form, refusal_words
from app.ui.room import set_shown
from app.ui.signed_in import SignedIn
from app.ui.theme import Tone, px
from app.ui.words.labels import label
from app.ui.words.messages import sentence

FORM_WIDTH = 640


@dataclass(frozen=True, slots=True)
class OfficeChoices:
    """What the office chooses, under the names of its settings."""

    notice_days: int
    travel_visit: int
    travel_outside: int
    lock_minutes: int
    large_print: bool
    print_id_numbers: bool


@dataclass(frozen=True, slots=True)
class OfficeContact:
    """Where the office is found."""

    address: str
    phone: str


class OfficeTab(QWidget):
    """Whoever may not change settings sees them."""

    def __init__(self, context: SignedIn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.banner = Banner()
        self.form = self._build_choices()
        self.form.setMaximumWidth(px(FORM_WIDTH))
        self.save = button(self.tr("保存"), self.submit, weight=Weight.PRIMARY, shortcut="Ctrl+S")
        self.form.submitted.connect(self.submit)
        self.contact_banner = Banner()
        self.contact = Form(
            OfficeContact,
            [
                Field("address", self.tr("地址"), line(self.tr("印在调解会通知书上"), 100)),
                Field("phone", self.tr("电话"), line("0319-1234567", 40)),
            ],
            columns=2,
        )
        self.keep_contact = button(self.tr("保存地址和电话"), self.submit_contact)
        self.contact.submitted.connect(self.submit_contact)
        may = context.actor.may(Permission.SETTINGS_WRITE)
        for form in (self.form, self.contact):
            form.set_locked(not may)
        for made in (self.save, self.keep_contact):
            set_shown(made, may)
        self._build()

    def _build_choices(self) -> Form[OfficeChoices]:
        return Form(
            OfficeChoices,
            [
                Field(
                    "notice_days", self.tr("调解会提前通知（天）"), NumberEditor, required=True,
                    span=FULL_ROW, hint=self.tr("0 至 15 天；不足时要写明当事人同意的情况"),
                ),
                Field(
                    "travel_visit", self.tr("上门、现场路途（分钟）"), NumberEditor, required=True,
                    span=FULL_ROW, hint=self.tr("单程；排期时预填，前后各留出这段时间"),
                ),
                Field(
                    "travel_outside", self.tr("在外开会路途（分钟）"), NumberEditor, required=True,
                    span=FULL_ROW, hint=self.tr("单程；如在村委会召开调解会"),
                ),
                Field(
                    "lock_minutes", self.tr("无人操作锁定（分钟）"), NumberEditor, required=True,
                    span=FULL_ROW, hint=self.tr("1 至 120 分钟；锁定时没有保存的内容都还在"),
                ),
                Field(
                    "large_print", self.tr("大字"), check(self.tr("界面用大字（下次登录起）")), span=FULL_ROW
                ),
                Field(
                    "print_id_numbers", self.tr("证件号码"), check(self.tr("文书上印出当事人证件号码")),
                    span=FULL_ROW,
                ),
            ],
            columns=1,
        )  # fmt: skip

    def _build(self) -> None:
        choices = Card(self.tr("办案和界面"))
        choices.add(self.banner)
        choices.add(self.form)  # at the left, for it is narrower than the card
        choices.add(_at_left(self.save))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(14)
        column.addWidget(self._office_card())
        column.addWidget(choices)
        column.addStretch(1)

    def _office_card(self) -> Card:
        office = self._context.unlocked.office
        facts = [
            (self.tr("单位全称"), office.name),
            (self.tr("简称"), office.short_name),
            (self.tr("调解委员会"), office.committee),
            (self.tr("类别"), label(office.kind)),
            (self.tr("区划代码"), office.division_code),
            (self.tr("本机节点"), office.node),
        ]
        card = Card(self.tr("单位资料"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for at, (name, value) in enumerate(fact for fact in facts if fact[1]):
            row, column = divmod(at, 2)
            grid.addWidget(words(name, "sub"), row, 2 * column, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(words(value), row, 2 * column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        card.add(grid)
        card.body.addSpacing(4)
        card.add(self.contact_banner)
        card.add(self.contact)
        card.add(_at_left(self.keep_contact))
        return card

    def load(self) -> None:
        """Show the choices as they are, unless somebody is changing them."""
        if not self.form.dirty:
            self._context.tasks.run(read_settings).then(self._show, owner=self)
        if not self.contact.dirty:
            self._context.tasks.run(read_office).then(self._show_contact, owner=self)

    def submit_contact(self) -> None:
        """Keep where the office is found."""
        typed = self.contact.value()
        if typed is not None and self.keep_contact.isVisibleTo(self):
            self._context.tasks.run(change_office, typed.address, typed.phone).then(
                self._contact_kept, refused=self._contact_refused, owner=self
            )

    def submit(self) -> None:
        """Keep the choices."""
        typed = self.form.value()
        if typed is None or not self.save.isVisibleTo(self):
            return
        wanted = {key: getattr(typed, key) for key in SettingKey if hasattr(typed, key)}
        self._context.tasks.run(change_settings, wanted).then(self._saved, owner=self)

    def show_refused(self, refused: Refused) -> None:
        """Say why nothing was kept."""
        if refused.reason is Reason.INVALID:
            self.form.show_problems(refused.details["problems"])
        self.banner.say(sentence(refused), Tone.BAD)

    def _show_contact(self, office: OfficeView) -> None:
        self.contact.fill(OfficeContact(office.address, office.phone))

    def _contact_kept(self, office: OfficeView) -> None:
        self._show_contact(office)
        self.contact_banner.say(self.tr("已保存，以后打印的通知书用新的地址和电话。"), Tone.GOOD)

    def _contact_refused(self, refused: Refused) -> None:
        self.contact_banner.say(refusal_words(refused, [self.contact]), Tone.BAD)

    def _show(self, settings: OfficeSettings) -> None:
        self.form.fill(OfficeChoices(**{key.value: settings.values[key] for key in _CHOICES}))

    def _saved(self, settings: OfficeSettings) -> None:
        self._show(settings)
        self.banner.say(self.tr("已保存。"), Tone.GOOD)


_CHOICES = (
    SettingKey.NOTICE_DAYS,
    SettingKey.TRAVEL_VISIT,
    SettingKey.TRAVEL_OUTSIDE,
    SettingKey.LOCK_MINUTES,
    SettingKey.LARGE_PRINT,
    SettingKey.PRINT_ID_NUMBERS,
)


def _at_left(made: QWidget) -> QHBoxLayout:
    """A button under a form, not stretched."""
    row = QHBoxLayout()
    row.addWidget(made)
    row.addStretch(1)
    return row
