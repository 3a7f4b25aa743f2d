"""Pages of Nexus material: casework's, and the force's own below `asked/`."""

from django.urls import path

from casework.material.views import acts, bundle, case, case_acts, checking, force, lists, uploading, versions

app_name = "material"
urlpatterns = [
    path("", lists.list_, name="list"),
    path("asked/", force.asked, name="asked"),
    path("asked/<int:material_id>/", force.detail, name="asked_detail"),
    path("asked/<int:material_id>/write/", force.save_draft, name="save_draft"),
    path("asked/<int:material_id>/upload/", uploading.upload_text, name="upload_text"),
    path("asked/<int:material_id>/upload/remove/", uploading.remove_upload, name="remove_upload"),
    path("asked/<int:material_id>/attach/", force.attach_record, name="attach_record"),
    path(
        "asked/<int:material_id>/records/<int:record_id>/remove/", force.remove_record, name="remove_record"
    ),
    path("asked/<int:material_id>/send/", force.supply, name="supply"),
    path("asked/<int:material_id>/message/", force.reply, name="reply"),
    path("case/<slug:reference>/", case.of_case, name="of_case"),
    path("case/<slug:reference>/request/", case_acts.request_summary, name="request_summary"),
    path("case/<slug:reference>/no-statement/", case_acts.need_no_statement, name="need_no_statement"),
    path(
        "case/<slug:reference>/no-statement/withdraw/",
        case_acts.withdraw_no_statement,
        name="withdraw_no_statement",
    ),
    path("case/<slug:reference>/bundle/", bundle.bundle, name="bundle"),
    path("<int:material_id>/", case.detail, name="detail"),
    path("<int:material_id>/check/", checking.check_statement, name="check_statement"),
    path("<int:material_id>/versions/<int:version_id>/", versions.version, name="version"),
    path("<int:material_id>/compare/<int:old_id>/<int:new_id>/", versions.compare, name="compare"),
    path("<int:material_id>/records/<int:record_id>/", versions.record_file, name="record"),
    path("<int:material_id>/originals/<int:original_id>/", versions.original_file, name="original"),
    *(
        path(f"<int:material_id>/{verb.replace('_', '-')}/", acts.page_for(verb), name=verb)
        for verb in acts.ACTS
    ),
]
