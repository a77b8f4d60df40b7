//! Something that is worked out from a state and asked for again and again while the state stays: a screen asks for it
//! at each key, and it is worked out once a change.
//!
//! It isn't part of the state: without it, everything would look the same and take longer.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

/// The last result, with what it was worked out from.
pub struct Memo<K, V>(RefCell<Option<(K, Arc<V>)>>);

impl<K: PartialEq, V> Memo<K, V> {
    /// Returns the result for a key: the last one where the key is the same, else it is worked out.
    pub fn get(&self, key: K, work_out: impl FnOnce() -> V) -> Arc<V> {
        if let Some((known, value)) = &*self.0.borrow()
            && *known == key
        {
            return Arc::clone(value);
        }
        let value = Arc::new(work_out());
        self.0.replace(Some((key, Arc::clone(&value))));
        value
    }
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<K: Clone, V> Clone for Memo<K, V> {
    fn clone(&self) -> Self {
        Self(RefCell::new(self.0.borrow().clone()))
    }
}

impl<K, V> fmt::Debug for Memo<K, V> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Memo")
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn it_works_out_once_for_each_key_and_anew_for_another() {
        let memo = Memo::default();
        let worked_out = Cell::new(0);
        let ask = |key: u64| {
            let value = memo.get(key, || {
                worked_out.set(worked_out.get() + 1);
                key * 10
            });
            (*value, worked_out.get())
        };
        assert_eq!(ask(1), (10, 1));
        assert_eq!(ask(1), (10, 1));
        assert_eq!(ask(2), (20, 2));
        assert_eq!(ask(1), (10, 3));
    }
}
