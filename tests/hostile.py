"""Texts that nobody should write, and somebody will."""

# What a database can hold.
HOSTILE = [
    "Långt" * 40,
    "🚓👮🏽‍♀️ trygghet 🏳️‍🌈 🫠 1️⃣ 🇸🇪",
    "שלום العربية \u202e bakvänt \u2067 שָׁלוֹם مَرْحَبًا",
    "</p></article><script>alert('x')</script><style>*{display:none}</style>",
    "<img src='file:///etc/passwd'><link rel=attachment href='file:///etc/passwd'>",
    '" onload="x" data-header="',
    "a\tb &amp; ]]> %PDF {{ 7|add:7 }}",
    "漢字かな 한국어 ไทย अनुच्छेद ខ្មែរ 𠀀",
    "Z" + "\u0300\u0301\u0338\u20d2\u0489" * 20 + "algo",
    "a\x01b\x0bc\x1fd\x7fe\x85f\u2028g\u2029h\ufeffi\ue000j\U0010fffdk",
    "&#128660; &#xFFFE; &#0; &#xD800; &#x202e; &nbsp;",
    "a\u200bb\u200cc\u200dd\u200ee\u2060f\u00adg\u2011h\u3000i \u0378",
]
# What no database holds, but a document must survive.
UNKEPT = ["a\x00b", "a\ud83db\udc00c", "a\ufffeb\uffffc\U0001ffffd", "\u202d\u202e" * 200 + "abc" + "\u2066" * 100]
LONG = ["o" * 10_000, "Ord " * 2_500, "rad\n" * 2_500, "ö" * 500 + " slut"]
