"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from nexus.admission import Admission

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nexus.settings")
os.environ.setdefault("NEXUS_DATABASE_LIMITS", "web")

application = Admission(get_wsgi_application())
