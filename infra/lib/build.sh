# Builds what a local run starts, once, in Release. Sourced after common.sh.

# Newer than the stamp: sources (not what a build makes of them), projects, package versions, or a folder from which something was deleted.
build_is_current() {
  local stamp="$1/build.stamp"
  [ -f "$stamp" ] || return 1
  local made=(-name bin -o -name obj -o -name node_modules -o -path services/Classroom/wwwroot)
  made+=(-o -path services/Portal/wwwroot/app.js -o -path services/Portal/wwwroot/board.js -o -path services/Portal/wwwroot/sw.js)
  [ -z "$(cd "$CHECKOUT" && find services contracts infra/tools Directory.Build.props Directory.Packages.props .editorconfig \
            \( "${made[@]}" \) -prune -o -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# build DATA: the log is shown only when it failed.
build() {
  local data="$1" log="$1/logs/build.log"
  command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing (https://dotnet.microsoft.com/download)"
  if build_is_current "$data"; then say "${DIM}The build is current.${PLAIN}"; return; fi
  # Dated before the build: what is saved meanwhile is built the next time.
  touch "$data/build.started"
  # Analyzers speak in CI and in editors; a run wants the programs, and no build servers left behind.
  if ! (cd "$CHECKOUT" && MSBUILDDISABLENODEREUSE=1 dotnet build infra/run.slnf -c Release -p:RunAnalyzers=false -nologo -v quiet \
          -clp:NoSummary </dev/null) >"$log" 2>&1; then
    tail -30 "$log" >&2; fail "the build failed; all of it is in $log"
  fi
  mv "$data/build.started" "$data/build.stamp"
}

# program PROJECT_FOLDER: the built dll of the one project in that folder.
program() {
  local folder="$CHECKOUT/$1" assembly
  assembly="$(sed -n 's/.*<AssemblyName>\(.*\)<\/AssemblyName>.*/\1/p' "$folder"/*.csproj)"
  [ -n "$assembly" ] || assembly="$(basename "$folder"/*.csproj .csproj)"
  echo "$folder/bin/Release/net10.0/$assembly.dll"
}
