"""The addresses of casework. A case is known by its referral's reference."""

from django.urls import path

from casework.views import acts, case, documents, ending, lists

app_name = "casework"
urlpatterns = [
    path("", lists.list_, name="list"),
    path("unallocated/", lists.unallocated, name="unallocated"),
    path("mine/", lists.mine, name="mine"),
    path("my-tasks/", lists.my_tasks, name="my_tasks"),
    path("workload/", lists.workload, name="workload"),
    path("<str:reference>/", case.detail, name="detail"),
    path("<str:reference>/timeline/", case.timeline, name="timeline"),
    path("<str:reference>/notes/", case.notes, name="notes"),
    path("<str:reference>/documents/", case.documents, name="documents"),
    path("<str:reference>/documents/<int:document_id>/", documents.document, name="document"),
    path("<str:reference>/tasks/", case.tasks, name="tasks"),
    path("<str:reference>/tasks/<int:task_id>/complete/", acts.complete_task, name="complete_task"),
    path("<str:reference>/progress/", case.progress, name="progress"),
    path("<str:reference>/referral/", case.referral, name="referral"),
    path("<str:reference>/barriers/<int:barrier_id>/lift/", acts.lift_barrier, name="lift_barrier"),
    path("<str:reference>/record-outcome/", ending.record_outcome, name="record_outcome"),
    path("<str:reference>/close/", ending.close, name="close"),
    *(
        path(f"<str:reference>/{verb.replace('_', '-')}/", acts.page_for(verb), name=verb)
        for verb in acts.ACTS
    ),
]
