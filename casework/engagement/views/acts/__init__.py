"""The pages on which something is done with an engagement: a table of acts for each who acts, one way to show them."""
