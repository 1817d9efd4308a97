#!/usr/bin/env bash
# Installs doclint from the checkout of the action, so that its version is that of the action.
#
# In:  GITHUB_ACTION_PATH, RUNNER_TEMP, GITHUB_OUTPUT; `python` on PATH.
# Out: `bin`, the folder that holds the command.
set -euo pipefail

environment="$RUNNER_TEMP/doclint-env"
bin="$environment/bin"

# What a cache brought back may be of another machine.
if ! "$bin/doclint" --version >/dev/null 2>&1 && ! "$environment/Scripts/doclint" --version >/dev/null 2>&1; then
    python -m venv --clear "$environment"
    [ -d "$bin" ] || bin="$environment/Scripts"
    "$bin/python" -m pip install --quiet --disable-pip-version-check "$GITHUB_ACTION_PATH"
fi
[ -d "$bin" ] || bin="$environment/Scripts"
echo "bin=$bin" >>"$GITHUB_OUTPUT"
