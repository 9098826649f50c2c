"""The encrypted data file: keys, connection, migrations, backup."""
