//! Template folders: read whole, and copied out.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::export::brand::Brand;
use crate::export::html::TemplateFault;
use crate::export::template;

/// The most bytes that a file of a template has, and the most files.
const MOST: (u64, usize) = (8 * 1024 * 1024, 64);

/// Why a template can't be used.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The folder or a file in it can't be read or written.
    #[error("{0}: {1}")]
    Io(PathBuf, #[source] io::Error),
    /// It holds more than a template does.
    #[error("{0} is larger than a template is: at most 64 files of 8 MB each")]
    TooLarge(PathBuf),
    /// It has faults.
    #[error("{} can't be used:\n{}", .0.display(), .1.iter().map(|fault| format!("  {fault}")).collect::<Vec<_>>().join("\n"))]
    Faults(PathBuf, Vec<TemplateFault>),
}

/// Reads the template in a folder.
///
/// # Errors
///
/// Returns why it can't be used, with every fault that can be found at once.
pub fn read_template(folder: &Path) -> Result<Brand, TemplateError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| TemplateError::Io(path, error)
    };
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        // What is no ordinary file, such as a pipe that would never end, belongs to no template.
        let is_file = fs::metadata(&path).is_ok_and(|metadata| metadata.is_file());
        let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|_| is_file) else { continue };
        if files.len() >= MOST.1 {
            return Err(TemplateError::TooLarge(folder.to_owned()));
        }
        let mut bytes = vec![];
        let file = fs::File::open(&path).map_err(failed(&path))?;
        file.take(MOST.0 + 1).read_to_end(&mut bytes).map_err(failed(&path))?;
        if bytes.len() as u64 > MOST.0 {
            return Err(TemplateError::TooLarge(path));
        }
        files.insert(name.to_owned(), bytes);
    }
    template::read(&files).map_err(|faults| TemplateError::Faults(folder.to_owned(), faults))
}

/// Copies ready42's own template into a folder, which is made where there is none. Returns the files.
///
/// # Errors
///
/// Returns what went wrong. A file that is there already is left as it is, and nothing is written then.
pub fn write_template(folder: &Path) -> Result<Vec<PathBuf>, TemplateError> {
    fs::create_dir_all(folder).map_err(|error| TemplateError::Io(folder.to_owned(), error))?;
    let paths: Vec<(PathBuf, &str)> =
        template::built_in().into_iter().map(|(name, text)| (folder.join(name), text)).collect();
    if let Some((path, _)) = paths.iter().find(|(path, _)| path.symlink_metadata().is_ok()) {
        return Err(TemplateError::Io(path.clone(), io::ErrorKind::AlreadyExists.into()));
    }
    for (path, text) in &paths {
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|error| TemplateError::Io(path.clone(), error))?;
    }
    Ok(paths.into_iter().map(|(path, _)| path).collect())
}
