//! Files: what is read and written, and never what it means.

pub mod library;
