"""What a post's link says: its network, its id, its account; and when two links lead to the same post."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

from xlkpi.core.names import normalise


@dataclass(frozen=True, slots=True)
class Network:
    name: str
    hosts: tuple[str, ...]
    words: tuple[str, ...] = ()  # what people call it
    id: str = ""  # pattern of the post's id within a link
    handle: str = ""  # pattern of the account within it
    code: str = ""  # pattern of what names the post in a link, where that is not its id


# Forms of the links: as the networks write them in their own exports, seen 2026-11.
NETWORKS: tuple[Network, ...] = (
    Network(
        "Instagram",
        ("instagram.com",),
        ("ig", "insta"),
        handle=r"instagram\.com/([^/?#]+)/(?:p|reels?|tv)/",
        code=r"instagram\.com/(?:[^/?#]+/)?(?:p|reels?|tv)/([A-Za-z0-9_-]{5,40})",
    ),
    Network(
        "TikTok",
        ("tiktok.com",),
        ("tik tok", "tt"),
        r"/(?:video|photo)/(\d{15,20})",
        r"tiktok\.com/@([^/?#]+)",
    ),
    Network(
        "YouTube",
        ("youtube.com", "youtu.be"),
        ("yt", "you tube"),
        r"(?:[?&]v=|youtu\.be/|/shorts/|/live/|/embed/)([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])",
    ),
    Network("Facebook", ("facebook.com", "fb.watch"), ("fb",)),
    Network(
        "X",
        ("x.com", "twitter.com"),
        ("twitter", "x twitter"),
        r"/status(?:es)?/(\d{5,20})",
        r"(?:twitter|x)\.com/(?!i/)(\w+)/status",
    ),
    Network(
        "LinkedIn",
        ("linkedin.com", "lnkd.in"),
        ("linked in",),
        r"(?:activity|share|ugcPost)[:-](\d{15,20})",
    ),
    Network("Snapchat", ("snapchat.com",), ("snap",)),
    Network("Pinterest", ("pinterest.com", "pin.it")),
    Network("Twitch", ("twitch.tv",)),
    Network("Threads", ("threads.net", "threads.com")),
    Network("Blog", (), ("site", "website")),
)
BY_NAME = {network.name: network for network in NETWORKS}
_BY_WORD = {normalise(word): n.name for n in NETWORKS for word in (n.name, *n.words)}


def network_named(said: str) -> str | None:
    """The network that people mean by a word.

    >>> network_named("IG"), network_named("Twitter"), network_named("Minitel")
    ('Instagram', 'X', None)
    """
    return _BY_WORD.get(normalise(said))


def network_of(url: str) -> str | None:
    """The network that a link leads to.

    >>> network_of("https://www.tiktok.com/@mia/video/7350000000000000001")
    'TikTok'
    """
    host = _host(url)
    return next(
        (n.name for n in NETWORKS for h in n.hosts if host == h or host.endswith("." + h)), None
    )


def id_within(network: str | None, url: str) -> str | None:
    """The post's id, where the network writes it into its links."""
    return _within(BY_NAME[network].id, url) if network in BY_NAME else None


def handle_within(network: str | None, url: str) -> str | None:
    """The account, where the network writes it into its links."""
    return _within(BY_NAME[network].handle, url) if network in BY_NAME else None


def leads_to_post(url: str) -> bool:
    """Whether a link names a post of a network, rather than a profile, a shop or a page of one's own.

    >>> leads_to_post("https://www.instagram.com/reel/AbCdE/"), leads_to_post("https://www.instagram.com/mia/")
    (True, False)
    """
    network = network_of(url)
    if network is None:
        return False
    known = BY_NAME[network]
    if known.code or known.id:
        return bool(_within(known.code or known.id, url))
    return bool(
        re.search(
            r"/(?:posts|videos|reels?|stories|p|pin|spotlight|photo)/|[?&](?:v|story_fbid|fbid)=",
            url,
        )
    )


def _within(pattern: str, url: str) -> str | None:
    found = re.search(pattern, url) if pattern else None
    return found[1] if found else None


@lru_cache(maxsize=1 << 16)
def canonical(url: str) -> str:
    """One spelling for the links to one post: no protocol, no "www.", no campaign parameters, no slash at the end;
    where the link names the post, its network and that name.

    >>> canonical("https://www.instagram.com/reel/AbC/?igsh=1") == canonical("instagram.com/reel/AbC")
    True
    """
    network = network_of(url)
    if network and (name := _within(BY_NAME[network].code or BY_NAME[network].id, url)):
        return f"{BY_NAME[network].hosts[0]}/{name}"
    try:
        parts = urlsplit(url.strip() if "//" in url else f"//{url.strip()}")
    except ValueError:
        return url.strip()
    query = parse_qs(parts.query)
    telling = "&".join(
        f"{key}={query[key][0]}" for key in ("v", "story_fbid", "fbid", "id") if key in query
    )
    return f"{_host(url)}{parts.path.rstrip('/')}" + (f"?{telling}" if telling else "")


def _host(url: str) -> str:
    try:
        host = urlsplit(url.strip() if "//" in url else f"//{url.strip()}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").removeprefix("m.").removeprefix("mobile.")


# -- which post --------------------------------------------------------------------------------------

_POST = re.compile(
    r"/(?:p|reels?|tv|videos?|photos?|posts?|status(?:es)?|shorts|live|embed|v|pin|spotlight|clip|share/[prv]"
    r"|stories/[^/?#]+)/(?:[a-z]{1,3}\.[\d.]+/)?([\w.-]*\w)"
)
_IN_QUERY = re.compile(r"[?&](?:v|story_fbid|fbid)=([\w-]+)")
_ACTIVITY = re.compile(r"(?:activity|share|ugcPost)[:-](\d{15,20})")
_SHORT = {"youtu.be", "vm.tiktok.com", "vt.tiktok.com", "fb.watch", "pin.it", "lnkd.in"}


def post_within(url: str) -> tuple[str, str] | None:
    """The post that a link leads to: its network, and what stands for it there; None for a profile or another page.

    >>> post_within("https://www.instagram.com/reel/AbC/?igsh=1") == post_within("instagram.com/ana/p/AbC")
    True
    >>> post_within("https://www.instagram.com/ana/"), post_within("https://shop.example/soap")
    (None, None)
    """
    start = url.find("://") + 3 if "://" in url else 0
    end = url.find("/", start)
    network, short = _network_at(url[start:end]) if end > 0 else (None, False)
    if network is None:
        return None
    if short:
        code = url[end:].partition("?")[0].strip("/ ")
        return (network, code) if code else None
    found = _ACTIVITY.search(url, end) if network == "LinkedIn" else None
    found = found or _POST.search(url, end) or _IN_QUERY.search(url, end)
    return (network, found[1]) if found else None


@lru_cache(maxsize=1 << 10)
def _network_at(host: str) -> tuple[str | None, bool]:
    """The network of a host, and whether its links are short: nothing but a code."""
    return network_of(host), host.strip().lower().removeprefix("www.") in _SHORT
