#!/usr/bin/env bash
# Run once by the PostgreSQL image when its data folder is new: the two roles, who owns what, extensions.
# Needs NEXUS_OWNER_PASSWORD, NEXUS_APP_PASSWORD and NEXUS_BACKUP_PASSWORD in the environment.
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --no-psqlrc --quiet --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" \
    --set=owner_password="$NEXUS_OWNER_PASSWORD" --set=app_password="$NEXUS_APP_PASSWORD" \
    --set=backup_password="$NEXUS_BACKUP_PASSWORD" <<'SQL'
CREATE ROLE nexus_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE nexus_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app_password';
CREATE ROLE nexus_backup LOGIN REPLICATION NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'backup_password';
-- What nexus_app becomes for a transaction of the Home Office (nexus/scope.py). Nobody signs in as it.
CREATE ROLE nexus_office NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
GRANT nexus_office TO nexus_app WITH INHERIT FALSE, SET TRUE, ADMIN FALSE;
-- In milliseconds, as LIMITS in nexus/database_limits.py: what holds for a connection that brings no limits of its own.
ALTER ROLE nexus_app SET statement_timeout = 240000;
ALTER ROLE nexus_app SET lock_timeout = 15000;
ALTER ROLE nexus_app SET idle_in_transaction_session_timeout = 280000;
ALTER ROLE nexus_owner SET lock_timeout = 5000;
ALTER ROLE nexus_owner SET idle_in_transaction_session_timeout = 300000;
ALTER DATABASE :"DBNAME" OWNER TO nexus_owner;
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE :"DBNAME" TO nexus_app, nexus_office;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
SQL
# The image lets nobody copy the database from another container.
echo "host replication nexus_backup all scram-sha-256" >>"$PGDATA/pg_hba.conf"
