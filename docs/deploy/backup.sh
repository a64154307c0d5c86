#!/bin/sh
# Every night, from cron or a timer: a consistent copy while people work; a fortnight is kept.
set -eu
data=/var/lib/sturgeon/sturgeon.db
to=/var/backups/sturgeon
umask 077
mkdir -p "$to"
sturgeon backup --db "$data" "$to/sturgeon-$(date +%F).db"
find "$to" -name 'sturgeon-*.db' -mtime +14 -delete
