#!/usr/bin/env bash
# A base backup every night at two, checked, seven kept; of the archived log only what the oldest of them needs is kept.
# Without an argument it never ends. `backup.sh now` makes one and leaves.
set -euo pipefail
FOLDER=${BACKUP_FOLDER:-/backup}
ARCHIVE=${ARCHIVE_FOLDER:-/archive}
KEPT=7
export PGHOST=${PGHOST:-database} PGUSER=${PGUSER:-nexus_backup} PGPASSWORD=${NEXUS_BACKUP_PASSWORD:-}

make() {
    new="$FOLDER/$(date -u +%Y-%m-%dT%H%M%SZ)"
    rm -rf "$FOLDER"/*.part
    pg_basebackup --pgdata="$new.part" --checkpoint=fast --label="$new"
    pg_verifybackup --quiet "$new.part"
    mv "$new.part" "$new"
    # Names are dates: the newest are the last.
    find "$FOLDER" -mindepth 1 -maxdepth 1 -type d | sort | head -n -"$KEPT" | xargs -r rm -rf
    oldest=$(find "$FOLDER" -mindepth 1 -maxdepth 1 -type d | sort | head -n 1)
    first=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\))$/\1/p' "$oldest/backup_label")
    pg_archivecleanup "$ARCHIVE" "$first"
    echo "Base backup $new"
}

make
[ "${1:-}" = now ] && exit
while sleep $((($(date -u -d 'tomorrow 02:00' +%s) - $(date -u +%s)))); do
    # A process of its own: where it is asked whether it failed, bash goes on after errors.
    bash "$0" now || echo "The base backup failed; the next is made tomorrow" >&2
done
