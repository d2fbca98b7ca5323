#!/usr/bin/env bash
# Writes what a change does to one stack as Markdown, FOLDER/STACK.md: .github/scripts/preview.sh STACK FOLDER BASE CHANGE
# BASE and CHANGE are two checkouts. On simulated clouds, BASE's program is deployed and CHANGE's is previewed; policy
# pack and review are BASE's. Needs no account.
# Exit code 1 where the preview, a rule of the policy pack or the rehearsal fails; the page is written all the same.
set -euo pipefail
stack=$1 base=$(realpath "$3") change=$(realpath "$4")
mkdir -p "$2"
folder=$(realpath "$2")
clouds=$(mktemp -d)
trap 'rm -rf "$clouds"' EXIT
problems=()

pulumi_of() { npm run --silent --prefix "$1" rehearse:pulumi -- --keep "$clouds" "${@:2}" --stack "$stack" --non-interactive; }

if [ ! -e "$base/Pulumi.$stack.yaml" ]; then
  against="There is no such stack yet."
elif pulumi_of "$base" up --yes --skip-preview --suppress-outputs --color never >"$folder/$stack.base.txt" 2>&1; then
  against="Against the base branch's program, deployed on simulated clouds."
else
  # What came to be stays in the clouds: a preview of everything is told apart from that of a change.
  rm -rf "${clouds:?}"/*
  against="The base branch's program cannot be deployed on simulated clouds, so all of the stack is shown."
fi

# For people, with the policy pack: as JSON the CLI says no more of a broken rule than "preview failed".
pulumi_of "$change" preview --policy-pack "$base/policy" --color never \
  >"$folder/$stack.txt" 2>&1 || problems+=("the preview failed, or a rule of the organisation is broken")

if pulumi_of "$change" preview --json --show-sames >"$folder/$stack.json" 2>"$folder/$stack.err"; then
  npm run --silent --prefix "$base" review -- "$folder/$stack.json" >"$folder/$stack.review.md" 2>&1 ||
    problems+=("the review failed")
else
  echo "No review: there is no preview to read." >"$folder/$stack.review.md"
fi

npm run --silent --prefix "$change" rehearse -- --stack "$stack" --markdown >"$folder/$stack.rehearsal.md" 2>&1 ||
  problems+=("the rehearsal found something wrong")

{
  printf "# Stack \`%s\`\n\n%s\n\n" "$stack" "$against"
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
