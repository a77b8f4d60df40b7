//! What stands beside the areas, made when it is first asked for: a score needs none of it, and it is the larger part.

use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::domain::crosswalk::Crosswalk;
use crate::domain::documents::Document;
use crate::domain::glossary::Glossary;
use crate::domain::roadmap::Roadmap;

/// What stands beside the areas and the checks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beside {
    /// The work packages and audit steps, where there are some.
    pub roadmap: Option<Roadmap>,
    /// How the requirements relate to other frameworks, sorted by file name.
    pub crosswalks: Vec<Crosswalk>,
    /// The words of the field, and the questions that people ask.
    pub glossary: Glossary,
    /// The documented information that an audit reads, in the order of the file.
    pub documents: Vec<Document>,
}

/// What stands beside the areas, now or once somebody asks.
#[derive(Clone)]
pub(super) struct Later {
    made: OnceLock<Beside>,
    make: Arc<dyn Fn() -> Beside + Send + Sync>,
}

impl Later {
    /// Returns what will be made once somebody asks.
    pub fn new(make: impl Fn() -> Beside + Send + Sync + 'static) -> Self {
        Self { made: OnceLock::new(), make: Arc::new(make) }
    }

    /// Returns it, made now if it wasn't.
    pub fn get(&self) -> &Beside {
        self.made.get_or_init(|| (self.make)())
    }
}

impl From<Beside> for Later {
    fn from(beside: Beside) -> Self {
        Self { made: OnceLock::from(beside), make: Arc::new(Beside::default) }
    }
}

impl PartialEq for Later {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl fmt::Debug for Later {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(formatter)
    }
}
