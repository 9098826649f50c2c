"""Settings: the office, its numbers, its users, its data, one's own passphrase."""
