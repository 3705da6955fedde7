"""Makes a folder of hostile files and good neighbours: `python -m tests.read.hostile FOLDER`.

Each file is bad in one way, of a class that has a name. What is bad is to be refused with a reason; what lies beside it, in
the folder or in the same archive, is to be read. Nothing here is random: the same call makes the same files.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.read.pdfs import lines, pdf

GOOD = "The army said on Sunday that its forces had taken the town of Bara after three days of fighting with the rebels, who denied that they had lost it."
SPANISH = "El ejército dijo el domingo que sus tropas habían tomado la ciudad después de tres días de combates con los rebeldes. " * 5
MARK = "neighbour"
"""Stands in every text that is to be read."""


def good(name: str) -> str:
    """A text that is to be read, and is no other's."""
    return f"{GOOD} That was told by {MARK} {name}."


def page(name: str, head: str = "", body: str = "") -> str:
    """A page that is to be read."""
    told = "".join(f"<p>{GOOD} That was told by witness number {number}.</p>" for number in range(4))
    return f"<!doctype html><html><head>{head}<title>Bara</title></head><body><article><h1>Bara</h1>{told}<p>{good(name)}</p>{body}</article></body></html>"


def packed(files: Mapping[str, bytes | str], level: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", level) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 3, 4, 0, 0, 0)), data, level)
    return out.getvalue()


def bomb(megabytes: int) -> bytes:
    """Zeros, packed with gzip a thousand to one."""
    return gzip.compress(b"\0" * 1_000_000 * megabytes, mtime=0)


def record(kind: str, block: bytes, uri: str = "", content: str = "application/http; msgtype=response", length: int | None = None) -> bytes:
    """One record of a web archive."""
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-03-04T10:00:00Z\r\n" + (f"WARC-Target-URI: {uri}\r\n" if uri else "")
    return (head + f"Content-Type: {content}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n").encode() + block + b"\r\n\r\n"


def answer(body: bytes | str, content: str = "text/html; charset=utf-8", status: str = "200 OK", fields: str = "") -> bytes:
    """What a server sent."""
    data = body.encode() if isinstance(body, str) else body
    return f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n{fields}\r\n".encode() + data


Bad = Iterator[tuple[str, bytes]]
"""Names of files with their bytes. What begins with `ok-` is good and is to be read whole."""


def noise() -> Bad:
    """Bytes that are no text."""
    state = b"seed"
    for number, suffix in enumerate(
        (".txt", ".md", ".html", ".json", ".jsonl", ".csv", ".tsv", ".xml", ".pdf", ".zip", ".gz", ".warc", ".mhtml", ".opml", ".rss") * 2
    ):
        blocks = []
        for _ in range(200):
            state = zlib.crc32(state + bytes([number])).to_bytes(4, "big") + state[-28:]
            blocks.append(bytes(byte ^ 0x5A for byte in state))
        yield f"noise-{number}{suffix}", b"".join(blocks)


def empty() -> Bad:
    """Nothing, or nothing but blanks."""
    for number, data in enumerate((b"", b" \n\t\r\n", b"\xef\xbb\xbf")):
        for suffix in (".txt", ".html", ".json", ".jsonl", ".csv", ".xml", ".pdf", ".zip", ".warc", ".gz", ".md", ".mht"):
            yield f"empty-{number}{suffix}", data


def disguised() -> Bad:
    """Files that are something else than their name says."""
    heads = (
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"%PDF-1.7\n",
        b"\xd0\xcf\x11\xe0",
        b"{\\rtf1 ",
        b"SQLite format 3\0",
        b"\x7fELF",
        b"7z\xbc\xaf\x27\x1c",
    )
    for number, head in enumerate(heads):
        for suffix in (".txt", ".html", ".csv"):
            yield f"disguised-{number}{suffix}", head + bytes(range(256)) * 8


def other_language() -> Bad:
    """Texts that are not English, in every way a text comes in."""
    told = SPANISH
    yield "spanish.txt", told.encode()
    yield "spanish.html", f"<html><body><article>{''.join(f'<p>{told}</p>' for _ in range(3))}</article></body></html>".encode()
    yield "spanish.json", json.dumps({"text": told}).encode()
    yield "spanish.jsonl", json.dumps({"body": told}).encode()
    yield "spanish.csv", f'title,text\nx,"{told}"\n'.encode()
    yield "spanish.rss", f"<rss><channel><title>x</title><item><title>y</title><description>{told}</description></item></channel></rss>".encode()
    yield (
        "spanish-short.rss",
        (
            "<rss><channel>" + "".join(f"<item><title>y{n}</title><description>{told[:110]}</description></item>" for n in range(9)) + "</channel></rss>"
        ).encode(),
    )
    yield "spanish.pdf", pdf([lines([told[at : at + 90] for at in range(0, len(told), 90)])])
    yield (
        "spanish.warc",
        record("response", answer(f"<html><body><article>{''.join(f'<p>{told}</p>' for _ in range(3))}</article></body></html>"), "https://x.example/es"),
    )
    yield "spanish.zip", packed({"es.txt": told})
    yield "spanish.txt.gz", gzip.compress(told.encode(), mtime=0)
    yield "russian.txt", ("Армия заявила, что её силы взяли город после трёх дней боёв. " * 8).encode("cp1251")
    yield "arabic.txt", ("قال الجيش إن قواته سيطرت على البلدة بعد ثلاثة أيام من القتال. " * 8).encode()
    yield "chinese.html", f"<html><body><article><p>{'军队星期天说，经过三天的战斗，他们占领了该镇。' * 20}</p></article></body></html>".encode("gb18030")


def odd_encodings() -> Bad:
    """Texts in encodings that can be told, and good: read; and those that cannot."""
    curly = good("in another encoding").replace("which", "“which”") + " “It fell,” the general’s spokesman said. Its café is closed."
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
        yield f"ok-encoding-{encoding}.txt", curly.encode(encoding)
    yield "ok-encoding-declared.html", page("declared", '<meta charset="windows-1252">', "<p>“It fell,” he said.</p>").encode("cp1252")
    yield "ok-encoding-wrong.html", page("wrongly declared", '<meta charset="ascii">', "<p>“It fell,” he said.</p>").encode()
    yield "ok-encoding-utf16.csv", f'text\n"{good("a wide table")}"\n'.encode("utf-16")
    yield "half-utf16.txt", "The army".encode("utf-16") + bytes(range(128, 256)) * 60
    yield "lying-mark.txt", b"\xff\xfe\x00\xd8" * 300
    yield "utf16.jsonl", json.dumps({"text": GOOD}).encode("utf-16")
    yield "latin.json", '{"text": "caf\xe9"}'.encode("latin-1")
    yield "ok-encoding-rot13.html", page("of a made-up charset", '<meta charset="rot13">', "<p>“It fell,” he said.</p>").encode("cp1252")


def characters() -> Bad:
    """Characters that no text should hold: good texts with some are read without them."""
    yield "ok-nul.txt", good("with a NUL").replace(" on ", "\0on\0").encode()
    yield "ok-escape.txt", (good("with escapes") + "\x1b[31m\x1b]0;owned\x07\x1b[2J").encode()
    yield "ok-surrogate.json", b'{"text": "' + good("with half a character").encode() + b' \\ud800 \\udc00"}'
    yield "ok-surrogate.txt", good("with half a character in bytes").encode() + b" \xed\xa0\x80"
    yield "ok-mark-inside.txt", (good("with a mark inside") + "\ufeff\u202e\u2066").encode()
    yield "ok-mark.jsonl", b"\xef\xbb\xbf" + json.dumps({"text": good("behind a mark")}).encode()
    yield "ok-formula.csv", f'text,title\n"{good("with a formula")}","=HYPERLINK(""http://x"")"\n'.encode()
    yield "controls.txt", bytes(range(1, 32)) * 40
    yield "nuls.txt", b"\0" * 100_000
    yield "nuls.csv", b"\0" * 100_000
    yield "nuls.html", b"\0" * 100_000


def deep_markup() -> Bad:
    """Pages that nest without end, or are of another shape that takes a parser for ever."""
    for tag in ("div", "b", "table", "blockquote", "span", "ul", "q", "font"):
        yield f"deep-{tag}.html", f"<{tag}>".encode() * 100_000 + GOOD.encode()
    yield "attributes.html", b"<p " + b"".join(b"a%d=1 " % number for number in range(300_000)) + b">x"
    yield "elements.html", b"<p>x" * 150_000
    yield "deep.xml", b"<rss><channel><item>" + b"<a>" * 100_000
    yield "deep.opml", b"<opml><body>" + b"<outline>" * 100_000
    yield "deep.mhtml", b"Content-Type: text/html\r\n\r\n" + b"<div>" * 100_000
    yield "deep-in-feed.rss", f"<rss><channel><item><title>x</title><description><![CDATA[{'<div>' * 100_000}]]></description></item></channel></rss>".encode()
    yield "unclosed.html", b"<!--" + GOOD.encode() * 100
    yield "script.html", b"<html><body><script>" + b"alert(1);" * 1000
    yield "deep.warc", record("response", answer("<div>" * 100_000), "https://x.example/deep")
    yield "deep-in-zip.zip", packed({"deep.html": b"<div>" * 100_000})


def entities() -> Bad:
    """XML that would grow when its entities were expanded, or that asks for files of this machine."""
    laughs = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    for root in ("rss", "feed", "opml", "rdf"):
        yield (
            f"laughs-{root}.xml",
            f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "lol">{laughs}]><{root}><channel><item><title>&l9;</title></item></channel></{root}>'.encode(),
        )
        yield (
            f"outside-{root}.xml",
            f'<!DOCTYPE {root} [<!ENTITY x SYSTEM "file:///etc/passwd">]><{root}><channel><item><description>&x;</description></item></channel></{root}>'.encode(),
        )
    yield "laughs-utf16.xml", f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}]><rss>&l9;</rss>'.encode("utf-16")
    yield "quadratic.xml", f'<!DOCTYPE rss [<!ENTITY a "{"x" * 50_000}">]><rss>{"&a;" * 50_000}</rss>'.encode()
    yield "outside-dtd.xml", b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss><channel></channel></rss>'
    yield "svg.xml", b'<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>'
    yield (
        "ok-unknown-entity.rss",
        f"<rss><channel><title>Wire</title><item><title>Bara</title><description>{good('with&nbsp;an entity')}</description></item></channel></rss>".encode(),
    )


