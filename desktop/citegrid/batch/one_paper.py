"""The row of one paper, from its own words; and what a process of its own does for a few papers, one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from citegrid.batch.model_when_asked import Connect, LoadModel, ModelWhenAsked
from citegrid.batch.wishes import Begun, FoundPaper, PaperRow, Wishes
from citegrid.core.errors import Cancelled, CiteGridError, InputError, InternalError
from citegrid.core.glossary import Glossary, joined
from citegrid.core.messages import Message
from citegrid.core.paper import Paper
from citegrid.pipeline.cells.context import RunContext
from citegrid.pipeline.cells.selection.query import read_request
from citegrid.pipeline.run import fill_own_row, open_source, read_paper
from citegrid.pipeline.translation.learn_terms import learn_terms
from citegrid.ports import NEVER, Cancel, OpenDocument, PageOcr, Progress, SentenceEncoder


@dataclass(frozen=True, slots=True)
class Kit:
    """The engines that fill a row."""

    open_document: OpenDocument
    ocr: PageOcr
    load_model: LoadModel
    encoder: SentenceEncoder
    #: Reaches the model of a server; None where what fills a row may not use the network.
    connect: Connect | None = None


#: Makes a Kit in the process that uses it; it stands in a module.
MakeKit = Callable[[], Kit]


def rows_in_parts(
    papers: Sequence[FoundPaper], wishes: Wishes, make_kit: MakeKit, *, progress: Progress, cancel: Cancel
) -> Iterator[Begun | PaperRow]:
    """In the child: of each paper that it is begun, then its row; raises ModelError where the model cannot be loaded."""
    kit = make_kit()
    model = ModelWhenAsked(wishes.model, wishes.model_sha256, kit.load_model)
    try:
        for paper in papers:
            yield Begun(paper.sha256)
            yield row_of(paper, wishes, kit, model, cancel)
    finally:
        model.close()
        kit.ocr.close()


def row_of(found: FoundPaper, wishes: Wishes, kit: Kit, model: ModelWhenAsked, cancel: Cancel = NEVER) -> PaperRow:
    """The finished paper; whatever is wrong with it alone becomes its reason."""
    began, before = time.perf_counter(), _tokens(model)
    try:
        made = _made(found, wishes, kit, model, cancel)
    except Cancelled:
        raise
    except CiteGridError as fault:
        if fault is model.broken:  # it is not this paper's fault, and would be every paper's
            raise
        made = PaperRow(found.sha256, reason=fault.whole, again=not isinstance(fault, InputError))
    except Exception as fault:  # a fault of our own with this paper: the others are to go on
        made = PaperRow(found.sha256, reason=InternalError.of(fault).whole, again=True)
    spent = tuple(now - then for now, then in zip(_tokens(model), before, strict=True))
    return replace(made, seconds=time.perf_counter() - began, tokens=(spent[0], spent[1], spent[2]))


def _made(found: FoundPaper, wishes: Wishes, kit: Kit, model: ModelWhenAsked, cancel: Cancel) -> PaperRow:
    paper = _read(found, kit, cancel)
    request = read_request(wishes.query, language=wishes.language)
    context = RunContext((paper,), request, model, cancel=cancel, encoder=kit.encoder, glossary=_terms(wishes, paper))
    row = fill_own_row(context, wishes.columns, strict=wishes.strict)
    return PaperRow(found.sha256, row, paper.document.title, paper.document.doi)


def _read(found: FoundPaper, kit: Kit, cancel: Cancel) -> Paper:
    source = open_source(found.path, kit.open_document)
    try:
        if source.sha256 != found.sha256:
            raise InputError(
                Message("{name} was changed while the batch was running.", name=found.name), "Run the batch again."
            )
        paper = read_paper(source, kit.ocr, cancel=cancel)
    finally:
        source.close()
    if found.details is not None:
        paper = replace(paper, document=paper.document.with_details(found.details))
    if not any(page.words for page in paper.document.pages):
        raise InputError(Message("{name} holds no text that can be read.", name=found.name), "Scan it again, sharper.")
    return paper


def _terms(wishes: Wishes, paper: Paper) -> Glossary:
    """How terms are to be said: the batch's, then what the paper says in both languages itself."""
    return joined([wishes.glossary, learn_terms([page.text for page in paper.document.pages], paper.document.name)])


def _tokens(model: ModelWhenAsked) -> tuple[int, int, int]:
    used = model.usage
    return used.prompt_tokens, used.cached_tokens, used.generated_tokens
