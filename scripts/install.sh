#!/bin/sh
# Makes .venv with the program, its tests and, on Debian, the system libraries that Qt needs.
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
QT_LIBRARIES="libegl1 libgl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0
 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0
 libxcb-xkb1 libx11-xcb1"

say() { printf '%s\n' "$*" >&2; }

# Installs Debian packages when we may, else fails after saying which command would.
debian_install() {
    if [ "$(id -u)" = 0 ]; then as_root=""
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root="sudo -n"
    else as_root=missing
    fi
    if [ "$as_root" = missing ] || ! command -v apt-get >/dev/null; then
        say "Please install what is missing, then try again:"
        say "    sudo apt-get install $(echo $*)"
        return 1
    fi
    $as_root apt-get update -qq || true
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >&2
}

# Debian ships venv without ensurepip unless python3-venv is there; pip from outside can fill it as well.
make_venv() {
    rm -rf .venv
    "$PYTHON" -m venv .venv 2>/dev/null && return
    say "python3-venv is missing: filling .venv with the system's pip"
    rm -rf .venv
    "$PYTHON" -m venv --without-pip .venv && "$PYTHON" -m pip --python .venv/bin/python install --quiet pip && return
    debian_install python3-venv && rm -rf .venv && "$PYTHON" -m venv .venv
}

qt_widgets_load() { .venv/bin/python -c 'import PySide6.QtWidgets' 2>/dev/null; }

# The plug-in that puts windows on an X11 screen has needs of its own.
qt_screen_loads() {
    [ "$(uname -s)" = Linux ] || return 0
    .venv/bin/python -c '
import ctypes, pathlib, PySide6.QtGui
ctypes.CDLL(str(pathlib.Path(PySide6.__file__).parent / "Qt/plugins/platforms/libqxcb.so"))' 2>/dev/null
}

"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "vizapp needs Python 3.11 or later (PYTHON=…)"; exit 1; }
.venv/bin/python -m pip --version >/dev/null 2>&1 || make_venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'

if ! qt_widgets_load || ! qt_screen_loads; then
    say "Qt lacks libraries of the system"
    debian_install $QT_LIBRARIES || qt_widgets_load
    qt_widgets_load || { .venv/bin/python -c 'import PySide6.QtWidgets'; exit 1; }
    qt_screen_loads || say "Tests and exports work; a window on an X11 screen needs those libraries."
fi

# Reads the captures that the tests write; they do without it.
command -v tshark >/dev/null || debian_install tshark || say "Tests that compare with tshark are skipped."
