# Starts, watches and stops the programs of a local run. Sourced after common.sh, build.sh and keys.sh.
#
# A program here is one process with a name (enrolment, enrolment-2, …), a log in logs/NAME.log and its process id in
# run/NAME.pid, where tests find whom to kill. Arrays hold what a restart needs.

declare -A PROGRAM_FOLDER PROGRAM_PORT PROGRAM_PID PROGRAM_STARTED PROGRAM_DEATHS PROGRAM_NEXT
PROGRAMS=()

# add_program NAME FOLDER PORT: known from now on, not yet started.
add_program() {
  PROGRAMS+=("$1"); PROGRAM_FOLDER[$1]="$2"; PROGRAM_PORT[$1]="$3"; PROGRAM_PID[$1]=''; PROGRAM_DEATHS[$1]=0
}

launch() {
  local name="$1" folder="$CHECKOUT/${PROGRAM_FOLDER[$1]}" port="${PROGRAM_PORT[$1]}" log="$DATA/logs/$1.log"
  if [ -f "$log" ] && [ "$(stat -c %s "$log")" -gt 20000000 ]; then mv "$log" "$log.1"; fi
  # Its own session, so that Ctrl-C reaches only us, who stop things in order; without the run's terminal (8) and lock (9).
  # In its project's folder, where its pages and settings are.
  # Copies of a service find one another two thousand ports further up.
  ( cd "$folder" && export ASPNETCORE_URLS="http://localhost:$port" Silo__Port="$((port + 2000))" &&
    if [ -n "${STAGES_OBSERVED:-}" ]; then export Observe__Metrics; Observe__Metrics="http://localhost:$(metrics_port "$port")"; fi &&
    exec setsid dotnet "$(program "${PROGRAM_FOLDER[$name]}")" ) \
    </dev/null >>"$log" 2>&1 8>&- 9>&- &
  PROGRAM_PID[$name]=$!
  PROGRAM_STARTED[$name]=$SECONDS
  echo $! > "$DATA/run/$name.pid"
}

# http_status PORT PATH: the number the server answers with; nothing when it does not answer.
http_status() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
    IFS=' ' read -r -t 10 _ status _ <&3 && echo "$status"
  ) 2>/dev/null
}
ready() { [ "$(http_status "${PROGRAM_PORT[$1]}" /health/ready)" = 200 ]; }

# wait_ready SECONDS NAME…: says each one that has become ready; fails at the first one that ends for the third time.
wait_ready() {
  local deadline=$((SECONDS + $1)) name waiting; shift
  waiting=("$@")
  while [ ${#waiting[@]} -gt 0 ]; do
    local still=()
    watch_programs
    for name in "${waiting[@]}"; do
      if ready "$name"; then
        say "  ${GREEN}✓${PLAIN} $name ${DIM}ready after $((SECONDS - PROGRAM_STARTED[$name])) s${PLAIN}"
      elif [ "${PROGRAM_DEATHS[$name]}" -ge 3 ]; then
        show_log "$name"; fail "$name ended three times before it was ready"
      elif [ "$SECONDS" -ge "$deadline" ]; then
        show_log "$name"
        fail "$name is not ready after $((SECONDS - PROGRAM_STARTED[$name])) s:" \
          "http://localhost:${PROGRAM_PORT[$name]}/health/ready answers" \
          "$(http_status "${PROGRAM_PORT[$name]}" /health/ready || echo nothing)"
      else
        still+=("$name")
      fi
    done
    waiting=("${still[@]}")
    [ ${#waiting[@]} = 0 ] || { sleep 0.2; } 2>/dev/null
  done
}
show_log() { say "${DIM}the end of $DATA/logs/$1.log:${PLAIN}"; tail -25 "$DATA/logs/$1.log" >&2; }

# watch_programs: one look; starts again what died, at once the first time, then ever later up to half a minute.
watch_programs() {
  local name pid status pause
  for name in "${PROGRAMS[@]}"; do
    pid="${PROGRAM_PID[$name]}"
    if [ -n "$pid" ] && gone "$pid"; then
      status=0; wait "$pid" 2>/dev/null || status=$?
      if [ $((SECONDS - PROGRAM_STARTED[$name])) -gt 60 ]; then PROGRAM_DEATHS[$name]=0; fi
      pause=$(( PROGRAM_DEATHS[$name] == 0 ? 0 : 2 ** PROGRAM_DEATHS[$name] )); [ "$pause" -le 30 ] || pause=30
      PROGRAM_DEATHS[$name]=$((PROGRAM_DEATHS[$name] + 1)); PROGRAM_PID[$name]=''; PROGRAM_NEXT[$name]=$((SECONDS + pause))
      say "${RED}$name (process $pid) ended with status $status;${PLAIN} starting it again$([ $pause = 0 ] || echo " in $pause s")" \
        "${DIM}($DATA/logs/$name.log)${PLAIN}"
    fi
    # One that was never started has no time for its next start either.
    if [ -z "${PROGRAM_PID[$name]}" ] && [ -n "${PROGRAM_NEXT[$name]:-}" ] && [ "$SECONDS" -ge "${PROGRAM_NEXT[$name]}" ]; then
      launch "$name"
    fi
  done
}

# stop_programs: whom people talk to first, whom the others talk to last.
stop_programs() {
  local name i
  for ((i = ${#PROGRAMS[@]} - 1; i >= 0; i--)); do
    name="${PROGRAMS[$i]}"
    [ -z "${PROGRAM_PID[$name]}" ] || stop_pid "${PROGRAM_PID[$name]}" 20
    rm -f "$DATA/run/$name.pid"
  done
}

# stop_leftovers: programs of an earlier run of this checkout whose supervisor was killed.
stop_leftovers() {
  local file pid
  for file in "$DATA"/run/*.pid; do
    [ -f "$file" ] || continue
    if pid="$(pid_in "$file" "$CHECKOUT")"; then
      say "Stopping $(basename "$file" .pid) (process $pid), left over from a run that was killed."
      stop_pid "$pid" 20
    fi
    rm -f "$file"
  done
}