def cut_feeds() -> Bad:
    """Feeds and lists that end early or are not well formed; what was whole is read."""
    whole = f"<rss><channel><title>Wire</title><item><title>One</title><description>{good('first in a feed')}</description></item><item><title>Two</title><description>{GOOD}</description></item></channel></rss>"
    for number, cut in enumerate((30, 60, 100, 140)):
        yield f"part-feed-{number}.rss", whole.encode()[:-cut]
    yield "no-entry.rss", b"<rss><channel><title>x</title></channel></rss>"
    yield "no-words.rss", b"<rss><channel><item><title>x</title></item></channel></rss>"
    yield "list.opml", b'<opml><body><outline xmlUrl="https://x.example/rss"/></body></opml>'
    yield "page.xml", page("no feed").encode()
    yield "half-tag.xml", b"<rss><chan"


def broken_json() -> Bad:
    """JSON that is none; beside broken lines, good ones are read."""
    pieces = (
        '{"text": "a',
        '{"text": }',
        "[1, 2",
        "{}",
        '{"text": 5}',
        "nul",
        '{"text": "a"} trailing',
        "5",
        '"words"',
        "[]",
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"text": ""}',
        '{"text": "x", "id": ""}',
        '{"text": "\x01"}',
    )
    for number, piece in enumerate(pieces):
        yield f"broken-{number}.json", piece.encode()
        if piece != "[]":
            yield (
                f"part-broken-{number}.jsonl",
                "\n".join(
                    (json.dumps({"text": good(f"before broken line {number}")}), piece, json.dumps({"text": good(f"behind broken line {number}")}))
                ).encode(),
            )


