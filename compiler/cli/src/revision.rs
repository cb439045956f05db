//! The schema as it was in a revision of git, read without touching the work tree.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::scope;

use atlas9_driver::config::{Config, FILE_NAME};
use atlas9_driver::diagnostics::{Diagnostic, codes};
use tempfile::TempDir;

/// The files of a revision, in a folder that goes when this does.
pub struct Revision {
    /// The package in it, which need not have been there.
    pub root: PathBuf,
    _folder: TempDir,
}

impl Revision {
    /// Every file of the repository that may belong to the schema of the package in `root`, or of one that it uses.
    pub fn read(root: &Path, config: &Config, name: &str) -> Result<Revision, Diagnostic> {
        let git = Git { root, name };
        let top = git.line(&["rev-parse", "--show-toplevel"])?;
        let prefix = git.line(&["rev-parse", "--show-prefix"])?;
        let commit = git.commit()?;
        let listed = git.said(&["ls-tree", "-r", "-z", "--full-tree", &commit])?;
        let wanted: Vec<Blob<'_>> = listed
            .split(|byte| *byte == 0)
            .filter_map(Blob::read)
            .filter(|blob| blob.may_be(config))
            .collect();
        let folder = TempDir::with_prefix("atlas9-").map_err(|error| git.wrong(&error.to_string()))?;
        // A package without a name is called like its folder.
        let name = Path::new(&top).file_name().unwrap_or(OsStr::new("top"));
        let base = folder.path().join(name);
        fs::create_dir(&base).map_err(|error| git.wrong(&error.to_string()))?;
        git.write(&wanted, &base)?;
        Ok(Revision { root: base.join(prefix), _folder: folder })
    }

    /// True when the package was there.
    pub fn has_package(&self) -> bool {
        self.root.join(FILE_NAME).is_file()
    }
}

/// A file in a tree.
struct Blob<'a> {
    hash: &'a str,
    path: &'a Path,
}

impl<'a> Blob<'a> {
    /// `100644 blob HASH<tab>PATH`; links, and repositories in the repository, are none.
    fn read(line: &'a [u8]) -> Option<Blob<'a>> {
        let (head, path) = std::str::from_utf8(line).ok()?.split_once('\t')?;
        let mut words = head.split(' ');
        let is_file = words.next()?.starts_with("100") && words.next()? == "blob";
        let path = Path::new(path);
        let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
        (is_file && inside).then_some(Blob { hash: words.next()?, path })
    }

    /// True for what may be a part of a package: other extensions than `.atlas` are those of the package's globs.
    fn may_be(&self, config: &Config) -> bool {
        let name = self.path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        let ends = config.schema.value.iter().filter_map(|glob| glob.rsplit_once('.'));
        name == FILE_NAME || name.ends_with(".atlas") || ends.into_iter().any(|(_, end)| name.ends_with(end))
    }
}

struct Git<'a> {
    root: &'a Path,
    /// The revision, for what is said.
    name: &'a str,
}

impl Git<'_> {
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.root).args(args);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn said(&self, args: &[&str]) -> Result<Vec<u8>, Diagnostic> {
        let output = self.command(args).output().map_err(|error| self.cannot_start(&error))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let line = said.lines().next().unwrap_or("it failed").trim_start_matches("fatal: ");
        Err(self.wrong(line))
    }

    fn line(&self, args: &[&str]) -> Result<String, Diagnostic> {
        let said = self.said(args)?;
        Ok(String::from_utf8_lossy(&said).trim_end_matches(['\n', '\r']).to_owned())
    }

    fn commit(&self) -> Result<String, Diagnostic> {
        let name = format!("{}^{{commit}}", self.name);
        // An option is no name.
        let known =
            (!self.name.starts_with('-')).then(|| self.line(&["rev-parse", "--verify", "--quiet", &name]));
        known.and_then(Result::ok).ok_or_else(|| self.wrong("the repository has no such revision"))
    }

    /// Writes the files below `base`.
    fn write(&self, blobs: &[Blob<'_>], base: &Path) -> Result<(), Diagnostic> {
        let failed = |error: std::io::Error| self.wrong(&error.to_string());
        let mut child = self
            .command(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| self.cannot_start(&error))?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let written = scope(|scope| {
            // Asked by a thread of its own: a full pipe would make both wait.
            scope.spawn(move || {
                let mut stdin = stdin?;
                blobs.iter().try_for_each(|blob| writeln!(stdin, "{}", blob.hash)).ok()
            });
            let mut answers = BufReader::new(stdout.ok_or(ErrorKind::BrokenPipe)?);
            blobs.iter().try_for_each(|blob| put(&mut answers, &base.join(blob.path)))
        });
        let ended = child.wait();
        written.and(ended.map(drop)).map_err(failed)
    }

    fn cannot_start(&self, error: &std::io::Error) -> Diagnostic {
        self.wrong(&format!("`git` cannot be started: {error}"))
    }

    fn wrong(&self, why: &str) -> Diagnostic {
        Diagnostic::error(codes::E0053, format!("the revision `{}` cannot be read: {why}", self.name)).help(
            "name a commit, a branch or a tag of the repository that the package lies in; where CI fetched no history, have it \
             fetched (`fetch-depth: 0`)",
        )
    }
}

/// Writes the next file of `git cat-file --batch`: a line that ends with its size, its bytes, an end of line.
fn put(answers: &mut impl BufRead, path: &Path) -> std::io::Result<()> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let size: u64 = head
        .trim_end()
        .rsplit(' ')
        .next()
        .and_then(|size| size.parse().ok())
        .ok_or(ErrorKind::InvalidData)?;
    let mut bytes = Vec::new();
    answers.take(size + 1).read_to_end(&mut bytes)?;
    bytes.pop();
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}
