"""The clock of an agreement, its materials, and the story of its confirmation."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.confirming.confirmation import (
    AGAIN,
    UNDER_WAY,
    ConfirmationCheck,
    ConfirmationOutcome,
    ConfirmationStage,
    ConfirmationView,
)
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, remark, words
from app.ui.kit.date_edit import date_words
from app.ui.theme import Tone
from app.ui.words.counting_words import explain, full_day
from app.ui.words.labels import label

SOON = 7
Line = tuple[str, Tone]
_OUTCOME_TONES = {
    ConfirmationOutcome.VALID: Tone.GOOD,
    ConfirmationOutcome.REJECTED: Tone.BAD,
    ConfirmationOutcome.NOT_ACCEPTED: Tone.WARN,
    ConfirmationOutcome.WITHDRAWN: Tone.PLAIN,
}


class _Lines(Card):
    """A card whose content is made anew; `said()` gives its lines to tests and readers."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, margin=12, parent=parent)
        self._content = QWidget()
        self.add(self._content)
        self._said: list[str] = []

    def said(self) -> list[str]:
        """The lines shown."""
        return list(self._said)

    def renew(self) -> QVBoxLayout:
        """An empty column in place of what was shown."""
        old, self._content = self._content, QWidget()
        self.body.replaceWidget(old, self._content)
        old.hide()
        old.deleteLater()
        self._said = []
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        return column

    def say(self, column: QVBoxLayout, text: str, tone: Tone) -> None:
        """Add a line with its sign."""
        self._said.append(text)
        column.addWidget(remark(text, tone))

    def note(self, column: QVBoxLayout, text: str) -> None:
        """Add a grey line."""
        made = words(text, "sub")
        made.setWordWrap(True)
        self._said.append(text)
        column.addWidget(made)


class ClockCard(_Lines):
    """Until when something can or must be done, and how that was counted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("期限"), parent)

    def show_nothing(self) -> None:
        """There is no agreement in effect."""
        column = self.renew()
        self.say(column, self.tr("还没有生效的协议。"), Tone.PLAIN)
        self.note(column, self.tr("协议生效之日起三十日内，双方可以共同向人民法院申请司法确认。"))

    def show_check(self, found: ConfirmationCheck) -> None:
        """Show where the agreement stands."""
        column = self.renew()
        text, tone = self._headline(found)
        self.say(column, text, tone)
        ruling = found.current.ruling_due if found.current else None
        counted = ruling or (found.due if found.open or found.lost else None)
        if counted is not None:
            self.note(column, self.tr("怎么算的：{how}").format(how=explain(counted)))
        for way in self._ways(found):
            self.note(column, way)

    def _headline(self, found: ConfirmationCheck) -> Line:
        row, last = found.current, found.due
        if row is not None and found.stage in UNDER_WAY:
            return self._under_way(row)
        if found.open and last is not None and found.days_left is not None:
            tone = Tone.WARN if found.days_left <= SOON else Tone.INFO
            if found.days_left == 0:
                return self.tr("今天是最后一天，过期不能再申请。"), tone
            said = self.tr("最晚 {day} 申请，还剩 {left} 天。")
            return said.format(day=full_day(last.due_on), left=found.days_left), tone
        if found.lost and last is not None:
            said = self.tr("申请期限已过：最晚到 {day}，没有在期限内申请。")
            return said.format(day=full_day(last.due_on)), Tone.BAD
        if row is not None and row.outcome is not None:
            text = "　".join(part for part in (label(row.outcome), row.document_no) if part)
            return text, _OUTCOME_TONES[row.outcome]
        return self.tr("这份协议已被新协议取代，不再申请。"), Tone.PLAIN

    def _under_way(self, row: ConfirmationView) -> Line:
        if row.ruling_due is None:
            return self.tr("已申请，等法院决定是否受理。"), Tone.INFO
        return self.tr("法院已受理，应在 {day} 前办结。").format(
            day=full_day(row.ruling_due.due_on)
        ), Tone.INFO

    def _ways(self, found: ConfirmationCheck) -> Iterator[str]:
        outcome = found.current.outcome if found.current else None
        if outcome is ConfirmationOutcome.VALID:
            yield self.tr("一方不履行的，对方可以向人民法院申请强制执行。")
        elif outcome is ConfirmationOutcome.REJECTED:
            yield self.tr("当事人可以变更协议、重新调解，或者向人民法院起诉。")
        elif outcome in AGAIN and found.open:
            yield self.tr("期限内可以补齐材料再申请，也可以变更协议、重新调解，或者起诉。")
        if found.lost:
            yield self.tr("协议仍然有效，各方应当履行；有争议的可以变更协议、重新调解，或者起诉。")
            yield self.tr("期限内已经递交、现在补记的，填实际递交的日期。")


class MaterialCard(_Lines):
    """What goes to the court: what the case has of it, and what is still missing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("材料清单"), parent)

    def show_check(self, found: ConfirmationCheck) -> None:
        """Show the list."""
        column = self.renew()
        for row in found.materials:
            name = label(row.material)
            if row.found:
                text, tone = f"{name}：{'、'.join(row.found)}", Tone.GOOD
            elif row.given:
                text, tone = self.tr("{name}：纸质随附").format(name=name), Tone.INFO
            elif row.needed:
                text, tone = self.tr("{name}：还没有").format(name=name), Tone.WARN
            else:
                text, tone = self.tr("{name}：没有").format(name=name), Tone.PLAIN
            self.say(column, text, tone)
        self.note(column, self.tr("材料不全的，法院会要求限期补齐，逾期按撤回处理。"))


