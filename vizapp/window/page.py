"""A page of rich text that can be read, selected and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QTextBrowser


class Page(QTextBrowser):
    """It is set only when it says something new."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(0)
        self._html = ""

    def put(self, html: str) -> None:
        if html == self._html:
            return
        self._html = html
        bar = self.verticalScrollBar()
        where = bar.value()
        self.setHtml(html)
        bar.setValue(where)
