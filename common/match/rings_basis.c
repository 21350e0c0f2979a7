/* rings_basis.c - how a lattice's places lie to the rings: weights, cosines and sines */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/rings_basis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define TABLE_UNIT 16
/* Share of a cell's places that the code says something of. */
#define CELL_THERE 0.25
#define ORBITS_MOST (CODE_MOST / 4)

/* Four places that a quarter turn takes to each other, by the one in the right lower quarter. */
struct orbit {
	int x, y;
	uint16_t place[2];   /* among those of the lower half: it, and it turned by a quarter */
	float radius, angle;
};

/* While a basis is made. */
struct making {
	struct orbit orbit[ORBITS_MOST];   /* in the order of their places */
	int orbits;
	int mirror[ORBITS_MOST];           /* which is an orbit's mirror image */
	int sorted[ORBITS_MOST];           /* by distance from the middle */
	/* The orbits of an octet; the second is -1 where there is none. */
	int octet[OCTETS_MOST][2];
	/* Of the orbits that are near a ring; apart: the mirror image, if there is another, has other numbers. */
	enum { FAR, TOGETHER, APART } how[RINGS][ORBITS_MOST];
	ring_row row[RINGS][ORBITS_MOST];
};

/* STATUS_INPUT: there are more places than a code has bits. */
static int find_orbits(struct making *m, int *half, const struct code_run *run, int runs, struct error *e)
{
	int number[2 * CODE_REACH][2 * CODE_REACH];
	int n = 0;

	for (int j = 0; j < 2 * CODE_REACH; j++)
		for (int i = 0; i < 2 * CODE_REACH; i++)
			number[j][i] = -1;
	for (int r = 0; r < runs; r++)
		for (int i = 0; i < run[r].count; i++)
			number[run[r].row + CODE_REACH][run[r].first + i + CODE_REACH] = n++;
	*half = n / 2;
	for (int j = 0; j < CODE_REACH; j++)
		for (int i = 0; i < CODE_REACH; i++) {
			struct orbit *o = &m->orbit[m->orbits];
			int at = number[j + CODE_REACH][i + CODE_REACH], turned = number[i + CODE_REACH][CODE_REACH - 1 - j];

			if (at < 0 && turned < 0)
				continue;
			/* the last are missing where they did not find room */
			if (at < *half || turned < *half || number[CODE_REACH - 1 - j][CODE_REACH - 1 - i] != n - 1 - at ||
			    number[CODE_REACH - 1 - i][CODE_REACH + j] != n - 1 - turned)
				return error_set(e, STATUS_INPUT, "a lattice with more places than a code has");
			*o = (struct orbit){ i, j, { (uint16_t)(at - *half), (uint16_t)(turned - *half) },
					     (float)hypot(i + 0.5, j + 0.5), (float)atan2(j + 0.5, i + 0.5) };
			m->orbits++;
		}
	return STATUS_DONE;
}

/* Those at the same distance: by place. */
static void sort_orbits(struct making *m)
{
	for (int o = 0; o < m->orbits; o++) {
		int k = o;

		for (; k > 0 && m->orbit[m->sorted[k - 1]].radius > m->orbit[o].radius; k--)
			m->sorted[k] = m->sorted[k - 1];
		m->sorted[k] = o;
		for (int p = 0; p < m->orbits; p++)
			if (m->orbit[p].x == m->orbit[o].y && m->orbit[p].y == m->orbit[o].x)
				m->mirror[o] = p;
	}
}

static void fill_row(ring_row row, int ring, const struct orbit *o, double weight)
{
	for (int m = 1; ring_has_order(ring, m); m++) {
		double angle = m * (double)o->angle;

		row[2 * CLASS(m)][CLASS_PLACE(m)] = (int16_t)lrint(TABLE_UNIT * weight * cos(angle));
		row[2 * CLASS(m) + 1][CLASS_PLACE(m)] = (int16_t)lrint(TABLE_UNIT * weight * sin(angle));
	}
}

static void fill_rows(struct rings_basis *b, struct making *m, int ring)
{
	double radius = ring_radius(b, ring), square = 0;

	for (int o = 0; o < m->orbits; o++) {
		double d = m->orbit[o].radius - radius, w = exp(-d * d / (2 * RING_SIGMA * RING_SIGMA));

		if (fabs(d) > RING_NEAR)
			continue;
		m->how[ring][o] = APART;
		fill_row(m->row[ring][o], ring, &m->orbit[o], w);
		square += 4 * w * w;
	}
	/* seven bits in ten say something */
	b->spread[ring] = NUMBER_SPREAD / sqrt(0.35 * square);
	b->multiplier[ring] = (int32_t)lrint(b->spread[ring] * (1 << MULTIPLIER_BITS) / TABLE_UNIT);
}

