"""The papers of a hearing: its bundle, what is redacted in it, and the chronology."""
