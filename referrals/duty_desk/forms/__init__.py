"""What is typed at the Duty Desk. Forms clean, they never save."""
