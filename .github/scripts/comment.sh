#!/usr/bin/env bash
# Puts FILES into one comment of a pull request, the same one each time: .github/scripts/comment.sh REPOSITORY NUMBER FILE...
# Needs `gh` and GH_TOKEN with pull-requests: write.
set -euo pipefail
repository=$1 number=$2
shift 2
mark="<!-- azure-s3-privatelink: preview -->"

# GitHub refuses more than 65,536 characters.
body=$(mktemp) text=$(mktemp)
cat "$@" >"$text"
{
  echo "$mark"
  head -c 64000 "$text"
  [ "$(wc -c <"$text")" -le 64000 ] || printf '\n\n…the rest is in the artifact of the run.\n'
} >"$body"

earlier=$(gh api --paginate "repos/$repository/issues/$number/comments" \
  --jq ".[] | select(.user.type == \"Bot\" and (.body | startswith(\"$mark\"))) | .id" | sed -n 1p)
if [ -n "$earlier" ]; then
  gh api --method PATCH "repos/$repository/issues/comments/$earlier" --field "body=@$body" --silent
else
  gh api --method POST "repos/$repository/issues/$number/comments" --field "body=@$body" --silent
fi