def broken_tables() -> Bad:
    """Tables with bad rows, or with no text in them."""
    rows = ("a,b,c,d,e", '"unclosed', "only", '"a ""quoted', '"x"y"z",', "\0,\0", '"' * 9)
    for number, row in enumerate(rows):
        yield f"part-row-{number}.csv", f'title,text\nx,"{good(f"above bad row {number}")}"\n{row}\nx,"{good(f"below bad row {number}")}"\n'.encode()
    yield "no-text-column.csv", b"a,b,c\n1,2,3\n"
    yield "no-rows.csv", b"title,text\n"
    yield "no-head.csv", (GOOD + "\n").encode() * 3
    yield "part-quotes.csv", b'text\n"lost\n' + b"\n" * 30_000 + f'"{good("far below a mark")}"\n'.encode()
    yield "quotes-odd.csv", b"text\n" + b'"a\n' * 3_001
    yield "ok-semicolons.csv", f'Title;Body\nx;"{good("between semicolons")}"\n'.encode()
    yield "ok-tabs.tsv", f"headline\tcontent\nx\t{good('between tabs')}\n".encode()


def huge_lines() -> Bad:
    """Lines and cells longer than may be read (the test sets the limit to a megabyte)."""
    long = "x" * 3_000_000
    yield "long.txt", long.encode()
    yield "long.html", f"<p>{long}</p>".encode()
    yield "long.json", json.dumps({"text": long}).encode()
    yield (
        "part-long.jsonl",
        "\n".join((json.dumps({"text": good("before a long line")}), json.dumps({"text": long}), json.dumps({"text": good("behind a long line")}))).encode(),
    )
    yield "part-long.csv", f'text\n"{good("before a long cell")}"\n{long}\n"{good("behind a long cell")}"\n'.encode()
    yield "long-head.csv", long.encode() + b"\n"
    yield "long.rss", f"<rss><channel><item><description>{long}</description></item></channel></rss>".encode()
    yield "long.warc", b"WARC/1.0\r\nX: " + long.encode()
    yield (
        "part-long.warc",
        record("response", answer(f"<p>{long}</p>"), "https://x.example/long")
        + record("response", answer(page("behind a long record")), "https://x.example/short"),
    )
    yield "long.pdf", pdf([lines([GOOD])], filler="% " + long + "\n")


