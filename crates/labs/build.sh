#!/bin/sh
# Builds the page's WebAssembly modules, one for each design's lab and one for the calculators, and writes a script for each.
#
#   crates/labs/build.sh            writes src/assets/labs/NAME.js, and their version into theme/js/engine.js
#   crates/labs/build.sh FOLDER     writes FOLDER/NAME.js instead (CI compares them with the committed ones)
#
# Needs either `rustup target add wasm32-unknown-unknown`, or Debian's packages rustc-web, rust-web-src and lld-19 (the
# standard library is then compiled along; about a minute). What the modules share is compiled once.
set -eu
cd "$(dirname "$0")/../.."
committed=src/assets/labs
out=${1:-$committed}
target=${CARGO_TARGET_DIR:-target}
budget=307200

if rustup target list --installed 2>/dev/null | grep -qx wasm32-unknown-unknown; then
  how="rustup's wasm32-unknown-unknown"
  compile() { cargo build --quiet --locked -p labs --lib --profile wasm --target wasm32-unknown-unknown; }
elif [ -x /usr/bin/rustc ] && command -v wasm-ld-19 >/dev/null; then
  how="$(/usr/bin/rustc --version), standard library from source"
  # RUSTC_BOOTSTRAP opens -Zbuild-std on a released compiler; it changes nothing else here.
  compile() {
    RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-19 \
      cargo build --quiet --locked -p labs --lib --profile wasm -Zbuild-std=std,panic_abort --target wasm32-unknown-unknown
  }
else
  echo "build.sh: no way to build WebAssembly here. Run: rustup target add wasm32-unknown-unknown" >&2
  exit 1
fi

# The worker and one module as one classic script: it runs from http, from a sub-path and from disk alike.
script() {
  echo "/* dsr-labs sources:$sources */"
  echo "/* Built by crates/labs/build.sh; never edited by hand. */"
  echo '(() => {'
  cat crates/labs/src/worker.js
  # The worker travels as text: the page starts it from a blob, which also works from disk.
  echo "(globalThis.dsrLabs ??= {})[\"$1\"] = { sources: \"$sources\", worker: \"(\" + dsrWorker + \")()\","
  # Compressed first: base64 text of a compressed module packs far better than that of a plain one.
  printf 'wasmGz: "'
  gzip -9 -n -c "$2" | base64 | tr -d '\n'
  echo '" };'
  echo '})();'
}

# Which sources the modules were built from. A caller that knows already may say so in LABS_HASH.
sources=${LABS_HASH:-$(cargo run --quiet -p book -- labs-hash)}
mkdir -p "$out"
echo "build.sh: with $how"
heavy=
for name in $(cargo run --quiet --locked -p labs --example modules); do
  began=$(date +%s)
  LABS_MODULE=$name compile
  script "$name" "$target/wasm32-unknown-unknown/wasm/labs.wasm" >"$out/$name.js"
  raw=$(wc -c <"$target/wasm32-unknown-unknown/wasm/labs.wasm")
  packed=$(gzip -9 -c "$out/$name.js" | wc -c)
  echo "build.sh: $out/$name.js: module $raw bytes, script $packed bytes compressed, $(($(date +%s) - began)) s"
  [ "$packed" -le "$budget" ] || heavy="$heavy $name.js"
done

if [ "$out" = "$committed" ]; then
  version=$(printf %s "$sources" | cut -c1-12)
  sed "s/const VERSION = '.*';/const VERSION = '$version';/" theme/js/engine.js >"$target/engine.js"
  cmp -s "$target/engine.js" theme/js/engine.js || cp "$target/engine.js" theme/js/engine.js
fi

if [ -n "$heavy" ]; then
  echo "build.sh: above the budget of $budget bytes compressed:$heavy" >&2
  exit 1
fi
