"""Reading the other office's card: two people compare a fingerprint before its keys are trusted."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from app.domain.actor import NodeKind
from app.domain.packages import CardKind, CardView, PeerRow, read_code
from app.services.exchange.peers import enrol_card, inspect_card, recovery_recipients, seal_recovery_to_county
from app.ui.kit.card import Card, words
from app.ui.kit.dialog import Dialog, pick_file
from app.ui.kit.editors import LineEditor
from app.ui.navigation import Context
from app.ui.packages.fingerprint_view import FingerprintView, mono
from app.ui.packages.folders import last_folder, remember_folder
from app.ui.signed_in import SignedIn
from app.ui.tasks import Tasks
from app.ui.theme import Tone, px
from app.ui.words.labels import label

FIRST, LAST = 0, 7


class EnrolDialog(Dialog):
    """Shows a card; its first and last group stay hidden until typed from the other office's own screen."""

    def __init__(
        self,
        tasks: Tasks,
        path: Path,
        card: CardView,
        ok: Callable[[PeerRow], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "", tasks=tasks, parent=parent)
        self.set_heading(self.tr("核对{kind}").format(kind=label(card.kind)))
        self.submit_button.setText(self.tr("启用"))
        self._path, self._card, self._ok = path, card, ok
        self._groups = card.fingerprint.split("-")
        self.setMinimumWidth(px(560))
        self.fingerprint = FingerprintView()
        self.first = self._line(self.tr("第一组"))
        self.last = self._line(self.tr("第八组"))
        self.verdict = words()
        self.verdict.setWordWrap(True)
        self._build()
        self._judge()

    def submit(self) -> None:
        """Trust the card; one trusted already stays so, and what enrolling also does is made good."""
        if self._card.known or self._agrees():
            self.act(enrol_card, self._path, self._card.fingerprint, ok=self._ok)

    def _line(self, name: str) -> LineEditor:
        made = LineEditor(limit=12)
        made.setAccessibleName(name)
        made.setFixedWidth(px(120))
        made.setStyleSheet(f"font-family: {mono(16).split(':')[1].split(';')[0]};")
        made.edited.connect(self._judge)
        return made

    def _build(self) -> None:
        shown = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        facts = (
            (self.tr("单位"), self._card.name),
            (self.tr("节点"), self._card.node),
            (self.tr("文件"), self._path.name),
        )
        for row, (name, value) in enumerate(facts):
            said = words(value)
            said.setTextFormat(Qt.TextFormat.PlainText)
            said.setWordWrap(True)
            grid.addWidget(words(name, "sub"), row, 0)
            grid.addWidget(said, row, 1)
        shown.add(grid)
        shown.add(words(self.tr("密钥指纹"), "sub"))
        shown.add(self.fingerprint)
        self.add(shown)
        if self._card.known:
            self.add(
                words(self.tr("这份{kind}以前已经启用，不需要再做什么。").format(kind=label(self._card.kind)))
            )
            self.submit_button.setText(self.tr("好的"))
            self.cancel_button.hide()
            return
        told = words(
            self.tr(
                "请打电话或当面，请对方打开“密钥”页面或拿出纸质单子，逐组念出八组指纹。"
                "中间六组请与上面对照，第一组和第八组请照对方念的输入："
            )
        )
        told.setWordWrap(True)
        self.add(told)
        line = QHBoxLayout()
        line.setSpacing(10)
        for name, editor in ((self.tr("第一组"), self.first), (self.tr("第八组"), self.last)):
            said = QLabel(name)
            said.setBuddy(editor)
            line.addWidget(said)
            line.addWidget(editor)
        line.addStretch(1)
        self.add(line)
        self.add(self.verdict)
        if self._card.kind is CardKind.COUNTY:
            note = words(
                self.tr("启用后，本单位的口令和恢复单都遗失时，县中心也能用它的恢复单帮助打开数据。"), "hint"
            )
            note.setWordWrap(True)
            self.add(note)

    def _agrees(self) -> bool:
        typed = (read_code(self.first.text()), read_code(self.last.text()))
        return typed == (self._groups[FIRST], self._groups[LAST])

    def _judge(self) -> None:
        right = self._card.known or self._agrees()
        hidden = set()
        if not self._card.known:
            pairs = ((FIRST, self.first), (LAST, self.last))
            hidden = {at for at, editor in pairs if read_code(editor.text()) != self._groups[at]}
        self.fingerprint.show_fingerprint(self._card.fingerprint, hidden)
        self.submit_button.setEnabled(right)
        full = all(
            len(read_code(editor.text())) >= len(self._groups[FIRST]) for editor in (self.first, self.last)
        )
        if right:
            self._say(self.tr("✓ 第一组和第八组一致。中间六组也一致时，可以启用。"), "good")
        elif full:
            self._say(self.tr("不一致：不要启用。文件可能拿错或被换过，请向对方重新取得。"), "problem")
        else:
            self._say("", "hint")

    def _say(self, text: str, style: str) -> None:
        self.verdict.setObjectName(style)
        self.verdict.setText(text)
        self.verdict.style().polish(self.verdict)


class CardReader(QObject):
    """Lets a card file be chosen, compared and trusted; in a township the county may then help recover."""

    enrolled = Signal(object)  # PeerRow
    told = Signal(str, object)  # sentence, Tone

    def __init__(self, context: Context, place: QWidget) -> None:
        super().__init__(place)
        self._context = context
        self._place = place
        self.dialog: EnrolDialog | None = None

    def pick(self) -> None:
        """Ask for the file."""
        if self._context.office.kind is NodeKind.COUNTY:
            title, kinds = self.tr("读取注册单"), self.tr("乡镇注册单 (*.reg)")
        else:
            title, kinds = self.tr("读取县中心名片"), self.tr("县中心名片 (*.card)")
        pick_file(self._place, title, kinds, self.read, start=last_folder())

    def read(self, path: Path) -> None:
        """Read a card file and show what it says."""
        remember_folder(path.parent)
        self._context.tasks.run(inspect_card, path).then(
            lambda card: self._compare(path, card), owner=self._place
        )

    def _compare(self, path: Path, card: CardView) -> None:
        self.dialog = EnrolDialog(self._context.tasks, path, card, self._trusted, self._place)
        self.dialog.open()
        self.dialog.first.setFocus()

    def _trusted(self, peer: PeerRow) -> None:
        said = self.tr("已启用 {name}（{node}）。").format(name=peer.name, node=peer.node)
        self.told.emit(said, Tone.GOOD)
        self.enrolled.emit(peer)
        if peer.kind is CardKind.COUNTY and isinstance(self._context, SignedIn):
            self._context.tasks.run(recovery_recipients).then(self._seal, owner=self._place)

    def _seal(self, recipients: tuple[str, str] | None) -> None:
        if recipients is not None and isinstance(self._context, SignedIn):
            self._context.tasks.call(seal_recovery_to_county, self._context.unlocked, *recipients).then(
                owner=self._place
            )