def bombs() -> Bad:
    """A little that unpacks to a lot."""
    for suffix in (".txt", ".jsonl", ".html", ".csv", ".warc", ".xml", ".pdf"):
        yield f"bomb{suffix}.gz", bomb(20)
        yield f"part-bomb{suffix}.zip", packed({f"bomb{suffix}": b"\0" * 20_000_000, "note.txt": good(f"beside a bomb of {suffix}")})
    yield "bomb-in-bomb.gz", gzip.compress(bomb(20), mtime=0)
    yield "bomb-many.zip", packed({f"{number}.csv": "text\n" + "\n" * 2_000_000 for number in range(30)})
    inner = packed({"a.txt": good("four archives deep")})
    for depth in range(5):
        inner = packed({f"{depth}.zip": inner})
    yield "matryoshka.zip", inner
    overlapping = bytearray(packed({"a.txt": good("in both"), "b.txt": GOOD}, zipfile.ZIP_STORED))
    at = overlapping.rfind(b"PK\x01\x02")
    overlapping[at + 42 : at + 46] = (0).to_bytes(4, "little")
    yield "part-overlap.zip", bytes(overlapping)
    yield "bomb-body.warc", record("response", answer(bomb(20), fields="Content-Encoding: gzip\r\n"), "https://x.example/bomb")
    yield "many-entries.zip", b"PK\x03\x04" + b"\0" * 11_000_000 + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, 10_900_000, 4, 0)


