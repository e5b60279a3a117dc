#!/bin/sh
# Puts together what an image of one app holds, and nothing else: assemble.sh api|web TARGET
# Run in a built checkout. The Dockerfiles and `npm run images -- --dry-run` both use it.
set -eu
app=$1
target=$2
mkdir -p "$target"
cp package.json package-lock.json .npmrc "$target"
for manifest in apps/*/package.json libs/*/package.json scripts/package.json; do
  mkdir -p "$target/$(dirname "$manifest")"
  cp "$manifest" "$target/$manifest"
done
(cd "$target" && npm ci --omit=dev --workspace="@echomate/$app" --loglevel=error)
cp -R libs/intake/dist "$target/libs/intake/dist"
case $app in
  api)
    cp -R apps/api/dist "$target/apps/api/dist"
    cp -R libs/contracts/dist "$target/libs/contracts/dist"
    ;;
  web)
    cp -R apps/web/build "$target/apps/web/build"
    cp apps/web/server.js apps/web/bounds.js apps/web/refusals.js "$target/apps/web/"
    ;;
esac
