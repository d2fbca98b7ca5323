#!/usr/bin/env bash
# Installs checkov, which judges templates, outside the checkout, and prints its path. Needs Python 3.11 or later, with venv.
# requirements.txt holds every package by its hash, and none runs code of its own while it is installed. To renew it:
#   uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements.in -o requirements.txt
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
hash="$(python3 -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest()[:12])' "$here/requirements.txt")"
dir="${XDG_CACHE_HOME:-$HOME/.cache}/azure-s3-privatelink/checkov-$hash"
if [ ! -e "$dir/complete" ]; then
  python3 -m venv --clear "$dir/venv" >&2
  "$dir/venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
    -r "$here/requirements.txt" >&2
  touch "$dir/complete"
fi
echo "$dir/venv/bin/checkov"
