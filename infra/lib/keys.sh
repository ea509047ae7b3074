# The keys with which a local run signs its tokens and makes ids of addresses. Sourced after common.sh.
#
# The issuer's name begins with `local-` and is drawn anew for every checkout: services refuse such an issuer outside
# the environment Local, and one checkout's tokens mean nothing to another.

DATA="${STAGES_DATA:-$CHECKOUT/.data}"
KEYS="$DATA/keys"

# ensure_hex_key NAME: 32 random bytes in hexadecimal. Of accounts.key follow the ids of all accounts: never replace it.
ensure_hex_key() {
  command -v openssl >/dev/null || fail "openssl is not installed: run infra/deps"
  mkdir -p "$KEYS"; chmod 700 "$KEYS"
  [ -s "$KEYS/$1" ] && return
  (umask 077; openssl rand -hex 32 > "$KEYS/$1.new"; mv "$KEYS/$1.new" "$KEYS/$1")
}

ensure_keys() {
  ensure_hex_key accounts.key
  ensure_hex_key sealing.key
  [ -s "$KEYS/issuer" ] && return
  (umask 077; openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$KEYS/private.pem" 2>/dev/null)
  openssl pkey -in "$KEYS/private.pem" -pubout -out "$KEYS/public.pem"
  # Written last: a folder with an issuer is complete.
  echo "local-$(openssl rand -hex 8)" > "$KEYS/issuer"
}
