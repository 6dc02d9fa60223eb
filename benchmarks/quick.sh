#!/usr/bin/env bash
# pgbench -S through SQLmem and direct, interleaved in one run; prints the ratio of the medians.
# Starts a PostgreSQL and a proxy of its own on loopback and removes both. Needs initdb, pgbench and
# cli/target/sqlmem.jar (mvn -q -DskipTests package). Settings: CLIENTS, SECONDS_PER_RUN, ROUNDS, SCALE.
set -euo pipefail
cd "$(dirname "$0")/.."

clients=${CLIENTS:-8} seconds=${SECONDS_PER_RUN:-4} rounds=${ROUNDS:-3} scale=${SCALE:-10}
pgport=${PGPORT:-55433} port=${PROXY_PORT:-6433}
bin=$(dirname "$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb | tail -n 1)")
[ -x "$bin/postgres" ] || bin=$(dirname "$(ls -d /usr/lib/postgresql/*/bin/postgres | tail -n 1)")
work=$(mktemp -d)
proxy=
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
cleanup() {
    [ -z "$proxy" ] || kill "$proxy" 2>/dev/null || true
    as "$bin/pg_ctl" -D "$work/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap cleanup EXIT

chmod 755 "$work"
[ "$(id -u)" != 0 ] || chown postgres "$work"
as "$bin/initdb" -D "$work/data" -A trust -U postgres -E UTF8 --locale=C >/dev/null
as "$bin/pg_ctl" -D "$work/data" -w -l "$work/log" \
    -o "-p $pgport -c listen_addresses=127.0.0.1 -c unix_socket_directories=$work -c shared_buffers=1GB" start >/dev/null
pgbench -h 127.0.0.1 -p "$pgport" -U postgres -i -q -s "$scale" postgres >/dev/null 2>&1

java -jar cli/target/sqlmem.jar serve --upstream "postgresql://postgres@127.0.0.1:$pgport/postgres" \
    --listen "127.0.0.1:$port" --fill-wait 60000 >"$work/proxy" 2>&1 &
proxy=$!
until grep -q listens "$work/proxy"; do
    kill -0 "$proxy" 2>/dev/null || { cat "$work/proxy"; exit 1; }
    sleep 0.1
done

run() { # mode port seconds
    pgbench -h 127.0.0.1 -p "$2" -U postgres -S -n -M "$1" -c "$clients" -j 2 -T "$3" postgres 2>/dev/null |
        sed -n 's/^tps = \([0-9]*\).*/\1/p'
}
median() { sort -n | sed -n "$(((rounds + 1) / 2))p"; }

for mode in simple extended prepared; do run "$mode" "$port" 5 >/dev/null; done # warms the JVM up
printf '%-10s %10s %10s %8s\n' "pgbench -S" direct SQLmem ratio
for mode in simple extended prepared; do
    : >"$work/direct"
    : >"$work/sqlmem"
    for _ in $(seq "$rounds"); do
        run "$mode" "$pgport" "$seconds" >>"$work/direct"
        run "$mode" "$port" "$seconds" >>"$work/sqlmem"
    done
    direct=$(median <"$work/direct") sqlmem=$(median <"$work/sqlmem")
    printf '%-10s %10s %10s %8s\n' "$mode" "$direct" "$sqlmem" "$(awk "BEGIN { printf \"%.2f\", $sqlmem / $direct }")"
done
