"""What is said of a tie between a mediator and a party."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from app.domain.errors import Reason, Refused
from app.domain.people import RelationKind
from app.domain.recusal import Fact, Finding
from app.ui.labels import label
from app.ui.messages import sentence


def finding_words(finding: Finding) -> str:
    """One sentence: who, which tie, and the fact that proves it."""
    try:
        fact = label(Fact(finding.fact))
    except ValueError:
        fact = QCoreApplication.translate("cases", "已记录的关系：{kind}").format(
            kind=label(RelationKind(finding.fact))
        )
    number = f" {finding.case_number}" if finding.case_number else ""
    sentence = QCoreApplication.translate("cases", "{mediator} {tie}（{party}）：{fact}{number}")
    return sentence.format(
        mediator=finding.mediator, tie=label(finding.kind), party=finding.party, fact=fact, number=number
    )


def findings_words(findings: Iterable[Finding]) -> str:
    """All of them, a line each."""
    return "\n".join(finding_words(finding) for finding in findings)


def kept_words(texts: Iterable[str]) -> str:
    """The findings kept with an assignment, a line each."""
    return findings_words(Finding.from_text(text) for text in texts)


def refusal_in_words(refused: Refused) -> Refused:
    """The same refusal with its ties put into words, for the sentence people read."""
    if refused.reason is not Reason.RECUSAL:
        return refused
    ties = tuple(finding_words(finding) for finding in refused.details.get("findings", ()))
    return Refused(Reason.RECUSAL, findings=ties)


def refusal_sentence(refused: Refused) -> str:
    """What people read when mediators could not be assigned."""
    return sentence(refusal_in_words(refused))
