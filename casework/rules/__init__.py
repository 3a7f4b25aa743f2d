"""What may not be done to a case, and why: pure functions over plain values that return sentences."""
