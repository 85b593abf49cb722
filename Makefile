# What people do with this checkout. `make` alone lists it.

SHELL := /bin/bash
TARGET := $(or $(CARGO_TARGET_DIR),target)
# What rustup just installed is found without a new shell.
export PATH := $(HOME)/.cargo/bin:$(PATH)

# Other people's tus clients, then the stories in a browser.
end2end = cd end2end && npm run --silent peers && npx playwright test

.DEFAULT_GOAL := help
.PHONY: run dev test check boundaries end2end snapshots migration bench release doctor help

run: ## Build Satchel and serve it on http://127.0.0.1:3000, data in ./data
	scripts/setup run
	cargo xtask bundle
	SATCHEL_SITE_DIR="$(TARGET)/site" cargo run --release --package server --bin satchel -- serve

dev: ## Serve, and build and start again whenever a source changes
	scripts/setup run
	cargo xtask dev

test: ## Every test: on SQLite and files, on Postgres and S3, in a browser
	scripts/setup test
	scripts/boundaries
	cargo xtask bundle
	cargo test --workspace
	scripts/with-services sh -c 'cargo test --workspace --test it && cargo test --workspace --lib db::'
	$(end2end)

check: ## Formatting, lints (native and wasm), dependencies, docs, boundaries
	scripts/setup run
	scripts/check

boundaries: ## Only the arrows between crates
	scripts/boundaries

end2end: ## Only the tus clients and the stories in a browser
	scripts/setup test
	cargo xtask bundle
	cargo test --workspace --no-run
	$(end2end)

snapshots: ## Run the tests and accept what they now see as right
	INSTA_UPDATE=always cargo test --workspace
	git diff --stat -- '*.snap'

migration: ## Make the next pair of migrations: make migration NAME=add_tags
	scripts/migration "$(NAME)"

bench: ## Measure ourselves against sharp, vipsthumbnail, nginx and the tus server
	scripts/setup bench
	cargo xtask bundle
	cargo build --release --package server --bin satchel --package library --example thumbnails --example previews --example fill
	node bench/run.mjs

release: ## Pack the binary and its site in dist/
	scripts/setup run
	cargo xtask release

doctor: ## Check database, storage, clock, free space and public address
	cargo run --release --package server --bin satchel -- doctor

help: ## List all this
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20
