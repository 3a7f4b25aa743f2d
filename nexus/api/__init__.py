"""The programming interface under /api/v1/: the same verbs as the pages, through the same actions.

Each app has its endpoints beside its pages; `nexus/api/urls.py` puts them together. JSON only.
"""
