# A private RabbitMQ node on loopback, with a private epmd (the Erlang name server). Sourced after common.sh.
#
# The node runs as whoever calls us; its cookie, its data and its password live under DIR, so several nodes of several
# checkouts do not know of one another.

rabbitmq_program() {
  local path
  for path in /usr/lib/rabbitmq/bin/rabbitmq-server "$(command -v rabbitmq-server 2>/dev/null)"; do
    [ -x "$path" ] && echo "$path" && return
  done
  return 1
}

# pid_in FILE WORD: the process in FILE when it lives and its command line has WORD.
pid_in() {
  local pid
  [ -f "$1" ] || return 1
  pid="$(tr -d ' \n' < "$1")"
  alive "$pid" && grep -qa "$2" "/proc/$pid/cmdline" && echo "$pid"
}
rabbitmq_pid() { pid_in "$1/rabbitmq/pid" rabbit; }

write_rabbitmq_configuration() {
  local dir="$1" port="$2" management="$3"
  {
    cat "$INFRA/rabbitmq/rabbitmq.conf"
    echo "log.console = false"
    echo "log.file.level = warning"
    echo "listeners.tcp.1 = 127.0.0.1:$port"
    echo "management.tcp.ip = 127.0.0.1"
    echo "management.tcp.port = $management"
    echo "default_user = stages"
    echo "default_pass = $(secret "$dir/secrets/rabbitmq")"
  } > "$dir/rabbitmq/rabbitmq.conf"
  echo '[rabbitmq_management].' > "$dir/rabbitmq/enabled_plugins"
  : > "$dir/rabbitmq/rabbitmq-env.conf"   # in place of the machine's own, which could rename our node
}

# start_rabbitmq DIR PORT DIST_PORT EPMD_PORT MANAGEMENT_PORT: harmless when it runs already.
start_rabbitmq() {
  local dir="$1" port="$2" dist="$3" epmd="$4" management="$5" program running home="$1/rabbitmq"
  program="$(rabbitmq_program)" || fail "RabbitMQ is not installed: run infra/deps"
  mkdir -p "$dir/logs" "$home"; chmod 700 "$home"
  if running="$(rabbitmq_pid "$dir")"; then
    grep -q "listeners.tcp.1 = 127.0.0.1:$port\$" "$home/rabbitmq.conf" \
      || fail "RabbitMQ of $dir runs already (process $running), on another port than $port"
    return
  fi
  ! listening "$port" || fail "port $port is in use: give another RabbitMQ port or stop what listens there"
  write_rabbitmq_configuration "$dir" "$port" "$management"

  # Started by us and not by Erlang, so that we know whom to stop.
  if ! pid_in "$home/epmd.pid" epmd >/dev/null; then
    setsid epmd -port "$epmd" -address 127.0.0.1 </dev/null >"$dir/logs/epmd.log" 2>&1 &
    echo $! > "$home/epmd.pid"
    wait_until 10 listening "$epmd" || fail "epmd did not start on port $epmd; see $dir/logs/epmd.log"
  fi

  rm -f "$home/pid"
  HOME="$home" RABBITMQ_CONF_ENV_FILE="$home/rabbitmq-env.conf" \
  RABBITMQ_NODENAME="stages-$port@localhost" RABBITMQ_NODE_PORT="$port" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 \
  RABBITMQ_DIST_PORT="$dist" ERL_EPMD_PORT="$epmd" ERL_EPMD_ADDRESS=127.0.0.1 \
  RABBITMQ_MNESIA_BASE="$home/mnesia" RABBITMQ_LOG_BASE="$dir/logs" RABBITMQ_LOGS="$dir/logs/rabbitmq.log" \
  RABBITMQ_GENERATED_CONFIG_DIR="$home/generated" RABBITMQ_SCHEMA_DIR="$home/schema" RABBITMQ_PID_FILE="$home/pid" \
  RABBITMQ_CONFIG_FILE="$home/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$home/enabled_plugins" \
  RABBITMQ_SCHEDULER_BIND_TYPE=u RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}" \
    setsid "$program" </dev/null >"$dir/logs/rabbitmq-start.log" 2>&1 &
  local starter=$!
  # The AMQP listener opens last, when queues and exchanges have been recovered.
  # shellcheck disable=SC2317 # wait_until calls it
  rabbitmq_answers() { listening "$port" || gone "$starter"; }
  wait_until 300 rabbitmq_answers || true
  listening "$port" ||
    fail "RabbitMQ did not start; see $dir/logs/rabbitmq.log and $dir/logs/rabbitmq-start.log"
}

stop_rabbitmq() {
  local pid
  if pid="$(rabbitmq_pid "$1")"; then stop_pid "$pid" 30; fi
  if pid="$(pid_in "$1/rabbitmq/epmd.pid" epmd)"; then stop_pid "$pid" 5; fi
  rm -f "$1/rabbitmq/epmd.pid"
}

# rabbitmq_address DIR PORT: with the default virtual host.
rabbitmq_address() { echo "amqp://stages:$(secret "$1/secrets/rabbitmq")@127.0.0.1:$2/"; }

# broker_accounts: a line for each service that reads, "NAME WRITES READS".
broker_accounts() { awk '!/^#/ && NF == 3' "$INFRA/rabbitmq/rights"; }

# ensure_broker_accounts DIR MANAGEMENT_PORT: an account for each of them, with its rights and no others; harmless when repeated.
ensure_broker_accounts() {
  local dir="$1" pages="http://127.0.0.1:$2/api" name writes reads
  # The password is read from a file: what stands in a command line is seen by everybody on the machine.
  # shellcheck disable=SC2317 # wait_until calls it
  ask_broker() {
    curl -fsS -o /dev/null -K <(printf 'user = "stages:%s"\n' "$(secret "$dir/secrets/rabbitmq")") "$@"
  }
  put_broker() { ask_broker -X PUT -H 'Content-Type: application/json' --data-binary @- "$pages/$1"; }
  wait_until 60 ask_broker "$pages/overview" || fail "the pages of RabbitMQ do not answer on port $2"
  while read -r name writes reads; do
    writes="${writes//\\/\\\\}"; reads="${reads//\\/\\\\}"   # as JSON has them
    printf '{"password": "%s", "tags": ""}' "$(secret "$dir/secrets/rabbitmq-$name")" | put_broker "users/stages_$name"
    printf '{"configure": "%s", "write": "%s", "read": "%s"}' "$writes" "$writes" "$reads" | put_broker "permissions/%2F/stages_$name"
  done < <(broker_accounts)
}

# account_address DIR PORT NAME: of the service's own account.
account_address() { echo "amqp://stages_$3:$(secret "$1/secrets/rabbitmq-$3")@127.0.0.1:$2/"; }
