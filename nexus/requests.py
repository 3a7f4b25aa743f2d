"""What a request is once the middleware has been at it, for the types of views."""

from django.http import HttpRequest

from nexus.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request behind the sign-in: a person made it, and it has an id."""

    user: User
    id: str
