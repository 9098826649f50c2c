"""The data file: where it lies, whether it is sound, copying it to another disk."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.domain.actor import NodeKind, Permission
from app.domain.errors import Refused
from app.domain.office.settings import OfficeSettings, SettingKey
from app.domain.progress import Progress
from app.services.kernel.settings import change_settings, read_settings
from app.services.office.sign_in import Unlocked
from app.services.office.storage import BackupMade, DataFinding, backup_now, check_data, last_backup
from app.services.papers.recovery_sheet import renew_recovery_sheet
from app.ui.admin.recovery_dialog import RecoverySheetDialog
from app.ui.kit.banner import Banner
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import Card, heading, words
from app.ui.kit.dialog import Dialog, ask, pick_folder
from app.ui.kit.progress import WorkProgress
from app.ui.signed_in import SignedIn
from app.ui.theme import Tone
from app.ui.words.messages import sentence, shown

MEGABYTE = 1 << 20
FINDINGS_SHOWN = 5


class DataTab(QWidget):
    """Checks and copies the data while work goes on."""

    def __init__(self, context: SignedIn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._folder = ""
        self.dialog: Dialog | QFileDialog | None = None
        self.banner = Banner()
        self.progress = WorkProgress()
        self.check = button(self.tr("检查数据"), self.check_now, picture="shield-check")
        self.backup = button(self.tr("立即备份"), self._backup_again, picture="save", weight=Weight.PRIMARY)
        self.choose = button(self.tr("选择备份文件夹"), self._choose, picture="folder-open")
        self.renew = button(self.tr("重做恢复单…"), self._ask_renew, picture="key-round")
        self.place = words()
        self.last = words("", "sub")
        for said in (self.place, self.last):
            said.setWordWrap(True)
        self._build()

    def _build(self) -> None:
        folder = self._context.office.folder
        data = Card()
        show = button(self.tr("打开文件夹"), partial(_open_folder, folder), picture="folder-open")
        data.add(heading(self.tr("数据文件夹"), show, self.check))
        where = words(str(folder))
        where.setWordWrap(True)
        data.add(where)
        data.add(words(self.tr("数据已加密。复制整个文件夹之前请先退出程序，平时请用下面的备份。"), "sub"))
        copies = Card()
        copies.add(heading(self.tr("备份"), self.choose, self.backup))
        copies.add(self.place)
        copies.add(self.last)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.banner)
        column.addWidget(self.progress)
        column.addWidget(data)
        column.addWidget(copies)
        column.addWidget(self._recovery_card())
        column.addStretch(1)

    def _recovery_card(self) -> Card:
        card = Card()
        county = self._context.office.kind is NodeKind.COUNTY
        card.add(heading(self.tr("恢复单"), *([] if county else [self.renew])))
        said = words(
            self.tr(
                "恢复单上的密钥印在县中心名片里，各乡镇已经启用，不能重做。用过以后请重新装入信封密封保管。"
            )
            if county
            else self.tr("口令全部遗失时用恢复单打开数据。恢复单用过、遗失或被人看到以后，请重做一张。"),
            "sub",
        )
        said.setWordWrap(True)
        card.add(said)
        self.renew.setHidden(county or not self._context.actor.may(Permission.USER_ADMIN))
        return card

    def _ask_renew(self) -> None:
        self.dialog = ask(
            self,
            self.tr("重做恢复单"),
            self.tr("新的恢复单马上显示，只显示这一次，请先备好打印机。旧的恢复单随即失效，请销毁。"),
            yes=self.tr("重做恢复单"),
            then=self.renew_sheet,
        )

    def renew_sheet(self) -> None:
        """Make the new sheet and show it once."""
        self._begin()
        request = self._context.tasks.run_long(renew_recovery_sheet, self._context.unlocked)
        request.then(self._show_sheet, done=self._end, owner=self)

    def _show_sheet(self, sheet: bytes) -> None:
        self.dialog = RecoverySheetDialog(sheet, self)
        self.dialog.open()

    def load(self) -> None:
        """Show where copies go and when the last was made."""
        self._context.tasks.run(read_settings).then(self._show, owner=self)

    def check_now(self) -> None:
        """Read every page of the data file."""
        self._begin()
        request = self._context.tasks.call_long(_check, self._context.unlocked)
        self.progress.follow(request, self.tr("正在逐页检查数据…"))
        request.then(self._checked, done=self._end, owner=self)

    def backup_to(self, folder: Path) -> None:
        """Copy the data into this folder."""
        self._begin()
        request = self._context.tasks.call_long(_backup, self._context.unlocked, folder)
        self.progress.follow(request, self.tr("正在备份…"))
        request.then(partial(self._copied, folder), done=self._end, owner=self)

    def show_refused(self, refused: Refused) -> None:
        """Say why nothing was copied or checked."""
        self.banner.say(sentence(refused), Tone.BAD)

    def _backup_again(self) -> None:
        if self._folder:
            self.backup_to(Path(self._folder))
        else:
            self._choose()

    def _choose(self) -> None:
        self.dialog = pick_folder(self, self.tr("选择备份文件夹（最好在另一块硬盘或优盘上）"), self.backup_to)

    def _show(self, settings: OfficeSettings) -> None:
        self._folder = settings.values[SettingKey.BACKUP_FOLDER]
        self.place.setText(
            self.tr("备份到 {folder}").format(folder=self._folder)
            if self._folder
            else self.tr("还没有选备份文件夹。请选另一块硬盘或优盘。")
        )
        self.last.setText("")
        if self._folder:
            data_file = self._context.unlocked.data_file
            asked = self._context.tasks.call(last_backup, Path(self._folder), data_file)
            asked.then(self._show_last, owner=self)

    def _show_last(self, at: datetime | None) -> None:
        self.last.setText(
            self.tr("这里还没有备份。") if at is None else self.tr("上次备份 {when}").format(when=shown(at))
        )

    def _checked(self, found: tuple[DataFinding, ...]) -> None:
        if not found:
            self.banner.say(self.tr("检查完毕，数据完好。"), Tone.GOOD)
            return
        said = self.tr("数据有 {count} 处问题，请马上停止录入，从最近的备份恢复：").format(count=len(found))
        lines = (self._found(finding) for finding in found[:FINDINGS_SHOWN])
        self.banner.say("\n".join([said, *lines]), Tone.BAD)

    def _found(self, finding: DataFinding) -> str:
        if finding.kind == "attachment":
            return self.tr("{number} 的一份附件丢失或损坏").format(number=finding.text)
        return finding.text

    def _copied(self, folder: Path, made: BackupMade) -> None:
        said = self.tr("已备份到 {folder}（{size:.1f} MB），并已核对。")
        lines = [said.format(folder=made.folder, size=made.size / MEGABYTE)]
        if made.missing:
            lines.append(self.tr("{count} 个附件缺失，请从较早的备份恢复。").format(count=made.missing))
        if made.damaged:
            kept = self.tr("{count} 个附件已损坏，备份里保留了原来完好的一份。")
            lines.append(kept.format(count=made.damaged))
        self.banner.say("\n".join(lines), Tone.GOOD if len(lines) == 1 else Tone.BAD)
        self._context.tasks.run(change_settings, {SettingKey.BACKUP_FOLDER: str(folder)}).then(owner=self)

    def _begin(self) -> None:
        self.banner.hide()
        for part in (self.check, self.backup, self.choose, self.renew):
            part.setEnabled(False)

    def _end(self) -> None:
        self.progress.finish()
        for part in (self.check, self.backup, self.choose, self.renew):
            part.setEnabled(True)


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _check(progress: Progress, unlocked: Unlocked) -> tuple[DataFinding, ...]:
    progress.step(0, 1)
    return check_data(unlocked)


def _backup(progress: Progress, unlocked: Unlocked, folder: Path) -> BackupMade:
    return backup_now(unlocked, folder, progress)
