"""The instalments of one payment, a line each: the day and the sum, typed like anything else."""

from datetime import date
from typing import Any

from typing_extensions import override

from app.domain.values.money import MoneyProblem, format_yuan, parse_yuan
from app.ui.kit.date_edit import date_words
from app.ui.kit.editors import TextEditor, UnreadableError
from app.ui.kit.typed import read_date
from app.ui.theme import px

Parts = tuple[tuple[int, date], ...]
_MOST_LINES = 8


class InstalmentsEditor(TextEditor):
    """Lines like `2026年9月30日　1,000.00` as a tuple of sums in fen and days; empty lines are left out.

    Two dozen of them are read at a glance; as forms of their own they filled six screens.
    """

    def __init__(self) -> None:
        super().__init__(lines=_MOST_LINES)
        self.setMaximumHeight(px(22) * _MOST_LINES + 14)

    def lines(self) -> list[str]:
        """The lines with something in them."""
        return [line for line in self.toPlainText().splitlines() if line.strip()]

    @override
    def value(self) -> Parts:
        return tuple(_read(line) for line in self.lines())

    @override
    def set_value(self, value: Any) -> None:
        self.setPlainText("\n".join(f"{date_words(day)}　{format_yuan(fen)}" for fen, day in value or ()))


def _read(line: str) -> tuple[int, date]:
    day, _, sum_of_money = " ".join(line.split()).partition(" ")
    read, fen = read_date(day), parse_yuan(sum_of_money)
    if read is None or isinstance(fen, MoneyProblem):
        raise UnreadableError("bad_instalment")
    return fen, read
