"""Audit: every read and write of personal data leaves an entry in the same transaction.

Data Protection Act 2018, section 62: collection, alteration, consultation, disclosure,
combination and erasure are logged with who, when, why and to whom.
"""
