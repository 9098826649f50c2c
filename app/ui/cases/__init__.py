"""The screens of disputes: intake, list, and the page of one case."""
