"""Pages of what has to be keyed. An entry is known by what happened: "flag-set-12"."""

from django.urls import path

from casework.keying.verbs import pages
from casework.keying.views import entries

app_name = "keying"
urlpatterns = [
    path("", entries.list_, name="list"),
    path("<slug:key>/", entries.confirm, name="confirm"),
    path("<slug:key>/correct/", pages.view("correct"), name="correct"),
]
