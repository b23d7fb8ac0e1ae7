# Shared by bench/run, bench/checkout, bench/analytics, bench/import and bench/memory: builds the shop, the limit and what drives them, and installs
# what is missing.
. eng/install.sh

require_wrk() {
    command -v wrk >/dev/null && return
    command -v apt-get >/dev/null || fail 'wrk is missing: install it (Fedora: dnf install wrk; macOS: brew install wrk)'
    say "wrk is missing: installing Debian's package"
    quietly as_root apt-get update || say 'apt-get update failed; trying with the lists that are there'
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends wrk || fail 'wrk could not be installed: see above'
}

build_bench() {
    require_dotnet
    require_postgres
    build_shop
    say 'Building the bench'
    quietly dotnet build bench/Bench -c Release -v quiet --nologo || fail 'The build failed: see above'
}
