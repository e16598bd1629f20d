#!/bin/sh
# Sees to a software token (SoftHSM) for the tests of PKCS#11: installs it once, where apt-get is there and this is root.
# Without it those tests are left out, which is said; nothing else needs it.
set -u

command -v softhsm2-util >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  echo "encircle: installing softhsm2 for the tests of tokens; this is done once" >&2
  { apt-get install --yes --quiet --no-install-recommends softhsm2 ||
    { apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends softhsm2; }; } >/dev/null 2>&1
fi
command -v softhsm2-util >/dev/null 2>&1 ||
  echo "encircle: without a software token (Debian: apt-get install softhsm2) the tests of PKCS#11 are left out." >&2
exit 0
