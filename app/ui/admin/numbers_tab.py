"""Numbers: the pattern of each series, the numbers of a year, and taking one out of use."""

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.actor import Permission
from app.domain.errors import Refused
from app.domain.office.settings import PATTERN_OF, OfficeSettings
from app.domain.values.numbers import NumberRow, Series
from app.domain.values.office_clock import office_time
from app.services.kernel.numbering import list_numbers, void_number
from app.services.kernel.settings import change_settings, read_settings
from app.ui.clock import office_today
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Segments, Weight, button
from app.ui.kit.card import Card, heading, words
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import ChoiceEditor, LineEditor, text
from app.ui.kit.form import FULL_ROW, Field, Form
from app.ui.kit.row_view import SmallTable
from app.ui.kit.table import RIGHT, Column
from app.ui.signed_in import SignedIn
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px
from app.ui.words.labels import choices
from app.ui.words.messages import sentence
from app.ui.words.number_words import pattern_words

YEARS_BACK = 5


@dataclass(frozen=True, slots=True)
class VoidReason:
    """Why a number is taken out of use."""

    reason: str


class VoidDialog(Dialog):
    """Takes the next number of a series out of use, with a reason that is kept."""

    def __init__(self, tasks: Tasks, series: Series, parent: QWidget) -> None:
        super().__init__("", "", tasks=tasks, danger=True, parent=parent)
        self.set_heading(self.tr("作废下一个编号"))
        self.submit_button.setText(self.tr("作废"))
        self._series = series
        said = words(
            self.tr("下一个编号将不再使用，并和原因一起留在清单里（如纸质文书写坏、已用纸质登记簿编号）。")
        )
        said.setWordWrap(True)
        self.add(said)
        fields = [Field("reason", self.tr("原因"), text(3), required=True, span=FULL_ROW)]
        self.form = Form(VoidReason, fields, columns=1)
        self.add(self.form)

    def submit(self) -> None:
        """Take it out of use."""
        typed = self.form.value()
        if typed is not None:
            self.act(void_number, self._series, typed.reason)


class NumbersTab(QWidget):
    """One series at a time."""

    def __init__(self, context: SignedIn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._patterns: dict[Series, str] = {}
        self.banner = Banner()
        self.series = Segments(choices(Series))
        self.series.chosen.connect(lambda _: self.load())
        self.pattern = LineEditor(limit=80)
        self.pattern.setAccessibleName(self.tr("编号格式"))
        self.pattern.edited.connect(self._show_sample)
        self.sample = words("", "good")
        self.sample.setWordWrap(True)
        self.save = button(self.tr("保存格式"), self.submit, weight=Weight.PRIMARY)
        this_year = office_today().year
        self.year = ChoiceEditor([(year, str(year)) for year in range(this_year, this_year - YEARS_BACK, -1)])
        self.year.setAccessibleName(self.tr("年份"))
        self.year.edited.connect(self._load_numbers)
        self.void = button(self.tr("作废一个编号"), self._ask_void, picture="ban")
        self.table: SmallTable[NumberRow] = SmallTable(
            self._columns(), title=self.tr("编号清单"), empty=self.tr("这一年还没有编号。")
        )
        self._build()
        may = context.actor.may
        self.pattern.setEnabled(may(Permission.SETTINGS_WRITE))
        self.save.setVisible(may(Permission.SETTINGS_WRITE))
        self.void.setVisible(may(Permission.NUMBER_VOID))

    def _build(self) -> None:
        top = Card()
        top.add(heading(self.tr("编号格式"), self.series))
        top.add(self.banner)
        row = QHBoxLayout()
        row.addWidget(self.pattern, 1)
        row.addWidget(self.save)
        top.add(row)
        top.add(self.sample)
        hint = words(
            self.tr(
                "可用：{{org}} 简称　{{year}} 年份　{{node}} 电脑字母（A 不写出）　{{seq:03d}} 三位序号"
            ).format(),
            "hint",
        )
        hint.setWordWrap(True)
        top.add(hint)
        below = Card()
        below.add(heading(self.tr("已用的编号"), self.year, self.void))
        below.add(self.table, 1)
        self.table.setMinimumHeight(px(190))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(14)
        column.addWidget(top)
        column.addWidget(below, 1)

    def _columns(self) -> list[Column[NumberRow]]:
        return [
            Column(self.tr("序号"), lambda row: str(row.seq), width=70, align=RIGHT, sort_key="seq"),
            Column(self.tr("编号"), lambda row: row.text, width=280, sort_key="seq"),
            Column(
                self.tr("状态"), self._state, width=90, chip=True,
                tone=lambda row: Tone.GOOD if row.void_reason is None else Tone.WARN,
            ),
            Column(self.tr("给出时间"), _moment, width=140, sort_key="issued_at"),
            Column(self.tr("作废原因"), lambda row: row.void_reason or "", stretch=True),
        ]  # fmt: skip

    def load(self) -> None:
        """Show the chosen series."""
        self._context.tasks.run(read_settings).then(self._show, owner=self)
        self._load_numbers()

    def submit(self) -> None:
        """Keep the pattern for numbers from now on."""
        wanted = {PATTERN_OF[self.series.value()]: self.pattern.text().strip()}
        self._context.tasks.run(change_settings, wanted).then(self._saved, owner=self)

    def show_refused(self, refused: Refused) -> None:
        """Say why nothing was kept."""
        self.banner.say(sentence(refused), Tone.BAD)

    def _load_numbers(self) -> None:
        series, year = self.series.value(), self.year.value()
        request = self._context.tasks.run(list_numbers, series, year)
        request.then(self.table.show_records, owner=self)

    def _show(self, settings: OfficeSettings) -> None:
        self.pattern.set_value(settings.values[PATTERN_OF[self.series.value()]])
        self._show_sample()

    def _saved(self, _: OfficeSettings) -> None:
        self.banner.say(self.tr("已保存，从下一个编号起使用。"), Tone.GOOD)

    def _show_sample(self) -> None:
        office = self._context.unlocked.office
        good, said = pattern_words(self.pattern.text(), office.short_name, office.node_letter)
        self.sample.setObjectName("good" if good else "problem")
        self.sample.style().polish(self.sample)
        self.sample.setText(said)
        self.save.setEnabled(good)

    def _ask_void(self) -> None:
        self.dialog = VoidDialog(self._context.tasks, self.series.value(), self)
        self.dialog.open()

    def _state(self, row: NumberRow) -> str:
        return self.tr("在用") if row.void_reason is None else self.tr("作废")


def _moment(row: NumberRow) -> str:
    return f"{office_time(row.issued_at):%Y-%m-%d %H:%M}"