class StoryCard(_Lines):
    """What happened, step by step; tells which step is to be entered: `asked(name)`."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("办理经过"), parent)
        self.buttons = {
            "docket": button(self.tr("登记法院受理"), lambda: self.asked.emit("docket"), picture="gavel"),
            "decide": button(
                self.tr("登记结果"), lambda: self.asked.emit("decide"), picture="check", weight=Weight.PLAIN
            ),
        }
        row = QHBoxLayout()
        for made in self.buttons.values():
            row.addWidget(made)
        row.addStretch(1)
        self.add(row)

    def show_check(self, found: ConfirmationCheck, *, writable: bool) -> None:
        """Show the earlier applications and the one that counts."""
        column = self.renew()
        if found.effective_on is not None:
            said = self.tr("{day}　协议生效").format(day=date_words(found.effective_on))
            self.say(column, said, Tone.GOOD)
        shown = [*found.earlier, *([found.current] if found.current else [])]
        names = dict(found.applicants)
        for row in shown:
            for text, tone in self._steps(row, names):
                self.say(column, text, tone)
        if not shown:
            self.say(column, self.tr("还没有申请。"), Tone.PLAIN)
        under_way = found.stage in UNDER_WAY
        self.buttons["docket"].setVisible(writable and found.stage is ConfirmationStage.APPLIED)
        self.buttons["decide"].setVisible(writable and under_way)

    def _steps(self, row: ConfirmationView, names: dict[str, str]) -> Iterator[Line]:
        if row.applied_on is None:
            yield self.tr("材料已准备，向{court}申请").format(court=row.court), Tone.INFO
            return
        who = "、".join(names.get(key, "") for key in row.applied_by)
        applied = self.tr("{day}　{who}共同向{court}申请（{why}）")
        yield (
            applied.format(
                day=date_words(row.applied_on), who=who, court=row.court, why=label(row.jurisdiction)
            ),
            Tone.GOOD,
        )
        if row.doubts:
            doubts = "、".join(label(doubt) for doubt in row.doubts)
            told = self.tr("疑点：{doubts}。理由：{reason}")
            yield told.format(doubts=doubts, reason=row.override_reason), Tone.WARN
        if row.docketed_on is not None:
            taken = self.tr("{day}　法院受理　{number}")
            yield taken.format(day=date_words(row.docketed_on), number=row.docket_no), Tone.GOOD
        if row.outcome is not None and row.decided_on is not None:
            parts = (date_words(row.decided_on), label(row.outcome), row.document_no, row.note)
            yield "　".join(part for part in parts if part), _OUTCOME_TONES[row.outcome]
