"""Text that is kept while it is typed, until its page is saved or its writer discards it."""
