"""Those who sign in, as the tests meet them: over real HTTP, each with a browser's cookie."""

from __future__ import annotations

from uuid import UUID

import httpx

from ehsg_events.commands import people, sign_in
from support.web import plain_http
from support.web.web import Site

OWN = {"sec-fetch-site": "same-origin"}
ROLES = ("coordinator", "auditor", "board")


def named(site: Site, role: str, assessment: UUID | None = None, email: str | None = None) -> str:
    """Somebody new in a role; their pseudonym."""
    where, stamp = assessment or site.assessment, site.stamp("name")
    if role == "coordinator":
        contact = people.Contact(email=email)
        return people.name_coordinator(site.log, stamp, where, "Jane Quill", contact)
    return people.name_reader(site.log, stamp, where, "Rae Reed", role, email)  # type: ignore[arg-type]


def somebody(site: Site, role: str, assessment: UUID) -> str:
    """Whoever has a role already, since nobody is named any more in one that was given up; else somebody new."""
    state = site.log.assessment(assessment)
    reads = (who for who, fact in state.readers.items() if fact.reads_as == role)
    had = state.coordinators if role == "coordinator" else reads
    return next(iter(had), None) or named(site, role, assessment)


def offered(site: Site, person: str, assessment: UUID | None = None) -> str:
    """A link for somebody; its secret end."""
    return sign_in.offer(site.log, site.stamp("offer"), assessment or site.assessment, person)


def browser(site: Site) -> httpx.Client:
    """A browser that has not signed in."""
    found = plain_http.client(base_url=site.address, headers=OWN, follow_redirects=True, timeout=30)
    site.visitors.append(found)
    return found


def signed_in(site: Site, person: str, assessment: UUID | None = None) -> httpx.Client:
    """A browser in which somebody has used their link."""
    found, link = browser(site), offered(site, person, assessment)
    assert found.post(f"/sign-in/{link}", follow_redirects=False).status_code == 303
    return found


def reading(site: Site, role: str) -> httpx.Client:
    """A browser in which somebody new in a role has signed in."""
    return signed_in(site, named(site, role))
