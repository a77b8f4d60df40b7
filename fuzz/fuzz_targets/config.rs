#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| ready42::fuzzing::config(bytes));
