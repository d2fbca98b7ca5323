#!/usr/bin/env bash
# Installs what the tests of the client's script need beside openssl, from Debian's own packages.
set -euo pipefail
missing=()
for tool in curl shellcheck; do
  command -v "$tool" >/dev/null || missing+=("$tool")
done
[ "${#missing[@]}" -gt 0 ] || exit 0
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y --no-install-recommends "${missing[@]}"
