"""`ehsg guide`: the published questionnaires."""

from __future__ import annotations

from typing import Annotated

import typer

from bots.cli import authoring
from bots.cli.desk import AsJson, desk_of, print_json
from ehsg_events.log.published_guides import published
from guides import library
from guides.model import Guide, Scale

guides = typer.Typer(help="The questionnaires that can be used.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    authoring.register(guides)
    app.add_typer(guides, name="guide")


@guides.command("list")
def list_guides(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List every published guide with its size and digest."""
    desk = desk_of(context)
    found = [published(name, desk.folder) for name in library.names(desk.folder)]
    if as_json:
        print_json(
            [
                {
                    "guide": one.guide.id,
                    "title": one.guide.title,
                    "year": one.guide.year,
                    "descriptors": len(one.guide.descriptors),
                    "questions": len(one.guide.items) - len(one.guide.descriptors),
                    "digest": one.digest,
                }
                for one in found
            ]
        )
        return
    for one in found:
        guide = one.guide
        print(f"{guide.id}  {guide.title} ({guide.year}), {len(guide.descriptors)} descriptors")
        print(f"  digest {one.digest}")


@guides.command("show")
def show_guide(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="GUIDE", help="Such as ehsg-2022@1.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show a guide: every section, item and level, its source and its licence."""
    guide, digest = published(name, desk_of(context).folder)
    if as_json:
        print_json({"guide": guide.id, "digest": digest, **guide.model_dump(mode="json")})
        return
    print(f"{guide.id}  {guide.title} ({guide.year})\n{guide.publisher}\n{guide.licence}")
    for source in guide.sources:
        read = f" (SHA-256 {source.sha256[:12]}…)" if source.sha256 else ""
        print(f"Source: {source.document}{read}")
    print(f"Digest: {digest}")
    for role in guide.usually_asked:
        print(f"Usually asked: {role.title} ({role.role}), about {', '.join(role.sections)}")
    _print_scales(guide)
    for section in guide.sections:
        print(f"\n{section.number or ''} {section.title}".strip())
        for item in section.items:
            label = f"{item.label}: " if item.label else ""
            note = "" if item.ask else " [not asked]"
            note += f" [a number: {item.number.unit}]" if item.number else ""
            turned = " [a yes is the weaker answer]" if item.polarity == "negative" else ""
            print(f"  {item.id}  {label}{item.statement or item.note}{note}{turned}")


def _print_scales(guide: Guide) -> None:
    for scale in guide.scales:
        print(f"\nScale{' (suggested wording)' if scale.suggested else ''}:")
        print("\n".join(_levels(scale)))


def _levels(scale: Scale) -> list[str]:
    return [f"  {level.value}  {level.label}. {level.text}".rstrip() for level in scale.levels]
