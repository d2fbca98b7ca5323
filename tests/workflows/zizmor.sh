#!/usr/bin/env bash
# Installs zizmor, which audits workflows, outside the checkout, and prints its path. Python 3.9 or later is all it needs.
set -euo pipefail
version=1.32.0
dir="${XDG_CACHE_HOME:-$HOME/.cache}/azure-s3-privatelink/zizmor-$version"
if [ ! -e "$dir/complete" ]; then
  python3 -m venv "$dir/venv" >&2
  "$dir/venv/bin/pip" install --quiet --disable-pip-version-check "zizmor==$version" >&2
  touch "$dir/complete"
fi
echo "$dir/venv/bin/zizmor"
