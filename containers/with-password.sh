#!/bin/sh
# Run a command with the password for a PostgreSQL server that lies in the file which PGPASSWORD_FILE names.
# libpq reads PGPASSWORD; its own files of passwords must be readable by one user alone, as mounted secrets are not.
set -eu
if [ -n "${PGPASSWORD_FILE:-}" ]; then
  PGPASSWORD="$(cat "$PGPASSWORD_FILE")"
  export PGPASSWORD
fi
exec "$@"
