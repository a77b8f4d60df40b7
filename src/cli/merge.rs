//! `ready42 merge NAME FILE|DIR`: a second copy of an assessment comes in without loss.

use serde_json::{Value, json};

use crate::cli::args::Merge as Arguments;
use crate::cli::context::Context;
use crate::cli::fault::Fault;
use crate::cli::import;
use crate::domain::assessment::Assessment;
use crate::domain::text::visible;
use crate::storage::notice;
use crate::storage::store::Merged;

/// Merges a folder, or a file that was exported as JSON.
pub fn run(context: &mut Context, arguments: &Arguments) -> Result<(), Fault> {
    let workspace = context.workspace()?;
    let because = arguments.because.clone().unwrap_or_else(|| "merged".to_owned());
    let meta = context.meta(Some(because));
    let path = &arguments.copy;
    if !path.exists() {
        return Err(Fault::not_found(
            format!("{} is not there", visible(&path.display().to_string())),
            "Name the folder of the other copy, its data folder, or a file that `ready42 export --format json` wrote.",
        ));
    }
    // What is to be merged is looked at before the assessment is locked.
    let draft = if path.is_dir() { None } else { Some(import::draft(&workspace, &arguments.name, path)?) };
    let mut desk = workspace.write_alone(&arguments.name, &meta)?;
    let Merged { changes, joined } = if let Some(draft) = &draft {
        Merged { changes: desk.merge_state(draft, path, &meta)?, joined: vec![] }
    } else {
        let copy = workspace.copy_in(&desk, path);
        desk.merge_folder(&copy, &meta)?
    };
    context.write_save_file(&mut desk);
    let assessment = desk.assessment();
    if context.global.json {
        let joined: Vec<String> = joined.iter().map(ToString::to_string).collect();
        context.json(&json!({ "changes": changes, "joined": joined, "conflicts": conflicts(assessment) }));
        return Ok(());
    }
    match changes {
        0 => context.line("✓ nothing to merge: all of it is here already"),
        1 => context.line("✓ merged, 1 change"),
        _ => context.line(format!("✓ merged, {changes} changes")),
    }
    if !joined.is_empty() {
        context.line(format!("joined: {}", notice::joined(&joined)));
    }
    for line in lines(assessment) {
        context.line(line);
    }
    Ok(())
}

/// Returns the open conflicts as lines, each with its values; nothing where there is none.
pub fn lines(assessment: &Assessment) -> Vec<String> {
    let conflicts = assessment.conflicts();
    if conflicts.is_empty() {
        return vec![];
    }
    let mut lines = vec![head(assessment)];
    for conflict in conflicts {
        lines.push(format!("  {}", visible(&conflict.subject())));
        lines.extend(conflict.told().iter().map(|told| format!("    {told}")));
    }
    lines
}

/// Returns how many conflicts are open, and what that means, in a sentence.
pub fn head(assessment: &Assessment) -> String {
    let count = assessment.conflicts().len();
    let noun = if count == 1 { "conflict is" } else { "conflicts are" };
    format!("{count} {noun} open: the lower level counts until somebody sets the value again.")
}

/// Returns the open conflicts as JSON.
pub fn conflicts(assessment: &Assessment) -> Vec<Value> {
    let told = assessment.conflicts().iter().map(|conflict| {
        json!({
            "what": conflict.subject(),
            "question": conflict.question().map(ToString::to_string),
            "values": conflict.told(),
        })
    });
    told.collect()
}
