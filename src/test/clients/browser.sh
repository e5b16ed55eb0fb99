#!/bin/sh
# What a client opens instead of a browser.
exec "${NODE:-node}" "$(dirname "$0")/consent.mjs" "$1"
