/* page.c - a page of HTML in one piece: words escaped, pictures inside */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page.h"

#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"

static const char style[] =
	":root{color-scheme:light}"
	"body{margin:0;font:16px/1.45 system-ui,sans-serif;color:#202024;background:#fff}"
	"main{max-width:1240px;margin:0 auto;padding:0 12px 3em}"
	"h1{font-size:1.6em;margin:.7em 0 .3em}h2{font-size:1.3em;margin:1.5em 0 .4em}"
	"h3{font-size:1.1em;margin:1.6em 0 .3em}h1,h2,h3,p,figcaption,legend{overflow-wrap:anywhere}"
	"td{overflow-wrap:break-word}"
	"figure{margin:0}img{max-width:100%;height:auto;display:block}"
	"figcaption{margin:.3em 0 1em;color:#44444c}"
	".wide{overflow-x:auto}.wide:focus{outline:2px solid #0b4f9e}"
	"table{border-collapse:collapse;margin:.5em 0}caption{text-align:start;padding:.3em 0;color:#44444c}"
	"th,td{padding:.3em .55em;border-bottom:1px solid #c8c8d0;text-align:start;vertical-align:middle}"
	"thead th{border-bottom-color:#66666e}"
	"td.n,th.n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}"
	"td img{width:96px;min-width:56px}@media(min-width:900px){td img{width:150px}}"
	"td label{white-space:nowrap;display:block}"
	"dt{font-weight:600;margin-top:.5em}"
	"dd{margin-inline-start:1.2em}.sub,.n{color:#44444c;margin:.2em 0 .6em}nav ul{padding-inline-start:1.2em}"
	"svg{width:100%;max-width:560px;height:auto;display:block;overflow:visible;direction:ltr}"
	"svg text{unicode-bidi:plaintext}.wide table{min-width:min(100%,24em)}tbody th{font-weight:400}"
	"th.w,td.w{white-space:nowrap}thead th.n{white-space:normal}thead th{vertical-align:bottom}"
	".two,.beside{display:flex;flex-wrap:wrap;gap:1em 2em}.two>*,.beside>*{flex:1 1 300px;min-width:0}"
	"fieldset{border:1px solid #88888f;margin:.6em 0;padding:.4em .8em .8em}"
	"label.line{display:block;margin:.5em 0}label.line input{display:block;box-sizing:border-box;width:100%;"
	"font:inherit;border:0;border-bottom:1px solid #44444c;padding:.35em 0;background:none}"
	"a{color:#0b4f9e}a:focus{outline:2px solid}"
	"@media(max-width:520px){th,td{padding:.25em .3em;font-size:.85em}td img{width:64px}}"
	"@media print{body{font-size:11pt}main{max-width:none;padding:0}a{color:inherit;text-decoration:none}"
	".wide{overflow:visible}section,tr,fieldset,figure{break-inside:avoid}h2,h3,p.n{break-after:avoid}"
	"section.tables{break-inside:auto}"
	".many{font-size:7.5pt}.many th,.many td{padding:.25em .3em;white-space:normal}"
	".screen{display:none}.beside{display:block}.two{display:grid;grid-template-columns:1fr 1fr}svg{max-width:125mm}"
	"img{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";

static void add(struct page *p, const void *data, size_t size)
{
	if (!p->status)
		p->status = buf_add(&p->out, data, size, NULL);
}

void page_raw(struct page *p, const char *html)
{
	add(p, html, strlen(html));
}

void page_words(struct page *p, const char *words)
{
	while (*words) {
		size_t n = utf8_length(words);

		if (!n || utf8_control(words))
			page_raw(p, "\xef\xbf\xbd");
		else if (*words == '&')
			page_raw(p, "&amp;");
		else if (*words == '<')
			page_raw(p, "&lt;");
		else if (*words == '>')
			page_raw(p, "&gt;");
		else if (*words == '"')
			page_raw(p, "&quot;");
		else
			add(p, words, n);
		words += n ? n : 1;
	}
}

void page_tag(struct page *p, const char *tag, const char *words)
{
	page_raw(p, "<");
	page_raw(p, tag);
	page_raw(p, ">");
	page_words(p, words);
	page_raw(p, "</");
	add(p, tag, strcspn(tag, " "));
	page_raw(p, ">");
}

void page_start(struct page *p, const char *title)
{
	page_start_in(p, title, "en", false);
}

void page_start_in(struct page *p, const char *title, const char *language, bool to_left)
{
	memset(p, 0, sizeof *p);
	page_raw(p, "<!DOCTYPE html>\n<html lang=\"");
	page_words(p, language);
	page_raw(p, to_left ? "\" dir=\"rtl" : "");
	page_raw(p, "\">\n<head>\n<meta charset=\"utf-8\">\n"
		 "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
		 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; "
		 "style-src 'unsafe-inline'\">\n");
	page_tag(p, "title", title);
	page_raw(p, "\n<style>");
	page_raw(p, style);
	page_raw(p, "</style>\n</head>\n<body>\n<main>\n");
	page_tag(p, "h1", title);
	page_raw(p, "\n");
}

int page_end(struct page *p, struct error *e)
{
	page_raw(p, "</main>\n</body>\n</html>\n");
	return p->status ? error_memory(e) : STATUS_DONE;
}

void page_free(struct page *p)
{
	buf_free(&p->out);
}

void page_picture(struct page *p, const struct buf *jpeg, int width, int height, const char *words)
{
	char size[64];

	snprintf(size, sizeof size, "<img width=\"%d\" height=\"%d\" alt=\"", width, height);
	page_raw(p, size);
	page_words(p, words);
	page_raw(p, "\" src=\"data:image/jpeg;base64,");
	if (!p->status)
		p->status = base64_add(&p->out, jpeg->data, jpeg->size, NULL);
	page_raw(p, "\">");
}
