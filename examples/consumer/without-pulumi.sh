#!/bin/sh
# The same without a Pulumi program: whoever may read the stack reads its outputs as JSON.
# Usage: ./without-pulumi.sh [stack]          (in the folder of azure-s3-privatelink, with `jq`)
set -eu
outputs=$(pulumi stack output --json --show-secrets --stack "${1:-dev}")
read_output() { printf '%s' "$outputs" | jq -er ".$1"; }

[ "$(read_output contractVersion)" = 1 ] || { echo "this script reads contract 1 of azure-s3-privatelink" >&2; exit 1; }

AWS_REGION=$(read_output awsRegion)
AWS_ENDPOINT_URL_S3=$(read_output endpointUrl)
AWS_ACCESS_KEY_ID=$(read_output readerAccessKeyId)
AWS_SECRET_ACCESS_KEY=$(read_output readerSecretAccessKey)
export AWS_REGION AWS_ENDPOINT_URL_S3 AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY

exec aws s3 ls "s3://$(read_output 'buckets[].bucketName' | head -n 1)"
