//! Which database is served.

use std::fs;
use std::path::Path;

use atlas9_driver::Service;
use atlas9_driver::diagnostics::{Diagnostic, codes};

use crate::outcome::Failure;

/// The folder of a package for what is not checked in.
const FOLDER: &str = ".atlas9";

/// The URL that was given, or that of an SQLite file in the package.
///
/// The file's name carries a hash of the tables: a schema with other tables begins an empty file, the old one is kept, and
/// is found again when the change is taken back. Changing tables under rows is what migrations are for.
pub fn url(given: Option<&str>, root: &Path, service: &Service) -> Result<String, Failure> {
    if let Some(url) = given {
        return Ok(url.to_owned());
    }
    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder).map_err(|error| {
        let shown = folder.display().to_string();
        Diagnostic::error(codes::E0009, format!("cannot make `{shown}`: {error}"))
            .in_path(shown)
            .help("name a database elsewhere: `--database sqlite:///tmp/dev.db`")
    })?;
    Ok(format!("sqlite://{}", folder.join(format!("serve-{:08x}.db", tables(service))).display()))
}

/// FNV-1a of the SQL that makes the tables.
fn tables(service: &Service) -> u32 {
    let bytes = service.sqlite.iter().flat_map(|migration| migration.up.bytes());
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
