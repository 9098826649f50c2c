"""Who signs for a party that does not sign itself."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from typing_extensions import override

from app.domain.agreements import SignerInput, principals_of
from app.domain.cases import PartyView
from app.ui.kit.editors import ChoiceEditor, Editor
from app.ui.kit.focus import settle_tab_order
from app.ui.words.labels import label


class SignersEditor(QWidget, Editor):
    """A choice for each party that somebody represents, as a tuple of `SignerInput`."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("checks")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._choices: dict[str, ChoiceEditor] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)

    def offer(self, parties: Sequence[PartyView]) -> None:
        """Offer those who represent each party."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._choices = {}
        for party in principals_of(tuple(parties)):
            others = [one for one in parties if party.id in one.represents]
            if not others:
                continue
            options: list[tuple[str | None, str]] = [(None, self.tr("按规定签名"))]
            options += [(one.id, f"{label(one.role)} {one.name}") for one in others]
            made = ChoiceEditor(options)
            made.setAccessibleName(self.tr("{name}由谁签名").format(name=party.name))
            made.edited.connect(self.edited)
            self._grid.addWidget(QLabel(party.name), len(self._choices), 0)
            self._grid.addWidget(made, len(self._choices), 1)
            self._choices[party.id] = made
        settle_tab_order(self)
        for made in self._choices.values():
            self.setFocusProxy(made)
            break

    def party_ids(self) -> tuple[str, ...]:
        """The parties somebody represents."""
        return tuple(self._choices)

    def choice_of(self, party_id: str) -> ChoiceEditor:
        """The choice of one party."""
        return self._choices[party_id]

    @override
    def value(self) -> tuple[SignerInput, ...]:
        chosen = ((key, made.value()) for key, made in self._choices.items())
        return tuple(SignerInput(key, signer) for key, signer in chosen if signer is not None)

    @override
    def set_value(self, value: Any) -> None:
        chosen = {one.party_id: one.signer_id for one in value or ()}
        for key, made in self._choices.items():
            made.set_value(chosen.get(key))

    @override
    def raw(self) -> list[list[str]]:
        return [[one.party_id, one.signer_id] for one in self.value()]

    @override
    def set_raw(self, raw: Any) -> None:
        self.set_value([SignerInput(str(party), str(signer)) for party, signer in raw])
