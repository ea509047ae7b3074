# Services that are left to a debugger: what they need to know, as a file that their launch profiles read. Sourced by infra/run
# once everything that services are told is exported.

# environment_of PORT: lines NAME=value as every launcher reads them, without quotes.
environment_of() {
  local name
  echo "ASPNETCORE_URLS=http://localhost:$1"
  echo "Silo__Port=$(($1 + 2000))"
  echo "ASPNETCORE_ENVIRONMENT=$ASPNETCORE_ENVIRONMENT"
  for name in $(compgen -e); do
    if [[ "$name" == *__* && "$name" != MailSink__* ]]; then printf '%s=%s\n' "$name" "${!name}"; fi
  done
}

# write_environment PORT FILE: with passwords in it, hence for us alone.
write_environment() { (umask 077; environment_of "$1" > "$2"); }
