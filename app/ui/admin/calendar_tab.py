"""工作日历: the years known, the years missing, and a new notice from a file."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.actor import Permission
from app.domain.errors import Refused
from app.domain.office.work_calendar import CalendarView, YearPreview
from app.domain.values.calendar import HolidayYear
from app.services.rules.calendars import import_calendar, preview_calendar, read_calendar
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, heading, words
from app.ui.kit.dialog import Dialog, pick_file
from app.ui.kit.editors import ChoiceEditor
from app.ui.room import Scrolled, set_shown
from app.ui.rules.year_picture import YearPicture
from app.ui.signed_in import SignedIn
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px
from app.ui.words.messages import sentence


class CalendarTab(QWidget):
    """One year at a time."""

    def __init__(self, context: SignedIn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._years: dict[int, HolidayYear] = {}
        self.banner = Banner()
        self.missing = Banner()
        self.year = ChoiceEditor([])
        self.year.setAccessibleName(self.tr("年份"))
        self.year.setMinimumWidth(px(110))
        self.year.edited.connect(self._show_year)
        self.bring = button(self.tr("导入放假安排"), self._pick, picture="folder-open", weight=Weight.PRIMARY)
        set_shown(self.bring, context.actor.may(Permission.SETTINGS_WRITE))
        self.source = words("", "sub")
        self.source.setWordWrap(True)
        self.picture = YearPicture()
        self._build()

    def _build(self) -> None:
        card = Card()
        card.add(heading(self.tr("工作日历"), self.year, self.bring))
        card.add(self.missing)
        card.add(self.banner)
        card.add(self.source)
        card.add(self.picture)
        hint = words(
            self.tr(
                "“休”是放假，“班”是调休上班；蓝色是法定节日。导入的文件可以是 Excel、CSV 或 JSON，"
                "表格第一行写“日期、类型、名称”，类型写“放假”“法定”或“上班”，"
                "一个文件一年，可含上年 12 月的日子。"
            ),
            "hint",
        )
        hint.setWordWrap(True)
        card.add(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.addWidget(card)
        column.addStretch(1)

    def load(self) -> None:
        """Show what is known."""
        self._context.tasks.run(read_calendar).then(self._take, owner=self)

    def show_refused(self, refused: Refused) -> None:
        """Say why nothing was imported."""
        self.banner.say(sentence(refused), Tone.BAD)

    def _take(self, view: CalendarView) -> None:
        chosen = self.year.value() if self._years else None
        self._years = {notice.year: notice for notice in view.years}
        brought = self.tr("{year}年（导入）")
        shipped = self.tr("{year}年")
        options = [
            (year, (brought if year in view.imported else shipped).format(year=year)) for year in self._years
        ]
        self.year.set_options(options)
        if self._years:
            self.year.set_value(chosen if chosen in self._years else max(self._years))
        self._show_year()
        if view.missing:
            years = "、".join(self.tr("{year}年").format(year=year) for year in view.missing)
            text = self.tr("工作日历缺{years}，这些日子按周末推算。国务院公布放假安排后请导入。")
            self.missing.say(text.format(years=years), Tone.WARN)
        else:
            self.missing.hide()

    def _show_year(self) -> None:
        notice = self._years.get(self.year.value())
        if notice is not None:
            self.source.setText(self.tr("依据：{source}").format(source=notice.source or self.tr("未写明")))
            self.picture.show_year(notice)

    def _pick(self) -> QFileDialog:
        kinds = self.tr("放假安排 (*.json *.csv *.txt *.xlsx)")
        return pick_file(self, self.tr("选择放假安排"), kinds, self.preview)

    def preview(self, path: Path) -> None:
        """Show what a file holds before anything is taken over."""
        self.banner.hide()
        asked = self._context.tasks.run(preview_calendar, path)
        asked.then(lambda years: self._offer(path, years), owner=self)

    def _offer(self, path: Path, years: tuple[YearPreview, ...]) -> None:
        self.dialog = CalendarPreview(self._context.tasks, path, years, self)
        self.dialog.accepted.connect(
            lambda: self.banner.say(self.tr("已导入，各案的期限已重新推算。"), Tone.GOOD)
        )
        self.dialog.accepted.connect(self.load)
        self.dialog.open()


class CalendarPreview(Dialog):
    """What a file would bring, year by year, with the picture of the first."""

    def __init__(
        self, tasks: Tasks, path: Path, years: tuple[YearPreview, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("导入放假安排"))
        self.submit_button.setText(self.tr("导入"))
        self._path = path
        for one in years:
            said = words(self._line(one))
            said.setWordWrap(True)
            self.add(said)
        self.setMinimumWidth(px(800))
        self.picture = YearPicture()
        self.picture.show_year(years[0].notice)
        shown = Scrolled(self.picture)
        shown.setMinimumHeight(px(300))
        self.add(shown, 1)

    def _line(self, one: YearPreview) -> str:
        if one.known is None:
            state = self.tr("新的年份")
        else:
            state = self.tr("与现有的相同") if one.same else self.tr("将替换现有的安排")
        text = self.tr("{year}年：放假 {off} 天，调休上班 {worked} 天（{state}）")
        return text.format(
            year=one.notice.year, off=len(one.notice.off), worked=len(one.notice.working), state=state
        )

    @override
    def submit(self) -> None:
        """Take it over."""
        self.act(import_calendar, self._path)
