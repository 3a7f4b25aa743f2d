from django.urls import URLPattern

app_name = "datawash"
# The force and its managers.
FORCE: list[URLPattern] = []
# Clerical review in Croydon.
REVIEW: list[URLPattern] = []

urlpatterns = [*FORCE, *REVIEW]
