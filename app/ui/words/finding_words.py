"""What is said of what stands in the way: ties between a mediator and a party, times already taken."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.clashes import MINUTES_OF_DAY, Blocked, Clash
from app.domain.hearings import clock
from app.domain.people import RelationKind
from app.domain.recusal import Fact, Finding
from app.ui.words.labels import label


def finding_words(finding: Finding) -> str:
    """One sentence: who, which tie, and the fact that proves it."""
    try:
        fact = label(Fact(finding.fact))
    except ValueError:
        fact = QCoreApplication.translate("cases", "已记录的关系：{kind}").format(
            kind=label(RelationKind(finding.fact))
        )
    number = f" {finding.case_number}" if finding.case_number else ""
    year = QCoreApplication.translate("cases", "{year}年").format(year=finding.year) if finding.year else ""
    sentence = QCoreApplication.translate("cases", "{mediator} {year}{tie}（{party}）：{fact}{number}")
    return sentence.format(
        mediator=finding.mediator,
        year=year,
        tie=label(finding.kind),
        party=finding.party,
        fact=fact,
        number=number,
    )


def findings_words(findings: Iterable[Finding]) -> str:
    """All of them, a line each."""
    return "\n".join(finding_words(finding) for finding in findings)


def kept_words(texts: Iterable[str]) -> str:
    """The findings kept with an assignment, a line each."""
    return findings_words(Finding.from_text(text) for text in texts)


def short_day(day: date) -> str:
    """A day without its year: 9月3日."""
    return f"{day.month}月{day.day}日"


def span(start: int, end: int) -> str:
    """A time span: 09:00–10:30."""
    return f"{clock(start)}–{clock(end)}"


def clash_lines(clashes: Iterable[Clash]) -> list[str]:
    """One line for each hearing in the way: what it holds, its case, when."""
    words = QCoreApplication.translate("hearings", "{what} 已占用：{case}，{day} {time}")
    held: dict[str, list[Clash]] = {}
    for clash in clashes:
        held.setdefault(clash.hearing_id, []).append(clash)
    tentative = QCoreApplication.translate("hearings", "（暂定）")
    return [
        words.format(
            what="、".join(f"{label(one.kind)}“{one.label}”" for one in group),
            case=group[0].case_number,
            day=short_day(group[0].day),
            time=span(group[0].start, group[0].end),
        )
        + (tentative if group[0].tentative else "")
        for group in held.values()
    ]


def blocked_words(block: Blocked) -> str:
    """One line for a blocked time: whose, what it is, when."""
    whose = f"{block.holder} " if block.holder else ""
    whole_day = block.start == 0 and block.end == MINUTES_OF_DAY
    time = "" if whole_day else f" {span(block.start, block.end)}"
    name = block.title if block.title else label(block.kind)
    return f"{whose}{name}：{short_day(block.day)}{time}"
