#!/bin/sh
# Installs the SARIF Multitool into a folder and prints its path, for LAMBDA_LINT_SARIF_MULTITOOL.
set -eu
mkdir -p "$1"
folder=$(cd "$1" && pwd)
npm install --silent --no-audit --no-fund --prefix "$folder" @microsoft/sarif-multitool@5 >&2
program="$folder/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
# npm does not run the package's own script, which would do this.
chmod u+x "$program"
echo "$program"
