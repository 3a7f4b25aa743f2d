from django.urls import URLPattern, path, register_converter

from referrals.datawash.exports import KINDS
from referrals.datawash.views import agreements, report, review, upload


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
    path("", upload.listed, name="list"),
    path("pack/", upload.pack, name="pack"),
    path("pack/list.<xlsx_or_csv:kind>", upload.template, name="template"),
    path("upload/", upload.upload, name="upload"),
    path("agreements/", agreements.listed, name="agreements"),
    path("agreements/add/", agreements.add, name="agree"),
    path("agreements/<int:agreement_id>/", agreements.agreement, name="agreement"),
    path("<int:wash_id>/", report.detail, name="detail"),
    path("<int:wash_id>/queue/", upload.queue, name="queue"),
    path("<int:wash_id>/discard/", upload.discard, name="discard"),
    path("<int:wash_id>/download/<xlsx_or_csv:kind>/", report.download, name="download"),
    path("<int:wash_id>/rows/<int:row_id>/refer/", report.refer, name="refer"),
]
# Clerical review in Croydon.
REVIEW: list[URLPattern] = [
    path("review/", review.review, name="review"),
    path("review/<int:candidate_id>/", review.pair, name="pair"),
]

urlpatterns = [*FORCE, *REVIEW]
