"""Save hearings as a file other calendar programs read."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.kit.banner import Banner
from app.ui.kit.dialog import save_as
from app.ui.theme import Tone


def save_calendar(parent: QWidget, suggested: str, made: bytes, banner: Banner) -> QFileDialog:
    """Ask where, write it there, and say so; the copy is no longer encrypted."""

    def write(path: Path) -> None:
        try:
            path.write_bytes(made)
        except OSError:
            words = QCoreApplication.translate("hearings", "没有保存：{name} 写不进去，请换一个位置。")
            banner.say(words.format(name=path.name), Tone.BAD)
            return
        words = QCoreApplication.translate("hearings", "已存为 {name}，可以导入手机或电脑的日历。")
        banner.say(words.format(name=path.name), Tone.GOOD)

    title = QCoreApplication.translate("hearings", "存为日历文件")
    kinds = QCoreApplication.translate("hearings", "日历文件 (*.ics)")
    return save_as(parent, title, suggested, kinds, write)
