//! A short run on a stable compiler: the corpus and the repository's own schemas through every target, whole and with slips.

#![expect(clippy::expect_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

/// How many slips each input gets. The whole run takes some seconds.
const SLIPS: u64 = 3;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, wanted: fn(&Path) -> bool, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match path.is_dir() {
            true if name == "target" || name.starts_with('.') => {}
            true => files(&path, wanted, found),
            false if wanted(&path) => found.push(path),
            false => {}
        }
    }
    found.sort();
}

/// Every schema of the repository, and the target's corpus.
fn inputs(target: &str) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    files(&root(), |path| path.extension().is_some_and(|ending| ending == "atlas"), &mut found);
    assert!(found.len() > 20, "the repository's schemas are found");
    let corpus = root().join("tests/fuzz/corpus").join(target);
    let before = found.len();
    files(&corpus, |_| true, &mut found);
    assert!(found.len() >= before + 100, "{target} has a corpus");
    found.iter().map(|path| fs::read(path).expect("the input can be read")).collect()
}

/// Numbers that are the same in each run: xorshift64, https://www.jstatsoft.org/article/view/v008i14.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (end.max(1) as u64)).unwrap_or(0)
    }
}

/// The input with one piece taken out, doubled, or put somewhere else; or with one byte changed.
fn slip(input: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let start = numbers.below(input.len());
    let end = (start + 1 + numbers.below(40)).min(input.len());
    let (before, rest) = input.split_at(start);
    let (piece, after) = rest.split_at(end - start);
    match numbers.below(4) {
        0 => [before, after].concat(),
        1 => [before, piece, piece, after].concat(),
        2 => [before, after, piece].concat(),
        _ => {
            let signs = b"{}()[]\"/@:=,.-\n \x01z9";
            [before, &signs[numbers.below(signs.len())..][..1], after].concat()
        }
    }
}

fn check(target: &str, run: fn(&[u8])) {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    for input in inputs(target) {
        run(&input);
        for _ in 0..SLIPS {
            run(&slip(&input, &mut numbers));
        }
    }
}

#[test]
fn parses_its_corpus() {
    check("parse", atlas9_fuzz::parse);
}

#[test]
fn analyses_its_corpus() {
    check("analyse", atlas9_fuzz::analyse);
}

#[test]
fn formats_its_corpus() {
    check("fmt", atlas9_fuzz::fmt);
}
