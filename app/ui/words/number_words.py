"""What a pattern of numbers writes, shown while it is typed."""

from PySide6.QtCore import QCoreApplication

from app.domain.errors import Problem
from app.domain.values.numbers import FIRST_NODE, BadPattern, NumberPattern
from app.ui.clock import office_today
from app.ui.words.messages import problem_sentence


def pattern_words(pattern: str, org: str, letter: str) -> tuple[bool, str]:
    """Whether a pattern can be used, and the first number it writes, or what is wrong with it."""
    parsed = NumberPattern.parse(pattern.strip())
    if isinstance(parsed, BadPattern):
        names = (("names", parsed.fields),)
        return False, problem_sentence(Problem("pattern", parsed.problem, names))
    node = letter if len(letter) == 1 and letter.isascii() and letter.isupper() else FIRST_NODE
    number = parsed.render(org=org, year=office_today().year, node=node, seq=1)
    return True, QCoreApplication.translate("numbers", "第一个编号：{number}").format(number=number)
