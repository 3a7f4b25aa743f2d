"""PostgreSQL as Django knows it, with the scope of whoever asks in every transaction."""
