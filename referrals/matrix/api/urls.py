"""Addresses of the matrix's endpoints; names are within "api"."""

from referrals.matrix.api.results import results

urlpatterns = results.urls()
