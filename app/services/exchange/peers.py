"""Keys pass as two files, the county's card in, the township's registration out; people compare them."""

from pathlib import Path

from sqlalchemy import select

from app.db.keys import recovery_path, seal_recovery, write_safely
from app.domain.actor import NodeKind, Permission
from app.domain.changes import Topic
from app.domain.errors import Reason, Refused
from app.domain.office.offices import org_of
from app.domain.office.storage import told_of
from app.domain.packages import CardKind, CardView, PeerRow, Signer, read_code
from app.domain.papers.forms import FormId, RegistrationSheetPaper
from app.models.office import Office, Peer
from app.reports import render_paper
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case
from app.services.office.sign_in import Unlocked
from app.sync.cards import MAX_CARD, Card, fingerprint, read_card, write_card
from app.sync.node_keys import NodeKeys

ACTIVE = "active"


def own_keys(office: Office) -> NodeKeys:
    """The secrets of this installation."""
    return NodeKeys.from_text(office.node_keys)


def _own_card(office: Office) -> Card:
    keys = own_keys(office)
    county = office.kind == NodeKind.COUNTY
    return Card(
        kind=CardKind.COUNTY if county else CardKind.TOWNSHIP,
        org=org_of(NodeKind(office.kind), office.division_code),
        node=office.node,
        name=office.name,
        sign_key=keys.sign_key,
        age_recipient=keys.age_recipient,
        recovery_recipient=office.recovery_recipient if county else None,
        created=office.created_at.isoformat(),
    )


@use_case(needs=Permission.READ, writes=False)
def own_card(uow: UnitOfWork) -> CardView:
    """This installation's card as the screen shows it, for comparing by phone or on paper."""
    card = _own_card(uow.office())
    return CardView(card.kind, card.org, card.node, card.name, fingerprint(card), known=True)


@use_case(needs=Permission.NODE_ENROL)
def save_own_card(uow: UnitOfWork, folder: Path) -> Path:
    """Write the card file into a folder or onto a stick; it holds public keys only."""
    office = uow.office()
    card = _own_card(office)
    path = folder / card.file_name
    with told_of(path):
        write_safely(path, write_card(card, own_keys(office)))
    uow.note(office.id, file=path.name)
    return path


@use_case(needs=Permission.NODE_ENROL, writes=False)
def registration_sheet(uow: UnitOfWork) -> bytes:
    """The registration sheet (注册单) as PDF bytes: the fingerprint on paper, for the county to compare."""
    office = uow.office()
    letters = read_code(fingerprint(_own_card(office)))
    paper = RegistrationSheetPaper(office.name, office.node, letters, uow.today())
    return render_paper(FormId.REGISTRATION_SHEET, paper, uow.today()).pdf


def card_qr(card: CardView) -> tuple[tuple[bool, ...], ...]:
    """Node and fingerprint of a card as a QR code, the one of the printed sheet: rows of dark modules."""
    import segno

    code = segno.make_qr(f"{card.node} {read_code(card.fingerprint)}", error="m")
    return tuple(tuple(bool(dark) for dark in row) for row in code.matrix)


def _read(path: Path) -> Card:
    with told_of(path), path.open("rb") as file:
        return read_card(file.read(MAX_CARD + 1))


@use_case(needs=Permission.NODE_ENROL, writes=False)
def inspect_card(uow: UnitOfWork, path: Path) -> CardView:
    """Read a card file and show its fingerprint; nothing is trusted yet.

    Refuses CARD_DAMAGED, CARD_OTHER_KEY when this node is enrolled with other keys, and OTHER_COUNTY when a
    township has a county already.
    """
    card = _read(path)
    _refuse_wrong_kind(uow.office(), card)
    known = _known(uow, card)
    return CardView(card.kind, card.org, card.node, card.name, fingerprint(card), known=known is not None)


def _known(uow: UnitOfWork, card: Card) -> Peer | None:
    """The card's installation if it is enrolled here, with these keys; a township has one county only."""
    known = uow.session.scalars(select(Peer).where(Peer.node == card.node)).one_or_none()
    if known is not None and known.fingerprint != fingerprint(card):
        raise Refused(Reason.CARD_OTHER_KEY, node=card.node)
    county = county_of(uow)
    if county is not None and county.node != card.node:
        raise Refused(Reason.OTHER_COUNTY, node=county.node)
    return known


def _refuse_wrong_kind(office: Office, card: Card) -> None:
    wanted = CardKind.TOWNSHIP if office.kind == NodeKind.COUNTY else CardKind.COUNTY
    if card.kind != wanted or card.node == office.node:
        raise Refused(Reason.CARD_DAMAGED)


@use_case(needs=Permission.NODE_ENROL)
def enrol_card(uow: UnitOfWork, path: Path, compared: str) -> PeerRow:
    """Trust the keys of a card; `compared` is the fingerprint the person saw on both screens.

    The same card again changes nothing. Refuses CARD_DAMAGED when the file is not the one compared.
    """
    card = _read(path)
    _refuse_wrong_kind(uow.office(), card)
    if fingerprint(card) != compared:
        raise Refused(Reason.CARD_DAMAGED)
    known = _known(uow, card)
    peer = known or Peer(
        node=card.node, org=card.org, kind=card.kind, name=card.name, sign_key=card.sign_key,
        age_recipient=card.age_recipient, recovery_recipient=card.recovery_recipient,
        fingerprint=compared, state=ACTIVE, enrolled_at=uow.now(),
    )  # fmt: skip
    uow.session.add(peer)
    uow.session.flush()
    uow.note(peer.id, node=card.node)
    uow.changed(Topic.NODES)
    return peer_row(peer)


@use_case(needs=Permission.READ, writes=False)
def list_peers(uow: UnitOfWork) -> tuple[PeerRow, ...]:
    """The installations enrolled here."""
    return tuple(peer_row(peer) for peer in uow.session.scalars(select(Peer).order_by(Peer.node)))


def county_of(uow: UnitOfWork) -> Peer | None:
    """The county this township sends to; None until its card is enrolled."""
    return uow.session.scalars(select(Peer).where(Peer.kind == CardKind.COUNTY, Peer.state == ACTIVE)).first()


def keyring(uow: UnitOfWork) -> list[Signer]:
    """Whose packages are taken here."""
    peers = uow.session.scalars(select(Peer).where(Peer.state == ACTIVE))
    return [Signer(peer.node, peer.sign_key) for peer in peers]


def seal_recovery_to_county(unlocked: Unlocked, office_recipient: str, county_recipient: str) -> None:
    """Let the county's recovery key open this file too, beside the office's own recovery sheet."""
    sealed = seal_recovery(unlocked.key, [office_recipient, county_recipient])
    path = recovery_path(unlocked.data_file)
    with told_of(path):
        write_safely(path, sealed)


@use_case(needs=Permission.NODE_ENROL, writes=False)
def recovery_recipients(uow: UnitOfWork) -> tuple[str, str] | None:
    """The office's own recovery recipient and the county's; None while there is no county."""
    county = county_of(uow)
    if county is None or county.recovery_recipient is None:
        return None
    return uow.office().recovery_recipient, county.recovery_recipient


def peer_row(peer: Peer) -> PeerRow:
    """An enrolled installation as windows show it."""
    return PeerRow(
        peer.id, peer.node, peer.org, peer.name, CardKind(peer.kind), peer.fingerprint, peer.enrolled_at
    )
