"""The addresses of casework. A case is known by its referral's reference."""

from django.urls import path

from casework.verbs import absence_pages, move_work_pages, pages, record_absence_pages
from casework.views import absences, case, documents, lists, related, search

app_name = "casework"
urlpatterns = [
    path("", lists.list_, name="list"),
    path("unallocated/", lists.unallocated, name="unallocated"),
    path("mine/", lists.mine, name="mine"),
    path("my-tasks/", lists.my_tasks, name="my_tasks"),
    path("workload/", lists.workload, name="workload"),
    path("search/", search.search, name="search"),
    path("stalled/", lists.stalled, name="stalled"),
    path("absences/", absences.listed, name="absences"),
    *record_absence_pages.urls("absences/"),
    *absence_pages.urls("absences/<int:absence_id>/"),
    *move_work_pages.urls("work/<int:person_id>/"),
    path("<slug:reference>/", case.detail, name="detail"),
    path("<slug:reference>/timeline/", case.timeline, name="timeline"),
    path("<slug:reference>/notes/", case.notes, name="notes"),
    path("<slug:reference>/documents/", case.documents, name="documents"),
    path("<slug:reference>/documents/<int:document_id>/", documents.document, name="document"),
    path("<slug:reference>/tasks/", case.tasks, name="tasks"),
    path("<slug:reference>/progress/", case.progress, name="progress"),
    path("<slug:reference>/referral/", case.referral, name="referral"),
    path("<slug:reference>/related/", related.related, name="related"),
    path("<slug:reference>/print/", documents.printed, name="printed"),
    *pages.urls("<slug:reference>/"),
]
