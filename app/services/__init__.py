"""Use cases: everything a person may ask of the office's data, one transaction each."""
