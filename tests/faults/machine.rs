//! What this machine lets one do: file systems of our own, tools, the rights of root.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A file system that is ours, in memory; it is gone with this value.
pub struct Volume {
    folder: TempDir,
    /// What `mount` is told, beside the place.
    arguments: Vec<String>,
}

impl Volume {
    /// Returns a file system in memory alone, with these options.
    ///
    /// # Errors
    ///
    /// Returns why there is none.
    pub fn tmpfs(options: &str) -> Result<Self, String> {
        let volume = Self::unmounted(&["-t", "tmpfs", "-o", options, "tmpfs"])?;
        volume.mount()?;
        Ok(volume)
    }

    /// Returns a file system of this kind on a loop device, with these options.
    ///
    /// # Errors
    ///
    /// Returns why there is none.
    pub fn on_a_loop(kind: &str, options: &str) -> Result<Self, String> {
        let mut volume = Self::unmounted(&[])?;
        let image = volume.image();
        // The least that xfs takes.
        std::fs::File::create(&image).and_then(|file| file.set_len(320 << 20)).map_err(|error| error.to_string())?;
        let image = image.to_str().unwrap().to_owned();
        let force = if kind == "ext4" { "-F" } else { "-f" };
        run(&format!("mkfs.{kind}"), &["-q", force, &image])?;
        volume.arguments = ["-o", options, &image].map(str::to_owned).to_vec();
        volume.mount()?;
        Ok(volume)
    }

    fn unmounted(arguments: &[&str]) -> Result<Self, String> {
        let folder = tempfile::tempdir_in(memory()).map_err(|error| error.to_string())?;
        std::fs::create_dir(folder.path().join("mounted")).map_err(|error| error.to_string())?;
        Ok(Self { folder, arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect() })
    }

    fn image(&self) -> PathBuf {
        self.folder.path().join("image")
    }

    /// Returns where it is mounted.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("mounted")
    }

    /// Mounts it.
    ///
    /// # Errors
    ///
    /// Returns why it can't be.
    pub fn mount(&self) -> Result<(), String> {
        let place = self.path();
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).chain(place.to_str()).collect();
        run("mount", &arguments)
    }

    /// Unmounts it, once the last that used it has ended.
    ///
    /// # Errors
    ///
    /// Returns why it can't be.
    pub fn unmount(&self) -> Result<(), String> {
        let place = self.path();
        let place = place.to_str().unwrap();
        for _ in 0..200 {
            if run("umount", &[place]).is_ok() {
                return Ok(());
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        run("umount", &[place])
    }

    /// Cuts the power: what no sync has brought to the disk is gone, and nothing reaches it any more.
    ///
    /// # Errors
    ///
    /// Returns why it can't be done.
    pub fn cut_the_power(&self) -> Result<(), String> {
        // Without -f the log isn't flushed: XFS_IOC_GOINGDOWN, which is EXT4_IOC_SHUTDOWN too.
        run("xfs_io", &["-x", "-c", "shutdown", self.path().to_str().unwrap()])
    }
}

impl Drop for Volume {
    fn drop(&mut self) {
        if self.unmount().is_err() {
            drop(run("umount", &["-l", self.path().to_str().unwrap()]));
        }
    }
}

/// Returns a folder in memory, where syncs cost nothing, or else the usual one for temporary files.
pub fn memory() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }
}

/// Runs a tool in silence.
///
/// # Errors
///
/// Returns what it said when it isn't there or fails.
pub fn run(tool: &str, arguments: &[&str]) -> Result<(), String> {
    let output = Command::new(tool).args(arguments).stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("{tool}: {error}"))?;
    let told = String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(()) } else { Err(format!("{tool} {}: {}", arguments.join(" "), told.trim())) }
}

/// Returns why strace can't be used here; none where it can.
pub fn no_strace() -> Option<String> {
    run("strace", &["-f", "-qq", "-o", "/dev/null", "true"]).err()
}

/// Returns why no file system can be mounted here; none where one can.
pub fn no_mounts() -> Option<String> {
    Volume::tmpfs("size=64k").err()
}

/// Copies a folder with all that is in it, the times of its files too.
pub fn copy(from: &Path, to: &Path) {
    run("cp", &["-a", from.to_str().unwrap(), to.to_str().unwrap()]).unwrap();
}
