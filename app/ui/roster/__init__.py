"""The roster: mediators, expert pools, rooms, committees."""
