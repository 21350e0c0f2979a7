# Makefile - builds, tests and installs the toolkit
# SPDX-License-Identifier: GPL-3.0-or-later

VERSION = 0.1.0
PREFIX ?= /usr/local
BUILD ?= build
CC ?= cc
# one result on every machine: no fused multiply-add behind the source's back
CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wwrite-strings
OWN = -std=gnu11 -D_GNU_SOURCE -D_FORTIFY_SOURCE=2 -ffp-contract=off -fno-math-errno -fno-trapping-math \
	-DVERSION='"$(VERSION)"' -Icommon -MMD -MP $(WARN) $(PACKAGE_CFLAGS)
PACKAGES = libjpeg libpng libzip expat fftw3f zlib libsodium lmdb cairo
PACKAGE_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
LIBS = -Wl,--as-needed $(shell pkg-config --libs $(PACKAGES)) -lcsv -lpthread -lm

ifdef WERROR
WARN += -Werror
endif
# make SAN=1: address and undefined-behaviour sanitizers
ifdef SAN
BUILD := $(BUILD)-san
CFLAGS += -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -U_FORTIFY_SOURCE
OWN := $(filter-out -D_FORTIFY_SOURCE=2,$(OWN))
endif

PROGRAMS = $(notdir $(basename $(wildcard cmd/*.c)))
OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard common/*/*.c))
LIBRARY = $(BUILD)/libcommon.a
UNIT = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/unit/*.c))
MAKERS = $(patsubst tests/make/cmd/%.c,$(BUILD)/%,$(wildcard tests/make/cmd/*.c))
MAKER_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/make/*.c))
FUZZ = $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
MAN = $(wildcard man/*.[1-9])

all: $(addprefix $(BUILD)/,$(PROGRAMS)) $(MAKERS)

$(LIBRARY): $(OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(addprefix $(BUILD)/,$(PROGRAMS)): $(BUILD)/%: $(BUILD)/cmd/%.o $(LIBRARY)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(OWN) $(if $(filter tests/%,$<),-Itests) -c -o $@ $<

# the data maker: tests/make/cmd holds its programs, tests/make what they share
$(MAKERS): $(BUILD)/%: $(BUILD)/tests/make/cmd/%.o $(MAKER_OBJECTS) $(LIBRARY)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# each tests/unit/t_NAME.c gives `Suite *t_NAME(void)`; the list of them is made here
$(BUILD)/unit_list.h: $(wildcard tests/unit/t_*.c) Makefile
	@mkdir -p $(@D)
	@for s in $(notdir $(basename $(wildcard tests/unit/t_*.c))); do echo "UNIT($$s)"; done > $@
$(BUILD)/tests/unit/runner.o: OWN += -I$(BUILD) $(shell pkg-config --cflags check)
$(BUILD)/tests/unit/runner.o: $(BUILD)/unit_list.h
$(BUILD)/unit: $(UNIT) $(MAKER_OBJECTS) $(LIBRARY)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(shell pkg-config --libs check)

# fuzz targets: with clang's fuzzer (scripts/fuzz), and with a main that replays the corpus
$(addprefix $(BUILD)/fuzz_,$(FUZZ)): $(BUILD)/%: $(BUILD)/tests/fuzz/%.o $(LIBRARY)
	$(CC) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LIBS)
$(addprefix $(BUILD)/replay_,$(FUZZ)): $(BUILD)/replay_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/replay.o $(LIBRARY)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/seeds: $(BUILD)/tests/fuzz/seeds.o $(BUILD)/tests/unit/archive.o $(LIBRARY)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# `make -k check` runs all of them even when one fails
check: check-layers check-unit check-fuzz check-cases
check-layers:
	scripts/layers
check-unit: $(BUILD)/unit
	$(BUILD)/unit
check-fuzz: $(addprefix $(BUILD)/replay_,$(FUZZ))
	for t in $(FUZZ); do $(BUILD)/replay_$$t tests/fuzz/corpus/$$t || exit 1; done
check-cases: all
	tests/cases/run $(BUILD)

clean:
	rm -rf $(BUILD) $(BUILD)-san

# man pages by section, completion made from each program's own --help
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install $(addprefix $(BUILD)/,$(PROGRAMS)) $(DESTDIR)$(PREFIX)/bin
	for m in $(MAN); do s=$${m##*.}; install -D -m 644 $$m $(DESTDIR)$(PREFIX)/share/man/man$$s/$${m##*/} || exit 1; done
	for p in $(PROGRAMS); do scripts/completion $(BUILD)/$$p > \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$p || exit 1; done

uninstall:
	for p in $(PROGRAMS); do rm -f $(DESTDIR)$(PREFIX)/bin/$$p \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$p; done
	for m in $(MAN); do rm -f $(DESTDIR)$(PREFIX)/share/man/man$${m##*.}/$${m##*/}; done

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.PHONY: all check check-layers check-unit check-fuzz check-cases clean install uninstall
