#!/bin/sh
# Installs what the lab needs on Debian: packages, and the S3 server built from its Go module. Idempotent.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

# kernel-libipsec is in libcharon-extra-plugins, OpenSSL's algorithms in libstrongswan-standard-plugins.
packages="charon-systemd libcharon-extra-plugins libstrongswan-standard-plugins bird2 iproute2 nftables tcpdump openssl awscli"
missing=""
for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing="$missing $package"
done
if [ -n "$missing" ]; then
  # The lab starts its own daemons: those of the packages must not run on the machine.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    trap 'rm -f "$policy"' EXIT
  fi
  apt-get update -qq
  # shellcheck disable=SC2086  # a list of words
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  if [ -d /run/systemd/system ]; then
    case $missing in *charon-systemd*) systemctl disable --quiet strongswan.service ;; esac
    case $missing in *bird2*) systemctl disable --quiet bird.service ;; esac
  fi
fi

# Version and path are in lab/s3/server.ts too.
server="${XDG_CACHE_HOME:-$HOME/.cache}/azure-s3-privatelink/versitygw-1.8.0/versitygw"
if [ ! -x "$server" ]; then
  command -v go >/dev/null || { echo "the S3 server is built with Go 1.25 or later, which is not on the path" >&2; exit 1; }
  mkdir -p "$(dirname "$server")"
  # Built beside its path and moved there: an interrupted build leaves nothing that looks ready.
  (cd "$here/s3/versitygw" && go build -mod=readonly -trimpath -ldflags='-s -w' -o "$server.new" github.com/versity/versitygw/cmd/versitygw)
  mv "$server.new" "$server"
fi
