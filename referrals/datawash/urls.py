from django.urls import URLPattern, path, register_converter

from referrals.datawash.exports import KINDS
from referrals.datawash.verbs import (
    agree_pages,
    agreement_pages,
    file_pages,
    row_pages,
    upload_pages,
    wash_pages,
)
from referrals.datawash.views import agreements, lists, report, review


class KindConverter:
    """xlsx or csv"""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KindConverter, "xlsx_or_csv")

app_name = "datawash"
# The force and its managers.
FORCE: list[URLPattern] = [
    path("", lists.listed, name="list"),
    path("pack/", lists.pack, name="pack"),
    path("pack/list.<xlsx_or_csv:kind>", lists.template, name="template"),
    *upload_pages.urls(""),
    path("agreements/", agreements.listed, name="agreements"),
    *agree_pages.urls("agreements/"),
    path("agreements/<int:agreement_id>/", agreements.agreement, name="agreement"),
    *agreement_pages.urls("agreements/<int:agreement_id>/"),
    path("<int:wash_id>/", report.detail, name="detail"),
    *wash_pages.urls("<int:wash_id>/"),
    *file_pages.urls("<int:wash_id>/"),
    path("<int:wash_id>/download/<xlsx_or_csv:kind>/", report.download, name="download"),
    path("<int:wash_id>/rejected/<xlsx_or_csv:kind>/", report.rejected, name="rejected"),
    *row_pages.urls("<int:wash_id>/rows/<int:row_id>/"),
]
# Clerical review in Croydon.
REVIEW: list[URLPattern] = [
    path("review/", review.review, name="review"),
    path("review/<int:candidate_id>/", review.pair, name="pair"),
]

urlpatterns = [*FORCE, *REVIEW]
