"""Whatever opens a file from outside: a program of its own, short-lived and confined (ADR 0028).

`running.py` starts it and says what came of it. Everything else here runs inside it, and imports nothing of the
project: it starts fast and holds no secret.
"""
