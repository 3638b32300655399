#!/usr/bin/env bash
# `npm test`: everything, once. The last line is "N passed, N failed" and ", N skipped" when there are any.
#
#   CHROMIUM=/path/to/chromium     the browser of the viewer's tests; found by itself, and installed by root on Debian
#   LIVETREE_CORPUS=FOLDER         real Sets; tests that need them are skipped without
#   LIVETREE_REQUIRE_BROWSER=1     a missing browser is a failure
set -u -o pipefail
cd "$(dirname "$0")/.."
mkdir -p .cache
rm -f .cache/vitest*.json .cache/python-*.log
failed=0

loud() { printf '\n!!! %s\n\n' "$*" >&2; }

find_chromium() {
  local name
  for name in chromium chromium-browser google-chrome; do
    command -v "$name" && return
  done
  return 1
}

install_chromium() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  echo 'Installing chromium for the tests of the viewer …'
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } \
    >.cache/chromium.log 2>&1 </dev/null || { tail -n 5 .cache/chromium.log >&2; return 1; }
}

if [ -z "${CHROMIUM:-}" ]; then
  CHROMIUM="$(find_chromium)" || { install_chromium && CHROMIUM="$(find_chromium)"; } || CHROMIUM=''
fi
if [ -n "$CHROMIUM" ] && [ -x "$CHROMIUM" ]; then
  export CHROMIUM
else
  unset CHROMIUM
  loud 'No chromium: the tests of the viewer in a browser are SKIPPED. Install it, or set CHROMIUM to its path.'
  [ -z "${LIVETREE_REQUIRE_BROWSER:-}" ] || failed=$((failed + 1))
fi

# Small programs of some tests: `nc` types the lines of docs/port-9001.md, Lua runs the module for Hammerspoon, and
# Python's websockets is a server that the script's own WebSocket client is held against.
install_small() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  echo "Installing $* for the tests …"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@"; } \
    >.cache/small.log 2>&1 </dev/null || { tail -n 5 .cache/small.log >&2; return 1; }
}
small=()
command -v nc >/dev/null || small+=(netcat-openbsd)
command -v lua5.4 >/dev/null || small+=(lua5.4)
has_websockets() { "$1" -c 'import websockets' 2>/dev/null; }
has_websockets python3 || has_websockets /usr/bin/python3 || small+=(python3-websockets)
[ ${#small[@]} = 0 ] || install_small "${small[@]}" ||
  loud "Not here: ${small[*]}. What needs lua5.4 or python3-websockets is SKIPPED; nc is done without."

if ! npm run --silent build; then
  loud 'The build failed; nothing was tested.'
  echo '0 passed, 1 failed'
  exit 1
fi

# What measures frames wants the machine for itself.
alone=packages/viewer/test/frames.test.ts
node_modules/.bin/vitest run --exclude "$alone" --reporter=default --reporter=json --outputFile.json=.cache/vitest.json
vitest_status=$?
node_modules/.bin/vitest run "$alone" --reporter=default --reporter=json --outputFile.json=.cache/vitest-alone.json
alone_status=$?

# The Remote Script runs inside Live 11 and early 12 under Python 3.7: its tests run under the python3 of this
# machine and, where one really runs (a shim on the PATH may not), under 3.7 too.
python_37() {
  local name
  for name in python3.7 "$HOME"/.pyenv/versions/3.7*/bin/python3.7 /usr/local/bin/python3.7 /opt/python*/bin/python3.7; do
    "$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 7))' 2>/dev/null && { echo "$name"; return; }
  done
  return 1
}

python_tests() {
  local folder="$1" python="$2" log
  [ -d "$folder/tests" ] || return 0
  log="$PWD/.cache/python-$folder-$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])').log"
  printf '\nPython tests of %s under %s\n' "$folder" "$("$python" --version)"
  (cd "$folder" && PYTHONDONTWRITEBYTECODE=1 "$python" -m unittest discover -s tests 2>&1) | tee "$log" | tail -n 30
}

if command -v python3 >/dev/null; then
  python_tests remote-script python3
  python_tests live-simulator python3
else
  loud 'No python3: the tests of the Remote Script are SKIPPED.'
  failed=$((failed + 1))
fi
if python37="$(python_37)"; then
  python_tests remote-script "$python37"
else
  echo 'No Python 3.7 runs here: the Remote Script was checked for its syntax only.'
fi

node scripts/count-tests.mjs "$vitest_status" "$failed" "$alone_status"
