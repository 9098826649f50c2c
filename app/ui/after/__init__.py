"""After the agreement: the ledger of performance, demands, breach, follow-up visits."""
