//! Makes the pictures and the film of the README anew: `cargo run --example screenshots`.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let folder = assets.join("screens");
    std::fs::create_dir_all(&folder)?;
    for scene in ready42::scenes()? {
        std::fs::write(folder.join(format!("{}.svg", scene.name)), scene.svg)?;
    }
    std::fs::write(assets.join("demo.cast"), ready42::cast()?)?;
    Ok(())
}
