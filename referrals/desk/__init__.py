"""The Croydon desk's own ways with the queue: saved views, many rows at once, idle claims, files.

What a referral is and may become stays in `referrals`; these are the tools of those who work through them.
"""
