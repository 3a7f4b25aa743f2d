"""Data-wash: a police subject list matched against the immigration register, each row put in a pot."""
