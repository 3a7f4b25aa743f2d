"""Addresses of the cases' endpoints; names are within "api"."""

from django.urls import path

from casework.api import cases

ONE = "cases/<slug:reference>/"
urlpatterns = [
    path("cases/", cases.case_list, name="cases"),
    path("workload/", cases.workload, name="workload"),
    path(ONE, cases.case, name="case"),
    path(f"{ONE}progress/", cases.progress, name="case_progress"),
    path(f"{ONE}notes/", cases.notes, name="case_notes"),
    path(f"{ONE}barriers/<int:barrier_id>/lift/", cases.lift_barrier, name="case_lift_barrier"),
    path(f"{ONE}tasks/<int:task_id>/complete/", cases.complete_task, name="case_complete_task"),
    *(
        path(f"{ONE}{verb.replace('_', '-')}/", view, name=f"case_{verb}")
        for verb, view in cases.VERBS.items()
    ),
]
