"""The office itself: open its file, sign in, users, backups, the day at a glance."""
