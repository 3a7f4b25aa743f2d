"""Pages of this part of casework."""

from django.urls import URLPattern

app_name = "support"
urlpatterns: list[URLPattern] = []
