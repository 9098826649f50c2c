"""风险: the reports of a case, open until they are cleared (PML 25; guard G9)."""

from typing import Any

from typing_extensions import override

from app.domain.actor import Permission
from app.domain.flow import Deed, states_offering
from app.domain.work.risks import RiskLevel, RiskRow
from app.services.work.risks import list_risks
from app.ui.kit.date_edit import date_words
from app.ui.kit.dialog import Dialog
from app.ui.kit.page import Page
from app.ui.kit.table import Column
from app.ui.theme import Tone
from app.ui.words.labels import label
from app.ui.words.messages import shown
from app.ui.work.records_tab import RecordsTab
from app.ui.work.risk_dialogs import ClearRiskDialog, FeedbackDialog, RaiseRiskDialog

_TONES = {
    RiskLevel.RED: Tone.BAD,
    RiskLevel.ORANGE: Tone.WARN,
    RiskLevel.YELLOW: Tone.WARN,
    RiskLevel.BLUE: Tone.INFO,
}


class RisksTab(RecordsTab[RiskRow]):
    """A report is never removed: it is answered and cleared."""

    needs = Permission.CASE_REGISTER

    def __init__(self, page: Page) -> None:
        super().__init__(page, self.tr("风险报告"), self.tr("登记风险"))
        self.change_button.setText(self.tr("登记反馈"))
        self.remove_button.setText(self.tr("解除风险"))
        self._may_clear = page.context.actor.may(Permission.CASE_DECIDE)
        self.remove_button.setVisible(self._may_clear)

    @override
    def columns(self) -> list[Column[RiskRow]]:
        return [
            Column(self.tr("报告时间"), lambda row: shown(row.reported_at), 150, sort_key="reported_at"),
            Column(self.tr("等级"), lambda row: label(row.level), 76,
                   tone=lambda row: _TONES[row.level], chip=True),
            Column(self.tr("报告给"), lambda row: row.receiver, 120, stretch=True, bold=True),
            Column(self.tr("状态"), self._state, 84,
                   tone=lambda row: Tone.GOOD if row.cleared_on else Tone.BAD, chip=True),
        ]  # fmt: skip

    def _state(self, row: RiskRow) -> str:
        return self.tr("已解除") if row.cleared_on else self.tr("未解除")

    @override
    def ask_for(self, case_id: str) -> tuple[Any, ...]:
        return (list_risks, case_id)

    @override
    def told(self, row: RiskRow) -> list[tuple[str, str]]:
        cleared = f"{date_words(row.cleared_on)}　{row.cleared_by}" if row.cleared_on else ""
        receiver = (label(row.receiver_kind), row.receiver, row.receiver_phone)
        return [
            (self.tr("激化迹象"), "、".join(label(flag) for flag in row.flags)),
            (self.tr("风险等级"), label(row.level)),
            (self.tr("情况"), row.facts),
            (self.tr("涉及人员"), row.people),
            (self.tr("措施"), row.measures),
            (self.tr("报告给"), "　".join(part for part in receiver if part)),
            (self.tr("报告"), f"{shown(row.reported_at)}　{label(row.method)}　{row.reported_by}"),
            (self.tr("反馈"), row.feedback),
            (self.tr("解除"), cleared),
            (self.tr("解除依据"), row.clear_note),
        ]

    @override
    def make_dialog(self, row: RiskRow | None) -> Dialog:
        assert self.case is not None  # noqa: S101 - `edit` asked
        if row is not None:
            return FeedbackDialog(self.tasks, row, self)
        return RaiseRiskDialog(self.tasks, self.case, self.page.context.actor.name, self)

    @override
    def ask_remove(self) -> None:
        row = self.table.current()
        if row is not None:
            self.ask(ClearRiskDialog(self.tasks, [row], self))

    @override
    def empty_text(self, writable: bool) -> str:
        if writable:
            return self.tr("没有风险报告。发现可能打架、自伤、群体上访等迹象，立即报告并在这里登记。")
        return self.tr("没有风险报告。")

    @override
    def follow(self, row: RiskRow | None) -> None:
        super().follow(row)
        open_ = self.case is not None and self.case.status in states_offering(Deed.RISK)
        self.new_button.setEnabled(self.writable and open_)
        cleared = row is None or row.cleared_on is not None
        self.remove_button.setEnabled(self.writable and self._may_clear and not cleared)
