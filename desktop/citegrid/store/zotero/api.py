"""Zotero's local API (Zotero 7 and later): HTTP over the loopback, asked only when a person wishes it.

The connection goes to 127.0.0.1 and nowhere else: no proxy of the environment is asked, no redirect is followed, no address that
an answer names is opened but that of a file on this computer.  Only GET is ever sent.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from citegrid.concurrency.cut_off import cut_off
from citegrid.core.errors import ManagerClosed
from citegrid.core.holdings import Holdings, ItemCollection, LibraryItem
from citegrid.core.messages import Message
from citegrid.ports import NEVER, SILENT, Cancel, Progress
from citegrid.store.zotero.fields import NOT_WORKS, PDF, Attachment, name_of, with_files, work_of

HOST = "127.0.0.1"
#: Seconds to wait for an answer; items of one answer; bytes of the largest; items of the largest library.
PATIENCE, PAGE, MOST_BYTES, MOST_ITEMS = 20.0, 250, 64 << 20, 200_000
_LOCAL_HOSTS = ("", "localhost")
ASKING = Message("Asking Zotero")


class ZoteroApi:
    """A ``ports.ReferenceManager`` over the local API at ``port``."""

    def __init__(self, port: int, patience: float = PATIENCE) -> None:
        self._port, self._patience = port, patience

    def holdings(self, progress: Progress = SILENT, cancel: Cancel = NEVER) -> Holdings:
        """All works and PDFs of the person's library and of the groups; raises ManagerClosed where Zotero cannot be asked, or
        what answers is not Zotero."""
        try:
            return self._holdings(progress, cancel)
        except (
            AttributeError,
            KeyError,
            TypeError,
            ValueError,
            RecursionError,
        ) as fault:  # it is no answer of Zotero's
            raise self._strange() from fault

    def _holdings(self, progress: Progress, cancel: Cancel) -> Holdings:
        collections: list[ItemCollection] = []
        items: list[LibraryItem] = []
        for library, name in (("users/0", ""), *self._groups(cancel)):
            found = [_collection(one, library, name) for one in self._all(f"{library}/collections", cancel)]
            collections += sorted(found, key=lambda one: one.name.casefold())
            collections += [ItemCollection(library, name)] if name else []
            items += self._items(library, bool(name), progress, cancel)
        return Holdings(tuple(items), tuple(collections))

    def _groups(self, cancel: Cancel) -> list[tuple[str, str]]:
        """The groups the person is in: where they are asked, and their names."""
        found = [(int(one["id"]), _text(one["data"], "name")) for one in self._all("users/0/groups", cancel)]
        return [(f"groups/{number}", name or str(number)) for number, name in found]

    def _items(self, library: str, grouped: bool, progress: Progress, cancel: Cancel) -> tuple[LibraryItem, ...]:
        works: list[LibraryItem] = []
        files: list[Attachment] = []
        top = (library,) if grouped else ()
        for one in self._all(f"{library}/items", cancel, "itemType=-note&itemType=-annotation&", progress):
            data = one.get("data") or {}
            if data.get("itemType") == "attachment":
                files += self._files(library, one, data, top, cancel)
            elif data.get("itemType") not in NOT_WORKS:
                works.append(_work(one, data, top))
        return with_files(works, files)

    def _files(
        self, library: str, one: dict[str, Any], data: dict[str, Any], top: tuple[str, ...], cancel: Cancel
    ) -> Iterator[Attachment]:
        """The PDF of an attachment, if it is one that lies on this computer."""
        if data.get("contentType") != PDF or data.get("linkMode") == "linked_url":
            return
        key = _text(data, "key")
        named = _text((one.get("links") or {}).get("enclosure") or {}, "href")
        path = local_path(
            named or self._got(f"{library}/items/{key}/file/view/url", cancel, may_lack=True).decode("utf-8", "replace")
        )
        if path:
            collections = (*map(str, data.get("collections") or ()), *top)
            yield Attachment(key, _text(data, "parentItem"), path, _text(data, "title"), collections)

    def _all(self, what: str, cancel: Cancel, asked: str = "", progress: Progress = SILENT) -> Iterator[dict[str, Any]]:
        """All entries of a list, page by page."""
        known, before = 0, None
        while known < MOST_ITEMS:
            cancel.check()
            page = json.loads(self._got(f"{what}?{asked}format=json&start={known}&limit={PAGE}", cancel))
            if not isinstance(page, list) or page == before:  # who sends the same for ever is not Zotero
                raise self._strange()
            yield from page
            known, before = known + len(page), page
            progress.report(ASKING, known, 0)
            if len(page) != PAGE:  # the last one, or all at once
                return

    def _got(self, what: str, cancel: Cancel, *, may_lack: bool = False) -> bytes:
        """The body of the answer to a GET, empty for what it ``may_lack`` and does; raises ManagerClosed."""
        with closing(http.client.HTTPConnection(HOST, self._port, timeout=self._patience)) as connection:
            try:
                connection.connect()
                with cut_off([connection.sock], cancel):
                    connection.request(
                        "GET", f"/api/{what}", headers={"Zotero-API-Version": "3", "Connection": "close"}
                    )
                    with connection.getresponse() as answer:
                        body = answer.read(MOST_BYTES + 1)
            except TimeoutError as fault:
                cancel.check()
                sentence = Message("Zotero did not answer within {count} seconds.", count=int(self._patience))
                raise ManagerClosed(sentence, "Wait until it has nothing else to do, and try again.") from fault
            except (OSError, http.client.HTTPException) as fault:
                cancel.check()  # it was cut off
                raise ManagerClosed("Zotero does not run on this computer.", "Start Zotero, and try again.") from fault
        if answer.status in (401, 403):
            raise ManagerClosed(
                "Zotero runs, but does not let other programs read its library.",
                "In Zotero, open Settings, Advanced, and tick “Allow other applications on this computer to communicate with Zotero”.",
            )
        if answer.status != 200 and may_lack:
            return b""
        if answer.status == 404:
            raise ManagerClosed("Zotero runs, but it is older than Zotero 7.", "Update Zotero, and try again.")
        if answer.status != 200 or len(body) > MOST_BYTES:
            raise self._strange()
        return body

    def _strange(self) -> ManagerClosed:
        sentence = Message("What answers at {host}:{port} does not answer as Zotero does.", host=HOST, port=self._port)
        return ManagerClosed(sentence, "Close the other program that uses this port, or restart Zotero.")


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""


def _work(one: dict[str, Any], data: dict[str, Any], top: tuple[str, ...]) -> LibraryItem:
    fields = {name: value for name, value in data.items() if isinstance(value, str)}
    creators = [(_text(c, "creatorType"), _creator(c)) for c in data.get("creators") or () if isinstance(c, dict)]
    collections = (*map(str, data.get("collections") or ()), *top)
    return work_of(_text(data, "key"), fields, creators, collections, _text(one.get("meta") or {}, "parsedDate"))


def _creator(creator: dict[str, Any]) -> str:
    return _text(creator, "name") or name_of(_text(creator, "lastName"), _text(creator, "firstName"))


def _collection(one: dict[str, Any], library: str, group: str) -> ItemCollection:
    data = one.get("data") or {}
    parent = _text(data, "parentCollection") or (library if group else "")
    return ItemCollection(_text(data, "key"), _text(data, "name"), parent)


def local_path(address: str) -> str:
    """The place of a file on this computer that a ``file:`` address names; empty for any other address."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return url2pathname(parts.path) if parts.scheme == "file" and parts.netloc in _LOCAL_HOSTS else ""
