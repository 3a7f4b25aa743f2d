"""What the service calls each address of the API. It imports nothing of the API, so that a middleware may ask."""

import re
from collections.abc import Iterator
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver


@cache
def names() -> dict[str, str]:
    """What the service calls each address, by the address as the schema writes it."""
    return {
        simplified("/api/" + address): name for address, name in addresses(get_resolver("nexus.api.urls"))
    }


def addresses(resolver: URLResolver) -> Iterator[tuple[str, str]]:
    """Each address below it, with its name."""
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield str(each.pattern), str(each.name)
        else:
            yield from ((f"{each.pattern}{address}", name) for address, name in addresses(each))


def simplified(address: str) -> str:
    """ "<int:case_id>" is {case_id}."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", address)
