"""The pages for developers. They hold no data, so anybody may read them, as anybody may read the schema."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nexus.developers.guide import page_of
from nexus.developers.kinds import components, shown_with
from nexus.developers.reading import groups, operations, shape_of, title_of

TEXTS = {"guide": "Guide to the API", "changelog": "Changes of the API"}


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The parts of the API, and what is the same everywhere."""
    parts = [(name, title_of(name), len(found)) for name, found in groups().items()]
    codes = shape_of("ProblemCode").choices
    return render(request, "nexus/developers/index.html", {"parts": parts, "codes": codes})


@login_not_required
@require_GET
def group(request: HttpRequest, name: str) -> HttpResponse:
    """The operations of one part."""
    if name not in groups():
        raise Http404
    context = {"title": title_of(name), "operations": groups()[name]}
    return render(request, "nexus/developers/group.html", context)


@login_not_required
@require_GET
def operation(request: HttpRequest, name: str) -> HttpResponse:
    """One operation with every shape it takes and gives."""
    found = operations().get(name)
    if found is None:
        raise Http404
    context = {
        "operation": found,
        "title": title_of(found.group),
        "shapes": [shape_of(each) for each in found.shapes],
    }
    return render(request, "nexus/developers/operation.html", context)


@login_not_required
@require_GET
def shape(request: HttpRequest, name: str) -> HttpResponse:
    """One shape, and the closed lists it takes."""
    if name not in components():
        raise Http404
    context = {"name": name, "shapes": [shape_of(each) for each in shown_with([name])]}
    return render(request, "nexus/developers/shape.html", context)


@login_not_required
@require_GET
def text(request: HttpRequest, name: str) -> HttpResponse:
    """The guide or the changelog."""
    if name not in TEXTS:
        raise Http404
    context = {"title": TEXTS[name], "blocks": page_of(name)}
    return render(request, "nexus/developers/text.html", context)
