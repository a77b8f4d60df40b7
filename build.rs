//! Compiles the built-in questionnaires to a form that is read without parsing (`src/storage/library/compiled.rs`), and
//! builds anew when one changes: they are embedded as well, and the compiler doesn't see their folder.
//!
//! Makes the quantiles of their road maps (`src/domain/timeline/quantile.rs`) as well.

#[path = "src/domain/timeline/quantile/nodes.rs"]
mod nodes;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=questionnaires");
    println!("cargo:rerun-if-changed=src/domain/timeline/quantile/nodes.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo names no OUT_DIR"))?);
    let root = Path::new("questionnaires");
    let mut list = String::from("&[\n");
    let mut shapes = BTreeSet::new();
    for (number, path) in files_below(root)?.iter().enumerate() {
        let name = path.strip_prefix(root).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
        let source = fs::read_to_string(path)?;
        // What isn't TOML is left out: reading it as text tells what is wrong.
        let Ok(table) = DeTable::parse(source.strip_prefix('\u{feff}').unwrap_or(&source)) else { continue };
        if path.file_name().is_some_and(|name| name == "roadmap.toml") {
            add_shapes(table.get_ref(), &mut shapes);
        }
        let mut file = File::default();
        file.fields(table.get_ref());
        fs::write(out.join(format!("{number}.text")), &file.text)?;
        fs::write(out.join(format!("{number}.structure")), &file.structure)?;
        let include = |kind: &str, end: &str| format!("{kind}!(concat!(env!(\"OUT_DIR\"), \"/{number}.{end}\"))");
        let (text, structure) = (include("include_str", "text"), include("include_bytes", "structure"));
        writeln!(list, "Compiled {{ path: {name:?}, text: {text}, structure: {structure} }},")
            .map_err(io::Error::other)?;
    }
    list.push(']');
    fs::write(out.join("compiled.rs"), list)?;
    fs::write(out.join("quantiles.rs"), quantiles(&shapes)?)
}

/// Adds the shapes of all three points of a road map, by their bits.
fn add_shapes(table: &DeTable<'_>, shapes: &mut BTreeSet<u64>) {
    for value in table.values() {
        match value.get_ref() {
            DeValue::Table(table) => add_shapes(table, shapes),
            DeValue::Array(items) => {
                for item in items {
                    if let DeValue::Table(table) = item.get_ref() {
                        add_shapes(table, shapes);
                    }
                }
                let numbers: Vec<f64> = items.iter().filter_map(|item| number(item.get_ref())).collect();
                if let [low, mode, high] = *numbers {
                    shapes.extend(nodes::shape(low, mode, high).map(f64::to_bits));
                }
            }
            _ => {}
        }
    }
}

/// Returns the nodes of each shape as the program's source, in the order of the shapes' bits.
fn quantiles(shapes: &BTreeSet<u64>) -> io::Result<String> {
    let mut list = String::from("&[\n");
    for bits in shapes {
        write!(list, "({bits}, [").map_err(io::Error::other)?;
        for node in nodes::nodes(f64::from_bits(*bits)) {
            // As many digits as give the same bits when they are read.
            write!(list, "{node:?},").map_err(io::Error::other)?;
        }
        list.push_str("]),\n");
    }
    list.push(']');
    Ok(list)
}

/// Returns the files of questionnaires that a command may need, sorted.
fn files_below(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = vec![];
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let is_named = |name: &str| path.file_name().is_some_and(|found| found == name);
            if path.is_dir() && !is_named("i18n") {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") && !is_named("demo.toml") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// A file's texts, and what they are part of.
#[derive(Default)]
struct File {
    text: String,
    structure: Vec<u8>,
}

impl File {
    fn fields(&mut self, table: &DeTable<'_>) {
        let mut fields: Vec<_> = table.iter().collect();
        fields.sort_by_key(|(key, _)| key.get_ref());
        self.count(fields.len());
        for (key, value) in fields {
            self.text(key.get_ref());
            self.value(value);
        }
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::String(text) => {
                self.structure.push(b't');
                self.text(text);
            }
            DeValue::Integer(_) | DeValue::Float(_) => self.number(number(value.get_ref())),
            DeValue::Boolean(flag) => self.structure.push(if *flag { b'+' } else { b'-' }),
            DeValue::Datetime(moment) => match moment.date.filter(|_| moment.time.is_none()) {
                Some(date) => {
                    self.structure.push(b'd');
                    self.structure.extend(i32::from(date.year).to_le_bytes());
                    self.structure.extend([date.month, date.day]);
                }
                None => self.structure.push(b'm'),
            },
            DeValue::Array(items) => {
                self.structure.push(b'[');
                self.count(items.len());
                items.iter().for_each(|item| self.value(item));
            }
            DeValue::Table(table) => {
                self.structure.push(b'{');
                self.count(value.span().start);
                self.fields(table);
            }
        }
    }

    fn number(&mut self, number: Option<f64>) {
        match number {
            Some(number) => {
                self.structure.push(b'n');
                self.structure.extend(number.to_le_bytes());
            }
            None => self.structure.push(b'?'),
        }
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.text.push_str(text);
    }

    /// Writes a count: below 255 a byte, above it 255 and four more.
    fn count(&mut self, count: usize) {
        match u8::try_from(count) {
            Ok(byte) if byte < u8::MAX => self.structure.push(byte),
            _ => {
                self.structure.push(u8::MAX);
                self.structure.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
            }
        }
    }
}

/// Returns a number as the loader takes it; nothing where it is none, or can't be reckoned with.
fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(number) => whole(number),
        DeValue::Float(number) => number.as_str().parse().ok(),
        _ => None,
    }
}

/// Returns a whole number as the loader takes it; nothing where it can't be reckoned with.
fn whole(number: &DeInteger<'_>) -> Option<f64> {
    match number.radix() {
        10 => number.as_str().parse().ok(),
        radix => u32::from_str_radix(number.as_str(), radix).ok().map(f64::from),
    }
}
