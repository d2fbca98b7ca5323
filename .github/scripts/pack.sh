#!/usr/bin/env bash
# Packs a release: .github/scripts/pack.sh REPOSITORY TAG FOLDER
# Writes the source, its bill of materials and the notes. Exit code 1 where the tag is not signed by somebody whom GitHub
# knows, names another version than package.json, or where changelog or kept states lack the version.
# Needs `gh` with GH_TOKEN.
set -euo pipefail
repository=$1 tag=$2 folder=$3
version=${tag#v}
problems=()

object=$(gh api "repos/$repository/git/ref/tags/$tag" --jq .object.sha)
[ "$(gh api "repos/$repository/git/tags/$object" --jq .verification.verified 2>/dev/null || echo false)" = true ] ||
  problems+=("the tag is not signed: git tag --sign $tag")
[ "$(node --print 'require("./package.json").version')" = "$version" ] ||
  problems+=("package.json has another version")
grep -q "^## $version\b" CHANGELOG.md || problems+=("CHANGELOG.md has no heading $version")
[ -d "tests/engine/fixtures/released/$version" ] ||
  problems+=("the states that upgrades are tested from are not kept: npm run engine:keep-state")

if [ ${#problems[@]} -gt 0 ]; then
  printf '%s cannot be released:\n' "$tag" >&2
  printf -- '- %s\n' "${problems[@]}" >&2
  exit 1
fi

mkdir -p "$folder"
git archive --prefix="azure-s3-privatelink-$version/" --output "$folder/azure-s3-privatelink-$version.tar.gz" HEAD
npm sbom --sbom-format spdx --package-lock-only >"$folder/sbom.spdx.json"
# The version's own part of the changelog.
sed -n "/^## ${version//./\\.}\b/,/^## /{/^## /d;p}" CHANGELOG.md >"$folder/notes.md"
