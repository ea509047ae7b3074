# Where packages of others come in. Sourced after common.sh.

# npm_folders: every folder with packages of npm.
npm_folders() {
  find "$CHECKOUT" \( -name node_modules -o -name .data -o -name .git -o -name bin -o -name obj \) -prune \
    -o -name package-lock.json -printf '%h\n' | sort
}
