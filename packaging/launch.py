"""Where the packaged program starts; ``citegrid.__main__`` does the rest, in the children too."""

import multiprocessing
import os
import sys

from citegrid.__main__ import main

if __name__ == "__main__":
    # PyInstaller's starter names our folder here for itself; what we open (a browser, a file manager) shall load the system's libraries.
    theirs = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if theirs is not None:
        os.environ["LD_LIBRARY_PATH"] = theirs
    multiprocessing.freeze_support()
    # `models fetch` asks the Python that it runs in for pip, which is this program here; it then tells where else models come from.
    sys.exit("No module named pip" if sys.argv[1:3] == ["-m", "pip"] else main())
