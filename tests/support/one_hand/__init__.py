"""One person who holds one operator's login, and every login that descends from it: what comes of anything they may do."""