/* Is the mirrored orbit's row what the octet takes it for? For m of rest c exp(-i m (pi/2 - angle)) is
 * (-i)^c exp(i m angle). Where a cosine lies just between two numbers, their roundings may differ. */
static bool mirrors(const ring_orders *row, const ring_orders *mirrored)
{
	static const int swapped[CLASSES] = { 0, 0, 1, 1 }, cosine[CLASSES] = { 1, -1, 1, -1 },
		sine[CLASSES] = { -1, 1, 1, -1 };

	for (int c = 0; c < CLASSES; c++)
		for (int k = 0; k < CLASS_ORDERS; k++)
			if (mirrored[2 * c][k] != cosine[c] * row[2 * c + swapped[c]][k] ||
			    mirrored[2 * c + 1][k] != sine[c] * row[2 * c + 1 - swapped[c]][k])
				return false;
	return true;
}

static void find_how(struct making *m, int ring)
{
	for (int o = 0; o < m->orbits; o++) {
		int mirror = m->mirror[o];

		if (m->how[ring][o] && o <= mirror)
			m->how[ring][o] = m->how[ring][mirror] =
				o < mirror && mirrors(m->row[ring][o], m->row[ring][mirror]) ? TOGETHER : APART;
	}
}

/* What octet t multiplies in a ring; NULL: nothing. Orbits whose mirror image has other numbers in this ring
 * stand there each for itself, behind what they are together in others. */
static const ring_orders *row_of(const struct making *m, int ring, int t)
{
	int o = m->octet[t][0];

	return m->how[ring][o] == (m->octet[t][1] < 0 ? APART : TOGETHER) ? m->row[ring][o] : NULL;
}

static void add_octet(struct rings_basis *b, struct making *m, int o, int other)
{
	int t = b->octets++;

	m->octet[t][0] = o;
	m->octet[t][1] = other;
	for (int k = 0; k < 2; k++) {
		b->place[t][k] = m->orbit[o].place[k];
		b->place[t][2 + k] = other < 0 ? (uint16_t)b->half : m->orbit[other].place[k];
	}
}

static void find_octets(struct rings_basis *b, struct making *m)
{
	for (int k = 0; k < m->orbits; k++) {
		int o = m->sorted[k];
		bool is[APART + 1] = { false };

		for (int r = 0; r < RINGS; r++)
			is[m->how[r][o]] = true;
		if (is[TOGETHER] && o < m->mirror[o])
			add_octet(b, m, o, m->mirror[o]);
		if (is[APART])
			add_octet(b, m, o, -1);
	}
}

/* The run of octets that a ring is near. */
static void find_run(struct rings_basis *b, struct making *m, int ring)
{
	int first = b->octets, last = -1;

	for (int t = 0; t < b->octets; t++) {
		if (!row_of(m, ring, t))
			continue;
		first = t < first ? t : first;
		last = t;
	}
	b->row_first[ring] = first;
	b->rows[ring] = last - first + 1;
	b->first[ring] = first / OCTET_GROUP;
	b->groups[ring] = last / OCTET_GROUP - first / OCTET_GROUP + 1;
}

static void fill_ring(struct rings_basis *b, struct making *m, int ring)
{
	memset(b->row[ring], 0, (size_t)b->rows[ring] * sizeof(ring_row));
	memset(b->group[ring], 0, (size_t)b->groups[ring] * sizeof(ring_group));
	for (int n = 0; n < b->rows[ring]; n++) {
		int t = b->row_first[ring] + n;
		const ring_orders *row = row_of(m, ring, t);
		int8_t (*group)[CLASS_ORDERS][OCTET_GROUP] = b->group[ring][t / OCTET_GROUP - b->first[ring]];

		if (!row)
			continue;
		memcpy(b->row[ring][n], row, sizeof(ring_row));
		for (int c = 0; c < 2 * CLASSES; c++)
			for (int k = 0; k < CLASS_ORDERS; k++) {
				group[c][k][t % OCTET_GROUP] = (int8_t)row[c][k];
				b->bias[ring][c][k] -= 8 * row[c][k];
			}
	}
}

