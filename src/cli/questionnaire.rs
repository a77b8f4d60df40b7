//! `ready42 questionnaire list | show ID | check PATH | new PATH | schema`

use std::path::Path;

use serde_json::{Value, json};

use crate::cli::args::Questionnaire as Arguments;
use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::cli::table::aligned;
use crate::domain::text::visible;
use crate::export;
use crate::shell::files::write_folder;
use crate::storage::library::{Checked, LocatedFlaw, schema, skeleton};

/// Lists, shows, checks or makes questionnaires.
pub fn run(context: &mut Context, arguments: &Arguments) -> Result<(), Fault> {
    match arguments {
        Arguments::List => list(context),
        Arguments::Show { id } => show(context, id),
        Arguments::Check { path } => check(context, path),
        Arguments::New { path } => new(context, path),
        Arguments::Schema => {
            context.json(&schema());
            Ok(())
        }
    }
}

fn new(context: &mut Context, path: &Path) -> Result<(), Fault> {
    let shown = visible(&path.display().to_string()).into_owned();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let files = skeleton(&name);
    write_folder(path, &files).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            let remedy = "Name a folder that isn't there yet.";
            Fault::new(Status::NotWritten, format!("{shown} is there already, and was left as it is"), remedy)
        }
        _ => Fault::new(Status::NotWritten, format!("{shown} can't be made: {error}"), "Choose another place."),
    })?;
    if context.global.json {
        let written: Vec<String> = files.iter().map(|(file, _)| path.join(file).display().to_string()).collect();
        context.json(&json!({ "written": written }));
        return Ok(());
    }
    for (file, _) in files {
        context.line(format!("✓ written: {shown}/{file}"));
    }
    context.line(format!("Change what you like, then:  ready42 questionnaire check {shown}"));
    context.line(format!("To use it:                   ready42 new NAME --questionnaire {shown}"));
    Ok(())
}

fn list(context: &mut Context) -> Result<(), Fault> {
    let listed = context.workspace()?.questionnaires()?;
    if context.global.json {
        let entries: Vec<_> = listed
            .iter()
            .map(|one| json!({ "id": one.id, "title": one.title, "version": one.version, "origin": one.origin }))
            .collect();
        context.json(&json!(entries));
        return Ok(());
    }
    let mut rows = vec![["ID", "VERSION", "TITLE", "FROM"].map(str::to_owned)];
    rows.extend(listed.into_iter().map(|one| [one.id, one.version, one.title, one.origin]));
    for line in aligned(&rows) {
        context.line(line);
    }
    Ok(())
}

fn show(context: &mut Context, id: &str) -> Result<(), Fault> {
    let loaded = context.workspace()?.questionnaire(id)?;
    let questionnaire = &loaded.questionnaire;
    if context.global.json {
        let mut value = export::json::questionnaire(questionnaire);
        if let Some(object) = value.as_object_mut() {
            object.insert("origin".to_owned(), json!(loaded.origin.to_string()));
            object.insert("digest".to_owned(), json!(loaded.digest()));
        }
        context.json(&value);
        return Ok(());
    }
    let header = questionnaire.header();
    context.line(format!("{} ({} {})", visible(&header.title), header.id, visible(&header.version)));
    context.line(visible(&header.notice));
    for area in questionnaire.areas() {
        context.line("");
        context.line(format!("{}  {}", area.id, visible(&area.title)));
        for requirement in &area.requirements {
            context.line(format!("  {}  {}", requirement.id, visible(&requirement.title)));
            for question in &requirement.questions {
                let marks = [
                    (question.documented, "documented"),
                    (question.showstopper, "showstopper"),
                    (question.quick, "quick"),
                ];
                let marks: Vec<&str> = marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark).collect();
                let marks = if marks.is_empty() { String::new() } else { format!("  [{}]", marks.join(", ")) };
                context.line(format!("    {}  {}{marks}", question.id, visible(&question.ask)));
            }
        }
    }
    Ok(())
}

fn check(context: &mut Context, path: &Path) -> Result<(), Fault> {
    let Checked { flaws, advice } = context.workspace()?.check_questionnaire(path)?;
    if context.global.json {
        let told = |all: &[LocatedFlaw]| all.iter().map(row).collect::<Vec<_>>();
        context.json(&json!({ "flaws": told(&flaws), "advice": told(&advice) }));
    }
    let shown = visible(&path.display().to_string()).into_owned();
    if flaws.is_empty() {
        if !context.global.json {
            context.line(match advice.len() {
                0 => format!("✓ {shown} is sound"),
                1 => format!("✓ {shown} is sound; one thing could be worded better"),
                count => format!("✓ {shown} is sound; {count} things could be worded better"),
            });
            for one in advice {
                context.line(format!("\n{one}"));
            }
        }
        return Ok(());
    }
    let noun = if flaws.len() == 1 { "flaw" } else { "flaws" };
    // With the error, so that they are told also to who wants nothing but errors.
    let told: Vec<String> = flaws.iter().map(ToString::to_string).collect();
    let remedy = "Nothing of it was loaded. Advice on its wording follows when they are mended.";
    Err(Fault::refused(format!("{shown} has {} {noun}\n{}", flaws.len(), told.join("\n")), remedy))
}

fn row(flaw: &LocatedFlaw) -> Value {
    json!({
        "file": flaw.file,
        "line": flaw.line,
        "column": flaw.column,
        "problem": flaw.problem,
        "remedy": flaw.remedy,
    })
}
