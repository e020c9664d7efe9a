"""Where the packaged program starts; ``citegrid.__main__`` does the rest, in the children too."""

import multiprocessing
import sys

from citegrid.__main__ import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    # `models fetch` asks the Python that it runs in for pip, which is this program here; it then tells where else models come from.
    sys.exit("No module named pip" if sys.argv[1:3] == ["-m", "pip"] else main())
