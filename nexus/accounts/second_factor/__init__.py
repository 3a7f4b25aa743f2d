"""The second factor: codes of an app, security keys, and codes on paper, over django-allauth's `Authenticator`.

Everybody has one. Who has given only the password is nobody yet: no session of theirs is signed in.
"""
