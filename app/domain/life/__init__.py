"""The life of a case: the code lists of its acts, and what its page shows of them."""
