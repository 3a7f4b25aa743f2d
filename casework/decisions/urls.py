"""Pages of this part of casework."""

from django.urls import URLPattern

app_name = "decisions"
urlpatterns: list[URLPattern] = []
