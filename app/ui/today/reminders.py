"""What must not be forgotten: unfinished forms, packages not sent, committees that lack something."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.domain.lists import CommitteeAlert
from app.domain.office.drafts import DraftKind, DraftRow
from app.domain.packages import OutboxView
from app.ui.icons import pixmap
from app.ui.kit.buttons import Weight, button
from app.ui.navigation import Place
from app.ui.theme import Tone, ink_name
from app.ui.today.item_words import form_words
from app.ui.words.messages import committee_sentence, shown

LATE_DAYS = 7
MOST_DRAFTS = 3
_PLACES = {
    DraftKind.INTAKE: Place.INTAKE,
    DraftKind.SESSION: Place.SESSION,
    DraftKind.AGREEMENT: Place.AGREEMENT,
    DraftKind.DEED: Place.CASE,
}


class Reminder(QFrame):
    """A sentence on a coloured ground with the link that settles it."""

    def __init__(self, picture: str, text: str, action: str, then: Callable[[], object], tone: Tone) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("tone", tone.value)
        self.text = text
        said = QLabel(text)
        said.setWordWrap(True)
        said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        drawn = QLabel()
        drawn.setPixmap(pixmap(picture, ink_name(tone), 18))
        self.link = button(action, then, weight=Weight.LINK)
        self.link.setAccessibleDescription(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 6, 5)
        row.setSpacing(8)
        row.addWidget(drawn, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(said, 1)
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignVCenter)


class Reminders(QWidget):
    """A stack of reminders; a click on one tells `went(place, id or None)`."""

    went = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: dict[str, list[Reminder]] = {"drafts": [], "packages": [], "committees": []}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def texts(self) -> list[str]:
        """What is said now, from above."""
        return [one.text for part in self._parts.values() for one in part]

    def links(self) -> list[Reminder]:
        """The reminders, from above."""
        return [one for part in self._parts.values() for one in part]

    def show_drafts(self, drafts: Sequence[DraftRow]) -> None:
        """Offer to go on with the forms not finished."""
        made = []
        for draft in drafts[:MOST_DRAFTS]:
            words = self.tr("{form}没有填完\n{when}")
            text = words.format(
                form=form_words(draft.kind, draft.subject.partition(":")[2]), when=shown(draft.saved_at)
            )
            made.append(
                self._one(
                    "pen-line", text, self.tr("继续填写"), (_PLACES[draft.kind], draft.record), Tone.INFO
                )
            )
        if made:
            text = self.tr("放弃的草稿可恢复 90 天")
            made.append(self._one("trash-2", text, self.tr("回收站"), (Place.BIN, None), Tone.PLAIN))
        self._put("drafts", made)

    def show_outbox(self, outbox: OutboxView, days: int | None) -> None:
        """Tell how long ago the county was last sent something, and how many cases wait."""
        if outbox.county is None and not outbox.waiting_cases:
            self._put("packages", [])
            return
        late = bool(outbox.waiting_cases) and (days is None or days >= LATE_DAYS)
        since = self._since(days)
        waiting = self.tr("待报送 {count} 件").format(count=outbox.waiting_cases)
        text = f"{since}\n{waiting}" if outbox.waiting_cases else since
        go = (Place.PACKAGES, None)
        tone = Tone.WARN if late else Tone.PLAIN
        self._put("packages", [self._one("hard-drive-upload", text, self.tr("去报送"), go, tone)])

    def show_alerts(self, alerts: Sequence[CommitteeAlert]) -> None:
        """Tell what committees lack."""
        if not alerts:
            self._put("committees", [])
            return
        first = alerts[0]
        text = self.tr("{committee}：{finding}").format(
            committee=first.committee, finding=committee_sentence(first.findings[0])
        )
        more = sum(len(alert.findings) for alert in alerts) - 1
        if more:
            text += self.tr("另有 {count} 项。").format(count=more)
        go = (Place.ROSTER, None)
        self._put("committees", [self._one("triangle-alert", text, self.tr("查看"), go, Tone.WARN)])

    def _since(self, days: int | None) -> str:
        if days is None:
            return self.tr("还没有向县中心报送过")
        if days == 0:
            return self.tr("今天已向县中心报送")
        return self.tr("距上次报送已 {days} 天").format(days=days)

    def _one(
        self, picture: str, text: str, action: str, go: tuple[Place, str | None], tone: Tone
    ) -> Reminder:
        return Reminder(picture, text, action, lambda: self.went.emit(*go), tone)

    def _put(self, part: str, made: list[Reminder]) -> None:
        for old in self._parts[part]:
            old.hide()
            old.deleteLater()
        self._parts[part] = made
        at = 0
        for name, ones in self._parts.items():
            if name == part:
                break
            at += len(ones)
        for place, one in enumerate(made, at):
            self._column.insertWidget(place, one)
        self.setHidden(not self.texts())
