"""`manage.py bench desk`: how the pages of the desk answer among very many referrals, beside a floor.

Everything happens in a database of its own on the embedded server, and all people in it are invented.
"""