static int fill_tables(struct rings_basis *b, struct making *m, struct error *e)
{
	size_t groups = 0, rows = 0;

	find_octets(b, m);
	for (int r = 0; r < RINGS; r++) {
		find_run(b, m, r);
		groups += (size_t)b->groups[r];
		rows += (size_t)b->rows[r];
	}
	b->group_table = mem_table(groups, sizeof *b->group_table, e);
	b->row_table = mem_table(rows, sizeof *b->row_table, e);
	if (!b->group_table || !b->row_table)
		return STATUS_SYSTEM;
	groups = rows = 0;
	for (int r = 0; r < RINGS; r++) {
		b->group[r] = b->group_table + groups;
		b->row[r] = b->row_table + rows;
		groups += (size_t)b->groups[r];
		rows += (size_t)b->rows[r];
		fill_ring(b, m, r);
	}
	for (; b->octets % OCTET_GROUP; b->octets++)
		for (int k = 0; k < 4; k++)
			b->place[b->octets][k] = (uint16_t)b->half;
	return STATUS_DONE;
}

static void find_numbers(struct rings_basis *b)
{
	int n = 0;

	for (int m = 1; m <= RINGS_ORDERS; m++)
		for (int p = 0; p < RINGS_PAIRS(m); p++)
			b->number[n++] = (uint16_t)((p * CLASSES + CLASS(m)) * CLASS_ORDERS + CLASS_PLACE(m));
}

static void find_cells(struct rings_basis *b, const struct code_run *run, int runs)
{
	double outer = b->outer * b->outer, inner = pow(b->outer - RINGS * RING_STEP, 2);
	int count[RINGS_CELLS] = { 0 }, n = 0;

	for (int r = 0; r < runs; r++)
		for (int i = 0; i < run[r].count; i++, n++) {
			double x = run[r].first + i + 0.5, y = run[r].row + 0.5;
			int band = (int)floor(RINGS_BANDS * (x * x + y * y - inner) / (outer - inner));
			int sector = (int)floor(RINGS_SECTORS * (atan2(y, x) / (2 * M_PI) + 1)) % RINGS_SECTORS;

			band = band < 0 ? 0 : band < RINGS_BANDS ? band : RINGS_BANDS - 1;
			b->cell[n] = (uint8_t)(sector + RINGS_SECTORS * band);
			count[b->cell[n]]++;
		}
	for (int c = 0; c < RINGS_CELLS; c++)
		b->cell_least[c] = (uint8_t)(count[c] ? ceil(CELL_THERE * count[c]) : 1);
}

static int find_windows(struct rings_basis *b, struct error *e)
{
	int n[RINGS_CELLS] = { 0 };

	for (int k = 0; k < CODE_MOST; k++) {
		int c = b->cell[k], at = k / 8 < CODE_MOST / 8 - 8 ? k / 8 : CODE_MOST / 8 - 8;

		if (!n[c] || k / 8 >= b->cell_at[c][n[c] - 1] + 8) {
			if (n[c] == CELL_WINDOWS)
				return error_set(e, STATUS_INPUT, "a lattice with places of a cell that are far apart");
			b->cell_at[c][n[c]++] = (uint8_t)at;
		}
		b->cell_bits[c][n[c] - 1] |= UINT64_C(1) << (k - 8 * b->cell_at[c][n[c] - 1]);
		b->windows = n[c] > b->windows ? n[c] : b->windows;
	}
	return STATUS_DONE;
}

struct rings_basis *rings_new(const struct code_lattice *lattice, struct error *e)
{
	struct rings_basis *b = mem_new(1, sizeof *b, e);
	struct making *m = mem_new(1, sizeof *m, e);
	struct code_run run[CODE_RUNS];
	int runs = code_runs(lattice, run), status = b && m ? STATUS_DONE : STATUS_SYSTEM;

	if (!status)
		status = find_orbits(m, &b->half, run, runs, e);
	if (!status) {
		b->pitch_um = lattice->pitch_um;
		b->outer = lattice->outer_um / lattice->pitch_um;
		sort_orbits(m);
		find_cells(b, run, runs);
		find_numbers(b);
		for (int r = 0; r < RINGS; r++) {
			fill_rows(b, m, r);
			find_how(m, r);
		}
		status = find_windows(b, e);
		if (!status)
			status = fill_tables(b, m, e);
	}
	free(m);
	if (!status)
		return b;
	rings_free(b);
	return NULL;
}

void rings_free(struct rings_basis *b)
{
	if (b) {
		free(b->group_table);
		free(b->row_table);
	}
	free(b);
}
