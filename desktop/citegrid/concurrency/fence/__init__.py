"""The fence around a process that reads hostile files: what it may use is said once, and cannot be widened again.

A ``Cage`` says what a process needs: files to read, one folder to write, memory, processor time.  ``enter`` puts the fence up, in
the process itself and before anything is loaded, and returns what is in force: ``limits`` (memory, time, files), ``privileges``
(none to gain, ended with the parent), ``landlock`` (files), ``seccomp`` (no network, no programs) on Linux; ``macos`` and ``windows``
do what those systems offer.  A measure that the system lacks is left out, and ``trial``, which
``citegrid doctor`` shows, says so.
"""
