"""What if? in the window: the run beside itself with one act changed, and back to where one was."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from vizapp.window.opening import Opening

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from vizapp.scene.model import Act, Text
    from vizapp.window.session import Session
    from vizapp.window.show import Show


class Aside(NamedTuple):
    """The run that waits while one looks at how it would have gone otherwise."""

    session: Session
    screen: QWidget


class Supposing(Opening):
    """aside: what waits; None while nothing is supposed."""

    aside: Aside | None = None

    # asking

    def what_if(self) -> None:
        """Ask what if, of what was done up to now; asked again, go back to the run as it happened."""
        if self.aside is not None:
            self.go_back()
        else:
            self.ponder()

    def ponder(self, about: Act | None = None) -> None:
        """What may be asked, of one act where it is named; the only thing that may is asked at once."""
        if self._may_ask():
            self._offer(about)

    def _may_ask(self) -> bool:
        """Nothing may be told that is to be found out, or that a question asks."""
        session = self.session
        key = "notice.whatif-of-sides" if session.run.scene.sides else ""
        if session.hunting:
            key = "notice.whatif-task"
        elif session.asking is not None and not session.revealed:
            key = "notice.question-first"
        if key:
            self.notice.say(self.words(key))
        return not key

    def _offer(self, about: Act | None) -> None:
        from vizapp.compare.whatif import Told
        from vizapp.window.palette import Palette
        from vizapp.window.whatif import suppositions

        found = suppositions(self.session, self.words, about)
        if len(found) == 1:
            self.suppose(found[0].act, found[0].say)
        elif found:
            listed = [each.found(partial(self.suppose, each.act, each.say)) for each in found]
            title = self.words("whatif.title")
            if about is not None:
                told = Told(self.session.run.scene, self.session.run.kinds, self.words)
                title = self.words("whatif.title-of", act=told.dated(about))
            Palette(listed, self.words, self.theme, self.show_screen or self, title=title).show()
        else:
            self.notice.say(self.words("notice.whatif-nothing"))

    # beside itself

    def suppose(self, other: Act, say: Text | None = None) -> None:
        """Open the run beside itself with `other` done, at the moment that is looked at."""
        from vizapp.compare.whatif import otherwise
        from vizapp.window.seats import SideBySide

        before = self.session
        before.pause()
        before.drop_aim()
        aside, shown = Aside(before, self.screen_), self._taken_show()
        self._begin(otherwise(before.one, other, say))
        self.aside = aside
        assert isinstance(self.session, SideBySide)
        self.session.arrive(before)
        self._name_place()
        self._show_again(shown)

    def go_back(self) -> None:
        """To the run as it happened, where one left it."""
        aside, self.aside = self.aside, None
        if aside is None:
            return
        shown = self._taken_show()
        super()._put_away()
        self.session, self.screen_ = aside.session, aside.screen
        self.session.look_again()
        self.stack.setCurrentWidget(self.screen_)
        self.screen_.set_words(self.words)
        self.screen_.set_theme(self.theme)
        self._name_place()
        self.screen_.setFocus()
        self._show_again(shown)

    # in the show

    def present(self, here: bool = False) -> None:
        """Show to the room what is played."""
        raise NotImplementedError

    def _taken_show(self) -> Show | None:
        """The show that is on, which goes on with what is played next."""
        shown, self.show_screen = self.show_screen, None
        return shown

    def _show_again(self, before: Show | None) -> None:
        if before is not None:
            self.present(here=True)
            before.left.disconnect()
            before.close()
            before.deleteLater()

    # keeping

    def keep_otherwise(self) -> None:
        """Take what was supposed, and what was done since on its side, as the run; it can be undone."""
        from vizapp.compare.whatif import Otherwise

        whole = self.session.run
        assert isinstance(whole, Otherwise)
        acts = [whole.other, *(own for done in whole.history.now if (own := done.own[-1]) is not None)]
        t = self.session.t
        self.go_back()
        for act in acts:
            self.session.take(act)
        self.session.seek_true(t)

    def _begin(self, played: Any) -> None:
        super()._begin(played)
        self.session.pondered.connect(self.ponder)
        self.session.supposed.connect(self.suppose)
        bar = getattr(self.screen_, "supposed", None)
        if bar is not None:
            bar.left.connect(self.go_back)
            bar.kept.connect(self.keep_otherwise)

    def _put_away(self) -> None:
        """What waits goes with what is shown."""
        if self.show_screen is not None:
            self.show_screen.close()
        self.go_back()
        super()._put_away()

    def written_session(self) -> str | None:
        """Of the run as it happened."""
        if self.aside is None:
            return super().written_session()
        from vizapp.window.written import written

        return written(self.aside.session.run, self.path)
