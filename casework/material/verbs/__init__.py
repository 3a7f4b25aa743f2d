"""Everything that is done to Nexus material, a row a verb: its page and its endpoint are made from it (nexus/verbs.py).

The desk's verbs, those on the case as a whole, and the force's own, each in a file with their pages.
"""
