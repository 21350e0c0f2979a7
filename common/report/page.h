/* page.h - a page of HTML in one piece: words escaped, pictures inside */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"

/* A page is a buf that grows; any of these may fail for lack of memory, which the page remembers: only
 * page_end has to be asked. Nothing in a page runs or is fetched from elsewhere. */
struct page {
	struct buf out;
	int status;
};

/* The head, with a style that suits a telephone, a wide screen and paper, to the opening of <main>. */
void page_start(struct page *p, const char *title);
/* The same in a language ("fr"), which may be written from right to left. */
void page_start_in(struct page *p, const char *title, const char *language, bool to_left);
int page_end(struct page *p, struct error *e);
void page_free(struct page *p);

/* Markup as it is. */
void page_raw(struct page *p, const char *html);

/* Words, with what HTML would obey escaped; bytes that are no UTF-8 and control characters become U+FFFD. */
void page_words(struct page *p, const char *words);

/* <tag>words</tag>, where tag may have attributes: "td class=\"n\"". */
void page_tag(struct page *p, const char *tag, const char *words);

/* A JPEG inside the page, with words for those who do not see it. Sizes in CSS pixels. */
void page_picture(struct page *p, const struct buf *jpeg, int width, int height, const char *words);

#endif
