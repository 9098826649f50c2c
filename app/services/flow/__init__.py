"""The ways of a case: sorting, handing over, pausing, ending, closing, keeping and reopening it."""
