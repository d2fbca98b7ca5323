#!/usr/bin/env bash
# Plans a deployment of one stack: .github/scripts/plan.sh STACK FOLDER FAIL_ON
# Writes FOLDER/STACK.plan.json for `pulumi up --plan`, and FOLDER/STACK.md, what it does, for whoever approves it.
# Exit code 1, and no plan, where the preview fails, a rule of the policy pack is broken, or the review finds FAIL_ON or worse.
set -euo pipefail
stack=$1 folder=$2 fail_on=$3
mkdir -p "$folder"
plan="$folder/$stack.plan.json"
problem=""

# For people: as JSON the CLI says no more of a broken rule than "preview failed".
pulumi preview --stack "$stack" --policy-pack policy --non-interactive --color never >"$folder/$stack.txt" 2>&1 ||
  problem="the preview failed, or a rule of the organisation is broken"

# The plan is of the very preview that the review reads.
if [ -n "$problem" ]; then
  echo "No review: there is no preview to read." >"$folder/$stack.review.md"
else
  pulumi preview --stack "$stack" --save-plan "$plan" --json --show-sames --non-interactive >"$folder/$stack.json"
  npm run --silent review -- "$folder/$stack.json" --fail-on "$fail_on" >"$folder/$stack.review.md" 2>&1 ||
    problem="the review found $fail_on or worse"
fi
[ -z "$problem" ] || rm -f "$plan"

{
  printf "# Plan of stack \`%s\`\n\n" "$stack"
  [ -z "$problem" ] || printf '> ❌ %s\n\n' "$problem"
  cat "$folder/$stack.review.md"
  printf '\n<details open><summary>What will be applied, and nothing else</summary>\n\n````text\n'
  tail -c 60000 "$folder/$stack.txt"
  printf '\n````\n\n</details>\n'
} >"$folder/$stack.md"

[ -z "$problem" ] || { echo "$stack: $problem" >&2; exit 1; }
