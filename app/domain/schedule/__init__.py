"""Around the hearings: blocked times, the load of a day, service of notices, events for other calendars."""
