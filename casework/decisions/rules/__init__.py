"""What a decision must answer, and what it may rest on: plain Python over plain values."""
