//! `ready42 answer NAME QUESTION LEVEL`, and many at once from a file.

use std::io::Read;
use std::path::Path;

use serde_json::json;

use crate::cli::answers_file;
use crate::cli::args::{Answer as Arguments, AnswersFormat, LevelWord};
use crate::cli::context::Context;
use crate::cli::fault::{Fault, Status};
use crate::domain::assessment::{Answer, Evidence};
use crate::domain::change::Change;
use crate::domain::id::QuestionId;
use crate::domain::questionnaire::EvidenceKind;
use crate::domain::text::visible;
use crate::shell::workspace::Desk;

/// Answers a question, or many; all of it or nothing.
pub fn run(context: &mut Context, arguments: &Arguments) -> Result<(), Fault> {
    // What is to be answered is read before the assessment is locked.
    let file = arguments.from.as_deref().map(|path| read(path, arguments.format)).transpose()?;
    let mut desk = context.workspace()?.write(&arguments.name, &context.meta(None))?;
    context.tell_notices(desk.notices());
    let changes = match &file {
        Some((bytes, format)) => answers_file::changes(bytes, *format, desk.questionnaire(), desk.assessment())
            .map_err(|faults| {
                Fault::refused(
                    format!("the file was refused, and nothing was changed:\n  {}", faults.join("\n  ")),
                    "Mend these rows and give the whole file again.",
                )
            })?,
        None => single(&desk, arguments)?.into_iter().map(|change| (change, None)).collect(),
    };
    let count = changes.len();
    if file.is_some() && count > 0 {
        desk.pin_backup("import")?;
    }
    let because = arguments.because.clone();
    let id = context.record(&mut desk, &changes, because)?;
    if context.global.json {
        context.json(&json!({ "changes": count, "id": id }));
    } else {
        let noun = if count == 1 { "change" } else { "changes" };
        context.line(format!("✓ saved, {count} {noun}"));
    }
    Ok(())
}

fn read(path: &Path, format: Option<AnswersFormat>) -> Result<(Vec<u8>, AnswersFormat), Fault> {
    let is_stdin = path == Path::new("-");
    let by_ending = || match path.extension().and_then(|ending| ending.to_str()) {
        Some("toml") => Some(AnswersFormat::Toml),
        Some("csv") => Some(AnswersFormat::Csv),
        Some("json") => Some(AnswersFormat::Json),
        _ => None,
    };
    let format = format.or_else(by_ending).ok_or_else(|| {
        Fault::new(
            Status::Usage,
            format!("it isn't clear in which format {} is", visible(&path.display().to_string())),
            "Say it with --format toml, csv or json.",
        )
    })?;
    let mut bytes = vec![];
    let limit = answers_file::MOST_BYTES + 1;
    let result = if is_stdin {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    match result {
        Ok(_) => Ok((bytes, format)),
        Err(error) => Err(Fault::not_found(
            format!("{} can't be read: {error}", visible(&path.display().to_string())),
            "Nothing was changed.",
        )),
    }
}

fn single(desk: &Desk, arguments: &Arguments) -> Result<Vec<Change>, Fault> {
    let (Some(question), Some(level)) = (&arguments.question, arguments.level) else { return Ok(vec![]) };
    let question = QuestionId::from(question.as_str());
    let assessment = desk.assessment();
    if desk.questionnaire().item(&question).is_none() {
        let id = desk.questionnaire().header().id.clone();
        return Err(Fault::not_found(
            format!("there is no question {}", visible(question.as_str())),
            format!("All ids: ready42 questionnaire show {id}"),
        ));
    }
    let because = arguments.because.clone();
    let answer = match level {
        LevelWord::Level(level) => Some(Answer::Level(level)),
        LevelWord::NotApplicable => Some(Answer::NotApplicable { because: because.clone().unwrap_or_default() }),
        LevelWord::Clear => None,
    };
    let mut changes = vec![Change::answer(assessment, &question, answer)];
    if let Some(note) = &arguments.note {
        changes.push(Change::note(assessment, &question, note.clone()));
    }
    for item in &arguments.evidence {
        changes.push(Change::EvidenceAdded { question: question.clone(), evidence: evidence(item)? });
    }
    if let Some(owner) = &arguments.owner {
        changes.push(Change::owner(assessment, &question, owner.clone()));
    }
    if arguments.due.is_some() {
        changes.push(Change::due(assessment, &question, arguments.due));
    }
    changes.retain(|change| !change.is_idle(assessment));
    Ok(changes)
}

fn evidence(text: &str) -> Result<Evidence, Fault> {
    let parts =
        text.split_once(':').and_then(|(kind, what)| Some((EvidenceKind::from_word(kind.trim())?, what.trim())));
    let Some((kind, what)) = parts else {
        return Err(Fault::refused(
            format!("the evidence {:?} was refused, and nothing was changed", visible(text)),
            "Write it as document:TEXT, record:TEXT or measurement:TEXT.",
        ));
    };
    Ok(Evidence { kind, what: what.to_owned(), date: None, valid_until: None })
}
