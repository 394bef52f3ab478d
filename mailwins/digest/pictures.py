"""Screenshots small enough for a mail. Foreign pictures are opened with every guard there is and written anew, so nothing hidden travels on.

What opens pictures is imported where one is opened: most mail has none.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailwins.model import Attachment

if TYPE_CHECKING:
    from PIL import Image

SHOWN_PX = 216
MAX_HEIGHT_PX = 300
MAX_SOURCE_BYTES = 20_000_000
MAX_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
TYPES = frozenset({"image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp"})


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """*content* is a PNG or JPEG of twice the shown size."""

    content: bytes
    subtype: str
    width: int
    height: int


def is_picture(file: Attachment) -> bool:
    return file.content_type.lower() in TYPES and file.size_bytes <= MAX_SOURCE_BYTES


def thumbnail(content: bytes, width: int = SHOWN_PX) -> Thumbnail | None:
    """None for what is no picture, too large, or would need a magnifying glass. *width* in shown pixels."""
    if len(content) > MAX_SOURCE_BYTES:
        return None
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image: Image.Image = Image.open(io.BytesIO(content), formats=FORMATS)
            if (
                image.width * image.height > MAX_PIXELS
                or image.width < 60
                or image.height < 40
                or max(image.size) > 8 * min(image.size)
            ):
                return None
            is_photo = image.format == "JPEG"
            image.seek(0)
            image.draft("RGB", (width * 2, width * 2))
            image = ImageOps.exif_transpose(image)
            image.thumbnail((min(width * 2, image.width), MAX_HEIGHT_PX * 2), Image.Resampling.LANCZOS)
            image = image.convert("RGB") if is_photo else _on_white(image)
            out = io.BytesIO()
            if is_photo:
                image.save(out, "JPEG", quality=82, optimize=True)
            else:
                image.quantize(128).save(out, "PNG", optimize=True)
                if out.tell() > 180_000:
                    out = io.BytesIO()
                    image.save(out, "JPEG", quality=80, optimize=True)
                    is_photo = True
    except (
        OSError,
        ValueError,
        SyntaxError,
        Warning,
        MemoryError,
        EOFError,
        Image.DecompressionBombError,
        IndexError,
        KeyError,
        TypeError,
        ZeroDivisionError,
    ):
        return None
    shown = min(width, max(image.width // 2, min(image.width, width)))
    return Thumbnail(
        out.getvalue(), "jpeg" if is_photo else "png", shown, max(round(image.height * shown / image.width), 1)
    )


def without_empty_end(content: bytes) -> bytes:
    """A screenshot as PNG, without the rows at its end that hold one colour only."""
    from PIL import Image, ImageChops

    image = Image.open(io.BytesIO(content), formats=("PNG",)).convert("RGB")
    ground = Image.new("RGB", image.size, image.getpixel((0, image.height - 1)))
    box = ImageChops.difference(image, ground).getbbox()
    out = io.BytesIO()
    image.crop((0, 0, image.width, min((box[3] if box else image.height) + 24, image.height))).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """Transparent screenshots get a white ground: in the dark they would vanish."""
    from PIL import Image

    rgba = image.convert("RGBA")
    ground = Image.new("RGBA", rgba.size, "white")
    return Image.alpha_composite(ground, rgba).convert("RGB")
