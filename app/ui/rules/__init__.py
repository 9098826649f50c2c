"""Time limits on the screen: how a date is counted, a limit made longer, pictures of the calendar."""
