"""The four levels of 四级七天 in words."""

from PySide6.QtCore import QCoreApplication


def level_words(level: int) -> str:
    """One of the four levels of 四级七天."""
    translate = QCoreApplication.translate
    words = {
        1: translate("cases", "一级（网格、小组）"),
        2: translate("cases", "二级（村、社区）"),
        3: translate("cases", "三级（司法所、调委会）"),
        4: translate("cases", "四级（乡镇、街道中心）"),
    }
    return words.get(level, translate("cases", "县中心"))
