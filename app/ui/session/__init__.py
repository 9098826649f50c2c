"""Before the office is open: first start, sign-in, recovery."""
