"""The figures by quarter. A finding is known by what is measured, by what, and of which group."""

from django.urls import path

from casework.disparity.verbs import pages
from casework.disparity.views import figures

app_name = "disparity"
urlpatterns = [
    path("", figures.latest, name="latest"),
    path("<slug:quarter>/", figures.quarter, name="quarter"),
    *pages.urls("<slug:quarter>/<slug:finding>/"),
]
