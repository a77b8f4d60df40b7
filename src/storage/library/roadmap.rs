//! `roadmap.toml`: work packages and audit steps.

use crate::domain::id::{PackageId, QuestionId};
use crate::domain::profile::Certificate;
use crate::domain::questionnaire::Subject;
use crate::domain::roadmap::{
    Chance, Driver, Milestone, Package, PackageKind, Phase, Reference, Roadmap, Settings, Size, Step, ThreePoint,
};
use crate::storage::library::format;
use crate::storage::library::notes::{Notes, Spot};
use crate::storage::library::order::{Draft, in_order};
use crate::storage::library::table::{Table, Unread};
use crate::storage::library::tree::Fields;

/// The name of the file.
pub(super) const NAME: &str = "roadmap.toml";

/// The greatest number of packages and steps: each can follow all others.
const MOST_PACKAGES: usize = 1000;

/// Reads the file. The areas have to be read before it.
pub(super) fn read<'d>(file: usize, document: &'d Fields<'d>, notes: &mut Notes<'d>) -> Roadmap {
    let mut root = Table::open((document, Spot::whole(file)), &format::ROADMAP_FILE, notes);
    let (roadmap, reference) = (root.required_table("roadmap"), root.required_table("reference"));
    let (drivers, packages, steps) = (root.tables("driver"), root.tables("package"), root.tables("step"));
    root.is(Subject::Roadmap);
    let settings = settings(roadmap, reference, notes);
    let drivers = drivers.into_iter().map(|unread| driver(unread, notes)).collect();
    let mut all: Vec<(Unread<'d>, bool)> = packages.into_iter().map(|unread| (unread, false)).collect();
    all.extend(steps.into_iter().map(|unread| (unread, true)));
    all.sort_by_key(|((_, spot), _)| spot.span);
    if let Some(((_, spot), _)) = all.get(MOST_PACKAGES) {
        let problem = format!("there are more than {MOST_PACKAGES} packages and steps");
        notes.add(*spot, problem, "Join those that are done together.");
        all.truncate(MOST_PACKAGES);
    }
    let drafts = all.into_iter().map(|(unread, is_step)| draft(unread, is_step, notes)).collect();
    Roadmap { settings, drivers, packages: in_order(drafts, notes) }
}

fn settings<'d>(roadmap: Option<Unread<'d>>, reference: Option<Unread<'d>>, notes: &mut Notes<'d>) -> Settings {
    let mut settings = Settings {
        reference: Reference { headcount: 1.0, ai_systems: 1.0, ai_people: 1.0, sites: 1.0, suppliers: 1.0 },
        utilisation: 1.0,
        consultant_saves: 0.0,
        source: String::new(),
    };
    if let Some(unread) = roadmap {
        let mut table = Table::open(unread, &format::ROADMAP, notes);
        table.is(Subject::Roadmap);
        settings.utilisation = table.number("utilisation", 1.0);
        settings.consultant_saves = table.number("consultant_saves", 0.0);
        settings.source = table.text("source");
    }
    if let Some(unread) = reference {
        let mut table = Table::open(unread, &format::REFERENCE, notes);
        table.is(Subject::Roadmap);
        settings.reference = Reference {
            headcount: table.number(Size::Headcount.word(), 1.0),
            ai_systems: table.number(Size::AiSystems.word(), 1.0),
            ai_people: table.number(Size::AiPeople.word(), 1.0),
            sites: table.number(Size::Sites.word(), 1.0),
            suppliers: table.number(Size::Suppliers.word(), 1.0),
        };
    }
    settings
}

fn driver<'d>(unread: Unread<'d>, notes: &mut Notes<'d>) -> Driver {
    let mut table = Table::open(unread, &format::DRIVER, notes);
    let id = PackageId::new(table.id(Subject::Driver));
    Driver { id, title: table.text("title"), pull: table.number("pull", 0.0), source: table.text("source") }
}

fn draft<'d>(unread: Unread<'d>, is_step: bool, notes: &mut Notes<'d>) -> Draft<'d> {
    let mut table = Table::open(unread, if is_step { &format::STEP } else { &format::PACKAGE }, notes);
    let id = PackageId::new(table.id(Subject::Package));
    let title = table.text("title");
    let phase = table.word("phase", &Phase::ALL, Phase::word).unwrap_or(Phase::Scope);
    let kind = if is_step { step(&mut table) } else { PackageKind::Work { closes: closes(&mut table) } };
    let effort = three_points(&mut table, "effort");
    let waiting = if table.has("waiting") { three_points(&mut table, "waiting") } else { ThreePoint::default() };
    let items = table.optional_items("after");
    let after = table.texts_of("after", items);
    let package = Package {
        id,
        title,
        phase,
        kind,
        effort,
        waiting,
        after: vec![],
        workers: table.number_or("workers", 2.0),
        scales: table.numbers_by_word("scales", &Size::ALL, Size::word),
        reuse: table.numbers_by_word("reuse", &Certificate::ALL, Certificate::word),
        source: table.text("source"),
    };
    Draft { package, after, spot: table.spot("id") }
}

fn closes(table: &mut Table<'_, '_>) -> Vec<QuestionId> {
    let items = table.items("closes");
    let count = items.len();
    let texts = table.texts_of("closes", items);
    table.notes.unsure_of_closes |= texts.is_empty() || texts.len() < count;
    for (text, spot) in &texts {
        table.notes.refer(Subject::Question, text, *spot);
    }
    texts.into_iter().map(|(text, _)| QuestionId::new(text)).collect()
}

fn step(table: &mut Table<'_, '_>) -> PackageKind {
    let booking = table.flag("booking");
    if booking && table.has("waiting") {
        let spot = table.spot("waiting");
        let remedy = "Take one of the two out: with `booking`, the waiting is the profile's booking_weeks.";
        table.notes.add(spot, "a step with `booking` can't have `waiting`", remedy);
    }
    let chance = table.table("chance").map(|unread| {
        let mut table = Table::open(unread, &format::CHANCE, table.notes);
        Chance { base: table.number("base", 0.0), unevidenced: table.number("unevidenced", 0.0) }
    });
    PackageKind::Step(Step {
        milestone: table.optional_word("milestone", &Milestone::ALL, Milestone::word),
        booking,
        chance,
        eased_by_evidence: table.number_or("eased_by_evidence", 0.0),
    })
}

/// Returns the three amounts of a key.
fn three_points(table: &mut Table<'_, '_>, key: &str) -> ThreePoint {
    let items = table.items(key);
    let count = items.len();
    let numbers = table.numbers_of(key, items);
    if let [low, mode, high] = *numbers {
        return ThreePoint { low, mode, high };
    }
    if count != 0 && count != 3 {
        let spot = table.spot(key);
        let remedy = "Give the least, the most likely and the greatest amount.";
        table.notes.add(spot, format!("`{key}` has {count} numbers, and needs 3"), remedy);
    }
    ThreePoint::default()
}
