"""Pages of this part of casework."""

from django.urls import URLPattern

app_name = "engagement"
urlpatterns: list[URLPattern] = []
