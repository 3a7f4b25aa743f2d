"""Addresses of the endpoints of a hearing's papers; names are within "api"."""

from casework.tribunal.permissions import WHO_MAY
from casework.tribunal.views import bundle
from nexus.api.files import file_path

urlpatterns = [
    file_path(
        "cases/<slug:reference>/bundles/<int:bundle_id>/versions/<int:version_id>/file/",
        bundle.download,
        name="case_bundle_file",
        summary="A version of a bundle for the tribunal",
        roles=WHO_MAY["view_bundle"],
    )
]
