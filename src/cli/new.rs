//! `ready42 new NAME`

use std::io::Read;
use std::path::Path;

use serde_json::json;

use crate::cli::args::New as Arguments;
use crate::cli::context::Context;
use crate::cli::fault::Fault;
use crate::cli::profile;
use crate::domain::assessment::Depth;
use crate::domain::profile::ProfileKey;
use crate::domain::text::visible;
use crate::storage::doctor::quoted;

/// The greatest number of bytes of a profile file.
const MOST_BYTES: u64 = 1024 * 1024;

/// Makes an assessment.
pub fn run(context: &mut Context, arguments: &Arguments) -> Result<(), Fault> {
    let pairs = match &arguments.profile {
        Some(path) => profile::from_toml(&read(path)?)?,
        None => vec![],
    };
    let workspace = context.workspace()?;
    let depth = if arguments.quick { Depth::Quick } else { Depth::Full };
    let draft = workspace.draft(&arguments.name, &arguments.questionnaire, depth)?;
    let changes = profile::changes(&draft.assessment, &pairs)?;
    let desk = workspace.create(draft, &changes, &context.meta(None))?;
    tell(context, desk.assessment().name());
    Ok(())
}

/// Tells that an assessment was made, and what to do next.
pub fn tell(context: &mut Context, name: &str) {
    if context.global.json {
        context.json(&json!({ "name": name }));
        return;
    }
    context.line(format!("✓ saved, {} is there", visible(name)));
    context.tell(format!(
        "Describe the organisation: ready42 profile {name} {}=…\nAnswer the questions:      ready42 open {name}",
        ProfileKey::Headcount.word(),
        name = quoted(name),
    ));
}

fn read(path: &Path) -> Result<String, Fault> {
    let shown = visible(&path.display().to_string()).into_owned();
    let mut bytes = vec![];
    std::fs::File::open(path)
        .and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| Fault::not_found(format!("{shown} can't be read: {error}"), "Nothing was made."))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Fault::refused(format!("{shown} has more than {MOST_BYTES} bytes"), "A profile is short."));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Fault::refused(format!("{shown}: byte {at} is not UTF-8"), "Save the file as UTF-8.")
    })
}
