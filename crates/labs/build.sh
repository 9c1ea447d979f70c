#!/bin/sh
# Builds the labs' WebAssembly module and writes the page's script, src/assets/labs/labs.js.
#
#   crates/labs/build.sh            writes src/assets/labs/labs.js, and its version into theme/js/engine.js
#   crates/labs/build.sh FILE       writes FILE instead (CI compares it with the committed one)
#
# Needs either `rustup target add wasm32-unknown-unknown`, or Debian's packages rustc-web, rust-web-src and lld-19 (the
# standard library is then compiled along; about a minute).
set -eu
cd "$(dirname "$0")/../.."
out=${1:-src/assets/labs/labs.js}
target=${CARGO_TARGET_DIR:-target}

if rustup target list --installed 2>/dev/null | grep -qx wasm32-unknown-unknown; then
  how="rustup's wasm32-unknown-unknown"
  cargo build --quiet --locked -p labs --lib --profile wasm --target wasm32-unknown-unknown
elif [ -x /usr/bin/rustc ] && command -v wasm-ld-19 >/dev/null; then
  how="$(/usr/bin/rustc --version), standard library from source"
  # RUSTC_BOOTSTRAP opens -Zbuild-std on a released compiler; it changes nothing else here.
  RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-19 \
    cargo build --quiet --locked -p labs --lib --profile wasm -Zbuild-std=std,panic_abort --target wasm32-unknown-unknown
else
  echo "build.sh: no way to build WebAssembly here. Run: rustup target add wasm32-unknown-unknown" >&2
  exit 1
fi
wasm=$target/wasm32-unknown-unknown/wasm/labs.wasm

# Which sources the module was built from. A caller that knows already may say so in LABS_HASH.
sources=${LABS_HASH:-$(cargo run --quiet -p book -- labs-hash)}

mkdir -p "$(dirname "$out")"
{
  echo "/* dsr-labs sources:$sources */"
  echo "/* Built by crates/labs/build.sh; never edited by hand. */"
  echo '(() => {'
  cat crates/labs/src/worker.js
  # The worker travels as text: the page starts it from a blob, which also works from disk.
  echo "globalThis.dsrLabs = { sources: \"$sources\", worker: \"(\" + dsrWorker + \")()\","
  # Compressed first: base64 text of a compressed module packs far better than that of a plain one.
  printf 'wasmGz: "'
  gzip -9 -n -c "$wasm" | base64 | tr -d '\n'
  echo '" };'
  echo '})();'
} >"$out"

if [ "$out" = src/assets/labs/labs.js ]; then
  version=$(printf %s "$sources" | cut -c1-12)
  sed "s/const VERSION = '.*';/const VERSION = '$version';/" theme/js/engine.js >"$target/engine.js"
  cmp -s "$target/engine.js" theme/js/engine.js || cp "$target/engine.js" theme/js/engine.js
fi

raw=$(wc -c <"$wasm")
packed=$(gzip -9 -c "$out" | wc -c)
echo "build.sh: $out from $how: module $raw bytes, script $packed bytes compressed"
if [ "$packed" -gt 307200 ]; then
  echo "build.sh: the script is above its budget of 307,200 bytes compressed" >&2
  exit 1
fi
