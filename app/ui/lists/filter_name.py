"""Asks for the name under which a filter is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.services.search.filters import save_filter
from app.ui.kit.dialog import Dialog
from app.ui.kit.form import Field, Form
from app.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class FilterName:
    """What is asked."""

    name: str


class FilterNameDialog(Dialog):
    """保存当前筛选."""

    def __init__(
        self,
        tasks: Tasks,
        place: str,
        body: dict[str, Any],
        kept: Callable[[Any], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("保存当前筛选"))
        self.submit_button.setText(self.tr("保存"))
        self._place, self._kept_body, self._kept = place, body, kept
        self.form = Form(FilterName, [Field("name", self.tr("名称"), required=True)], columns=1)
        self.add(self.form)

    @override
    def submit(self) -> None:
        named = self.form.value()
        if named is not None:
            self.act(save_filter, self._place, named.name, self._kept_body, ok=self._kept)
