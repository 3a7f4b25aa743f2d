"""The addresses of casework. A case is known by its referral's reference."""

from django.urls import path

from casework.views import absences, acts, case, documents, ending, lists, related, search

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
    path("absences/add/", absences.add, name="record_absence"),
    path("absences/<int:absence_id>/cancel/", absences.cancel, name="cancel_absence"),
    path("work/<int:person_id>/", absences.move, name="move_work"),
    path("<slug:reference>/", case.detail, name="detail"),
    path("<slug:reference>/timeline/", case.timeline, name="timeline"),
    path("<slug:reference>/notes/", case.notes, name="notes"),
    path("<slug:reference>/documents/", case.documents, name="documents"),
    path("<slug:reference>/documents/<int:document_id>/", documents.document, name="document"),
    path("<slug:reference>/tasks/", case.tasks, name="tasks"),
    path("<slug:reference>/tasks/<int:task_id>/complete/", acts.complete_task, name="complete_task"),
    path("<slug:reference>/progress/", case.progress, name="progress"),
    path("<slug:reference>/referral/", case.referral, name="referral"),
    path("<slug:reference>/barriers/<int:barrier_id>/lift/", acts.lift_barrier, name="lift_barrier"),
    path("<slug:reference>/related/", related.related, name="related"),
    path("<slug:reference>/related/<int:related_id>/end/", related.unrelate, name="unrelate"),
    path("<slug:reference>/people/<int:person_id>/correct/", related.correct_person, name="correct_person"),
    path("<slug:reference>/people/<int:person_id>/remove/", related.remove_person, name="remove_person"),
    path("<slug:reference>/print/", documents.printed, name="printed"),
    path("<slug:reference>/record-outcome/", ending.record_outcome, name="record_outcome"),
    path("<slug:reference>/close/", ending.close, name="close"),
    *(
        path(f"<slug:reference>/{verb.replace('_', '-')}/", acts.page_for(verb), name=verb)
        for verb in acts.ACTS
    ),
]
