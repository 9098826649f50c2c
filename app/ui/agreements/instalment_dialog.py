"""分期: split one payment into parts, with the sums and days shown while they are chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.errors import Problem, Reason, Refused
from app.domain.values.instalments import MAX_PARTS, Every, Rest, instalment_days, split_amount
from app.domain.values.money import format_yuan
from app.ui.kit.buttons import button
from app.ui.kit.card import words
from app.ui.kit.date_edit import DateEditor, date_words
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import MoneyEditor, NumberEditor, choice
from app.ui.kit.form import Field, Form
from app.ui.theme import px

_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the instalments are made of; money in fen."""

    total_fen: int | None
    parts: int | None
    first_on: date | None
    every: Every = Every.MONTH
    days: int | None = 30
    rest: Rest = Rest.LAST

    def problems(self) -> Iterator[Problem]:
        """What keeps the amount from being split."""
        if not self.total_fen:
            yield Problem("total_fen", "bad_amount")
        if self.parts is None or not 2 <= self.parts <= min(MAX_PARTS, self.total_fen or MAX_PARTS):
            yield Problem("parts", "out_of_range")
        if self.first_on is None:
            yield Problem("first_on", "required")
        if self.every is Every.DAYS and not 1 <= (self.days or 0) <= 366:
            yield Problem("days", "out_of_range")

    def made(self) -> tuple[tuple[int, date], ...]:
        """Sum and day of each instalment; the plan has no problems."""
        if self.total_fen is None or self.parts is None or self.first_on is None:
            return ()
        sums = split_amount(self.total_fen, self.parts, self.rest)
        return tuple(
            zip(sums, instalment_days(self.first_on, self.parts, self.every, self.days or 1), strict=True)
        )


class InstalmentDialog(Dialog):
    """Tells `split` with the sum and the day of each instalment, with nothing when it is paid at once."""

    split = Signal(object)  # tuple[tuple[int, date], ...]

    def __init__(
        self, total_fen: int | None, first_on: date | None, parts: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("分期履行"), self.tr("分期"), parent=parent)
        self.join_button = button(self.tr("不分期"), self._join)
        self.join_button.setHidden(parts is None)
        self.add_foot(self.join_button)
        self.setMinimumWidth(px(520))
        self.form: Form[_Plan] = Form(
            _Plan,
            [
                Field("total_fen", self.tr("总额（元）"), MoneyEditor, required=True),
                Field("parts", self.tr("期数"), NumberEditor, required=True),
                Field("first_on", self.tr("第一期"), DateEditor, required=True),
                Field("every", self.tr("间隔"), choice(Every)),
                Field("days", self.tr("间隔天数"), NumberEditor),
                Field("rest", self.tr("除不尽的"), choice(Rest)),
            ],
            columns=1,
        )
        self.preview = words("", "sub")
        self.preview.setWordWrap(True)
        self.preview.setMinimumHeight(px(20) * (_SHOWN + 2))
        self.add(self.form)
        self.add(self.preview)
        self.form.fill(_Plan(total_fen, parts, first_on))
        self.form.edited.connect(self._show_plan)
        self._show_plan()

    def _show_plan(self) -> None:
        every = self.form.field("every").value()
        names = ("total_fen", "parts", "first_on", "every", "days", "rest")
        self.form.show_fields(name for name in names if name != "days" or every is Every.DAYS)
        values, unreadable = self.form.read()
        plan = None if unreadable else _Plan(**values)
        self.preview.setText("" if plan is None or tuple(plan.problems()) else self._lines(plan.made()))

    def _lines(self, made: tuple[tuple[int, date], ...]) -> str:
        said = [
            self.tr("第{number}期　{day}　{yuan} 元").format(
                number=at, day=date_words(day), yuan=format_yuan(fen)
            )
            for at, (fen, day) in enumerate(made, start=1)
        ]
        if len(said) > _SHOWN:
            said = [*said[: _SHOWN - 2], "……", said[-1]]
        total = self.tr("合计 {yuan} 元").format(yuan=format_yuan(sum(fen for fen, _ in made)))
        return "\n".join([*said, total])

    def _join(self) -> None:
        self.split.emit(())
        self.accept()

    @override
    def submit(self) -> None:
        """Hand the instalments over."""
        plan: Any = self.form.value()
        if plan is None:
            return
        if problems := tuple(plan.problems()):
            self.show_refused(Refused(Reason.INVALID, problems=problems))
            return
        self.split.emit(plan.made())
        self.accept()
