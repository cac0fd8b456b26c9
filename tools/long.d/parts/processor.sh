#!/bin/sh
# shellcheck disable=SC2034
# For cases that leave a node only a part of a processor. Read after parts/node.sh.
#
# The kernel's groups of processes (cgroups(7)) count what a group has had in each period, and stop it until the next once
# it has had its part. They are root's to make: for version 2 mounted at /sys/fs/cgroup, for version 1 at /sys/fs/cgroup/cpu.

# As short as a tick of most machines is long: a node that has had its part shall not stand for a tenth of a second, which
# is the kernel's own period, before anybody is answered.
period_us=20000

# make_share PART: a group that has a PART of one processor; sets $share, its directory.
make_share() {
    quota_us=$(awk -v part="$1" -v period="$period_us" 'BEGIN { printf "%d", part * period }')
    name=hanjiang-$$
    if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
        share=/sys/fs/cgroup/$name
        mkdir "$share" && echo "$quota_us $period_us" >"$share/cpu.max" && return
    elif [ -d /sys/fs/cgroup/cpu ]; then
        share=/sys/fs/cgroup/cpu/$name
        mkdir "$share" && echo "$period_us" >"$share/cpu.cfs_period_us" &&
            echo "$quota_us" >"$share/cpu.cfs_quota_us" && return
    fi
    echo "a share of a processor is given by the controller cpu of control groups, and by root alone" >&2
    exit 69
}

# Runs a command within $share; takes the shell's place.
within_share() {
    exec sh -c 'echo $$ >"$0/cgroup.procs" && exec "$@"' "$share" "$@"
}

end_share() {
    [ -z "${share:-}" ] || rmdir "$share" 2>/dev/null || true
    share=
}
