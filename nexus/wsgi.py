"""What gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.template import engines
from django.urls import get_resolver

from nexus.admission import Admission
from nexus.apps import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nexus.settings")
os.environ.setdefault("NEXUS_DATABASE_LIMITS", "web")

served = get_wsgi_application()
refuse_unsafe()
# Before gunicorn forks, so that its workers share what is loaded: by itself Django loads it with the first request.
# A connection must not be shared.
get_resolver().url_patterns  # noqa: B018 - asking imports the pages
engines.all()
connections.close_all()
gc.freeze()  # a collection writes to what it looks at, and what is written to is shared no longer
application = Admission(served)
