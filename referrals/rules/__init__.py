"""The guidance's rules as pure functions over plain values.

Nothing here imports Django, reads a clock or decides: a rule returns reasons, a person decides.
"""
