# A private PostgreSQL server on loopback. Sourced after common.sh.
#
# PostgreSQL refuses to run as root, so root hands it to the system user `postgres`. That user may be unable to reach
# the folder that we were given (a checkout under a root-only folder): the files then go to /var/lib/stages and
# DIR/postgres becomes a link to them.

POSTGRES_SUPERUSER=stages

# postgres_bin: the newest installed server's programs; status 1 when there is none.
postgres_bin() {
  local found; found="$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -1)"
  [ -n "$found" ] && [ -x "$found/initdb" ] && echo "$found" && return
  command -v initdb >/dev/null && dirname "$(readlink -f "$(command -v initdb)")"
}

# as_postgres COMMAND…: as ourselves, or as `postgres` when we are root. From /, which everyone may stand in.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- env -u HOME "$@"); else "$@"; fi
}

postgres_home() {
  local dir="$1" home="$1/postgres"
  if [ -L "$home" ]; then readlink -f "$home"; return; fi
  mkdir -p "$dir"
  if [ "$(id -u)" = 0 ]; then
    chmod a+x "$dir"
    if ! as_postgres test -x "$dir"; then
      local elsewhere; elsewhere="/var/lib/stages/$(printf '%s' "$dir" | sha256sum | cut -c1-12)"
      say "The user postgres cannot reach $dir: its files go to $elsewhere."
      mkdir -p "$elsewhere"; chmod 755 /var/lib/stages "$elsewhere"
      ln -s "$elsewhere/postgres" "$home"; home="$elsewhere/postgres"
    fi
    [ -d "$home" ] || install -d -o postgres -m 700 "$home"
  else
    mkdir -p "$home"; chmod 700 "$home"
  fi
  echo "$home"
}

# postgres_pid DIR: the running server's process id; status 1 when it does not run.
postgres_pid() {
  local home pid; home="$(readlink -f "$1/postgres" 2>/dev/null)" || return 1
  pid="$(head -1 "$home/data/postmaster.pid" 2>/dev/null)" || return 1
  # After a crash the number may belong to somebody else by now.
  alive "$pid" && grep -qa postgres "/proc/$pid/cmdline" && echo "$pid"
}

create_cluster() {
  local dir="$1" home="$2" bin="$3" pwfile="$2/first-password"
  # A first run that was interrupted leaves half a cluster behind, which initdb would refuse.
  rm -rf "$home/data" "$pwfile"
  (umask 077; secret "$dir/secrets/postgres" > "$pwfile"; [ "$(id -u)" != 0 ] || chown postgres "$pwfile")
  as_postgres "$bin/initdb" --pgdata="$home/data" --username="$POSTGRES_SUPERUSER" --pwfile="$pwfile" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 >"$dir/logs/initdb.log" 2>&1 \
    || fail "initdb failed; see $dir/logs/initdb.log"
  rm -f "$pwfile"
  cat "$INFRA/postgres/postgresql.conf" > "$home/extra.conf"
  [ "$(id -u)" != 0 ] || chown postgres "$home/extra.conf"
  as_postgres sh -c "echo \"include '../extra.conf'\" >> '$home/data/postgresql.conf' && touch '$home/complete'"
}

# start_postgres DIR PORT: makes the cluster and the database `stages` on first use; harmless when it runs already.
start_postgres() {
  local dir="$1" port="$2" bin home running
  bin="$(postgres_bin)" || fail "PostgreSQL is not installed: run infra/deps"
  mkdir -p "$dir/logs"
  home="$(postgres_home "$dir")" || exit 1
  if running="$(postgres_pid "$dir")"; then
    local at; at="$(sed -n 4p "$home/data/postmaster.pid")"
    [ "$at" = "$port" ] || fail "PostgreSQL of $dir runs already, on port $at (process $running), not on $port"
    return
  fi
  ! listening "$port" || fail "port $port is in use: give another PostgreSQL port or stop what listens there"
  as_postgres test -f "$home/complete" || create_cluster "$dir" "$home" "$bin"
  # Children of a killed server hold its shared memory for a moment longer: hence several attempts.
  # The standard streams must not stay open: whoever reads our output would wait for the server's end.
  wait_until 30 as_postgres "$bin/pg_ctl" start --silent --wait --timeout=60 --pgdata="$home/data" --log="$home/log" \
    --options="-p $port" </dev/null >"$dir/logs/pg_ctl.log" 2>&1 \
    || fail "PostgreSQL did not start; see $home/log and $dir/logs/pg_ctl.log"
  export PGPASSWORD; PGPASSWORD="$(secret "$dir/secrets/postgres")"
  if [ "$("$bin/psql" -h 127.0.0.1 -p "$port" -U "$POSTGRES_SUPERUSER" -d postgres -Atc \
        "select 1 from pg_database where datname = 'stages'")" != 1 ]; then
    "$bin/createdb" -h 127.0.0.1 -p "$port" -U "$POSTGRES_SUPERUSER" stages || fail "the database stages could not be created"
  fi
}

stop_postgres() {
  local pid; pid="$(postgres_pid "$1")" || return 0
  # INT is PostgreSQL's fast shutdown: sessions are ended, everything is written.
  stop_pid "$pid" 30 INT
}

# ensure_roles DIR PORT SERVICE…: a role for each service; their passwords are beside the superuser's.
ensure_roles() {
  local dir="$1" port="$2" service passwords=(); shift 2
  for service in "$@"; do passwords+=(-v "$service=$(secret "$dir/secrets/postgres-$service")"); done
  PGPASSWORD="$(secret "$dir/secrets/postgres")" "$(postgres_bin)/psql" -q -v ON_ERROR_STOP=1 "${passwords[@]}" \
    -h 127.0.0.1 -p "$port" -U "$POSTGRES_SUPERUSER" -d stages -f "$INFRA/postgres/roles.sql" >/dev/null \
    || fail "the roles of the services could not be made"
}

# role_connection DIR PORT SERVICE: for Npgsql, as that service.
role_connection() {
  echo "Host=127.0.0.1;Port=$2;Database=stages;Username=stages_$3;Password=$(secret "$1/secrets/postgres-$3")"
}

# postgres_connection DIR PORT: for Npgsql, as the owner of everything.
postgres_connection() {
  echo "Host=127.0.0.1;Port=$2;Database=stages;Username=$POSTGRES_SUPERUSER;Password=$(secret "$1/secrets/postgres")"
}
