"""The agreements of a case, when there are several: which is shown, and how each stands."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.agreements import AgreementStatus, AgreementView
from app.domain.cases import CaseView
from app.domain.flow import CaseStatus
from app.domain.values.money import format_yuan
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, heading
from app.ui.kit.date_edit import date_words
from app.ui.kit.row_view import ROW_HEIGHT, SmallTable
from app.ui.kit.table import RIGHT, Column
from app.ui.theme import Tone, px
from app.ui.words.labels import label

_TONES = {
    AgreementStatus.DRAFT: Tone.WARN,
    AgreementStatus.SIGNING: Tone.WARN,
    AgreementStatus.EFFECTIVE: Tone.GOOD,
    AgreementStatus.ABANDONED: Tone.PLAIN,
}
_PENDING = (AgreementStatus.DRAFT, AgreementStatus.SIGNING)
_BEGINS_NEW = (CaseStatus.IN_SESSION, CaseStatus.ON_SPOT)
_CHANGED_IN = (CaseStatus.EFFECTIVE, CaseStatus.PERFORMING)
_MOST_ROWS = 4
_AMOUNT, _NARROW = 2, 620


def pending(agreement: AgreementView | None) -> bool:
    """Whether it waits to be printed or signed."""
    return agreement is not None and agreement.status in _PENDING


def first_shown(agreements: Sequence[AgreementView], case: CaseView) -> AgreementView | None:
    """What to begin with: what waits, a new one while the parties are in session, else what binds."""
    waiting = [one for one in agreements if pending(one)]
    if waiting:
        return waiting[-1]
    if case.status in _BEGINS_NEW:
        return None
    binding = [one for one in agreements if bound(one)]
    return next(iter((binding or list(agreements))[-1:]), None)


def bound(agreement: AgreementView) -> bool:
    """Whether it is in effect and nothing took its place."""
    return agreement.status is AgreementStatus.EFFECTIVE and agreement.replaced_by_id is None


def replaceable(
    agreements: Sequence[AgreementView], shown: AgreementView | None
) -> tuple[AgreementView, ...]:
    """What a new agreement may take the place of; of one already written, what it does."""
    if shown is None:
        return tuple(one for one in agreements if bound(one))
    return tuple(one for one in agreements if one.id == shown.replaces_id)


def may_change(agreement: AgreementView | None, agreements: Sequence[AgreementView], case: CaseView) -> bool:
    """Whether a change of it can be begun: it binds, and no other change of it is under way."""
    if agreement is None or not bound(agreement) or case.status not in _CHANGED_IN:
        return False
    return not any(pending(one) and one.replaces_id == agreement.id for one in agreements)


def may_begin(agreements: Sequence[AgreementView], case: CaseView) -> bool:
    """Whether a new agreement can be written now: the parties are in session, and none is under way."""
    return case.status in _BEGINS_NEW and not any(map(pending, agreements))


class AgreementList(Card):
    """Shown when a case has more than one; tells which one is wanted."""

    chosen = Signal(object)  # AgreementView
    new_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=8, parent=parent)
        self._agreements: tuple[AgreementView, ...] = ()
        self.table: SmallTable[AgreementView] = SmallTable(self._columns(), title=self.tr("本案的协议"))
        self.table.picked.connect(self._picked)
        self.new_button = button(
            self.tr("起草新协议"), self.new_asked.emit, picture="plus", weight=Weight.LINK
        )
        self.add(heading(self.tr("本案的协议"), self.new_button))
        self.add(self.table)
        self._shown: str | None = None

    def _columns(self) -> list[Column[AgreementView]]:
        return [
            Column(self.tr("份"), lambda one: str(one.seq), 44, RIGHT),
            Column(self.tr("编号"), lambda one: one.number or "", 120, stretch=True),
            Column(self.tr("金额（元）"), _yuan, 108, RIGHT),
            Column(self.tr("状态"), _state, 88, tone=_tone, chip=True),
            Column(self.tr("说明"), self._remark, 140),
        ]  # fmt: skip

    def show_agreements(
        self, agreements: Sequence[AgreementView], shown: AgreementView | None, *, new: bool
    ) -> None:
        """List them, with the shown one marked; hidden while there is nothing to choose between.

        `new`: another one can be written now.
        """
        self.new_button.setVisible(new and shown is not None)
        self._agreements = tuple(agreements)
        self._shown = shown.id if shown else None
        self.setVisible(len(agreements) > 1 or (bool(agreements) and (new or shown is None)))
        self.table.show_records(agreements)
        rows = min(max(len(agreements), 1), _MOST_ROWS)
        self.table.setFixedHeight(
            px(ROW_HEIGHT) * rows + self.table.horizontalHeader().sizeHint().height() + 4
        )
        at = next((n for n, one in enumerate(agreements) if one.id == self._shown), None)
        if at is not None:
            self.table.go_to(at)
        else:
            self.table.clearSelection()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(_AMOUNT, self.width() < px(_NARROW))

    def _picked(self, agreement: AgreementView | None) -> None:
        if agreement is not None and agreement.id != self._shown and self.table.hasFocus():
            self._shown = agreement.id
            self.chosen.emit(agreement)

    def _remark(self, one: AgreementView) -> str:
        by_id = {other.id: other.seq for other in self._agreements}
        parts = []
        if one.partial:
            parts.append(self.tr("部分协议"))
        if one.replaces_id in by_id:
            parts.append(self.tr("变更第{seq}份").format(seq=by_id[one.replaces_id]))
        if one.replaced_by_id in by_id:
            parts.append(self.tr("已由第{seq}份取代").format(seq=by_id[one.replaced_by_id]))
        return "，".join(parts)


def _yuan(one: AgreementView) -> str:
    return format_yuan(one.total_fen) if one.total_fen else ""


def _state(one: AgreementView) -> str:
    if one.replaced_by_id is not None:
        return QCoreApplication.translate("agreements", "已被取代")
    return label(one.status)


def _tone(one: AgreementView) -> Tone:
    return Tone.PLAIN if one.replaced_by_id is not None else _TONES[one.status]


def saved_words(agreement: AgreementView) -> str:
    """What is said after saving."""
    translate = QCoreApplication.translate
    if agreement.status is AgreementStatus.EFFECTIVE:
        return translate("agreements", "口头协议已登记，自达成之日起生效。请打印登记表存档。")
    if agreement.replaces_id is not None:
        return translate("agreements", "变更协议已保存。打印签署生效后取代原协议，此前原协议仍有效。")
    return translate("agreements", "协议已保存。请预览打印，再由各方签名。")


def signed_words(agreement: AgreementView) -> str:
    """What is said when the last signature brought it into effect."""
    translate = QCoreApplication.translate
    day = date_words(agreement.effective_on) if agreement.effective_on else ""
    said = translate("agreements", "签署齐全，协议自 {day} 起生效。").format(day=day)
    if agreement.replaces_id is not None:
        return said + translate("agreements", "原协议未履行的部分不再履行。")
    if agreement.partial:
        return said + translate("agreements", "其余争议可以继续调解，或终止调解。")
    return said
