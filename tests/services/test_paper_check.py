"""What is looked at before a paper is printed."""

import pytest

from app.domain.papers.forms import FormId
from app.domain.papers.listing import PaperCheckCode
from tests.services.paper_desk import Desk, amend, family, settled
from tests.services.stage import Stage, stage

__all__ = ["stage"]


@pytest.fixture
def desk(stage: Stage) -> Desk:
    """A case with every paper but the oral agreement; nothing is printed."""
    return settled(stage)


def test_the_check_names_what_is_missing_and_passes_what_is_there(desk: Desk) -> None:
    passed = {check.code for check in desk.checks(FormId.AGREEMENT) if check.ok}
    others = {PaperCheckCode.PARTICULARS, PaperCheckCode.GUARDIANS, PaperCheckCode.FILLED}
    assert passed == set(PaperCheckCode) - others
    (lacking,) = [check for check in desk.checks(FormId.AGREEMENT) if not check.ok]
    assert (lacking.names, lacking.fields, lacking.block) == (("李䶮",), ("phone",), False)
    assert [check.code for check in desk.checks(FormId.ACCEPTANCE)] == [PaperCheckCode.GLYPHS]


def test_the_check_asks_for_the_identity_numbers_of_persons_only(stage: Stage) -> None:
    found = {check.code: check for check in settled(stage, family()).checks(FormId.AGREEMENT) if not check.ok}
    assert found[PaperCheckCode.ID_NUMBERS].names == ("李小满",)
    assert PaperCheckCode.GUARDIANS not in found


def test_the_check_compares_amounts_written_twice(desk: Desk) -> None:
    right = "李䶮赔偿12,300.50元（大写：壹万贰仟叁佰圆伍角正）。"
    wrong = "李䶮赔偿人民币1200元（大写：壹仟叁佰元整），尽快付清。"
    amend(desk, terms=(right,))
    assert all(c.ok for c in desk.checks(FormId.AGREEMENT) if c.code == PaperCheckCode.AMOUNTS)
    amend(desk, terms=(right, wrong))
    found = {check.code: check.names for check in desk.checks(FormId.AGREEMENT) if not check.ok}
    assert found[PaperCheckCode.AMOUNTS] == ("1200",)
    assert found[PaperCheckCode.DUE_DATES] == ("尽快",)
