"""Beside the form while a time is chosen: what collides, what speaks against it, which times are free."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.clashes import ClashReport, Slot
from app.domain.errors import Problem
from app.ui.hearings.wording import slot_words
from app.ui.kit.buttons import button
from app.ui.kit.card import Card, remark, words
from app.ui.theme import Tone
from app.ui.words.finding_words import blocked_words, clash_lines
from app.ui.words.messages import problem_sentence


class ClashPanel(Card):
    """Tells `taken(Slot)` when one of the free times is chosen."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=12, parent=parent)
        self._said: list[str] = []
        self._free: tuple[Slot, ...] = ()
        self._findings = QVBoxLayout()
        self._findings.setSpacing(2)
        self._times = QVBoxLayout()
        self._times.setSpacing(6)
        self.add(words(self.tr("时间检查"), "sectionTitle"))
        self.add(self._findings)
        self._times_title = words(self.tr("都有空的时间"), "sectionTitle")
        self.add(self._times_title)
        self.add(self._times)
        self.body.addStretch(1)
        self.wait()

    def wait(self) -> None:
        """Nothing can be said yet."""
        self._show([(self.tr("选好案件、日期和时间后自动检查。"), Tone.PLAIN)])
        self.offer(())

    def show_report(self, report: ClashReport, *, notice: str = "") -> None:
        """Name everything that speaks against the time; what refuses it first (`notice`: it is too near)."""
        lines = [(text, Tone.BAD) for text in clash_lines(report.hard)]
        lines += [(blocked_words(block), Tone.BAD) for block in report.blocked if block.hard]
        if notice:
            lines.append((notice, Tone.BAD))
        lines += [(text, Tone.WARN) for text in clash_lines(report.soft)]
        lines += [(blocked_words(block), Tone.WARN) for block in report.blocked if not block.hard]
        lines += [(problem_sentence(Problem("", warning)), Tone.WARN) for warning in report.warnings]
        self._show(lines or [(self.tr("没有冲突，可以排期。"), Tone.GOOD)])

    def offer(self, slots: Sequence[Slot]) -> None:
        """Offer times at which the room and everybody are free; nothing when the time chosen is one."""
        self._free = tuple(slots)
        _clear(self._times)
        for slot in slots:
            self._times.addWidget(button(slot_words(slot), partial(self.taken.emit, slot)))
        self._times_title.setVisible(bool(slots))

    def sentences(self) -> list[str]:
        """What is being said."""
        return list(self._said)

    def free(self) -> tuple[Slot, ...]:
        """What is being offered."""
        return self._free

    def _show(self, lines: Sequence[tuple[str, Tone]]) -> None:
        self._said = [text for text, _ in lines]
        self.setAccessibleDescription("\n".join(self._said))
        _clear(self._findings)
        for text, tone in lines:
            self._findings.addWidget(remark(text, tone))


def _clear(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
