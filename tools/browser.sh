#!/bin/sh
# Sees to a Chromium for the page tests: Debian's own, with letters for every script that the pages are written in.
# Installs it once, where apt-get is there and this is root; elsewhere it says in one line what to do, and stops.
# CHROMIUM=... names another one; ALLOW_NO_BROWSER=1 goes on without, and the tests then tell how many pages were not seen.
set -eu

packages="chromium fonts-noto-core"

say() { echo "encircle: $*" >&2; }

has_browser() {
  for candidate in ${CHROMIUM:-chromium chromium-browser google-chrome}; do
    command -v "$candidate" >/dev/null 2>&1 && return 0
  done
  return 1
}

install_packages() {
  export DEBIAN_FRONTEND=noninteractive
  say "installing $packages for the page tests; this is done once"
  # The second try is with fresh lists: a new machine has none, and old ones name files that are gone.
  # shellcheck disable=SC2086  # the words of $packages are packages
  { apt-get install --yes --quiet --no-install-recommends $packages ||
    { apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends $packages; }; } >"$1" 2>&1
}

if has_browser || [ "${ALLOW_NO_BROWSER:-}" = 1 ]; then
  exit 0
fi
if [ -z "${CHROMIUM:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  told=$(mktemp)
  trap 'rm -f "$told"' EXIT
  install_packages "$told" && has_browser && exit 0
  tail -n 3 "$told" >&2
fi
say "the page tests need ${CHROMIUM:-Chromium} (Debian: apt-get install $packages), or ALLOW_NO_BROWSER=1 to go on without them."
exit 1
