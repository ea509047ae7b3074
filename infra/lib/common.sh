# Words that every script of infra/ shares: messages, waiting, free ports, private files. Sourced, never run.
# shellcheck disable=SC2034 # whoever sources it uses what is set here

INFRA="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
CHECKOUT="$(dirname "$INFRA")"

# Progress goes to standard error, so that standard output carries only what another program may read.
if [ -t 2 ]; then BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' GREEN=$'\e[32m' PLAIN=$'\e[0m'; else BOLD='' DIM='' RED='' GREEN='' PLAIN=''; fi
say()  { printf '%s\n' "$*" >&2; }
step() { printf '%s\n' "${BOLD}── $*${PLAIN}" >&2; }
fail() { printf '%s\n' "${RED}error:${PLAIN} $*" >&2; exit 1; }

# listening PORT: does anything on loopback answer there?
listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port FROM: the first port from FROM upwards that nothing listens on.
free_port() {
  local port="$1"
  while listening "$port"; do port=$((port + 1)); done
  echo "$port"
}

# alive PID: is there such a process, and is it not merely waiting to be reaped?
alive() {
  [ -n "${1:-}" ] && kill -0 "$1" 2>/dev/null || return 1
  local state; state="$(sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null)" || return 1
  [ -n "$state" ] && [ "$state" != Z ]
}

# wait_until SECONDS COMMAND…: polls ten times a second; status 1 when the time is over.
wait_until() {
  local deadline=$((SECONDS + $1)); shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}
gone() { ! alive "$1"; }

# stop_pid PID [SECONDS] [SIGNAL]: asks politely, waits, then insists.
stop_pid() {
  local pid="$1" seconds="${2:-15}" signal="${3:-TERM}"
  alive "$pid" || return 0
  kill "-$signal" "$pid" 2>/dev/null || return 0
  wait_until "$seconds" gone "$pid" || { kill -KILL "$pid" 2>/dev/null; wait_until 5 gone "$pid" || true; }
}

# secret FILE: the password kept in FILE, made on first use; hexadecimal, so that it needs no quoting in an address.
secret() {
  if [ ! -s "$1" ]; then
    mkdir -p "$(dirname "$1")"; chmod 700 "$(dirname "$1")"
    (umask 077; od -An -N18 -tx1 /dev/urandom | tr -d ' \n' > "$1")
  fi
  cat "$1"
}
