/* pack.h - a signature as the body of a frame, and back */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SIGN_PACK_H
#define SIGN_PACK_H

#include "base/buf.h"
#include "base/error.h"
#include "sign/signature.h"

/* Appends the body, as ibin-sig(5) says byte by byte. */
int pack_signature(const struct signature *s, struct buf *out, struct error *e);

/* A signature from a body, into *out (which need not be cleared; on failure it is left empty). Without
 * `grids` only the meta texts, the sizes and the codes are taken: `on` is NULL, and layers that are there
 * are marked by a pointer to nothing of use. STATUS_INPUT for a body that makes no sense: everything is checked,
 * since a CRC protects from accidents and not from enemies. */
int unpack_signature(const struct buf *body, int grids, struct signature *out, struct error *e);

/* The same without grids, of `size` bytes whose CRC is known. */
int unpack_head(const unsigned char *body, size_t size, uint32_t sum, struct signature *out, struct error *e);

/* The same with the grid of one layer, if it is there; others are only marked. */
int unpack_layer(const struct buf *body, enum layer layer, struct signature *out, struct error *e);

#endif
