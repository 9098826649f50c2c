"""Whatever can be taken back has a name, and every field the journal keeps is called something."""

import inspect

from app.models.tables import Base
from app.services.kernel.journal import KEPT, OWN_BUSINESS, WRITTEN_ONCE
from app.ui.words.fields import COLUMNS, SPECIAL, TABLES
from app.ui.words.journal import ACTIONS
from tests.house.tree import modules


def test_every_use_case_that_can_be_taken_back_has_words() -> None:
    names = {
        thing.__name__
        for module in modules("app.services")
        for thing in vars(module).values()
        if inspect.isfunction(thing) and getattr(thing, "undoable", False)
    }
    assert names - set(ACTIONS) == set()
    assert len(names) > 1


def test_every_kept_table_and_column_is_called_something() -> None:
    kept = {
        mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, KEPT) and mapper.class_ not in WRITTEN_ONCE
    }
    assert {kind.__tablename__ for kind in kept} - set(TABLES) == set()
    nameless = {
        f"{kind.__tablename__}.{column.key}"
        for kind in kept
        for column in kind.__mapper__.columns
        if column.key not in OWN_BUSINESS and column.key not in COLUMNS
    }
    assert nameless - set(SPECIAL) == set()
