"""The pages of operational engagement."""
