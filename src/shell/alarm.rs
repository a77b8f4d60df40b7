//! Wakes whoever watches an assessment when its journal is written, and when nobody works on it any more. Until then
//! nothing runs. Where the system doesn't tell, a look every other second stands in for it.

#[cfg(target_os = "linux")]
mod inotify;
#[cfg(not(target_os = "linux"))]
mod none;

use std::fs::File;
use std::path::Path;
use std::thread;

#[cfg(target_os = "linux")]
pub use inotify::Alarm;
#[cfg(not(target_os = "linux"))]
pub use none::Alarm;

/// Calls `wake` once nobody holds a lock any more. It waits in a thread that costs nothing meanwhile, and that ends with
/// the lock or with the process. Where that can't be waited for, it is not called.
pub fn when_free(lock: &Path, wake: impl FnOnce() + Send + 'static) {
    let Ok(file) = File::options().write(true).open(lock) else { return };
    let wait = move || {
        let is_free = file.lock().is_ok();
        // Given back at once: whoever comes next may have it.
        drop(file);
        if is_free {
            wake();
        }
    };
    // Without a thread, leaving and opening it again tells the same.
    drop(thread::Builder::new().name("lock".to_owned()).spawn(wait));
}