def archive_names() -> Bad:
    """Names in archives that lead out of them, links, devices, and files that are locked; the note beside each is read."""
    names = (
        "../up.txt",
        "../../../../etc/cron.d/x.txt",
        "/etc/passwd.txt",
        "C:\\x.txt",
        "a/../../x.txt",
        "..\\x.txt",
        "\\\\host\\x.txt",
        "a/b/../../../x.txt",
        "//x.txt",
        "./../x.txt",
    )
    for number, name in enumerate(names):
        yield f"part-name-{number}.zip", packed({name: GOOD, "note.txt": good(f"beside name {number}")})
    for number, mode in enumerate((0o120777, 0o020666, 0o010644, 0o060644, 0o140755)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            link = zipfile.ZipInfo("link.txt", (2024, 3, 4, 0, 0, 0))
            link.create_system, link.external_attr = 3, mode << 16
            archive.writestr(link, "/etc/passwd")
            archive.writestr(zipfile.ZipInfo("note.txt", (2024, 3, 4, 0, 0, 0)), good(f"beside a link {number}"))
        yield f"part-mode-{number}.zip", out.getvalue()
    for number in range(3):
        locked = bytearray(packed({"locked.txt": GOOD * (number + 1), "note.txt": good(f"beside a locked file {number}")}))
        for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            locked[locked.find(sign) + offset] |= 1
        yield f"part-locked-{number}.zip", bytes(locked)
    yield "part-program.zip", packed({"run.exe": b"MZ", "x.docx": b"PK", "note.txt": good("beside programs")})
    yield (
        "ok-saved.zip",
        packed(
            {
                "Bara.html": page("saved with its folder"),
                "Bara_files/style.css": "p{}",
                "Bara_files/ad.html": "<p>ad</p>",
                "__MACOSX/._Bara.html": b"\0\5",
                ".DS_Store": b"\0",
            }
        ),
    )
    yield "hidden-only.zip", packed({".DS_Store": b"\0"})
    yield "part-newline.zip", packed({"a\nb\x1b[31m.txt": good("under a name with a line end"), "a\r.exe": b"MZ"})


def broken_archives() -> Bad:
    """Archives that are cut off or damaged."""
    whole = packed({"a.txt": good("in a whole archive") * 30, "b.txt": GOOD * 30})
    for number, cut in enumerate((5, 20, 60, 200, 400)):
        yield f"cut-{number}.zip", whole[:-cut]
    flipped = bytearray(whole)
    flipped[whole.rfind(b"PK\x03\x04") + 60] ^= 0xFF
    yield "part-flipped.zip", bytes(flipped)
    method = bytearray(packed({"a.txt": good("beside another method"), "b.txt": GOOD}, zipfile.ZIP_STORED))
    method[method.rfind(b"PK\x01\x02") + 10] = 99
    yield "part-method.zip", bytes(method)
    one = gzip.compress(GOOD.encode() * 400, mtime=0)
    for number, cut in enumerate((1, 4, 8, 30, 60)):
        yield f"cut-{number}.txt.gz", one[:-cut]
    rows = "".join(json.dumps({"text": good(f"row {row} of a cut file"), "x": f"{row * row * 7919:x}" * 20}) + "\n" for row in range(400))
    yield "part-cut.jsonl.gz", gzip.compress(rows.encode(), mtime=0)[:-200]
    yield "no-suffix.gz", gzip.compress(GOOD.encode(), mtime=0)
    yield "x.tar.gz", gzip.compress(b"\0" * 10_240, mtime=0)
    yield "x.txt.gz.gz", gzip.compress(one, mtime=0)
    yield "tail.txt.gz", gzip.compress(GOOD.encode(), mtime=0) + b"garbage"
    yield "ok-members.txt.gz", gzip.compress(good("in two members")[:50].encode(), mtime=0) + gzip.compress(good("in two members")[50:].encode(), mtime=0)
    yield (
        "ok-nested.zip",
        packed({"day.zip": packed({"a.txt": good("in an archive in an archive"), "b.txt.gz": gzip.compress(good("packed twice").encode(), mtime=0)})}),
    )


def broken_warcs() -> Bad:
    """Web archives that are cut off or damaged; the pages before the fault are read."""
    first = record("warcinfo", b"software: x\r\n", content="application/warc-fields") + record(
        "response", answer(page("before the fault")), "https://x.example/first"
    )
    second = record("response", answer(page("never whole")), "https://x.example/second")
    for number, cut in enumerate((10, 100, 900, len(second) - 60, len(second) - 5)):
        yield f"part-cut-{number}.warc", (first + second)[:-cut]
        packed_ = b"".join(gzip.compress(each, mtime=0) for each in (first, second))
        yield f"part-cut-{number}.warc.gz", packed_[: -max(4, cut // 4)]
    yield "part-garbage.warc", first + b"no record at all\r\n" + second
    yield "part-no-length.warc", first + second.replace(b"Content-Length", b"Content-Breadth")
    yield "part-bad-length.warc", first + record("response", b"", length=10**14)
    yield "part-negative.warc", first + record("response", b"x").replace(b"Content-Length: 1", b"Content-Length: -1")
    yield "part-fields.warc", first + b"WARC/1.0\r\n" + b"a: b\r\n" * 2_000
    yield "part-no-answer.warc", record("response", b"not http", "https://x.example/") + first
    yield "part-brotli.warc", record("response", answer(b"\x0b\x02", fields="Content-Encoding: br\r\n"), "https://x.example/br") + first
    yield "part-gzip-body.warc", record("response", answer(b"\x1f\x8bgarbage", fields="Content-Encoding: gzip\r\n"), "https://x.example/gz") + first
    yield (
        "part-picture.warc",
        first
        + record("response", answer(b"\x89PNG", "image/png"), "https://x.example/p.png")
        + record("response", answer("gone", status="404 Not Found"), "https://x.example/gone"),
    )
    yield "part-script-address.warc", record("response", answer("<p>"), "javascript:alert(1)") + first


def broken_documents() -> Bad:
    """PDF documents that are locked, cut off, empty or of a hostile make."""
    whole = pdf([lines([good("in a document")[at : at + 80] for at in range(0, 200, 80)])])
    yield "ok-document.pdf", whole
    for number, word in enumerate((b"secret", b"hunter2", b"\xff\xfe")):
        yield f"locked-{number}.pdf", pdf([lines([GOOD])], password=word)
    for number, cut in enumerate((0.2, 0.5)):
        yield f"cut-{number}.pdf", whole[: int(len(whole) * cut)]
    yield "blank.pdf", pdf([[], []])
    yield "no-pages.pdf", pdf([])
    yield "head-only.pdf", b"%PDF-1.7\n%%EOF"
    yield "not-one.pdf", GOOD.encode()
    yield "loop.pdf", whole.replace(b"/Kids [4 0 R]", b"/Kids [1 0 R]")
    yield "html.pdf", page("no document").encode()
    squeezed = zlib.compress(b"0 0 m " * 4_000_000, 6)
    yield "bomb.pdf", _pdf_of(squeezed)


def _pdf_of(squeezed: bytes) -> bytes:
    body = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(squeezed)
    objects = [
        b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 1 0 R /MediaBox [0 0 612 792] /Contents 3 0 R >>",
        body + squeezed + b"\nendstream",
        b"<< /Type /Catalog /Pages 1 0 R >>",
    ]
    out = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, 1))
    return out + b"trailer\n<< /Root 4 0 R /Size 5 >>\n%%EOF\n"


def saved_pages() -> Bad:
    """Saved pages (`.mhtml`) whose parts are wrong."""
    head = 'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    whole = f"{head}Content-Type: text/html; charset=utf-8\r\nContent-Location: https://x.example/saved\r\n\r\n{page('in a saved page')}\r\n--b--\r\n"
    yield "ok-saved.mhtml", whole.encode()
    yield "no-page.mhtml", f"{head}Content-Type: image/png\r\n\r\nx\r\n--b--\r\n".encode()
    yield "no-parts.mhtml", b"Content-Type: multipart/related\r\n\r\nwords"
    yield "nested.mhtml", b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(5_000))
    yield "parts.mhtml", head.encode() + b"Content-Type: image/png\r\n\r\n\r\n--b\r\n" * 20_000
    yield "bad-base64.mht", b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!"
    yield "bad-charset.mht", b"Content-Type: text/html; charset=\xff\xfe\r\n\r\n"


