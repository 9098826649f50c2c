"""Every refusal and every shown word has its sentence."""

from datetime import UTC, date, datetime
from string import Formatter

import pytest

from app.domain import agreements, recusal
from app.domain.agreements import FindingCode
from app.domain.clashes import BookingKind, Clash
from app.domain.errors import Problem, Reason, Refused
from app.domain.recusal import FindingKind
from app.ui.words.labels import LABELS, label
from app.ui.words.messages import PROBLEMS, REASONS, problem_sentence, sentence


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_sentence_that_reads_well_without_details(reason):
    said = sentence(Refused(reason))
    assert said.endswith(("。", "？"))
    assert "{" not in said


def test_details_are_said_in_words():
    refused = Refused(Reason.STALE, who="周国平", when=datetime(2026, 9, 3, 2, 0, tzinfo=UTC))
    assert "周国平 9月3日" in sentence(refused)
    assert "张㛃、李䶮" in sentence(Refused(Reason.CONSENT_MISSING, parties=("张㛃", "李䶮")))


def test_a_problem_without_its_own_sentence_gets_the_general_one():
    assert problem_sentence(Problem("name", "never_heard_of")) == "填写有误，请核对。"
    assert "17" in problem_sentence(Problem("id_no", "id_length", (("expected", 18), ("found", 17))))


def test_sentences_have_named_blanks_only():
    for text in [*REASONS.values(), *PROBLEMS.values()]:
        assert all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(text))


def test_every_value_of_a_labelled_enum_has_a_word():
    for kind in LABELS:
        assert all(label(value) for value in kind)


def test_findings_and_collisions_are_said_in_words():
    vague = agreements.Finding(FindingCode.VAGUE_DUE, True, (("words", ("尽快",)),))
    empty = agreements.Finding(FindingCode.NO_OBLIGATION, True)
    assert "尽快）" in sentence(Refused(Reason.AGREEMENT_BLOCKED, findings=(vague, empty)))
    tie = recusal.Finding(FindingKind.SAME_HOUSEHOLD, "张㛃", "周国平", "address", True)
    assert "周国平 与当事人同户（张㛃）：住址" in sentence(Refused(Reason.RECUSAL, findings=[tie]))
    clash = Clash(BookingKind.ROOM, "第一调解室", "h", "c", "〔2026〕0128", date(2026, 9, 3), 570, 630)
    assert "调解室“第一调解室” 已占用：〔2026〕0128，9月3日 09:30–10:30" in sentence(
        Refused(Reason.CLASH, clashes=(clash,))
    )
