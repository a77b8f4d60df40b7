//! ready42: how ready an organisation is for ISO/IEC 42001 certification, and how long the way takes.
#![allow(clippy::allow_attributes, dead_code, unused_imports, reason = "while the layers above are being built")]
mod domain;
mod export;
