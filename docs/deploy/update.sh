#!/bin/sh
# Fetches the book and builds its site. For cron, or by hand: update.sh [BOOK [SITE]]
set -eu
book=${1:-/srv/kayoi/book}
site=${2:-/srv/kayoi/site}
cd "$book"
git pull --quiet --ff-only
kayoi build --quiet --out "$site" || test $? -eq 1 # 1: a note has a problem, and the site is built all the same
test -f "$site/index.html"
