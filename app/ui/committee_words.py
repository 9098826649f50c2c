"""What a committee lacks, in words."""

from app.domain.errors import Problem
from app.domain.roster import CommitteeFinding
from app.ui.messages import problem_sentence


def finding_words(finding: CommitteeFinding) -> str:
    """One thing to put right: 委员只有 2 名，应为 3 至 9 名。"""
    details = (("found", finding.found), ("on", finding.on))
    return problem_sentence(Problem("committee", finding.kind.value, details))
