"""The same person twice: referrals and persons of the register that are likely the subject of a referral.

The data-wash's comparisons say how likely and why; an officer says whether it is so. Nothing is ever merged.
"""
