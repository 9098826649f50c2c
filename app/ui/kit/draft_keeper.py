"""Keeps an unfinished form: saved by itself while one types, put back after a crash."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.office.drafts import DraftKind, DraftRow, deed_subject
from app.services.cases.drafts import drop_draft, list_drafts, save_draft, throw_draft
from app.ui.kit.dialog import Dialog
from app.ui.tasks import Tasks
from app.ui.theme import Tone
from app.ui.words.messages import shown

PAUSE_MS = 700


class DraftKeeper(QObject):
    """Saves `snapshot()` under the present subject some moments after `touch`; tells `kept(moment)`."""

    kept = Signal(object)

    def __init__(
        self, tasks: Tasks, kind: DraftKind, snapshot: Callable[[], dict[str, Any]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._kind = kind
        self._snapshot = snapshot
        self._subject: str | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._save)

    def open(self, subject: str, then: Callable[[DraftRow | None], object]) -> None:
        """Turn to another form and answer with its draft, if there is one."""
        self.flush()
        self._subject = subject

        def found(rows: tuple[DraftRow, ...]) -> None:
            then(next((row for row in rows if row.subject == subject), None))

        self._tasks.run(list_drafts, self._kind).then(found, owner=self)

    def touch(self) -> None:
        """Something was typed."""
        if self._subject is not None:
            self._soon.start()

    def flush(self) -> None:
        """Save now what is still waiting (the page is left)."""
        if self._soon.isActive():
            self._soon.stop()
            self._save()

    def drop(self) -> None:
        """Forget the draft: its form was saved."""
        self._soon.stop()
        if self._subject is not None:
            self._tasks.run(drop_draft, self._kind, self._subject).then(owner=self)

    def throw(self) -> None:
        """Give the draft up: it can be taken out of the bin again."""
        self._soon.stop()
        if self._subject is not None:
            self._tasks.run(throw_draft, self._kind, self._subject).then(owner=self)

    def _save(self) -> None:
        if self._subject is not None:
            saved = self._tasks.run(save_draft, self._kind, self._subject, self._snapshot())
            saved.then(lambda row: self._tell(row.saved_at), owner=self)

    def _tell(self, at: datetime) -> None:
        self.kept.emit(at)


class DialogDraft(QObject):
    """What is typed into a dialog, kept until it is saved: cancelled by mistake, it is offered next time.

    Made at the end of `__init__`, the forms filled: `DialogDraft(self, tasks, case.id, "visit")`.
    The offer names the fields that differ. Typing on without answering sends the old draft to the bin.
    """

    def __init__(self, dialog: Dialog, tasks: Tasks, record_id: str, deed: str) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._offered: DraftRow | None = None
        self._keeper = DraftKeeper(tasks, DraftKind.DEED, self._snapshot, self)
        for form in dialog.forms:
            form.edited.connect(self._touch)
        dialog.accepted.connect(self._keeper.drop)
        dialog.rejected.connect(self._keeper.flush)
        self._keeper.open(deed_subject(record_id, deed), self._offer)

    def _snapshot(self) -> dict[str, Any]:
        return {"forms": [form.snapshot() for form in self._dialog.forms]}

    def _offer(self, row: DraftRow | None) -> None:
        if row is None or any(form.dirty for form in self._dialog.forms):
            return
        kept = row.body.get("forms", [])
        fields = [
            name
            for form, one in zip(self._dialog.forms, kept, strict=False)
            for name in form.differences(one)
        ]
        if not fields:
            self._keeper.drop()
            return
        self._offered = row
        text = self.tr("上次没有保存的内容，{when}：{fields}")
        self._dialog.banner.say(
            text.format(when=shown(row.saved_at), fields="、".join(fields)),
            Tone.INFO,
            action=self.tr("恢复"),
            then=self._restore,
            other=(self.tr("放弃"), self._throw),
        )

    def _restore(self) -> None:
        row, self._offered = self._offered, None
        self._dialog.banner.hide()
        if row is not None:
            for form, one in zip(self._dialog.forms, row.body["forms"], strict=False):
                form.restore(one)
                form.dirty = True
            self._dialog.forms[0].focus_first()

    def _throw(self) -> None:
        self._offered = None
        self._dialog.banner.hide()
        self._keeper.throw()

    def _touch(self) -> None:
        if self._offered is not None:
            self._throw()
        self._keeper.touch()
