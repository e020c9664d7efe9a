"""What goes into the bundle, and what of the packages that it is made from does not."""

from __future__ import annotations

import plistlib
import re
import tomllib
from importlib import metadata as installed
from pathlib import Path

#: A file as PyInstaller lists it: place in the bundle, where it comes from, its kind.
Entry = tuple[str, str, str]

#: Not reached by anything that we call; some are imported where they happen to be installed, and take long to load.
NOT_IMPORTED = [
    "pymupdf.layout",
    "pymupdf4llm",
    "networkx",
    "tkinter",
    "matplotlib",
    "IPython",
    "pytest",
    "setuptools",
    "pkg_resources",
    "pip",
    "numpy.f2py",
    "numpy.testing",
    "llama_cpp.server",
    "onnxruntime.transformers",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "unittest.mock",
    "pdb",
    "PIL.ImageQt",
    "PySide6.QtNetwork",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtOpenGL",
]

#: Installed to build with or because a part asks for it, and not in the bundle.  (pymupdf-layout may not be passed on freely.)
NO_PARTS = {
    "pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "pip", "setuptools", "cmake", "ninja", "wheel",
    "pymupdf-layout", "pymupdf4llm", "networkx", "citegrid",
}  # fmt: skip

#: Qt's plugins that stay; all others go, with the libraries that only they need.
QT_PLUGINS = (
    "platforms/libqxcb", "platforms/libqoffscreen", "platforms/libqwayland", "platforms/libqminimal",
    "platforms/qwindows", "platforms/libqcocoa", "platforms/qoffscreen", "styles/",
    "platforminputcontexts/libibus", "platforminputcontexts/libcompose", "platformthemes/libqxdgdesktopportal",
    "imageformats/libqsvg", "imageformats/libqjpeg", "imageformats/qsvg", "imageformats/qjpeg", "iconengines/",
    "wayland-shell-integration/", "wayland-decoration-client/",
)  # fmt: skip
#: Qt's libraries that stay.
QT_LIBRARIES = (
    "Core", "Gui", "Widgets", "Svg", "DBus", "XcbQpa", "WaylandClient", "WlShellIntegration", "OpenGL",
)  # fmt: skip
_QT_LIBRARY = re.compile(r"(?:lib)?Qt6?(\w+?)(?:\.so\.6.*|\.dll|\.framework.*|\.abi3\.so)$")
#: llama.cpp's variant for server processors with tile registers crashes in virtual machines (its issue 20824); the next best is chosen there.
#: onnxruntime's shared library is there for programs in C; its Python module holds it all once more.
_LEFT_OUT = (
    "libggml-cpu.so",
    "libggml-cpu-sapphirerapids",
    "libllama.so.0",
    "libmtmd",
    "mtmd.dll",
    "onnxruntime/capi/libonnxruntime.so",
)
#: Under which names libraries of the engine are loaded, among those that they have.
_LOADED = re.compile(r"cpu-\w+\.so$|(?:ggml|base)\.so\.0$|\.dylib$|\.dll$")
#: Where libraries of the system lie on Linux.
_SYSTEM = ("/lib/", "/usr/lib/", "/lib64/", "/usr/lib64/")
#: What pip notes for itself.
_OF_PIP = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
#: Things of packages that only their developers need.
_DEVELOPERS = re.compile(
    r"mupdf-devel|/include/|/tests?/|\.pyi$|\.pxd$|\.lib$|/cmake/|/pkgconfig/|PySide6/Qt/translations/(?!qtbase_(?:zh|en))"
)


def wanted(place: str) -> bool:
    """Whether the file at ``place`` in the bundle is of use to the program."""
    place = place.replace("\\", "/")
    if _DEVELOPERS.search(place) or any(name in place for name in _LEFT_OUT):
        return False
    if "/plugins/" in place and "PySide6" in place:
        return place.split("/plugins/", 1)[1].startswith(QT_PLUGINS)
    library = _QT_LIBRARY.search(place.rsplit("/", 1)[-1])
    return library is None or library.group(1) in QT_LIBRARIES


def engine(root: Path) -> list[tuple[str, str]]:
    """ggml and its arithmetic for each kind of processor, built by ``bundle.py``, in place of those of the wheel."""
    return [
        (str(path), "llama_cpp/lib")
        for path in sorted((root / "build" / "engine" / "lib").iterdir())
        if _LOADED.search(path.name)
    ]


def needed(binaries: list[Entry]) -> list[Entry]:
    """``binaries`` without those of the system that only something left out needed (GTK, by Qt's theme for it)."""
    from PyInstaller.depend.bindepend import get_imports

    of_system = {
        Path(place).name: (place, source, kind) for place, source, kind in binaries if source.startswith(_SYSTEM)
    }
    waiting = [entry for entry in binaries if not entry[1].startswith(_SYSTEM)]
    kept: list[Entry] = []
    while waiting:
        entry = waiting.pop()
        kept.append(entry)
        if entry[2] in ("BINARY", "EXTENSION"):
            names = {Path(name).name for name, _ in get_imports(entry[1])}
            waiting += [of_system.pop(name) for name in sorted(names & of_system.keys())]
    return kept


def own_files(root: Path) -> list[tuple[str, str]]:
    """``(file, folder in the bundle)`` of what the wheel takes along beside the code, as ``pyproject.toml`` has it, and the licence."""
    asked = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    inclusions = asked["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    found = []
    for source, place in inclusions.items():
        files = [root / source] if (root / source).is_file() else sorted((root / source).rglob("*"))
        for path in files:
            if path.is_file() and "screenshots" not in path.parts and "__pycache__" not in path.parts:
                inside = (
                    Path(place).parent
                    if path == root / source
                    else Path(place) / path.relative_to(root / source).parent
                )
                found.append((str(path), inside.as_posix()))
    return [*found, (str(root / "LICENSE"), "citegrid")]


def is_part(part: installed.Distribution) -> bool:
    """Whether an installed package goes into the bundle."""
    return str(part.metadata["Name"]).lower().replace("_", "-") not in NO_PARTS


def metadata() -> list[tuple[str, str]]:
    """The metadata of all installed parts: their versions and licences, for About, ``doctor`` and whoever wants to know."""
    files = [
        (part.locate_file(file), file)
        for part in filter(is_part, installed.distributions())
        for file in part.files or ()
    ]
    told = [
        (Path(str(source)), Path(str(file)))
        for source, file in files
        if ".dist-info/" in str(file) and file.name not in _OF_PIP
    ]
    return [(str(source), str(file.parent)) for source, file in told if source.is_file()]


def version(root: Path) -> str:
    """CiteGrid's version, from the one place that holds it."""
    text = (root / "desktop" / "citegrid" / "__init__.py").read_text(encoding="utf-8")
    return text.split('__version__ = "', 1)[1].split('"', 1)[0]


def info_plist(root: Path) -> dict[str, object]:
    """What macOS is told of the program."""
    with (root / "packaging" / "macos" / "Info.plist").open("rb") as file:
        return dict(plistlib.load(file), CFBundleShortVersionString=version(root))


def icon(root: Path) -> str | None:
    """The icon in the form of the system that this runs on, where ``icons.py`` has drawn it."""
    made = next((root / "build" / "icons").glob("citegrid.ic*"), None)
    return str(made) if made else None
