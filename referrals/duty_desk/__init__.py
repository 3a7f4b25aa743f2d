"""The Duty Desk in Croydon: enquiries from forces and Home Office teams."""
