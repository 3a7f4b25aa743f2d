"""The Duty Desk's rules as plain data: the rota, and what is pending."""
