"""Data-wash: a force's list matched against the immigration register, each row put in a pot.

`linkage/` is the engine and knows no database; the rest is the service around it.
"""
