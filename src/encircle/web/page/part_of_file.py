"""A part of a file, as players ask for it. Knows no file."""

from django.http import HttpRequest, HttpResponse


def in_parts(request: HttpRequest, content: bytes, *, media: str) -> HttpResponse:
    """These bytes, or those of them that were asked for."""
    first, last = part(request.headers.get("Range", ""), len(content))
    answer = HttpResponse(content[first : last + 1], content_type=media)
    if (first, last) != (0, len(content) - 1):
        answer.status_code = 206
        answer.headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Content-Encoding"] = "identity"
    return answer


def part(asked: str, size: int) -> tuple[int, int]:
    """The first and the last byte that were asked for (RFC 9110, 14.2); all of them, where that cannot be read."""
    first, dash, last = asked.removeprefix("bytes=").partition("-")
    if not asked.startswith("bytes=") or not dash or not first.isdecimal() or int(first) >= size:
        return 0, size - 1
    end = int(last) if last.isdecimal() else size - 1
    return int(first), min(max(end, int(first)), size - 1)