def names() -> Bad:
    """Files whose names a terminal or a table must not obey; they are good, and those of no readable kind are not."""
    for number, name in enumerate(
        (
            "a\nb",
            "a\tb",
            "a\x1b[31mred",
            "a\x1b]0;title\x07",
            "-rf",
            "$(id)",
            "`id`",
            "'; DROP TABLE x; --",
            "<img src=x>",
            "=cmd()",
            "a\u202eb",
            "%2e%2e",
            "x" * 200,
            "con",
        )
    ):
        yield f"ok-{name}-{number}.txt", good(f"under name {number}").encode()
    for suffix in (".exe", ".docx", ".png", ".sh\n", ".\x1b[2J", ".tar", ".7z", ""):
        yield f"unreadable{suffix}", GOOD.encode()


CLASSES = (
    noise, empty, disguised, other_language, odd_encodings, characters, deep_markup, entities, cut_feeds, broken_json, broken_tables, huge_lines, bombs,
    archive_names, broken_archives, broken_warcs, broken_documents, saved_pages, names,
)  # fmt: skip


def make(folder: Path) -> dict[str, list[str]]:
    """Write all files, a folder for each class, and links that lead outside; return the names by class."""
    made: dict[str, list[str]] = {}
    for each in CLASSES:
        home = folder / each.__name__
        home.mkdir(parents=True)
        for name, data in each():
            (home / name).write_bytes(data)
            made.setdefault(each.__name__, []).append(name)
    home = folder / "links"
    home.mkdir()
    for name, to in (("outside.txt", "/etc/passwd"), ("up", ".."), ("self.txt", "self.txt"), ("nowhere.txt", "absent.txt"), ("root", "/")):
        os.symlink(to, home / name)
        made.setdefault("links", []).append(name)
    os.mkfifo(home / "pipe.txt")
    (home / "ok-plain.txt").write_text(good("beside links"), encoding="utf-8")
    made["links"] += ["pipe.txt", "ok-plain.txt"]
    return made


if __name__ == "__main__":
    for kind, there in make(Path(sys.argv[1])).items():
        print(f"{len(there):4} {kind}")  # noqa: T201
