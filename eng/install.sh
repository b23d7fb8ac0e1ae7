# Shared by ./run, ./test and bench/: builds the shop, says what is missing, and installs what a machine with apt can install. Everything is told on standard error.

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

as_root() {
    if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# Runs a command silently; what it wrote is shown only when it fails
quietly() {
    local output
    if ! output=$("$@" 2>&1); then
        say "$output"
        return 1
    fi
}

require_dotnet() {
    command -v dotnet >/dev/null || fail 'The .NET SDK is missing: install version 10 from https://dot.net/download'
    dotnet --version >/dev/null 2>&1 ||
        fail "This needs the .NET SDK $(sed -n 's/.*"version": "\(.*\)".*/\1/p' global.json) or newer of its major version: https://dot.net/download"
}

require_node() {
    command -v npm >/dev/null && return
    command -v apt-get >/dev/null || fail 'Node.js is missing: install version 20 or newer from https://nodejs.org'
    say "Node.js is missing: installing Debian's packages nodejs and npm"
    quietly as_root apt-get update || say 'apt-get update failed; trying with the lists that are there'
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends nodejs npm || fail 'Node.js could not be installed: see above'
}

has_postgres() {
    command -v postgres >/dev/null && command -v initdb >/dev/null && return
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || compgen -G '/usr/pgsql-*/bin/initdb' >/dev/null ||
        compgen -G '/usr/libexec/postgresql*/initdb' >/dev/null || compgen -G '/opt/homebrew/opt/postgresql*/bin/initdb' >/dev/null ||
        compgen -G '/usr/local/opt/postgresql*/bin/initdb' >/dev/null || [[ -x /usr/local/pgsql/bin/initdb ]] ||
        compgen -G '/Applications/Postgres.app/Contents/Versions/*/bin/initdb' >/dev/null
}

require_postgres() {
    has_postgres && return
    command -v apt-get >/dev/null || fail "PostgreSQL's server is missing: install it (Fedora: dnf install postgresql-server; macOS: brew install postgresql)"
    ((EUID == 0)) || command -v sudo >/dev/null || fail "PostgreSQL's server is missing: as root, apt-get install --no-install-recommends postgresql"

    # The package would make and start a server of its own on port 5432, which nobody here needs
    local no_cluster=/etc/postgresql-common/createcluster.d/shop.conf
    say "PostgreSQL's server is missing: installing Debian's package postgresql"
    as_root mkdir -p "${no_cluster%/*}"
    echo 'create_main_cluster = false' | as_root tee "$no_cluster" >/dev/null
    quietly as_root apt-get update || say 'apt-get update failed; trying with the lists that are there'
    local installed=true
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql || installed=false
    as_root rm -f "$no_cluster"
    $installed || fail "PostgreSQL's server could not be installed: see above"
}

# What ./run starts
app=artifacts/shop/Shop.WebApi.dll

# Compiled ahead for this machine, so that it starts fast
build_shop() {
    say 'Building the shop'
    quietly dotnet publish src/WebApi -c Release --use-current-runtime --no-self-contained -o "${app%/*}" -v quiet --nologo || fail 'The build failed: see above'
}
