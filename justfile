# Each recipe is one or two cargo lines; CONTRIBUTING.md writes them out for those without `just`.

# What CI runs.
ci:
    bash .ci/run

# Format, lints, docs.
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items

# All tests.
test:
    cargo test

# Look at changed snapshots one by one.
review:
    cargo insta test --review --unreferenced=delete

# More cases of the property tests than CI takes.
properties:
    PROPTEST_CASES=20000 cargo test --release properties

bench:
    cargo bench

# Licences, sources and advisories of the dependencies.
audit:
    cargo deny check

# The proofs that no answer is lost, with their figures. `just faults --short` takes two minutes; it wants root.
faults *FORM:
    bash .ci/faults {{FORM}}

# Fuzzes each parser for so many seconds, from the corpus in fuzz/; it wants nightly and cargo-fuzz.
fuzz SECONDS="60":
    bash .ci/fuzz {{SECONDS}}
