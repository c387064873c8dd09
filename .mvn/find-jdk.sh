# Sourced by mvnw, mayfly and .ci/run: sets JAVA_HOME to a JDK of version 25 or newer, or says what to install.
# With mayfly_wants=java a runtime without a compiler does too: a release builds nothing.
# Looked at in this order: JAVA_HOME, PATH, /usr/lib/jvm (or the folder MAYFLY_JDKS names), SDKMAN,
# /usr/libexec/java_home (macOS).

mayfly_java_version() { # prints the feature version of the JDK in $1, nothing when there is none
  [ -x "$1/bin/java" ] && [ -x "$1/bin/${mayfly_wants:-javac}" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" | head -n 1
  else
    "$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1
  fi
}

mayfly_try_jdk() { # takes $1 when it is new enough
  [ -n "$1" ] || return 1
  mayfly_found=$(mayfly_java_version "$1")
  [ -n "$mayfly_found" ] && [ "$mayfly_found" -ge 25 ] || return 1
  JAVA_HOME=$1
  export JAVA_HOME
}

mayfly_path_jdk() { # the JDK behind the javac (or java) on PATH, links followed
  mayfly_javac=$(command -v "${mayfly_wants:-javac}" 2>/dev/null) || return 0
  mayfly_javac=$(readlink -f "$mayfly_javac" 2>/dev/null || echo "$mayfly_javac")
  dirname "$(dirname "$mayfly_javac")"
}

mayfly_find_jdk() {
  mayfly_try_jdk "${JAVA_HOME:-}" && return 0
  mayfly_try_jdk "$(mayfly_path_jdk)" && return 0
  for mayfly_dir in "${MAYFLY_JDKS:-/usr/lib/jvm}"/* "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/*; do
    mayfly_try_jdk "$mayfly_dir" && return 0
  done
  if [ -x /usr/libexec/java_home ]; then
    mayfly_try_jdk "$(/usr/libexec/java_home -v 25+ 2>/dev/null)" && return 0
  fi
  echo "mayfly: no JDK of version 25 or newer found." >&2
  echo "  looked at: JAVA_HOME (${JAVA_HOME:-not set}), ${mayfly_wants:-javac} on PATH, ${MAYFLY_JDKS:-/usr/lib/jvm}/*, SDKMAN, macOS java_home" >&2
  echo "  install one (Debian: apt-get install openjdk-25-jdk; SDKMAN: sdk install java 25-tem;" >&2
  echo "  macOS: brew install openjdk@25) or set JAVA_HOME to it." >&2
  return 1
}

mayfly_find_jdk || exit 1
