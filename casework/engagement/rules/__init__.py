"""What the forms ask and what may not be done, in plain Python: lists with their sources, and sentences."""
