"""Texts that a spreadsheet, a link, a markup or a format string might take for something to be run."""

from __future__ import annotations

PAYLOADS = (
    "=1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"https://example.com\",\"x\")", "=WEBSERVICE(\"https://example.com\")",
    "=IMPORTXML(\"a\",\"b\")", "=DDE(\"a\";\"b\";\"c\")", "+1+1", "+cmd|' /C calc'!A0", "-1+1", "-5",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)", "@handle", "@", "=", "+", "-", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "＝1+1", "'=1+1",
    "=1+1\";=2", "\\\\server\\share\\x.xlsx", "file:///etc/passwd", "https://example.com/?q=1", "<b>bold</b>",
    "</t></is></c><c r=\"A1\"><f>1+1</f></c>", "]]>", "&lt;f&gt;", "{=1+1}", "_x003D_1+1", "=A1", "#REF!", "%0A=1",
    "{0}", "{name}", "{text.__class__}", "%s", "\x7f=1", "\u202e=1+1", "= 1", "=\u200b1",
)
