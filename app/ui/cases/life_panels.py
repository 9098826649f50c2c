"""The cards of what happened to a case beside its mediation, and of the cases it belongs to."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from app.domain.cases import CaseView
from app.domain.casework.contents import CaseContents
from app.domain.life.standing import Closing, Ending, ReferralView, SuspensionView, Triage, Volume
from app.ui.cases.case_panels import Panel, lines_of, said
from app.ui.kit.buttons import Weight, button
from app.ui.kit.card import words
from app.ui.kit.date_edit import date_words
from app.ui.navigation import Place
from app.ui.words.labels import label

Line = tuple[str, str]
LINKS_IN_A_ROW = 3


class LifePanel(Panel):
    """How the case was sorted, handed over, paused, ended, closed and kept; hidden while there is nothing."""

    def show_case(self, case: CaseView) -> None:
        """Show what was written down of this case."""
        standing = case.standing
        found = [
            *self._triage(standing.triage),
            *(line for referral in standing.referrals for line in self._referral(referral)),
            *(self._pause(pause) for pause in standing.suspensions),
            *self._ending(standing.ending),
            *self._closing(standing.closing),
            *self._volume(standing.volume),
        ]
        found = [line for line in found if line[1]]
        self.renew().addLayout(lines_of(found))
        self.setVisible(bool(found))

    def _triage(self, triage: Triage) -> Iterator[Line]:
        yield self.tr("难易理由"), triage.difficulty_reason
        yield self.tr("争议焦点"), triage.issues
        yield self.tr("甄别意见"), triage.note

    def _referral(self, referral: ReferralView) -> Iterator[Line]:
        sent = [date_words(referral.sent_on), referral.unit, referral.letter_no, referral.contact]
        if referral.due_on:
            sent.append(self.tr("限{day}前答复").format(day=date_words(referral.due_on)))
        yield label(referral.kind), _joined(*sent)
        yield self.tr("依据和理由"), referral.basis
        yield self.tr("移送材料"), referral.materials
        if referral.reply is not None:
            letter, note = referral.reply_letter_no, referral.reply_note
            yield self.tr("答复"), _joined(_day(referral.replied_on), label(referral.reply), letter, note)

    def _pause(self, pause: SuspensionView) -> Line:
        until = date_words(pause.to_on) if pause.to_on else self.tr("至今")
        span = f"{date_words(pause.from_on)}－{until}"
        return self.tr("中止"), _joined(span, label(pause.reason), pause.note)

    def _ending(self, ending: Ending) -> Iterator[Line]:
        reason = label(ending.termination) if ending.termination else ""
        yield self.tr("终止调解"), _joined(_day(ending.terminated_on), reason, ending.note)
        yield self.tr("告知途径"), _day(ending.remedies_told_on)
        yield self.tr("无争议事实"), ending.undisputed
        yield self.tr("撤回申请"), _day(ending.withdrawn_on)
        yield self.tr("其余部分"), self._rest(ending.rest_ended_on)

    def _rest(self, day: date | None) -> str:
        return self.tr("{day}起不再调解").format(day=date_words(day)) if day else ""

    def _closing(self, closing: Closing) -> Iterator[Line]:
        outcome = label(closing.outcome) if closing.outcome else ""
        yield self.tr("履行完毕"), _day(closing.performed_on)
        yield self.tr("结案"), _joined(_day(closing.closed_on), outcome, closing.note)
        if closing.struck_off_on is None and closing.proposed_on is not None:
            yield self.tr("提请销号"), _joined(_day(closing.proposed_on), closing.proposed_by)
        yield self.tr("告知申请人"), _day(closing.told_applicant_on)
        if closing.struck_off_on is not None:
            both = self.tr("{proposer}提请，{approver}批准").format(
                proposer=closing.proposed_by, approver=closing.struck_off_by
            )
            yield self.tr("销号"), _joined(_day(closing.struck_off_on), both)

    def _volume(self, volume: Volume) -> Iterator[Line]:
        if volume.archived_on is None:
            return
        pages = max((entry.last for entry in volume.entries), default=0)
        said = self.tr("共{n}页").format(n=pages) if pages else ""
        kept = label(volume.retention) if volume.retention else ""
        yield self.tr("归档"), _joined(date_words(volume.archived_on), volume.number, said, kept)
        people = self.tr("立卷人{maker}，检查人{checker}")
        yield self.tr("立卷"), people.format(maker=volume.made_by, checker=volume.checked_by)
        yield self.tr("卷宗说明"), volume.note
        yield self.tr("备案"), _joined(_day(volume.reported_on), volume.filing_no)


class ContentsPanel(Panel):
    """How much lies in the case, each number a link to its page; tells `chosen(Place, tab)`."""

    chosen = Signal(object, str)
    places = frozenset({Place.WORK, Place.AGREEMENT, Place.AFTER, Place.CONFIRMATION})
    """The pages this office has."""

    def show_contents(self, found: CaseContents) -> None:
        """Show the numbers; what there is none of stands there too, for it is begun from there."""
        entries = (
            (self.tr("走访"), found.visits, Place.WORK, "visits"),
            (self.tr("调查"), found.investigations, Place.WORK, "investigations"),
            (self.tr("证据"), found.evidence, Place.WORK, "evidence"),
            (self.tr("附件"), found.attachments, Place.WORK, "evidence"),
            (self.tr("会诊"), found.conferences, Place.WORK, "conferences"),
            (self.tr("风险"), found.risks, Place.WORK, "risks"),
            (self.tr("协议"), found.agreements, Place.AGREEMENT, ""),
            (self.tr("履行"), found.receipts, Place.AFTER, ""),
            (self.tr("回访"), found.follow_ups, Place.AFTER, ""),
            (self.tr("司法确认"), found.confirmations, Place.CONFIRMATION, ""),
        )
        grid = QGridLayout()
        grid.setSpacing(2)
        shown = [entry for entry in entries if entry[2] in self.places]
        for at, (name, count, place, tab) in enumerate(shown):
            made = button(f"{name} {count}", partial(self.chosen.emit, place, tab), weight=Weight.LINK)
            made.setAccessibleName(self.tr("{name}：{n}项").format(name=name, n=count))
            grid.addWidget(made, at // LINKS_IN_A_ROW, at % LINKS_IN_A_ROW, Qt.AlignmentFlag.AlignLeft)
        column = self.renew()
        column.addLayout(grid)
        if found.open_risks:
            column.addWidget(said(self.tr("有{n}份风险报告没有解除").format(n=found.open_risks), "problem"))


class LinksPanel(Panel):
    """The cases this one belongs to; tells `chosen(case id)`. Hidden while there is none."""

    chosen = Signal(str)

    def show_case(self, case: CaseView) -> None:
        """Show the linked cases."""
        column = self.renew()
        for link in case.standing.links:
            column.addWidget(words(label(link.link), "sub"))
            column.addWidget(button(link.number, partial(self.chosen.emit, link.id), weight=Weight.LINK))
        self.setVisible(bool(case.standing.links))


def _joined(*parts: str) -> str:
    return "　".join(part for part in parts if part)


def _day(day: date | None) -> str:
    return date_words(day) if day else ""
