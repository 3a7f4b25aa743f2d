from django.urls import path

from nexus.drafts import views

app_name = "drafts"
urlpatterns = [
    path("drafts/", views.save, name="save"),
    path("drafts/discard/", views.discard, name="discard"),
]
