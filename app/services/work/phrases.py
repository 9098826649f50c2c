"""The phrase library: the phrases the program brings, and those the office wrote itself."""

from dataclasses import replace
from functools import cache
from typing import Any

from app.domain.actor import Permission
from app.domain.changes import Topic
from app.domain.errors import Problem, Reason, Refused
from app.domain.office.settings import SettingKey
from app.domain.work.phrases import ANY_TYPE, MAX_OWN, Phrase, PhraseKind, load_phrases, matches
from app.models.office import Setting
from app.runtime import resource
from app.services.flow.answers import refuse_invalid
from app.services.kernel.projection import initials
from app.services.kernel.settings import setting
from app.services.kernel.unit_of_work import UnitOfWork
from app.services.kernel.use_case import use_case


@cache
def shipped_phrases() -> tuple[Phrase, ...]:
    """The phrases the program came with."""
    files = sorted(resource("phrases").glob("*.toml"))
    return tuple(phrase for file in files for phrase in load_phrases(file.read_bytes()))


@use_case(needs=Permission.READ, writes=False)
def find_phrases(
    uow: UnitOfWork, type_a: str, kinds: tuple[PhraseKind, ...] = tuple(PhraseKind), typed: str = ""
) -> tuple[Phrase, ...]:
    """The phrases for a dispute type that hold what was typed, or its pinyin initials.

    Those of the type come first, then those for all types, the office's own before others, the kinds in the
    order asked for; with something typed those of other types follow: a dispute is seldom of one kind alone.
    """
    found = [one for one in (*_own_phrases(uow), *shipped_phrases()) if one.kind in kinds]
    wanted = {type_a, ANY_TYPE}
    if typed.strip():
        table = initials()
        found = [one for one in found if matches(one.text, typed, table)]
    else:
        found = [one for one in found if one.type_a in wanted]
    places = {type_a: 0, ANY_TYPE: 1}
    return tuple(
        sorted(found, key=lambda one: (places.get(one.type_a, 2), not one.own, kinds.index(one.kind)))
    )


@use_case(needs=Permission.HEARING_WRITE)
def add_phrase(uow: UnitOfWork, wanted: Phrase) -> Phrase:
    """Keep a phrase of the office's own for everybody here.

    Refuses INVALID, also when the library has it already or is full.
    """
    phrase = replace(wanted, text=wanted.text.strip(), own=True)
    refuse_invalid(tuple(phrase.problems()))
    own = _own_phrases(uow)
    same = {(one.kind, one.type_a, one.text) for one in (*own, *shipped_phrases())}
    if (phrase.kind, phrase.type_a, phrase.text) in same:
        raise Refused(Reason.INVALID, problems=(Problem("text", "phrase_known"),))
    if len(own) >= MAX_OWN:
        raise Refused(Reason.INVALID, problems=(Problem("text", "phrases_full", (("most", MAX_OWN),)),))
    _keep(uow, (*own, phrase))
    return phrase


@use_case(needs=Permission.HEARING_WRITE)
def remove_phrase(uow: UnitOfWork, phrase: Phrase) -> None:
    """Take one of the office's own phrases out of the library. Refuses NOT_FOUND for any other."""
    own = _own_phrases(uow)
    if phrase not in own:
        raise Refused(Reason.NOT_FOUND)
    _keep(uow, tuple(one for one in own if one != phrase))


def _own_phrases(uow: UnitOfWork) -> tuple[Phrase, ...]:
    """What the office wrote itself."""
    rows: list[dict[str, Any]] = setting(uow, SettingKey.PHRASES)
    return tuple(Phrase(PhraseKind(row["kind"]), row["type_a"], row["text"], own=True) for row in rows)


def _keep(uow: UnitOfWork, phrases: tuple[Phrase, ...]) -> None:
    row = uow.session.get(Setting, SettingKey.PHRASES) or Setting(key=SettingKey.PHRASES)
    row.value = [{"kind": str(one.kind), "type_a": one.type_a, "text": one.text} for one in phrases]
    uow.session.add(row)
    uow.note("", phrases=len(phrases))
    uow.changed(Topic.SETTINGS)
