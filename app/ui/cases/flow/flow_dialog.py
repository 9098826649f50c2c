"""The base of the dialogs that move a case: what they keep, and where they lead afterwards."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.cases import CaseView
from app.ui.kit.dialog import Dialog
from app.ui.kit.draft_keeper import DialogDraft
from app.ui.kit.editors import TextEditor
from app.ui.kit.form import Field, Form
from app.ui.navigation import Place
from app.ui.tasks import Tasks
from app.ui.theme import px


class FlowDialog(Dialog):
    """Tells `led_on(Place, id)` when the work goes on elsewhere. `form` is its one form."""

    led_on = Signal(object, object)
    form: Form[Any]

    def __init__(
        self,
        titles: tuple[str, str],
        tasks: Tasks,
        case: CaseView,
        parent: QWidget | None = None,
        *,
        danger: bool = False,
    ) -> None:
        super().__init__(*titles, tasks=tasks, danger=danger, parent=parent)
        self.setMinimumWidth(px(560))
        self.case = case
        self._runner = tasks

    def make_form(self, record: type[Any], fields: Sequence[Field], *, columns: int = 1) -> Form[Any]:
        """A form of the record, put into the dialog."""
        made: Form[Any] = Form(record, fields, columns=columns)
        for field in fields:
            editor = made.field(field.name)
            if isinstance(editor, TextEditor):  # Qt would give it eight lines, and a low screen has no room
                editor.setMaximumHeight(editor.minimumHeight())
        self.add(made)
        return made

    def tell(self, text: str, style: str = "sub") -> QLabel:
        """A sentence over as many lines as it needs."""
        made = QLabel(text)
        made.setObjectName(style)
        made.setWordWrap(True)
        self.add(made)
        return made

    def keep_draft(self, name: str) -> None:
        """Save what is typed by itself; offer next time what was typed under `name` and not saved."""
        self.draft = DialogDraft(self, self._runner, self.case.id, name)

    def lead_on(self, place: Place, item: str) -> None:
        """Go there now that the deed is done."""
        self.led_on.emit(place, item)
