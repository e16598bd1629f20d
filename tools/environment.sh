#!/bin/sh
# Makes .venv and installs what is pinned, hash by hash: "run" for demo and serve, "dev" for tests and checks too.
# With uv on the PATH uv does it; otherwise Python's own venv and pip. Nothing is fetched that the lock does not name.
# PYTHON=... chooses the interpreter. Why it is done this way: docs/decisions/0014-environment.md
set -eu

level=${1:?say which: run or dev}
cd "$(dirname "$0")/.."
venv=.venv

say() { echo "encircle: $*" >&2; }
stop() { say "$*"; exit 1; }

new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# The first interpreter that starts and is 3.11 or later. A name on the PATH may be a shim that does not start.
find_python() {
  usual="python3 python3.13 python3.12 python3.14 python3.11 /usr/bin/python3 /usr/local/bin/python3"
  for candidate in ${PYTHON:-$usual}; do
    new_enough "$candidate" && echo "$candidate" && return 0
  done
  return 1
}

# A .venv whose interpreter has gone or is too old would fail later and say less.
drop_broken_venv() {
  [ ! -e $venv ] || new_enough $venv/bin/python || rm -rf $venv
}

with_uv() {
  # An environment that is there keeps its interpreter; uv finds or fetches one where the machine has none.
  if [ -x $venv/bin/python ]; then
    set -- --python $venv/bin/python "$@"
  elif python=$(find_python); then
    set -- --python "$python" "$@"
  fi
  # The machine's own certificates, as pip uses them: agencies sit behind proxies with a certificate of their own.
  export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"
  uv sync --quiet --frozen --no-install-project "$@"
  uv sync --quiet --frozen "$@"
}

make_venv() {
  python=$(find_python) || stop "Python 3.11 or later is needed, and ${PYTHON:-python3} is not. Install it, or say where it is: PYTHON=..."
  if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    "$python" -m venv $venv
  elif "$python" -c 'import venv' 2>/dev/null && "$python" -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --without-pip $venv  # Debian without python3-venv, but with python3-pip
  elif command -v virtualenv >/dev/null 2>&1; then
    virtualenv --quiet --python "$python" $venv
  else
    stop "$python cannot make an environment: install python3-venv (Debian: apt-get install python3-venv) or uv."
  fi
}

with_pip() {
  [ -x $venv/bin/python ] || make_venv
  export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
  if $venv/bin/python -m pip --version >/dev/null 2>&1; then
    pip="$venv/bin/python -m pip"
  else
    pip="$(find_python) -m pip --python $venv/bin/python"
  fi
  $pip install --quiet --require-hashes --no-deps -r "$1"
  $pip install --quiet --no-build-isolation --no-deps --editable .
}

case $level in
  run) requirements=requirements.txt; groups="--inexact --no-dev --group build" ;;
  dev) requirements=requirements-dev.txt; groups="--inexact" ;;
  *) stop "unknown level: $level (run or dev)" ;;
esac

drop_broken_venv
if command -v uv >/dev/null 2>&1; then
  say "making $venv with uv ($level)"
  # shellcheck disable=SC2086  # the words of $groups are options
  with_uv $groups
else
  say "making $venv with pip ($level); with a cold cache this takes a minute or two"
  with_pip $requirements
fi
