"""Pages of requests for access."""

from django.urls import path

from nexus.rights import views
from nexus.rights.verbs import pages, receiving_pages

app_name = "rights"
urlpatterns = [
    path("", views.register, name="register"),
    path("receive/", receiving_pages.view("receive"), name="receive"),
    path("<int:request_id>/", views.detail, name="detail"),
    *pages.urls("<int:request_id>/"),
]
