"""The demonstration: everybody in it is invented.

It is played, not written: each referral, case and report is a story, a generator that yields the next
moment at which something happens in it and then calls the same action a person would. `timeline.play`
lets all stories happen in the order of time up to now, so references, audit entries and histories
follow one another as they would have, and what is unfinished today is simply what has not happened yet.
"""
