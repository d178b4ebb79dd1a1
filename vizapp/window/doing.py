"""What the commands of the table do to the window: one short method each, where a command needs more than a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vizapp.window import keys
from vizapp.window.differing import Differing
from vizapp.window.picked import name_of, picked
from vizapp.window.settings import SYSTEM, THEMES
from vizapp.words import languages

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QDialog, QMenu, QWidget

    from vizapp.compare import Played
    from vizapp.window.session import Session

EDGE = 1e-6  # show seconds within which two moments are one


class Doing(Differing):
    """It holds nothing of its own."""

    def _begin(self, played: Played) -> None:
        super()._begin(played)
        wanted = getattr(self.screen_, "capture_wanted", None)
        if wanted is not None:
            wanted.connect(self.export)

    @property
    def scope(self) -> str:
        """Where a command is asked for: at home, in a scene or in the show."""
        if self.show_screen is not None:
            return keys.SHOW
        return keys.SCENE if self.in_scene else keys.HOME

    @property
    def front(self) -> QWidget:
        """The window that dialogs belong to."""
        return self.show_screen or self

    def run(self, command: keys.Command, key: str = "") -> None:
        """Do what a command does, where it means something."""
        if self.scope in command.scope:
            self.messages.hush()
            command.run(self, key)

    # playing

    def beat(self) -> None:
        """Play or pause; in the show one beat: pause, or on to the next step. An answer gives way to its board."""
        if self._gives_way():
            return
        if self.show_screen is None or self.session.playing:
            self.session.toggle()
        else:
            self.onward()

    def forward(self) -> None:
        if self.session.inquiry.step(1):
            return
        if self.show_screen is None:
            self.session.next_event()
        else:
            self.onward()

    def back(self) -> None:
        if self.session.inquiry.step(-1):
            return
        if self.show_screen is None:
            self.session.previous_event()
        else:
            self.session.previous_step()

    def onward(self) -> None:
        """The next step. An answer that has been read gives way first, in a show to the caption; after the last step
        a show is at its end."""
        if self._gives_way():
            return
        session, shown = self.session, self.show_screen
        read = session.asking is not None and session.revealed and not session.playing
        if read:
            session.close_question()
        if shown is not None and read:
            return
        if shown is not None and session.at_last_step and not session.playing:
            shown.say_end()
        else:
            session.next_step()

    def _gives_way(self) -> bool:
        """The answer to what the difference is gives way to the board; whether it was there."""
        shown = self.session.contrasting
        if shown:
            self.session.show_contrast(False)
        return shown

    def to_the_end(self) -> None:
        """To the furthest moment seen; from there to the end."""
        session = self.session
        known = session.furthest if session.show < session.furthest - EDGE else session.length
        session.pause()
        session.seek(known)

    def go_to(self) -> None:
        from vizapp.window.goto import GoTo

        GoTo(self.session, self.words, self.front).exec()

    # following a packet

    def follow_packet(self) -> None:
        """Let the camera stay with the picked packet, or with the one that is on its way; asked again, with none."""
        from vizapp.window.following import meant

        session = self.session.near
        packet = meant(session) if session.followed is None else None
        if packet is None and session.followed is None:
            self.notice.say(self.words("notice.no-packet"), bad=True)
            return
        session.follow(packet)
        if packet is not None:
            session.select(name_of(packet))

    def stop(self, by: int) -> None:
        """To the stop before or after of the picked packet's journey."""
        from vizapp.window.following import stop_beside

        page = None if self.show_screen is not None else getattr(self.screen_, "inspector", None)
        if page is not None and page.packet_page.tells(picked(self.session.selected)):
            page.packet_page.step(by)
            return
        session = self.session.near
        stop = stop_beside(session, by)
        if stop is not None:
            session.pause()
            session.seek_true(stop.moment)

    # asking and acting

    def digit(self, digit: str) -> None:
        """An option of the open question, or in the show a digit of the step to jump to."""
        session = self.session
        contrasted = session.contrasting and self.swap_partner(int(digit))
        if contrasted or session.puzzles.digit(int(digit)):
            return
        if session.asking is not None and not session.revealed:
            options = session.run.scene.questions[session.asking].options
            if 1 <= int(digit) <= len(options):
                session.choose(int(digit) - 1)
        elif self.show_screen is not None:
            self.show_screen.digit(digit)

    def enter(self) -> None:
        """Go to the step whose number was typed; without one, the next beat."""
        if self.show_screen is not None and not self.show_screen.enter():
            self.onward()

    def lift_fog(self) -> None:
        self.session.lift_fog(not self.session.clear)

    def break_or_repair(self) -> None:
        """Break what is picked, or repair it when it is broken."""
        from vizapp.window.deeds import deeds

        known = [each for each in deeds(self.session, self.words, self.session.selected) if each.tone]
        if known:
            self.session.do(known[0].act)
        else:
            self.notice.say(self.words("notice.nothing-picked"), bad=True)

    def faults(self) -> None:
        """The palette of what can befall what is picked, or anything else."""
        self._fault(self.session, self.session.selected or "", None)

    def _fault(self, session: Session, target: str, at: int | None) -> None:
        from vizapp.window.fault_palette import FaultPalette

        made = FaultPalette(session, self.words, self.theme, self.front, target, at)
        made.place(self._place_of(target))
        made.show()
        made.activateWindow()

    def _place_of(self, target: str) -> QRect:
        """Where a thing is on the screen; else a place in the middle of the window, near its top."""
        from PySide6.QtCore import QPoint, QRect, QSize

        stage = getattr(self.show_screen or self.screen_, "stage", None)
        area = stage.area_of(target) if stage is not None and hasattr(stage, "lens") else None
        if stage is None or area is None:
            at = QPoint(self.front.width() // 2 - 230, self.front.height() // 5)
            return QRect(self.front.mapToGlobal(at), QSize(0, 0))
        box = stage.lens.on_widget(area).toRect()
        return QRect(stage.mapToGlobal(box.topLeft()), box.size())

    def explain(self) -> None:
        """Say why the last thing that was tried failed, be it in the script; the board of a comparison tells it."""
        if self.session.run.scene.sides:
            self.notice.say(self.words("compare.told"))
        elif not self.session.reason.ask():
            self.notice.say(self.words("notice.nothing-failed"))

    def why(self) -> None:
        """Ask why something happened: what the journal's line tells where one is there, else what is meant on the
        stage; asked again, no more."""
        session = self.session
        journal = getattr(self.screen_, "journal", None) if self.show_screen is None else None
        line = journal.line_with_focus if journal is not None else None
        if session.run.scene.sides and self.show_screen is not None:
            self.notice.say(self.words("compare.told"))
        elif session.asking is not None and not session.revealed:
            self.notice.say(self.words("notice.question-first"))
        elif not (session.inquiry.ask(line) if line is not None else session.inquiry.ask_here()):
            self.notice.say(self.words("notice.nothing-happened"))

    def cite(self) -> None:
        """Say where what is on the screen comes from; asked again, no more. With the keys on a setting, of that one."""
        citing = self.session.citing
        setting = getattr(self.screen_, "setting_with_focus", None) if self.show_screen is None else None
        if not citing.close() and not citing.open(setting):
            self.notice.say(self.words("notice.question-first"))

    def toggle_source_line(self) -> None:
        """Keep a line of sources below the stage, or none; remembered."""
        self.settings.set("source_line", not self.settings.now.source_line)

    def offer(self) -> None:
        """The menu of what can be done with what is picked."""
        stage = getattr(self.show_screen or self.screen_, "stage", None)
        if stage is None or self.session.selected is None:
            self.notice.say(self.words("notice.nothing-picked"), bad=True)
        else:
            stage.offer()

    def toggle_table(self) -> None:
        shown = self.show_screen or self.screen_
        toggle = getattr(shown, "toggle_table", None)
        if toggle is not None:
            toggle()

    def compare_more(self) -> None:
        """At home pick scenes to be put side by side; in a scene choose what it is compared with."""
        if not self.in_scene:
            self.home.picking.start()
        elif self.session.run.scene.sides:
            self.notice.say(self.words("compare.already"))
        else:
            from vizapp.window.comparing import CompareDialog

            scene, headers = self.session.run.scene, self.library.headers
            self.dialog(CompareDialog(scene, headers, self.compare, self.words, self.front))

    # the window

    def open_file(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        wanted = self.words("dialog.scenes")
        name, _ = QFileDialog.getOpenFileName(self.front, self.words("command.open"), "", f"{wanted} (*.yaml *.yml)")
        if name:
            self.open(name)

    def settle(self) -> None:
        from vizapp.window.preferences import SettingsDialog

        self.dialog(SettingsDialog(self.settings, self.words, self.front))

    def keys(self) -> None:
        from vizapp.window.sheet import KeySheet

        self.dialog(KeySheet(self.words, self.scope, self.front))

    def find_anything(self) -> None:
        from vizapp.window.finding import findings
        from vizapp.window.palette import Palette

        Palette(findings(self), self.words, self.theme, self.front).show()

    def export(self, place: str | None = None) -> None:
        """Ask what is to be written; with a device or a port, what passes there."""
        from vizapp.window.exporting import ExportDialog

        session = self.session if place is None else getattr(self.screen_, "captured", self.session)
        made = ExportDialog(session, self.words, self.theme, self.notice.say, self.front, place=place)
        self.dialog(made)

    def dialog(self, made: QDialog) -> None:
        """Show a dialog that does not stop the rest; it follows the language while it is open."""
        self.dialogs = [each for each in self.dialogs if each.isVisible()] + [made]
        made.show()

    def full_screen(self) -> None:
        if self.show_screen is not None:
            self.show_screen.toggle_full()
            return
        full = not self.isFullScreen()
        self.topbar.setVisible(not full)
        hide = getattr(self.screen_, "hide_panels", None)
        if hide is not None:
            hide(full)
        if full:
            self.showFullScreen()
        else:
            self.showNormal()

    def fit(self) -> None:
        fit = getattr(self.screen_, "fit", None)
        if fit is not None:
            fit()

    # layers

    def peel(self, back: bool = False) -> None:
        """Fold the top layer, or unfold the last that was folded."""
        folds = self.session.folds
        if not (folds.put_back() if back else folds.peel()):
            self.notice.say(self.words("notice.nothing-folded" if back else "notice.nothing-to-fold"))

    def fold(self, others: bool = False) -> None:
        """Fold or unfold what is picked or what the step is about, or all but that."""
        from vizapp.window.told import subject

        folds = self.session.folds
        name = next((each for each in (self.session.selected, subject(self.session)) if folds.can(each)), None)
        if name is None:
            self.notice.say(self.words("notice.nothing-to-fold"), bad=True)
        elif others:
            folds.all_but(name)
        else:
            folds.toggle(name)

    def zoom(self) -> None:
        """Enter what is picked or what the step is about; asked again, go back to what lies around."""
        from vizapp.window.told import subject

        folds, things = self.session.folds, self.session.run.scene.things
        name = next((each for each in (self.session.selected, subject(self.session)) if each in things), None)
        if name is not None and name not in folds.inside:
            folds.enter(name)
        elif not folds.leave():
            self.notice.say(self.words("notice.nothing-picked"), bad=True)

    def next_theme(self) -> None:
        names = [each for each in THEMES if each != SYSTEM]
        self.settings.set("theme", names[(names.index(self.theme.name) + 1) % len(names)])

    def next_language(self) -> None:
        tongues = languages()
        self.settings.set("language", tongues[(tongues.index(self.words.lang) + 1) % len(tongues)])

    # the menu, made when it is asked for

    def menu(self) -> QMenu:
        """Every command by group, with its keys, and the files opened last."""
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self.front)
        for group in keys.GROUPS:
            offered = [each for each in keys.offered(self.scope) if each.group == group]
            if not offered:
                continue
            part = menu.addMenu(self.words(f"group.{group}"))
            for each in offered:
                action = part.addAction(f"{self.words(each.words)}\t{keys.labels(each, self.words)}")
                action.triggered.connect(lambda _=False, each=each: self.run(each))
            if group == "file":
                self._recent(part)
        return menu

    def _recent(self, part: QMenu) -> None:
        if not self.settings.now.recent:
            return
        recent = part.addMenu(self.words("dialog.recent"))
        for path in self.settings.now.recent:
            recent.addAction(path).triggered.connect(lambda _=False, path=path: self.open(path))
