"""The phrase library: something for every dispute type, nothing unlawful, and the own ones of the office."""

import pytest

from app.domain.agreements import AgreementForm, AgreementInput, FindingCode, SessionFacts, agreement_findings
from app.domain.errors import Reason
from app.domain.values.catalogues import DISPUTE_TYPES_A
from app.domain.work.phrases import BLANK, Phrase, PhraseKind
from app.services.kernel.workspace import Workspace
from app.services.work.phrases import add_phrase, find_phrases, remove_phrase, shipped_phrases
from tests.conftest import THE_DAY
from tests.services.stage import problems, refusal

COMMON = ("01", "02", "03", "04", "06", "07", "08", "10", "14", "16", "17")
_NEVER = {FindingCode.FORBIDDEN_WORDS, FindingCode.VAGUE_DUE, FindingCode.UNCONFIRMABLE}


@pytest.mark.parametrize("code", DISPUTE_TYPES_A)
def test_every_type_has_clauses_and_each_kind_of_phrase(code: str) -> None:
    own = [one for one in shipped_phrases() if one.type_a == code]
    assert {one.kind for one in own} == set(PhraseKind)
    assert sum(one.kind is PhraseKind.TERM for one in own) >= (6 if code in COMMON else 3)


def may_not_say(text: str) -> set[FindingCode]:
    """What the check of an agreement finds in the text when it is a term."""
    draft = AgreementInput(
        case_id="",
        form=AgreementForm.ORAL,
        agreed_on=THE_DAY,
        facts="",
        terms=(text,),
        obligations=(),
        third_party_asked=True,
    )
    return {one.code for one in agreement_findings(draft, (), SessionFacts(THE_DAY))} & _NEVER


@pytest.mark.parametrize("code", ["", *DISPUTE_TYPES_A])
def test_no_sample_says_what_an_agreement_may_not(code: str) -> None:
    texts = [one.text for one in shipped_phrases() if one.type_a == code]
    assert [text for text in texts if may_not_say(text)] == []
    assert may_not_say(f"{texts[0]}，不得再起诉")


def test_every_blank_is_marked_the_same_way() -> None:
    for phrase in shipped_phrases():
        assert [*phrase.problems()] == []
        rest = phrase.text.replace(BLANK, "")
        assert not any(mark in rest for mark in ("_", "XX", "××", "某", "()", "（）", "…", " "))


def test_phrases_of_the_type_come_before_those_for_all(workspace: Workspace) -> None:
    found = workspace.run(find_phrases, "02", (PhraseKind.TERM,)).value
    types = [one.type_a for one in found]
    assert types == sorted(types, key=lambda code: code == "")
    assert set(types) == {"02", ""}


@pytest.mark.parametrize("typed", ["排水沟", "psg", "修建 排水", "ysyz"])
def test_they_are_found_by_words_and_by_initials(workspace: Workspace, typed: str) -> None:
    found = workspace.run(find_phrases, "02", (PhraseKind.TERM,), typed).value
    assert "修建排水沟" in found[0].text


def test_typed_words_find_phrases_of_other_types_too(workspace: Workspace) -> None:
    found = workspace.run(find_phrases, "02", (PhraseKind.TERM,), "预付卡").value
    assert {one.type_a for one in found} == {"14"}


def test_nothing_is_found_that_does_not_match(workspace: Workspace) -> None:
    assert workspace.run(find_phrases, "02", (PhraseKind.TERM,), "qqqqzz").value == ()


def test_the_office_keeps_and_removes_its_own(workspace: Workspace) -> None:
    mine = Phrase(PhraseKind.TERM, "02", " 双方共用水井，轮流清淤，每年____次。 ")
    kept = workspace.run(add_phrase, mine).value
    assert workspace.run(find_phrases, "02", (PhraseKind.TERM,)).value[0] == kept
    assert workspace.run(find_phrases, "02", (PhraseKind.TERM,), "水井").value == (kept,)
    assert problems(workspace, add_phrase, mine) == {"text": "phrase_known"}
    workspace.run(remove_phrase, kept)
    assert workspace.run(find_phrases, "02", (PhraseKind.TERM,), "水井").value == ()
    assert refusal(workspace, remove_phrase, kept).reason is Reason.NOT_FOUND
    assert refusal(workspace, remove_phrase, shipped_phrases()[0]).reason is Reason.NOT_FOUND


def test_impossible_ones_are_refused(workspace: Workspace) -> None:
    assert problems(workspace, add_phrase, Phrase(PhraseKind.TERM, "77", " ")) == {
        "text": "required", "type_a": "required",
    }  # fmt: skip
    assert problems(workspace, add_phrase, Phrase(PhraseKind.TERM, "", "长" * 501)) == {"text": "too_long"}
