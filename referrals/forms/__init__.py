"""What people type, turned into `cleaned_data`. Forms never save."""
