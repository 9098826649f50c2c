"""Settling a dispute at once, where the people stand."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.domain.cases import PRINCIPALS, CaseView
from app.domain.casework.inputs import OnSpotInput
from app.services.flow.on_spot import settle_on_spot
from app.ui.cases.assign_dialog import AssignDialog
from app.ui.cases.next_step import consent_words
from app.ui.kit.card import words
from app.ui.kit.editors import check
from app.ui.kit.form import Field, Form
from app.ui.navigation import Place
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px

TABLE_HEIGHT = 110


@dataclass(frozen=True, slots=True)
class ToldThere:
    """What was done before the mediation began."""

    all_present: bool = False
    rights_told: bool = False
    not_excluded: bool = False
    all_keep: bool = False


class OnSpotDialog(AssignDialog):
    """当场化解: who mediates, with the recusal check; then the oral agreement is written down."""

    led_on = Signal(object, object)

    def __init__(self, tasks: Tasks, case: CaseView, parent: QWidget | None = None) -> None:
        super().__init__(tasks, case, parent)
        self.set_heading(self.tr("当场化解"))
        self.submit_button.setText(self.tr("开始当场化解"))
        self.table.setMinimumHeight(px(TABLE_HEIGHT))
        self.chosen_by_label.hide()
        self.chosen_by.hide()  # who stands here and agrees chooses
        asked = [party for party in case.parties if party.role in PRINCIPALS]
        said = "　".join(f"{party.name}：{consent_words(party.consent, party.consent_on)}" for party in asked)
        consents = words(said, "sub")
        consents.setWordWrap(True)
        present = check(self.tr("各方都在场，同意当场调解"))
        told = check(self.tr("已口头告知各方的权利和义务"))
        free = check(self.tr("不属专门机关处理，法院、公安等没有受理"))
        keep = check(self.tr("有回避事由的，各方知情并同意"))
        self.told: Form[ToldThere] = Form(
            ToldThere,
            [
                Field("all_present", self.tr("到场"), present, required=True),
                Field(
                    "rights_told",
                    self.tr("告知"),
                    told,
                    required=True,
                ),
                Field("not_excluded", self.tr("无其他处理"), free, required=True),
                Field("all_keep", self.tr("不回避"), keep),
            ],
            columns=2,
        )
        self.add(consents)
        self.add(self.told)

    @override
    def submit(self) -> None:
        """Settle it with the chosen mediators, then go to the oral agreement."""
        lead, told = self.table.current(), self.told.value()
        if lead is None:
            self.banner.say(self.tr("请先选定主持调解员。"), Tone.WARN)
        if lead is None or told is None:
            return
        lead_id = lead.mediator_id
        wanted = OnSpotInput(
            lead_id,
            tuple(one for one in self.co.value() if one != lead_id),
            told.rights_told,
            told.all_present,
            told.not_excluded,
            self.reason.value(),
            told.all_keep,
        )
        self.act(
            settle_on_spot,
            self._case.id,
            wanted,
            ok=lambda case: self.led_on.emit(Place.AGREEMENT, case.id),
        )
