"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from nexus.admission import Admission
from nexus.apps import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nexus.settings")
os.environ.setdefault("NEXUS_DATABASE_LIMITS", "web")

served = get_wsgi_application()
refuse_unsafe()
application = Admission(served)
