"""What a person may ask about their own data: a register of requests, and one export that answers each."""
