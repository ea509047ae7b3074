# A private Prometheus for a local run that is watched. Sourced after common.sh.

prometheus_pid() { pid_in "$1/prometheus/pid" prometheus; }

# metrics_port PORT: where a program that listens on PORT lets its figures be read.
metrics_port() { echo $(($1 + 4000)); }

# write_targets DIR JOB=PORT…: whom it reads; it looks into the file again by itself.
write_targets() {
  local home="$1/prometheus" pair targets=(); shift
  for pair in "$@"; do
    targets+=("{\"targets\": [\"localhost:$(metrics_port "${pair#*=}")\"], \"labels\": {\"job\": \"${pair%%=*}\"}}")
  done
  (IFS=','; echo "[${targets[*]}]") > "$home/targets.json"
}

# start_prometheus DIR PORT JOB=PORT…: harmless when it runs already.
start_prometheus() {
  local dir="$1" port="$2" home="$1/prometheus"; shift 2
  command -v prometheus >/dev/null || fail "Prometheus is not installed: run infra/deps observe"
  mkdir -p "$dir/logs" "$home"
  cp "$INFRA/observe/prometheus.yaml" "$INFRA/observe/alerts.yaml" "$home"
  write_targets "$dir" "$@"
  ! prometheus_pid "$dir" >/dev/null || return 0
  ! listening "$port" || fail "port $port is in use: give another port to prometheus or stop what listens there"
  setsid prometheus --config.file="$home/prometheus.yaml" --storage.tsdb.path="$home/data" --storage.tsdb.retention.time=7d \
    --web.listen-address="127.0.0.1:$port" --log.level=warn </dev/null >>"$dir/logs/prometheus.log" 2>&1 &
  echo $! > "$home/pid"
  wait_until 20 listening "$port" || fail "Prometheus did not start; see $dir/logs/prometheus.log"
}

stop_prometheus() {
  local pid
  if pid="$(prometheus_pid "$1")"; then stop_pid "$pid" 10; fi
}
