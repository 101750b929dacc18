# What the scripts share. To be sourced, not run; sets ROOT to the repository.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
RUN="$ROOT/run"

say() { printf '%s\n' "$*" >&2; }

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# Prints the comment block on top of the calling script.
usage() {
  awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"
}

# The value after an option, or an end with a message: value=$(value_of "$@").
value_of() {
  [ $# -ge 2 ] || die "$1 wants a value; see --help"
  printf '%s' "$2"
}

# The release (17, 21, ...) of a java binary, 0 if it does not run.
java_release() {
  local home version
  home="$(dirname "$(dirname "$1")")"
  if [ -r "$home/release" ]; then
    version="$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")"
  else
    version="$("$1" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)"
  fi
  printf '%s' "${version:-0}"
}

# All java binaries of this machine, each once, one a line.
all_javas() {
  local candidate
  for candidate in "${JAVA_HOME:+$JAVA_HOME/bin/java}" "$(command -v java || true)" \
    /usr/lib/jvm/*/bin/java /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java; do
    [ -n "$candidate" ] && [ -x "$candidate" ] && readlink -f "$candidate"
  done | awk '!seen[$0]++'
}

# Sets JAVA to BATON_JAVA (a java binary or a JDK's folder), else to the newest Java found.
find_java() {
  local candidate release newest=0
  if [ -n "${BATON_JAVA:-}" ]; then
    JAVA="$BATON_JAVA"
    [ -d "$JAVA" ] && JAVA="$JAVA/bin/java"
    [ -x "$JAVA" ] || die "BATON_JAVA must be a java binary or the folder of a JDK, got: $BATON_JAVA"
    newest="$(java_release "$(readlink -f "$JAVA")")"
  else
    while read -r candidate; do
      release="$(java_release "$candidate")"
      if [ "$release" -gt "$newest" ]; then
        newest="$release"
        JAVA="$candidate"
      fi
    done < <(all_javas)
  fi
  [ "$newest" -ge 17 ] \
    || die "wants Java 17 or newer (JAVA_HOME, PATH, /usr/lib/jvm); found: $([ "$newest" -gt 0 ] && echo "$newest" || echo none)"
}

plugin_zip() { find "$ROOT/target" -maxdepth 1 -name 'baton-plugin-*.zip' 2>/dev/null | head -n 1; }
launcher_jar() { find "$ROOT/target" -maxdepth 1 -name 'baton-*-launcher.jar' 2>/dev/null | head -n 1; }

is_built() { [ -n "$(plugin_zip)" ] && [ -n "$(launcher_jar)" ] && [ -s "$ROOT/target/launcher.classpath" ]; }

# Whether something that goes into the build was changed after it. Maven leaves a jar alone that would
# come out the same, hence the stamp.
BUILD_STAMP="$ROOT/target/built"
is_outdated() {
  local reference
  reference="$(launcher_jar)"
  [ "$BUILD_STAMP" -nt "$reference" ] && reference="$BUILD_STAMP"
  [ -n "$(find "$ROOT/pom.xml" "$ROOT/plugin-src/main" "$ROOT/solr-config" -type f -newer "$reference" -print -quit)" ]
}

# Builds if there is no build of today's sources, and sets PLUGIN_ZIP and CLASSPATH (what the launcher and
# the commands run on).
ensure_built() {
  if ! is_built || is_outdated; then
    if command -v mvn > /dev/null; then
      say "Building; the first build downloads Solr and the models, some minutes ..."
      (cd "$ROOT" && mvn -q -B -DskipTests package >&2) || die "the build failed"
      touch "$BUILD_STAMP"
    elif is_built; then
      say "The sources are newer than the build, and there is no Maven (mvn) on PATH: the old build runs."
    else
      die "wants Maven (mvn) to build; none found on PATH"
    fi
  fi
  PLUGIN_ZIP="$(plugin_zip)"
  CLASSPATH="$(launcher_jar):$(cat "$ROOT/target/launcher.classpath")"
  export CLASSPATH
}

# Runs a command of dev.baton.tool in place of the script: run_tool evaluate "$@".
run_tool() {
  find_java
  ensure_built
  local progress=line
  [ -t 2 ] && progress=bar
  # What the commands send may be sent twice: a connection that Solr closed meanwhile is tried anew.
  exec "$JAVA" -Xmx1g -Djdk.httpclient.enableAllMethodRetry=true -Dbaton.root="$ROOT" -Dbaton.progress="$progress" \
    -Dlog4j2.configurationFile=classpath:dev/baton/tool/log4j2.xml dev.baton.tool.Main "$@"
}

# Runs a main class of dev.baton.tool that uses the models, with the jars of the plugin zip:
# run_model_tool TrainNer 8g "$@".
run_model_tool() {
  local main="$1" heap="$2" libraries progress=line
  shift 2
  find_java
  ensure_built
  [ -t 2 ] && progress=bar
  libraries="$(mktemp -d)"
  # shellcheck disable=SC2064
  trap "rm -rf '$libraries'" EXIT
  (cd "$libraries" && "$(dirname "$JAVA")/jar" -xf "$PLUGIN_ZIP") || die "cannot unpack $PLUGIN_ZIP"
  CLASSPATH="$CLASSPATH:$libraries/*" "$JAVA" "-Xmx$heap" -Djdk.httpclient.enableAllMethodRetry=true -Dbaton.root="$ROOT" -Dbaton.progress="$progress" \
    -Dlog4j2.configurationFile=classpath:dev/baton/tool/log4j2.xml "dev.baton.tool.$main" "$@"
}

# Whether the process of a pid file is a node of ours, and not another that got its number.
node_runs() {
  local pid
  [ -s "$1" ] || return 1
  pid="$(cat "$1")"
  if [ -r "/proc/$pid/cmdline" ]; then
    tr '\0' ' ' < "/proc/$pid/cmdline" | grep -q dev.baton.launcher.Main
  else
    ps -p "$pid" -o command= 2> /dev/null | grep -q dev.baton.launcher.Main
  fi
}
