//! `ready42 list`

use serde_json::json;

use crate::cli::context::Context;
use crate::cli::fault::Fault;
use crate::cli::table::aligned;
use crate::domain::report::words;

/// Prints the assessments, the one changed last first.
pub fn run(context: &mut Context) -> Result<(), Fault> {
    let listed = context.workspace()?.list(context.today)?;
    if context.global.json {
        let entries = listed.iter().map(|entry| {
            json!({
                "name": entry.name,
                "organisation": entry.organisation,
                "completion": entry.completion,
                "readiness": entry.readiness,
                "changed": entry.changed.map(|moment| moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
                "damage": entry.damage,
            })
        });
        let entries = serde_json::Value::Array(entries.collect());
        context.json(&entries);
        return Ok(());
    }
    if listed.is_empty() {
        context.line("There is no assessment yet. Begin one with: ready42 new NAME");
        return Ok(());
    }
    let percent = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), words::percent);
    let mut rows = vec![["NAME", "ORGANISATION", "ANSWERED", "STAGE 2", "CHANGED", ""].map(str::to_owned)];
    rows.extend(listed.iter().map(|entry| {
        [
            entry.name.clone(),
            entry.organisation.clone(),
            match entry.quick {
                Some(share) if share >= 1.0 => "quick scan done".to_owned(),
                Some(share) => format!("{} of the quick scan", percent(Some(share))),
                None => percent(entry.completion),
            },
            percent(entry.readiness),
            entry.changed.map(|moment| moment.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default(),
            entry.damage.as_ref().map(|damage| format!("! {damage}")).unwrap_or_default(),
        ]
    }));
    for line in aligned(&rows) {
        context.line(line);
    }
    Ok(())
}
