# A private relay (coturn) for the local run. Sourced after common.sh and janus.sh.
#
# A local run seldom needs a relay; it stands here so that what production uses is what was tried. It relays to the media
# server alone, whoever asks, and its credentials are made by the Classroom service for one person and one class.
#   STAGES_RELAY_LISTEN   address on which people reach it; loopback when it is absent
#   STAGES_RELAY_TLS      a folder with tls.crt and tls.key, signed by an authority that browsers know: it is then reached by TLS as well,
#                         which networks let through that know nothing but the web
#   STAGES_RELAY_TLS_PORT  443 when it is absent
#   STAGES_RELAY_PEERS    addresses of media servers, parted by commas; this machine's when it is absent

coturn_pid() { pid_in "$1/coturn/pid" turnserver; }

# write_coturn_configuration DIR PORT FIRST_RELAY LAST_RELAY
write_coturn_configuration() {
  # What it relays comes from the address of the media server: between that and a loopback address nothing is answered.
  local dir="$1" port="$2" home="$1/coturn" address peers; address="$(janus_media_address)"; peers="${STAGES_RELAY_PEERS:-$address}"
  local tls='no-tls'
  if [ -n "${STAGES_RELAY_TLS:-}" ]; then
    tls="tls-listening-port=${STAGES_RELAY_TLS_PORT:-443}
cert=$STAGES_RELAY_TLS/tls.crt
pkey=$STAGES_RELAY_TLS/tls.key
no-tlsv1
no-tlsv1_1"
  fi
  (
    umask 077
    cat > "$home/turnserver.conf" <<CONF
listening-ip=${STAGES_RELAY_LISTEN:-127.0.0.1}
relay-ip=$address
listening-port=$port
min-port=$3
max-port=$4
use-auth-secret
static-auth-secret=$(secret "$dir/secrets/turn")
realm=stages
no-cli
$tls
no-dtls
no-tcp-relay
no-multicast-peers
denied-peer-ip=0.0.0.0-255.255.255.255
denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
$(tr ',' '\n' <<< "$peers" | sed 's/^/allowed-peer-ip=/')
$(case "$address" in 127.*) echo allow-loopback-peers ;; esac)
pidfile=$home/turnserver.pid
userdb=$home/turndb
log-file=${STAGES_RELAY_LOG:-$dir/logs/coturn.log}
simple-log
CONF
  )
}

# start_coturn DIR PORT FIRST_RELAY LAST_RELAY: harmless when it runs already.
start_coturn() {
  local dir="$1" port="$2" home="$1/coturn"
  command -v turnserver >/dev/null || fail "coturn is not installed: run infra/deps"
  mkdir -p "$dir/logs" "$home"; chmod 700 "$home"
  ! coturn_pid "$dir" >/dev/null || return 0
  ! listening "$port" || fail "port $port is in use: give another port to turn or stop what listens there"
  write_coturn_configuration "$@"
  setsid turnserver -c "$home/turnserver.conf" </dev/null >/dev/null 2>&1 &
  echo $! > "$home/pid"
  wait_until 10 listening "$port" || fail "coturn did not start; see $dir/logs/coturn.log"
}

stop_coturn() {
  local pid
  if pid="$(coturn_pid "$1")"; then stop_pid "$pid" 5; fi
}
