"""A double press makes one effect: the key of a form or a call is kept, unique, in the transaction of its effect."""
