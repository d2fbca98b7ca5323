#!/usr/bin/env bash
# Installs what the unit tests ask for beside Node.js, from Debian's own packages. Idempotent.
set -euo pipefail
missing=()
command -v chromium >/dev/null || missing+=(chromium fonts-dejavu-core)
for tool in curl openssl shellcheck; do
  command -v "$tool" >/dev/null || missing+=("$tool")
done
python3 -c "import ensurepip, venv" >/dev/null 2>&1 || missing+=(python3-venv)
[ "${#missing[@]}" -gt 0 ] || exit 0
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
