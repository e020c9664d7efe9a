"""All wishes and facts of the window, wired in one place: which signal calls what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from citegrid.gui.i18n import language, tr

if TYPE_CHECKING:
    from citegrid.gui.window import Window


def wire(window: Window) -> None:
    """Connect everything that the window has made."""
    _wire_facts(window)
    _wire_commands(window)
    _wire_start_page(window)
    _wire_columns(window)
    _wire_checking(window)
    _wire_paper(window)
    _wire_library(window)
    _wire_zotero(window)
    _wire_asking(window)
    _wire_failures(window)


def _wire_facts(window: Window) -> None:
    """What the project and its jobs tell."""
    workbench = window.workbench
    workbench.session.watch(window.show_change)
    workbench.session.watch_jobs(window.follow_job)


def _wire_commands(window: Window) -> None:
    """What the buttons, keys and menus wish."""
    act, workbench, files, filling = window.actions_, window.workbench, window.files, window.filling
    window.query.editingFinished.connect(filling.take_query)
    window.toolbar.task.task_changed.connect(window.take_task)
    files.leaving.connect(window.take_over)
    files.picture_opened.connect(lambda: window.dock_area.raise_pane(window.picture))
    act.connect("new", files.new)
    act.connect("open_project", files.ask_project)
    act.connect("open_paper", files.ask_paper)
    act.connect("add_paper", window.papers.ask_paper)
    act.connect("many_papers", window.batch.show)
    act.connect("details", window.papers.ask_details)
    act.connect("open_picture", files.ask_picture)
    act.connect("fill", filling.fill)
    act.connect("fill_again", lambda: filling.fill(again=True))
    act.connect("fill_anew", lambda: filling.fill(anew=True))
    act.connect("check", lambda: window.table.step(1))
    act.connect("pause", window.jobs.toggle_pause)
    act.connect("export", window.reports.ask_export)
    act.connect("read_back", window.reports.ask_back)
    act.connect("paste", window.columns.paste)
    act.connect("type_columns", window.columns.type_columns)
    act.connect("save_template", window.columns.ask_template)
    act.connect("printed", window.pdf.ask_printed)
    act.connect("undo", workbench.session.undo)
    act.connect("redo", workbench.session.redo)
    act.connect("language", lambda: window.speak("en" if language() == "zh" else "zh"))
    act.connect("sample", files.open_sample)
    act.connect("layout", window.dock_area.arrange)
    act.connect("checking", lambda: window.dock_area.set_checking(not window.dock_area.checking))
    act.connect("preferences", window.preferences.ask_preferences)
    act.connect("models", window.preferences.show_models)
    act.connect("glossary", window.glossary.show)
    act.connect("about", window.preferences.show_about)
    act.connect("guide", lambda: window.preferences.show_guide(act.keys()))
    act.connect("problem", window.problems.ask_report)
    act.connect("doubt", window.review.show_doubt)
    act.connect("copied", window.checking.accept_copied)
    window.checking.noted.connect(window.message.show_note)
    filling.noted.connect(window.message.show_note)
    act.connect("quit", window.close)


def _wire_start_page(window: Window) -> None:
    """What the start page wishes."""
    files = window.files
    window.start.paper_requested.connect(files.ask_paper)
    window.start.picture_requested.connect(files.ask_picture)
    window.query.installEventFilter(window.columns)
    window.start.names_requested.connect(window.columns.type_columns)
    window.start.sample_requested.connect(files.open_sample)
    window.start.project_requested.connect(lambda folder: files.open_project(Path(folder)))


def _wire_columns(window: Window) -> None:
    """The picture, its columns, and the references."""
    files, picture, columns = window.files, window.picture, window.columns
    picture.picture_requested.connect(files.ask_picture)
    picture.columns_requested.connect(columns.set_columns)
    picture.frame_requested.connect(columns.read_within)
    picture.paste_requested.connect(columns.paste)
    picture.names_requested.connect(columns.type_columns)
    picture.save_requested.connect(columns.ask_template)
    picture.template_requested.connect(columns.use_template)
    picture.templates_menu.aboutToShow.connect(lambda: picture.offer_templates(columns.templates()))
    columns.refused.connect(window.view.show_columns)
    columns.saved.connect(lambda name: window.message.show_note(tr("The template “{name}” is saved.", name=name)))
    window.references.reference_chosen.connect(window.citing.choose)
    window.references.row_requested.connect(window.filling.add_row)


def _wire_checking(window: Window) -> None:
    """Cells, sentences, and what is decided on them."""
    workbench, checking, filling = window.workbench, window.checking, window.filling
    window.table.cell_chosen.connect(checking.choose_cell)
    window.table.verdict_requested.connect(checking.judge)
    window.table.edit_requested.connect(checking.edit)
    window.table.hint_requested.connect(filling.ask_hint)
    window.table.again_requested.connect(lambda cells: filling.fill(only=cells))
    window.table.wide_requested.connect(checking.widen)
    window.table.keys_changed.connect(window.jobs.say_keys)
    window.table.all_checked.connect(window.tell_all_checked)
    window.table.pin_requested.connect(lambda works, on: window.attempt(lambda: workbench.table.pin_rows(works, on)))
    window.table.drop_requested.connect(lambda work: window.attempt(lambda: workbench.table.drop_row(work)))
    window.table.move_requested.connect(lambda work, to: window.attempt(lambda: workbench.table.move_row(work, to)))
    window.review.citation_chosen.connect(checking.choose_sentence)
    window.review.review_written.connect(lambda review: window.attempt(lambda: workbench.review.edit(review)))
    window.review.rewrite_requested.connect(filling.rewrite)
    window.review.beside.compare_requested.connect(lambda: filling.compare(window.review))
    window.review.beside.leave_requested.connect(lambda: workbench.review.take_new(()))
    window.evidence.evidence_chosen.connect(checking.choose_quote)
    window.evidence.verdict_requested.connect(checking.judge_shown)
    window.evidence.draft_requested.connect(checking.take_draft)
    window.evidence.confirm_requested.connect(checking.confirm)
    checking.edited.connect(window.glossary.corrected)
    window.evidence.wide_requested.connect(checking.widen)
    checking.context_changed.connect(window.evidence.set_context)
    checking.cell_changed.connect(window.evidence.show_cell)
    checking.sentence_changed.connect(window.evidence.show_sentence)
    checking.left.connect(window.leave_checking)
    window.evidence.attach_requested.connect(checking.attach)
    window.evidence.typed.connect(lambda event: QApplication.sendEvent(window.table.view, event))


def _wire_paper(window: Window) -> None:
    """The paper: its selection, its citations, and stepping through what is shown."""
    workbench, checking = window.workbench, window.checking
    window.pdf.selection_changed.connect(checking.select)
    window.pdf.selection_changed.connect(lambda spans: window.evidence.set_selection(bool(spans)))
    window.pdf.evidence_requested.connect(lambda _: checking.attach())
    window.pdf.answer_requested.connect(lambda spans: window.filling.ask_at(checking.cell_places, spans))
    window.pdf.place_clicked.connect(window.citing.click)
    window.pdf.dark.setChecked(window.settings.dark_pages)
    window.pdf.dark.toggled.connect(lambda on: setattr(window.settings, "dark_pages", on))
    window.citing.reference_shown.connect(window.show_reference)
    checking.focus_changed.connect(window.papers.bring)
    for steps in (window.citing, checking):
        steps.focus_changed.connect(window.pdf.show_focus)
        steps.focus_changed.connect(lambda _, steps=steps: setattr(window, "stepping", steps))
    window.pdf.step_requested.connect(window.step)
    checking.focus_lost.connect(window.pdf.clear_marks)
    checking.cell_shown.connect(window.show_cell)
    checking.sentence_shown.connect(window.show_sentence)
    window.pdf.printed_requested.connect(
        lambda page, text: window.attempt(lambda: workbench.shown_paper.set_printed_label(page, text))
    )


def _wire_library(window: Window) -> None:
    """The library."""
    act, files, checking, library = window.actions_, window.files, window.checking, window.library_work
    act.connect("open_library", files.ask_library_folder)
    window.library.folder_requested.connect(files.ask_library_folder)
    window.library.files_requested.connect(files.ask_library_files)
    window.library.update_requested.connect(library.update)
    window.library.remove_requested.connect(library.remove)
    window.library.search_requested.connect(library.search)
    window.library.open_requested.connect(library.open)
    files.library_chosen.connect(library.add)
    files.library_chosen.connect(lambda _: window.dock_area.raise_pane(window.library))
    library.noted.connect(window.message.show_note)
    window.library.verdict_requested.connect(window.checking.judge_shown)
    window.library.evidence_requested.connect(lambda: window.dock_area.raise_pane(window.evidence))
    library.opened.connect(lambda: window.library.set_judging(window.checking.on_cell))
    window.checking.left.connect(lambda: window.library.set_judging(False))
    library.opened.connect(lambda: window.dock_area.raise_pane(window.library))
    window.table.passage_requested.connect(checking.attach_passage)
    checking.passage_chosen.connect(library.show_passage)


def _wire_zotero(window: Window) -> None:
    """Zotero, and the cited works themselves."""
    act, zotero, files = window.actions_, window.zotero, window.files
    act.connect("zotero", zotero.show)
    window.library.zotero_requested.connect(zotero.show)
    window.references.folder_requested.connect(zotero.ask_folder)
    window.references.zotero_requested.connect(zotero.find_in_zotero)
    files.of_zotero.connect(zotero.drop)
    files.key_of_zotero.connect(zotero.drop_key)
    files.words_of_zotero.connect(zotero.drop_words)
    window.batch.zotero_requested.connect(zotero.show)
    zotero.rows_requested.connect(window.batch.look_at_collection)
    zotero.noted.connect(window.message.show_note)
    window.problems.data_requested.connect(zotero.ask_data)


def _wire_asking(window: Window) -> None:
    """Questions, and texts that are checked."""
    ask, asking = window.ask, window.asking
    window.actions_.connect("ask", window.show_ask)
    ask.question_asked.connect(asking.ask)
    ask.text_given.connect(asking.check)
    ask.file_requested.connect(asking.ask_file)
    ask.place_chosen.connect(asking.choose)
    ask.table_requested.connect(asking.put_into_table)
    ask.earlier_chosen.connect(asking.show_earlier)
    ask.forget_requested.connect(window.workbench.questions.forget_all)
    asking.cell = window.table.place
    asking.focus_changed.connect(window.papers.bring)
    asking.focus_changed.connect(window.pdf.show_focus)
    asking.focus_changed.connect(lambda _: setattr(window, "stepping", asking))
    asking.passage_chosen.connect(window.library_work.show_passage)
    asking.noted.connect(window.message.show_note)


def _wire_failures(window: Window) -> None:
    """Files and failures."""
    files = window.files
    sources = (window.picture, window.columns, window.checking, files, window.filling, window.library_work)
    for source in (
        *sources,
        window.papers,
        window.reports,
        window.glossary,
        window.zotero,
        window.asking,
        window.batch,
    ):
        source.failed.connect(window.fail)
    window.problems.find_requested.connect(files.find)
    files.read_only.connect(lambda folder: window.problems.tell_read_only(folder, files.save_copy))
    window.problems.models_requested.connect(window.preferences.show_models)
    window.preferences.preferred.connect(window.prefer)
    window.reports.exported.connect(window.tell_exported)
    window.reports.noted.connect(window.message.show_note)
    window.glossary.noted.connect(window.message.show_note)
    window.batch.noted.connect(window.message.show_note)
