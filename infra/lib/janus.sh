# A private media server (Janus) whose API listens on loopback alone. Sourced after common.sh.
# STAGES_MEDIA_TLS names a folder with tls.crt and tls.key: the API then speaks TLS alone.
#
# Browsers exchange sound and pictures with it over UDP, never its API: that is the Classroom service's. The media address is
# the machine's own when it has one. Janus leaves loopback addresses out, so a machine without any other (a closed test
# network) needs the five lines of loopback-media.c in front of it, and a C compiler for them.
#   STAGES_MEDIA_ADDRESS           this machine's, of several
#   STAGES_MEDIA_PUBLIC_ADDRESS    the one that is translated to it, one to one; browsers are told both
#   STAGES_MEDIA_PUBLIC_ADDRESSES  a folder: the file with the machine's address as its name has the public one
#   STAGES_MEDIA_API_ADDRESS       where the API listens

# Sound and pictures are sealed after a handshake with one of these: new keys for each, and nothing older than GCM and ChaCha20.
DTLS_CIPHERS=ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305

# janus_media_address: what browsers on this machine and around it can reach.
janus_media_address() {
  if [ -n "${STAGES_MEDIA_ADDRESS:-}" ]; then echo "$STAGES_MEDIA_ADDRESS"; return; fi
  local address
  address="$(ip -4 -o addr show scope global up 2>/dev/null | awk 'NR == 1 { split($4, a, "/"); print a[1] }')"
  echo "${address:-127.0.0.1}"
}

# janus_mapping ADDRESS: the line for what stands before it. Its own address is told as well, for relays in the same network.
janus_mapping() {
  local public="${STAGES_MEDIA_PUBLIC_ADDRESS:-}" table="${STAGES_MEDIA_PUBLIC_ADDRESSES:-}"
  if [ -z "$public" ] && [ -n "$table" ] && [ -s "$table/$1" ]; then public="$(< "$table/$1")"; fi
  [ -z "$public" ] || echo "nat_1_1_mapping = \"$public\"; keep_private_host = true"
}

# write_janus_configuration DIR NAME PORT FIRST_RTP LAST_RTP ADDRESS
write_janus_configuration() {
  local home="$1/$2" name="$2" port="$3" first="$4" last="$5" address="$6" modules
  local listen="${STAGES_MEDIA_API_ADDRESS:-127.0.0.1}" tls="${STAGES_MEDIA_TLS:-}" api certificates=''
  if [ -n "$tls" ]; then
    api="ws = false; wss = true; wss_port = $port; wss_ip = \"$listen\""
    certificates="certificates: { cert_pem = \"$tls/tls.crt\"; cert_key = \"$tls/tls.key\" }"
  else
    api="ws = true; ws_port = $port; ws_ip = \"$listen\"; wss = false"
  fi
  modules="$(dirname "$(find /usr/lib /usr/local/lib -path '*janus/plugins' -type d 2>/dev/null | head -n 1)")"
  [ -d "$modules/plugins" ] || fail "Janus is installed without its plugins; see infra/deps"
  mkdir -p "$home/plugins" "$home/transports"; chmod 700 "$home"
  # Only what we use is loaded, less to attack: the classes, and what sends the self-check's own voice back to who speaks.
  ln -sf "$modules/plugins/libjanus_videoroom.so" "$modules/plugins/libjanus_echotest.so" "$home/plugins/"
  ln -sf "$modules/transports/libjanus_websockets.so" "$home/transports/"
  (
    umask 077
    cat > "$home/janus.jcfg" <<JCFG
general: {
  configs_folder = "$home"; plugins_folder = "$home/plugins"; transports_folder = "$home/transports"
  events_folder = "$home"; loggers_folder = "$home"
  server_name = "$name"; interface = "127.0.0.1"; api_secret = "$(secret "$1/secrets/janus-api")"
  session_timeout = 30; reclaim_session_timeout = 0; event_loops = 2; debug_level = 3
}
certificates: { rsa_private_key = false; dtls_ciphers = "$DTLS_CIPHERS" }
media: { rtp_port_range = "$first-$last"; no_media_timer = 5; slowlink_threshold = 0 }
nat: { ice_enforce_list = "$address"; ignore_mdns = true; ice_lite = false; $(janus_mapping "$address") }
JCFG
    cat > "$home/janus.transport.websockets.jcfg" <<JCFG
general: { json = "compact"; $api; ws_logging = "err" }
$certificates
admin: { admin_ws = false; admin_wss = false }
JCFG
    cat > "$home/janus.plugin.videoroom.jcfg" <<JCFG
general: { admin_key = "$(secret "$1/secrets/janus-rooms")"; lock_rtp_forward = true; string_ids = true }
JCFG
  )
}

janus_pid() { pid_in "$1/$2/pid" janus; }

# start_janus DIR NAME PORT FIRST_RTP LAST_RTP: harmless when it runs already.
start_janus() {
  local dir="$1" name="$2" port="$3" address home="$1/$2" preload=''
  command -v janus >/dev/null || fail "Janus is not installed: run infra/deps"
  mkdir -p "$dir/logs" "$home"
  ! janus_pid "$dir" "$name" >/dev/null || return 0
  ! listening "$port" || fail "port $port is in use: give another port to Janus or stop what listens there"
  address="$(janus_media_address)"
  write_janus_configuration "$dir" "$name" "$port" "$4" "$5" "$address"
  if [[ "$address" == 127.* ]]; then
    command -v cc >/dev/null ||
      fail "this machine has loopback addresses only; Janus then needs a C compiler (apt-get install gcc libc6-dev)"
    cc -shared -fPIC -o "$home/loopback-media.so" "$INFRA/janus/loopback-media.c" || fail "infra/janus/loopback-media.c does not compile"
    preload="$home/loopback-media.so"
  fi
  if [ -n "${WEAK_NETWORK:-}" ]; then
    cc -shared -fPIC -o "$home/weak-network.so" "$INFRA/janus/weak-network.c" || fail "infra/janus/weak-network.c does not compile"
    preload="$preload${preload:+:}$home/weak-network.so"
  fi
  LD_PRELOAD="$preload" setsid janus -F "$home" </dev/null >>"$dir/logs/$name.log" 2>&1 &
  echo $! > "$home/pid"
  wait_until 20 listening "$port" || fail "Janus did not start; see $dir/logs/$name.log"
}

stop_janus() {
  local pid
  if pid="$(janus_pid "$1" "$2")"; then stop_pid "$pid" 5; fi
}

# export_media_node DIR INDEX NAME PORT: tells the Classroom service of it, by environment.
export_media_node() {
  export "Classroom__MediaNodes__$2__Name=$3" "Classroom__MediaNodes__$2__Address=ws://127.0.0.1:$4"
  export "Classroom__MediaNodes__$2__ApiSecret=$(secret "$1/secrets/janus-api")"
  export "Classroom__MediaNodes__$2__RoomKey=$(secret "$1/secrets/janus-rooms")"
}
