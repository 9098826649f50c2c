"""Stories that end without a mediation to its end: on the spot, refused, not settled."""

from app.domain.cases import Refusal
from app.domain.flow import CaseStatus, Deed
from app.domain.hearings import SessionOutcome
from app.domain.life.codes import Termination
from app.domain.papers.forms import FormId
from app.ui.navigation import Place
from tests.journeys.story_steps import Walks, walks

__all__ = ["walks"]


def test_neighbours_settle_by_word_where_they_stand(walks: Walks) -> None:
    clerk = walks("01_on_the_spot")
    clerk.register(accept=False)
    dialog = clerk.begin(Deed.SETTLE_ON_SPOT)
    clerk.fill(dialog, form="told", all_present=True, rights_told=True, not_excluded=True)
    clerk.submit(dialog)
    assert clerk.window._trail[-1][0] is Place.AGREEMENT
    page = clerk.here()
    clerk.write_settlement(page, act="李䶮当场清理屋檐下的杂物", oral=True)
    clerk.press(page.save_button)
    clerk.see("settled")
    assert clerk.status() is CaseStatus.EFFECTIVE, page.banner.text()
    clerk.perform_all()
    clerk.follow_up()
    clerk.print(FormId.ORAL_AGREEMENT)
    clerk.close()
    clerk.strike_off()
    clerk.archive()
    assert clerk.waiting() == []
    clerk.ends(CaseStatus.ARCHIVED)


def test_what_the_court_has_taken_is_refused_with_its_remedies(walks: Walks) -> None:
    clerk = walks("07_refused")
    clerk.register(accept=False)
    clerk.do(Deed.REFUSE, reason=Refusal.ALREADY_HANDLED, note="县法院已立案受理", remedy_told=True)
    assert clerk.status() is CaseStatus.REJECTED
    clerk.print(FormId.REFUSAL_NOTICE)
    clerk.close()
    clerk.archive()
    assert clerk.waiting() == []
    clerk.ends(CaseStatus.ARCHIVED)


def test_who_cannot_agree_is_told_what_else_there_is(walks: Walks) -> None:
    clerk = walks("08_terminated")
    clerk.register()
    clerk.schedule()
    clerk.hold(SessionOutcome.NO_AGREEMENT, "双方分歧过大。")
    dialog = clerk.begin(Deed.TERMINATE)
    clerk.fill(
        dialog,
        reason=Termination.DEADLOCK,
        issues="墙体损坏的责任比例",
        undisputed="屋檐伸出院墙二十厘米",
        remedies_told=True,
    )
    clerk.submit(dialog)
    assert clerk.status() is CaseStatus.TERMINATED
    clerk.print(FormId.TERMINATION_NOTICE)
    clerk.close()
    clerk.archive()
    assert clerk.waiting() == []
    clerk.ends(CaseStatus.ARCHIVED)
