"""A network's nodes as one client: the wire, calls and batches, failover by health, the quorum before money is believed."""
