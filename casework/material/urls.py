"""Pages of Nexus material: casework's, the force's own below `asked/`, Criminal Casework's below
`released/`."""

from django.urls import path

from casework.material.verbs import casework, criminal_casework, force, of_case
from casework.material.views import bundle, case, lists, released, uploading, versions
from casework.material.views import force as asked

app_name = "material"
ONE = "<int:material_id>/"
urlpatterns = [
    path("", lists.list_, name="list"),
    path("asked/", asked.asked, name="asked"),
    path("asked/<int:material_id>/", asked.detail, name="asked_detail"),
    path("asked/<int:material_id>/upload/", uploading.upload_text, name="upload_text"),
    *force.pages.urls("asked/<int:material_id>/"),
    path("released/<int:material_id>/", released.released, name="released"),
    path("released/<int:material_id>/file/", released.released_file, name="released_file"),
    *criminal_casework.pages.urls("released/<int:material_id>/"),
    path("case/<slug:reference>/", case.of_case, name="of_case"),
    path("case/<slug:reference>/bundle/", bundle.bundle, name="bundle"),
    *of_case.pages.urls("case/<slug:reference>/"),
    path(ONE, case.detail, name="detail"),
    path(f"{ONE}versions/<int:version_id>/", versions.version, name="version"),
    path(f"{ONE}compare/<int:old_id>/<int:new_id>/", versions.compare, name="compare"),
    path(f"{ONE}records/<int:record_id>/", versions.record_file, name="record"),
    path(f"{ONE}originals/<int:original_id>/", versions.original_file, name="original"),
    *casework.pages.urls(ONE),
]
