# Shared by ./test and .ci/run: the numbers in the results of the last run.

results=artifacts/test-results

# Prints "passed failed skipped", summed over all result files: the test platform's (trx) and Node's (junit)
count_tests() {
    find "$results" \( -name '*.trx' -o -name '*.junit.xml' \) -exec grep -hoE '<Counters [^>]*>|<testcase|<failure|<skipped' {} + 2>/dev/null | awk '
        function of(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3) + 0 : 0 }
        $1 == "<testcase" { passed++; next }
        $1 == "<failure" { passed--; failed++; next }
        $1 == "<skipped" { passed--; skipped++; next }
        {
            passed += of("passed")
            failed += of("failed") + of("error") + of("timeout") + of("aborted")
            skipped += of("total") - of("executed")
        }
        END { print passed + 0, failed + 0, skipped + 0 }'
}
