"""Fixtures for packages."""

import pytest

from tests.sync.sync_offices import Offices


@pytest.fixture(scope="session")
def offices() -> Offices:
    return Offices()
