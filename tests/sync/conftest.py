"""Fixtures for packages."""

import pytest
from sync_offices import Offices


@pytest.fixture(scope="session")
def offices() -> Offices:
    return Offices()
