#!/bin/sh
# Sees to a Chromium for the page tests: Debian's own, with letters for every script that the pages are written in;
# and to a Firefox and a WebKit, which the tests can do without. Installs them once, where apt-get is there and this is root;
# elsewhere it says in one line what to do, and stops where there is no Chromium.
# CHROMIUM=... and FIREFOX=... name other ones; ALLOW_NO_BROWSER=1 goes on without, and the tests then tell how many
# pages were not seen.
set -eu

say() { echo "encircle: $*" >&2; }

has() {
  for candidate in "$@"; do
    command -v "$candidate" >/dev/null 2>&1 && return 0
  done
  return 1
}

has_chromium() {
  # shellcheck disable=SC2086  # several names
  has ${CHROMIUM:-chromium chromium-browser google-chrome}
}

has_firefox() {
  # shellcheck disable=SC2086  # several names
  has ${FIREFOX:-firefox-esr firefox}
}

may_install() { [ "$(id -u)" = 0 ] && has apt-get; }

install_packages() {
  told=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  say "installing $* for the page tests; this is done once"
  # The second try is with fresh lists: a new machine has none, and old ones name files that are gone.
  if { apt-get install --yes --quiet --no-install-recommends "$@" ||
    { apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends "$@"; }; } >"$told" 2>&1; then
    rm -f "$told"
  else
    tail -n 3 "$told" >&2
    rm -f "$told"
    return 1
  fi
}

[ "${ALLOW_NO_BROWSER:-}" != 1 ] || exit 0
if ! has_chromium && [ -z "${CHROMIUM:-}" ] && may_install; then
  install_packages chromium fonts-noto-core || true
fi
if ! has_chromium; then
  say "the page tests need ${CHROMIUM:-Chromium} (Debian: apt-get install chromium fonts-noto-core), or ALLOW_NO_BROWSER=1 to go on without them."
  exit 1
fi
if ! has_firefox && [ -z "${FIREFOX:-}" ] && may_install; then
  install_packages firefox-esr || true
fi
if ! has WebKitWebDriver && may_install; then
  install_packages webkit2gtk-driver xvfb || true
fi
has WebKitWebDriver || say "there is no WebKit (Debian: apt-get install webkit2gtk-driver xvfb): the tests in it are left out."
has_firefox || say "there is no ${FIREFOX:-Firefox} (Debian: apt-get install firefox-esr): the tests in it are left out."
