#!/usr/bin/env bash
# Installs moto, which answers as AWS does, outside the checkout, and prints the path of its Python.
# Python 3.9 or later is all it needs. Runs at the same time wait for each other.
set -euo pipefail
version=5.2.5
dir="${XDG_CACHE_HOME:-$HOME/.cache}/azure-s3-privatelink/moto-$version"
mkdir -p "$dir"
(
  flock 9
  if [ ! -e "$dir/complete" ]; then
    python3 -m venv "$dir/venv" >&2
    "$dir/venv/bin/pip" install --quiet --disable-pip-version-check "moto[server]==$version" >&2
    touch "$dir/complete"
  fi
) 9>"$dir/lock"
echo "$dir/venv/bin/python"
