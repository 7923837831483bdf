"""Exports of the networks: recognised by their headers, read into columns of Posts.

**A new platform** is one small module here and one section in ``intake/aliases.toml``:

1. ``aliases.toml``: ``[myapp_posts.views]`` with the header's names per language, for every column, with a comment on
   where they were seen and when.
2. ``networks/myapp.py``: a ``Platform`` with that section's id, the columns that make a table this kind (``needs``), what each
   column holds (``columns``), and where its files differ: order of day and month, ids within links, a ``finish``
   function for what only this platform does.  ``PLATFORMS = (POSTS,)`` at its end.
3. Its name in ``_MODULES`` of ``recognition``.
4. ``tests/intake/exports/``: an invented sample ``myapp_posts_en.csv`` in every language and with every quirk; its twin
   ``….expected.csv`` is made by ``python -m tests.intake.exports.remake`` and read before it is kept.

A table whose kind is known but is no list of posts is refused by name (``elsewhere``); any other table goes to the
generic mapper (``intake/profiles``); what that does not understand is refused with its headers.
"""
