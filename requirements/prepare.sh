# Sourced by ./ehsg and ./check, which set `here`: makes sure .venv holds what a lock names.
# Unchanged, this costs one comparison of two files; everything slow is in prepare.py.

# .venv is ours, and compiled once: without that every start would take seconds more.
unset PYTHONDONTWRITEBYTECODE

newest_python() {
    found_without_venv=
    for name in python3.14 python3.13 python3.12 python3.11 python3; do
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        if "$name" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "$name"
            return
        fi
        found_without_venv=$name
    done
    if [ "$found_without_venv" ]; then
        echo "$found_without_venv is here, but its venv module is not. Install it (on Debian and" \
            "Ubuntu: apt install $found_without_venv-venv) and type the same again." >&2
    else
        echo "This needs Python 3.11 or newer, and none was found. Install it from your system's" \
            "packages or python.org and type the same again." >&2
    fi
    return 1
}

# prepare run | prepare dev
prepare() {
    cmp -s "$here/requirements/$1.lock" "$here/.venv/$1.lock" && return
    python=$(newest_python) || exit 1
    "$python" "$here/requirements/prepare.py" "$1" || exit 1
}
