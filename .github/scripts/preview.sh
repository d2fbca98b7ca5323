#!/usr/bin/env bash
# Writes what a change does to one stack as Markdown, FOLDER/STACK.md: .github/scripts/preview.sh STACK FOLDER COMMAND...
# COMMAND runs Pulumi: `pulumi`, or `npm run --silent rehearse:pulumi --`, which needs no account.
# Exit code 1 where the preview, a rule of the policy pack or the rehearsal fails; the page is written all the same.
set -euo pipefail
stack=$1 folder=$2
shift 2
mkdir -p "$folder"
problems=()

# For people, with the policy pack: as JSON the CLI says no more of a broken rule than "preview failed".
"$@" preview --stack "$stack" --policy-pack "$PWD/policy" --non-interactive --color never \
  >"$folder/$stack.txt" 2>&1 || problems+=("the preview failed, or a rule of the organisation is broken")

if "$@" preview --stack "$stack" --json --non-interactive >"$folder/$stack.json" 2>"$folder/$stack.err"; then
  npm run --silent review -- "$folder/$stack.json" >"$folder/$stack.review.md" 2>&1 ||
    problems+=("the review failed")
else
  echo "No review: there is no preview to read." >"$folder/$stack.review.md"
fi

npm run --silent rehearse -- --stack "$stack" --markdown >"$folder/$stack.rehearsal.md" 2>&1 ||
  problems+=("the rehearsal found something wrong")

{
  echo "# Stack \`$stack\`"; echo
  for problem in ${problems[@]+"${problems[@]}"}; do printf '> ❌ %s\n\n' "$problem"; done
  cat "$folder/$stack.review.md"
  open=$([ ${#problems[@]} -eq 0 ] || echo " open")
  # A comment holds 65,536 characters, and two stacks share it: the end says most.
  printf '\n<details%s><summary>Preview and the rules of the organisation</summary>\n\n````text\n' "$open"
  tail -c 12000 "$folder/$stack.txt"
  printf '\n````\n\n</details>\n\n'
  cat "$folder/$stack.rehearsal.md"
} >"$folder/$stack.md"

for problem in ${problems[@]+"${problems[@]}"}; do echo "$stack: $problem" >&2; done
[ ${#problems[@]} -eq 0 ]
