"""Operational engagement: what police partners do, authorised by a CIO or HMI."""
