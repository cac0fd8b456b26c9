# The language of tools/run and tools/run-federation; sourced by them.
# shellcheck shell=sh

language=en
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in zh*) language=zh ;; esac

# say ENGLISH 中文: progress goes to standard error, as everywhere.
say() { if [ "$language" = zh ]; then printf '%s\n' "$2" >&2; else printf '%s\n' "$1" >&2; fi; }

# use_language zh|en: as --lang says; fails for any other.
use_language() { case ${1:-} in zh | en) language=$1 ;; *) return 1 ;; esac; }

# From here on the programs speak, and they choose by the locale.
hand_language_on() {
    if [ "$language" = zh ]; then export LC_ALL=zh_CN.UTF-8; else export LC_ALL=en_US.UTF-8; fi
}
