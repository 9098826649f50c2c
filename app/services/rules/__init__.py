"""Time limits and the working-day calendar: what the office keeps, longer limits, the clock of the PC."""
