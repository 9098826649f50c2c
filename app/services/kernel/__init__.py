"""What every use case stands on: transaction, permission, books, numbers, settings, deadlines."""
