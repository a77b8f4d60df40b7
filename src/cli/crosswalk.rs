//! `ready42 crosswalk NAME [ID]`

use crate::cli::context::Context;
use crate::cli::fault::Fault;
use crate::cli::table::aligned;
use crate::domain::crosswalk::Detail;
use crate::domain::crosswalk_view::{CrosswalkLine, CrosswalkView, Says, views};
use crate::domain::id::RequirementId;
use crate::domain::report::{SELF_ASSESSMENT, words};
use crate::domain::scoring::{Range, Views, score};
use crate::domain::text::visible;
use crate::export;

/// Prints what other frameworks the work helps with: all in a line each, or one in full.
pub fn run(context: &mut Context, name: &str, id: Option<&str>) -> Result<(), Fault> {
    let document = context.read_current(name)?;
    context.tell_notices(&document.notices);
    let (questionnaire, assessment) = (&document.questionnaire, &document.assessment);
    let card = score(questionnaire, assessment, context.today);
    let mut all = views(questionnaire, assessment, &card);
    if let Some(id) = id {
        if !all.iter().any(|view| view.id.as_str() == id) {
            let ids: Vec<&str> = all.iter().map(|view| view.id.as_str()).collect();
            let remedy = format!("There are: {}.", ids.join(", "));
            return Err(Fault::not_found(format!("there is no crosswalk {}", visible(id)), remedy));
        }
        all.retain(|view| view.id.as_str() == id);
    }
    if context.global.json {
        let value = export::json::crosswalks(&all);
        context.json(&value);
        return Ok(());
    }
    let lines = match all.as_slice() {
        [view] if id.is_some() => in_full(view),
        all => in_short(all),
    };
    for line in lines {
        context.line(line);
    }
    context.line("");
    context.line(SELF_ASSESSMENT);
    Ok(())
}

fn in_short(views: &[CrosswalkView]) -> Vec<String> {
    let mut rows = vec![["ID", "FRAMEWORK", "CLAIMED", "EVIDENCED", "ANSWERED", ""].map(str::to_owned)];
    rows.extend(views.iter().map(|view| {
        let [claimed, evidenced, answered] = support(&view.support);
        [view.id.to_string(), view.title.clone(), claimed, evidenced, answered, view.told()]
    }));
    let mut lines = aligned(&rows);
    lines.push(String::new());
    lines.push(
        "The shares say how far the work for the standard goes that helps; they never say that an obligation is met."
            .to_owned(),
    );
    lines.push("One in full: ready42 crosswalk NAME ID".to_owned());
    lines
}

fn in_full(view: &CrosswalkView) -> Vec<String> {
    let [claimed, evidenced, answered] = support(&view.support);
    let mut lines = vec![
        visible(&view.title).into_owned(),
        visible(&view.reference).into_owned(),
        format!("{} Support: {claimed} as claimed, {evidenced} by the evidence; {answered} answered.", view.told()),
        visible(&view.note).into_owned(),
        String::new(),
    ];
    for line in &view.lines {
        lines.extend(entry(line));
        lines.push(String::new());
    }
    lines.push(format!("{} As of {}.", visible(&view.source), view.as_of));
    lines
}

fn entry(line: &CrosswalkLine) -> Vec<String> {
    let entry = &line.entry;
    let mut told = vec![match (&entry.detail, &line.says) {
        (Detail::Obligation(obligation), Says::Obligation(timing)) => {
            format!("{}  {}: {}", entry.id, visible(&entry.title), timing.told(obligation.applies_from))
        }
        (_, Says::Reuse(reuse)) => format!("{}  {}: {}", entry.id, visible(&entry.title), reuse.word()),
        _ => format!("{}  {}", entry.id, visible(&entry.title)),
    }];
    if entry.requirements.is_empty() {
        told.push("    Nothing in the standard asks for it.".to_owned());
    } else {
        let ids: Vec<&str> = entry.requirements.iter().map(RequirementId::as_str).collect();
        let [claimed, evidenced, answered] = support(&line.support);
        told.push(format!(
            "    {}: {claimed} as claimed, {evidenced} by the evidence; {answered} answered.{}",
            ids.join(", "),
            match line.excluded.len() {
                0 => String::new(),
                _ => format!(
                    " Excluded: {}.",
                    line.excluded.iter().map(RequirementId::as_str).collect::<Vec<_>>().join(", ")
                ),
            }
        ));
    }
    let (helps, gap) = entry.helps_and_gap();
    told.extend((!helps.is_empty()).then(|| format!("    Helps: {}", visible(helps))));
    told.extend((!gap.is_empty()).then(|| format!("    Stays uncovered: {}", visible(gap))));
    match (&entry.detail, &line.says) {
        (Detail::Obligation(obligation), _) if !obligation.applies_note.is_empty() => {
            told.push(format!("    {}", visible(&obligation.applies_note)));
        }
        (Detail::Buyer { question, .. }, Says::Draft { text, .. }) => {
            told.push(format!("    {}", visible(question)));
            told.push(format!("    Draft: {}", visible(text)));
        }
        _ => {}
    }
    told
}

fn support(support: &Views<Range>) -> [String; 3] {
    [
        words::share_alone(&support.claimed),
        words::share_alone(&support.evidenced),
        words::coverage(support.claimed.answered),
    ]
}
