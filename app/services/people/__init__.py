"""The register of persons and organisations: looking, correcting, merging."""
