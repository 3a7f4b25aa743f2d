"""Addresses of the matrix's endpoints; names are within "api"."""

from django.urls import path

from referrals.matrix.api import results

urlpatterns = [
    path("matrix/", results.results, name="matrix"),
    path("matrix/<int:assessment_id>/", results.result, name="matrix_result"),
    *(
        path(f"matrix/<int:assessment_id>/{verb}/", view, name=f"matrix_{verb}")
        for verb, view in results.VERBS.items()
    ),
]
