#!/usr/bin/env bash
# Checks in a workflow, with annotations; on a pull request only the change.
#
# In:  DOCLINT_BIN, DOCLINT_PATHS, DOCLINT_SINCE, DOCLINT_ARGUMENTS, DOCLINT_SUMMARY, DOCLINT_SARIF as action.yml
#      describes them; GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, RUNNER_TEMP; GITHUB_BASE_REF on a pull request.
# Out: `exit-code`, which is that of this script, too, and `sarif-file`.
set -euo pipefail

words=(--format github)
if [ "$DOCLINT_SUMMARY" = true ]; then
    words+=(--output-file "markdown=$GITHUB_STEP_SUMMARY")
fi
if [ "$DOCLINT_SARIF" = true ]; then
    words+=(--output-file "sarif=$RUNNER_TEMP/doclint.sarif")
fi

case "$DOCLINT_SINCE" in
all) ;;
auto)
    if [ -n "${GITHUB_BASE_REF:-}" ]; then
        # actions/checkout brings one commit; the comparison needs the one at which the branch left its base.
        base="refs/remotes/origin/$GITHUB_BASE_REF"
        fetch=(git fetch --quiet --no-tags)
        wanted=false
        if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
            fetch+=(--unshallow)
            wanted=true
        elif ! git rev-parse --quiet --verify "$base^{commit}" >/dev/null; then
            wanted=true
        fi
        if [ "$wanted" = true ] && ! "${fetch[@]}" origin "+refs/heads/$GITHUB_BASE_REF:$base"; then
            echo "::error::doclint: the base of the pull request cannot be fetched; check out with fetch-depth: 0"
            exit 2
        fi
        words+=("--since=$base")
    fi
    ;;
*) words+=("--since=$DOCLINT_SINCE") ;;
esac

while IFS= read -r line; do
    if [ -n "$line" ]; then
        words+=("$line")
    fi
done <<<"$DOCLINT_ARGUMENTS"
words+=(--)
while IFS= read -r line; do
    if [ -n "$line" ]; then
        words+=("$line")
    fi
done <<<"$DOCLINT_PATHS"

code=0
"$DOCLINT_BIN/doclint" check "${words[@]}" || code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
if [ -f "$RUNNER_TEMP/doclint.sarif" ]; then
    echo "sarif-file=$RUNNER_TEMP/doclint.sarif" >>"$GITHUB_OUTPUT"
fi
exit "$code"
