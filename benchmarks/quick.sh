#!/usr/bin/env bash
# pgbench -S through SQLmem and directly, in turns. Prints the ratio of the two for each query mode.
#
#   CLIENTS=8 SECONDS=5 ROUNDS=5 SCALE=10 LOOPS= benchmarks/quick.sh
#
# Needs PostgreSQL's programs (on the PATH, or where Debian keeps them) and cli/target/sqlmem.jar. Starts
# both servers on free ports of the loopback address, and leaves nothing behind.
set -euo pipefail

clients=${CLIENTS:-8}
rounds=${ROUNDS:-5}
scale=${SCALE:-10}
loops=${LOOPS:-}
seconds=$SECONDS # bash counts on from what the environment says
[ "$seconds" -gt 0 ] || seconds=5

root=$(cd "$(dirname "$0")/.." && pwd)
jar=$root/cli/target/sqlmem.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d "${TMPDIR:-/tmp}/sqlmem-quick.XXXXXX")
proxy_pid=
server_started=

fail() {
    echo "quick.sh: $*" >&2
    exit 1
}

# The newest PostgreSQL whose server and pgbench are both there.
programs() {
    local candidate
    for candidate in "$(dirname "$(command -v initdb || echo /none)")" $(ls -dr /usr/lib/postgresql/*/bin 2>/dev/null); do
        if [ -x "$candidate/initdb" ] && [ -x "$candidate/pg_ctl" ] && [ -x "$candidate/pgbench" ]; then
            echo "$candidate"
            return
        fi
    done
}

# The server refuses to be root.
as_server() {
    if [ "$(id -u)" = 0 ]; then
        unshare -U "$@"
    else
        "$@"
    fi
}

cleanup() {
    trap - EXIT INT TERM
    if [ -n "$proxy_pid" ]; then
        kill "$proxy_pid" 2>/dev/null || true
        wait "$proxy_pid" 2>/dev/null || true
    fi
    if [ -n "$server_started" ]; then
        as_server "$bin/pg_ctl" -D "$work/data" -m immediate -w stop >/dev/null 2>&1 || true
    fi
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

bin=$(programs)
[ -n "$bin" ] || fail "found no PostgreSQL with initdb, pg_ctl and pgbench"
[ -f "$jar" ] || fail "found no $jar: build it with mvn -q -DskipTests package"

free_port() {
    local port
    for port in $(shuf -i 20000-29999 -n 50); do
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
    fail "found no free port"
}

# Waits until a connection can be made, for a minute at the most.
await_port() {
    local deadline=$((SECONDS + 60))
    until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do
        [ $SECONDS -lt $deadline ] || fail "nothing listens on port $1 after a minute; see below
$(cat "$work/proxy.log" 2>/dev/null)"
        kill -0 "$proxy_pid" 2>/dev/null || fail "the proxy has ended: $(cat "$work/proxy.log")"
        sleep 0.1
    done
}

server_port=$(free_port)
as_server "$bin/initdb" -D "$work/data" -U postgres -A trust -E UTF8 --locale=C -N >"$work/initdb.log" 2>&1 ||
    fail "initdb: $(cat "$work/initdb.log")"
as_server "$bin/pg_ctl" -D "$work/data" -l "$work/server.log" -w start >/dev/null \
    -o "-p $server_port -h 127.0.0.1 -k '' -c fsync=off -c shared_buffers=512MB -c max_connections=200" ||
    fail "pg_ctl: $(cat "$work/server.log")"
server_started=yes
"$bin/pgbench" -h 127.0.0.1 -p "$server_port" -U postgres -i -s "$scale" -q postgres >"$work/init.log" 2>&1 ||
    fail "pgbench -i: $(cat "$work/init.log")"

proxy_port=$(free_port)
"$java" -jar "$jar" serve --upstream "postgresql://postgres@127.0.0.1:$server_port/postgres?sslmode=disable" \
    --listen "127.0.0.1:$proxy_port" --cache-db none --http off ${loops:+--event-loops "$loops"} \
    >"$work/proxy.log" 2>&1 &
proxy_pid=$!
await_port "$proxy_port"

# Transactions a second of one run: port, mode, seconds.
run() {
    local out
    out=$("$bin/pgbench" -h 127.0.0.1 -p "$1" -U postgres -n -S -M "$2" -c "$clients" -j 2 -T "$3" postgres 2>&1) ||
        fail "pgbench: $out"
    ! grep -q 'number of failed transactions: [1-9]' <<<"$out" || fail "pgbench: $out"
    awk '/^tps/ { print int($3) }' <<<"$out"
}

median() {
    sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : int((v[NR / 2] + v[NR / 2 + 1]) / 2) }'
}

modes="simple extended prepared"
for mode in $modes; do # loads the table, warms the proxy up
    run "$proxy_port" "$mode" "$seconds" >/dev/null
done
for ((round = 1; round <= rounds; round++)); do
    for mode in $modes; do
        run "$server_port" "$mode" "$seconds" >>"$work/$mode.direct"
        run "$proxy_port" "$mode" "$seconds" >>"$work/$mode.proxied"
        paste "$work/$mode.direct" "$work/$mode.proxied" | tail -n 1 | awk '{ print $2 / $1 }' >>"$work/$mode.ratio"
    done
done

echo "pgbench -S, scale $scale, $clients clients, $rounds rounds of $seconds s, $("$bin/postgres" --version)"
printf '%-10s %12s %12s %8s %s\n' mode direct/s proxied/s ratio '(each round)'
for mode in $modes; do
    direct=$(median <"$work/$mode.direct")
    proxied=$(median <"$work/$mode.proxied")
    printf '%-10s %12d %12d %8.2f (%s)\n' "$mode" "$direct" "$proxied" \
        "$(awk -v a="$proxied" -v b="$direct" 'BEGIN { print a / b }')" \
        "$(awk '{ printf "%s%.2f", (NR > 1 ? " " : ""), $1 }' "$work/$mode.ratio")"
done
