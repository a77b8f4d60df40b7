//! The one place that acts: threads, the clock, the terminal, the disk.
//!
//! - [`interface`] puts it all together, runs it, and takes it apart again.
//! - [`terminal`] takes the terminal over and gives it back, whatever happens.
//! - [`input`] turns keys, signals and resizes into events on one channel.
//! - [`event_loop`] waits, updates, performs, and draws once a batch.
//! - [`keeper`] is the thread that owns the store: what the user did is on disk before it says so.
//! - [`alarm`] wakes the keeper when others write.
//! - [`canvas`] is the screen that frames are drawn on.
//! - [`drill`] panics on request, for the tests.
//! - [`delivery`] hands reports over as files, all of them whole or none; [`reports`] makes what is in them.
//! - [`editor`] lets the user's own editor work on a text.
//! - [`files`] writes what else a user asks for, whole or not at all.
//! - [`jobs`] runs long work beside the interface.
//! - [`limits`] keeps limits of the system from ending the program where an error can be told.
//! - [`mod@line`] is the way to the terminal on which nobody waits.
//! - [`look`] chooses what things look like, by the settings and the surroundings.
//! - [`painter`] draws on the terminal in as few bytes as it takes.
//! - [`settings`] reads the user's settings.
//! - [`simulation`] plays a plan through on every core.
//! - [`stage`] makes the pictures and the film of the README.
//! - [`template`] reads the looks of reports from a folder, and copies ours out.
//! - [`watch`] looks at an assessment that another program works on.
//! - [`workspace`] finds assessments and the questionnaires that they answer, for the interface and the command line.

pub mod alarm;
pub mod canvas;
pub mod clock;
pub mod delivery;
pub mod drill;
pub mod editor;
pub mod event_loop;
pub mod files;
pub mod input;
pub mod interface;
pub mod jobs;
pub mod keeper;
pub mod limits;
pub mod line;
pub mod look;
pub mod painter;
pub mod reports;
pub mod settings;
pub mod simulation;
pub mod stage;
pub mod template;
pub mod terminal;
pub mod watch;
pub mod workspace;
