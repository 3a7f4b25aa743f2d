"""What changed, in one order that a program can follow: every change leaves an audit entry, and the feed is those."""
