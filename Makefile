# Makefile - builds, tests and installs the toolkit
# SPDX-License-Identifier: GPL-3.0-or-later

VERSION = 0.1.0
PREFIX ?= /usr/local
BUILD ?= build
CC ?= cc
# one result on every machine: no fused multiply-add behind the source's back
CFLAGS ?= -O3 -g
WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wwrite-strings
OWN = -std=gnu11 -D_GNU_SOURCE -D_FORTIFY_SOURCE=2 -ffp-contract=off -fno-math-errno -fno-trapping-math \
	-DVERSION='"$(VERSION)"' -Icommon -MMD -MP $(WARN) $(PACKAGE_CFLAGS)
PACKAGES = libjpeg libpng libzip expat fftw3f zlib libsodium lmdb cairo pangocairo
PACKAGE_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
LIBS = -Wl,--as-needed $(shell pkg-config --libs $(PACKAGES)) -lcsv -lpthread -lm

ifdef WERROR
WARN += -Werror
endif
# make SAN=1: address and undefined-behaviour sanitizers
ifdef SAN
BUILD := $(BUILD)-san
override CFLAGS += -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -U_FORTIFY_SOURCE
OWN := $(filter-out -D_FORTIFY_SOURCE=2,$(OWN))
endif

# make V=1: the commands themselves
say = $(if $(V),,@echo "  $(1) $(@:$(BUILD)/%=%)";)

PROGRAMS = $(notdir $(basename $(wildcard cmd/*.c)))
OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard common/*/*.c))
LIBRARY = $(BUILD)/libcommon.a
UNIT = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/unit/*.c))
MAKERS = $(patsubst tests/make/cmd/%.c,$(BUILD)/%,$(wildcard tests/make/cmd/*.c))
MAKER_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/make/*.c))
SCORES = $(patsubst tests/score/%.c,$(BUILD)/%,$(wildcard tests/score/*.c))
FUZZ = $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
MAN = $(wildcard man/*.[1-9])
TRANSLATIONS = $(patsubst po/%.po,$(BUILD)/locale/%/LC_MESSAGES/iarms-report.mo,$(wildcard po/*.po))

all: $(addprefix $(BUILD)/,$(PROGRAMS)) $(MAKERS) $(SCORES) $(TRANSLATIONS)

# titles of reports in other languages; scripts/po brings them up to date
$(TRANSLATIONS): $(BUILD)/locale/%/LC_MESSAGES/iarms-report.mo: po/%.po
	@mkdir -p $(@D)
	$(call say,po)msgfmt -c -o $@ $<
$(BUILD)/cmd/iarms-report/words.o: OWN += -DLOCALEDIR='"$(PREFIX)/share/locale"'

$(LIBRARY): $(OBJECTS)
	$(call say,ar)rm -f $@ && $(AR) rcs $@ $^

# a program is cmd/NAME.c, and the files of cmd/NAME/ where it has many verbs
.SECONDEXPANSION:
$(addprefix $(BUILD)/,$(PROGRAMS)): $(BUILD)/%: $(BUILD)/cmd/%.o \
		$$(addprefix $(BUILD)/,$$(addsuffix .o,$$(basename $$(wildcard cmd/$$*/*.c)))) $(LIBRARY)
	$(call say,ld)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,cc)$(CC) $(CFLAGS) $(OWN) $(if $(filter tests/%,$<),-Itests) -c -o $@ $<

# the data maker: tests/make/cmd holds its programs, tests/make what they share
$(MAKERS): $(BUILD)/%: $(BUILD)/tests/make/cmd/%.o $(MAKER_OBJECTS) $(LIBRARY)
	$(call say,ld)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# programs that measure accuracy, for the scripts beside them
$(SCORES): $(BUILD)/%: $(BUILD)/tests/score/%.o $(LIBRARY)
	$(call say,ld)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# each tests/unit/t_NAME.c gives `Suite *t_NAME(void)`; the list of them is made here
UNIT_LIST = $(patsubst tests/unit/%.c,UNIT(%),$(wildcard tests/unit/t_*.c))
$(BUILD)/unit_list.h: FORCE
	@mkdir -p $(@D)
	@echo "$(UNIT_LIST)" | tr ' ' '\n' | cmp -s - $@ || echo "$(UNIT_LIST)" | tr ' ' '\n' > $@
$(BUILD)/tests/unit/runner.o: OWN += -I$(BUILD) $(shell pkg-config --cflags check)
$(BUILD)/tests/unit/runner.o: $(BUILD)/unit_list.h
$(BUILD)/unit: $(UNIT) $(MAKER_OBJECTS) $(LIBRARY)
	$(call say,ld)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) $(shell pkg-config --libs check)

