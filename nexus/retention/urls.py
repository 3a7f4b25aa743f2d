"""Pages of what is kept, and of its review."""

from django.urls import path

from nexus.retention import views
from nexus.retention.verbs import opening_pages, pages

app_name = "retention"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("periods/", views.periods, name="periods"),
    path("open/", opening_pages.view("open_review"), name="open_review"),
    path("<int:review_id>/", views.detail, name="detail"),
    *pages.urls("<int:review_id>/"),
]
