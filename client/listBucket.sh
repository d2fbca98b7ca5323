#!/bin/sh
# Lists a bucket once and says in one line how that went: a marker, then JSON. The folder of its settings, which the
# first argument names, holds `bucket` (its name, for the line) and `request.conf` (address and key, for curl alone).
# Always ends with 0: what went wrong stands in the line.
set -u
LC_ALL=C
export LC_ALL
umask 077

settings=${1:-/etc/azure-s3-privatelink}
connect_seconds=${2:-10}
whole_seconds=${3:-30}

work=$(mktemp -d) || exit 0
trap 'rm -rf "$work"' EXIT
answer=$work/answer
: >"$answer"

# The key stays in the file: a command line is everybody's to read. Nothing but HTTPS, no proxy, no file of the
# user's own; and never --verbose, which would show the signature.
measured=$(curl --disable --config "$settings/request.conf" --silent --globoff --proto =https --noproxy '*' \
  --connect-timeout "$connect_seconds" --max-time "$whole_seconds" --max-filesize 1000000 \
  --output "$answer" --write-out '%{http_code} %{time_total}' 2>/dev/null)
failure=$?

# Whatever is not as expected is told as none: no text of another's gets into the line.
first_of() {
  head -c 1000000 "$answer" | tr -d '\000-\037' | sed -n "s:.*<$1>\\($2\\)</$1>.*:\\1:p"
}

status=${measured%% *}
case $status in
  [1-5][0-9][0-9]) ;;
  *) status=0 ;;
esac
seconds=${measured##* }
case $seconds in
  *[!0-9.]* | *.*.* | .* | *. | '') seconds=0 ;;
esac
bucket=$(head -c 63 "$settings/bucket" 2>/dev/null | tr -cd 'a-z0-9.-')

error=null
keys=null
if [ "$status" -eq 200 ]; then
  keys=$(first_of KeyCount '[0-9]\{1,4\}')
  case $keys in
    '' | 0?*) keys=null ;;
  esac
else
  code=$(first_of Code '[A-Za-z0-9]\{1,64\}')
  [ -z "$code" ] || error="\"$code\""
fi

printf 'azure-s3-privatelink-client {"version":1,"time":"%s","bucket":"%s","status":%s,"curl":%s,"error":%s,"seconds":%s,"keys":%s}\n' \
  "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$bucket" "$status" "$failure" "$error" "$seconds" "$keys"
exit 0
