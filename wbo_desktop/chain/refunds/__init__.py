"""From an executed refund to its final block: transaction, fees, signature, broadcast, replacement, hot wallet."""
