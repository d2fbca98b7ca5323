#!/usr/bin/env bash
# Installs the browser that tests/page drives, from Debian's own packages.
set -euo pipefail
command -v chromium >/dev/null && exit 0
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y --no-install-recommends chromium fonts-dejavu-core
