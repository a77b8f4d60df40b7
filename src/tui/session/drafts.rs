//! What was typed into a field and neither taken nor thrown away.

use crate::tui::effect::Effect;
use crate::tui::session::Session;

impl Session {
    /// Returns the text that was typed into a field and neither taken nor thrown away.
    #[must_use]
    pub fn draft(&self, field: &str) -> Option<&str> {
        self.drafts.get(field).map(String::as_str)
    }

    /// Keeps a text that was typed into a field; an empty one is forgotten.
    pub fn keep_draft(&mut self, field: String, text: String) {
        if self.drafts.get(&field).map_or("", String::as_str) == text {
            return;
        }
        self.unkept.insert(field.clone());
        if text.is_empty() {
            self.drafts.remove(&field);
        } else {
            self.drafts.insert(field, text);
        }
    }

    /// Returns the effects that keep what was typed since they were asked for last.
    pub fn take_unkept(&mut self) -> Vec<Effect> {
        let fields = std::mem::take(&mut self.unkept);
        let effect = |field: String| {
            let text = self.drafts.get(&field).cloned().unwrap_or_default();
            Effect::Draft { field, text }
        };
        fields.into_iter().map(effect).collect()
    }

    /// Returns the fields in which something was left.
    pub fn drafted(&self) -> impl Iterator<Item = &str> {
        self.drafts.keys().filter_map(|field| field.rsplit_once('/')).map(|(form, _)| form)
    }
}
