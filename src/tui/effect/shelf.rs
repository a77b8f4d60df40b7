//! What is done to assessments of the list without opening them: other names, copies, the archive and the trash.

/// What is done to an assessment. It is known by the key of its [`Entry`](super::Entry) or of its [`Shelved`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShelfOrder {
    /// Call it differently.
    Rename {
        /// Its key.
        key: String,
        /// Its new name.
        name: String,
    },
    /// Make an assessment that has all that it has, its history too.
    Copy {
        /// Its key.
        key: String,
        /// The name of the copy.
        name: String,
    },
    /// Put it into the archive.
    Archive {
        /// Its key.
        key: String,
    },
    /// Put it into the trash.
    Delete {
        /// Its key.
        key: String,
    },
    /// Bring it back from the archive or the trash.
    Restore {
        /// Its key there.
        key: String,
        /// Another name, where its own is taken meanwhile; none for its own.
        name: Option<String>,
    },
}

/// An assessment to which something was done, or that lies in the archive or the trash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelved {
    /// What the store finds it by, where it lies now.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The word of the place where it lies; none where that is the list.
    pub place: Option<&'static str>,
    /// What tells it from another one of its name: when it was last changed, or its key. Empty where it is alone.
    pub mark: String,
    /// What was repaired or noticed, for the user to read.
    pub notices: Vec<String>,
}
