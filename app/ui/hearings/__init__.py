"""The calendar, the hearing dialog and the session record."""