# calls that fail: a library to preload, and a program that tries all of base and file
FAULT = $(BUILD)/fault.so $(BUILD)/fault-probe
$(BUILD)/fault.so: tests/fault/fault.c Makefile
	@mkdir -p $(@D)
	$(call say,cc)$(CC) -std=gnu11 -D_GNU_SOURCE $(WARN) -O1 -g -shared -fPIC -o $@ $< -ldl
$(BUILD)/fault-probe: $(BUILD)/tests/fault/probe.o $(LIBRARY)
	$(call say,ld)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# fuzz targets: with clang's fuzzer (scripts/fuzz), and with a main that replays the corpus
$(addprefix $(BUILD)/fuzz_,$(FUZZ)): $(BUILD)/%: $(BUILD)/tests/fuzz/%.o $(LIBRARY)
	$(call say,ld)$(CC) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LIBS)
$(addprefix $(BUILD)/replay_,$(FUZZ)): $(BUILD)/replay_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/replay.o $(LIBRARY)
	$(call say,ld)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/seeds: $(BUILD)/tests/fuzz/seeds.o $(BUILD)/tests/unit/archive.o $(LIBRARY)
	$(call say,ld)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# `make -k check` runs all of them even when one fails
check: check-lint check-names check-unit check-fuzz check-cases check-fault
check-lint:
	scripts/lint
check-names: $(LIBRARY)
	@! nm -g --defined-only $< | awk 'NF == 3 { print $$3 }' | sort | uniq -d | \
		sed 's/$$/: two modules define it/' | grep .
check-unit: $(BUILD)/unit
	$(BUILD)/unit
check-fuzz: $(addprefix $(BUILD)/replay_,$(FUZZ))
	@for t in $(FUZZ); do $(BUILD)/replay_$$t tests/fuzz/corpus/$$t || exit 1; done
# one of the cases runs make in this folder: nothing may be half written there meanwhile
check-cases: all $(FAULT) | $(BUILD)/unit $(addprefix $(BUILD)/replay_,$(FUZZ))
	tests/cases/run $(BUILD)
check-fault: all $(FAULT)
	tests/fault/run $(BUILD)

clean:
	rm -rf $(BUILD) $(BUILD)-san build-fuzz

# man pages by section, completion made from each program's own --help
BIN = "$(DESTDIR)$(PREFIX)/bin"
COMPLETIONS = "$(DESTDIR)$(PREFIX)/share/bash-completion/completions"
# scripts for cron, GNU parallel and Slurm
RECIPES = share/iarms/monthly-report share/ibin/match-parallel share/ibin/match-shard share/ibin/match-slurm
recipe_of = "$(DESTDIR)$(PREFIX)/$(dir $(1))"
mo_of = "$(DESTDIR)$(PREFIX)/share/$(patsubst $(BUILD)/%/,%,$(dir $(1)))"
man_of = "$(DESTDIR)$(PREFIX)/share/man/man$(subst .,,$(suffix $(1)))"
install: all
	install -d $(BIN) $(COMPLETIONS)
	$(foreach r,$(RECIPES),install -d $(call recipe_of,$(r)) && install scripts/$(notdir $(r)) $(call recipe_of,$(r)) &&) true
	$(foreach p,$(PROGRAMS),install $(BUILD)/$(p) $(BIN) &&) true
	$(foreach m,$(MAN),install -d $(call man_of,$(m)) && install -m 644 $(m) $(call man_of,$(m)) &&) true
	$(foreach t,$(TRANSLATIONS),install -d $(call mo_of,$(t)) && install -m 644 $(t) $(call mo_of,$(t)) &&) true
	$(foreach p,$(PROGRAMS),scripts/completion $(BUILD)/$(p) > $(BUILD)/$(p).bash && \
		install -m 644 $(BUILD)/$(p).bash $(COMPLETIONS)/$(p) &&) true

uninstall:
	rm -f $(foreach p,$(PROGRAMS),$(BIN)/$(p) $(COMPLETIONS)/$(p))
	rm -f $(foreach r,$(RECIPES),$(call recipe_of,$(r))$(notdir $(r)))
	rm -f $(foreach t,$(TRANSLATIONS),$(call mo_of,$(t))/$(notdir $(t)))
	rm -f $(foreach m,$(MAN),$(call man_of,$(m))/$(notdir $(m)))

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.PHONY: FORCE all check check-lint check-names check-unit check-fuzz check-cases check-fault clean install uninstall
