//! What `atlas.yaml` can say about the package.

use atlas9_diagnostics::Diagnostic;
use atlas9_emitters_core::sdk::{BASE_URL, COPYRIGHT, LICENSE, Package, REPOSITORY, given, wrong_option};
use atlas9_emitters_core::{OptionKind, OptionSpec, Options, names};
use atlas9_ir::{Ir, Target, reserved};

use crate::NAME;

/// The options of the emitter.
pub(crate) const SPECS: &[OptionSpec] = &[
    OptionSpec {
        name: "package",
        kind: OptionKind::Text,
        default: "",
        meaning: "The package's name on PyPI; by default that of the schema's package. It is imported under the same \
                  name with underscores.",
    },
    BASE_URL,
    LICENSE,
    COPYRIGHT,
    REPOSITORY,
];

/// The options, checked.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The package's name on PyPI, `book-store`.
    pub(crate) package: String,
    /// What it is imported as, `book_store`.
    pub(crate) module: String,
    /// What all SDKs are told.
    pub(crate) shared: Package,
}

impl Settings {
    /// The effective settings, and what is wrong with the options.
    pub(crate) fn read(ir: &Ir, options: &Options) -> (Settings, Vec<Diagnostic>) {
        let (shared, wrong) = Package::read(NAME, options);
        let package = given(options, "package").unwrap_or_else(|| package_name(&ir.package));
        let mut diagnostics = Vec::new();
        if !is_package_name(&package) {
            let help = "write it like `bookstore` or `acme-bookstore`";
            diagnostics.push(wrong_option(NAME, "package", "is no name of a package on PyPI", help));
        } else if is_taken(&module_name(&package)) {
            let help = "append `-sdk`: what Python itself has under that name could no longer be imported";
            diagnostics.push(wrong_option(NAME, "package", "is a module of Python itself", help));
        }
        diagnostics.extend(wrong);
        let module = module_name(&package);
        (Settings { package, module, shared }, diagnostics)
    }
}

fn package_name(package: &str) -> String {
    let name = names::kebab(package);
    let begun = name.starts_with(|c: char| c.is_ascii_alphabetic());
    match () {
        () if !begun => format!("sdk-{name}").trim_end_matches('-').to_owned(),
        () if is_taken(&module_name(&name)) => format!("{name}-sdk"),
        () => name,
    }
}

fn module_name(package: &str) -> String {
    package.to_ascii_lowercase().replace(['-', '.'], "_")
}

/// <https://packaging.python.org/en/latest/specifications/name-normalization/>, and what can be imported.
fn is_package_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.ends_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(plain)
        && name.len() <= 100
}

/// True for a word of Python, and for a module of it.
fn is_taken(module: &str) -> bool {
    reserved(Target::Python, module) || MODULES.contains(&module)
}

/// `sys.stdlib_module_names` of Python 3.10 to 3.14 without those that begin with an underscore, and what the package needs.
#[rustfmt::skip]
const MODULES: &[&str] = &[
    "abc", "aifc", "annotationlib", "antigravity", "argparse", "array", "ast", "asynchat", "asyncio", "asyncore", "atexit",
    "audioop", "base64", "bdb", "binascii", "binhex", "bisect", "builtins", "bz2", "cProfile", "calendar", "cgi", "cgitb",
    "chunk", "cmath", "cmd", "code", "codecs", "codeop", "collections", "colorsys", "compileall", "compression",
    "concurrent", "configparser", "contextlib", "contextvars", "copy", "copyreg", "crypt", "csv", "ctypes", "curses",
    "dataclasses", "datetime", "dbm", "decimal", "difflib", "dis", "distutils", "doctest", "email", "encodings",
    "ensurepip", "enum", "errno", "faulthandler", "fcntl", "filecmp", "fileinput", "fnmatch", "fractions", "ftplib",
    "functools", "gc", "genericpath", "getopt", "getpass", "gettext", "glob", "graphlib", "grp", "gzip", "hashlib",
    "heapq", "hmac", "html", "http", "httpx", "idlelib", "imaplib", "imghdr", "imp", "importlib", "inspect", "io",
    "ipaddress", "itertools", "json", "keyword", "lib2to3", "linecache", "locale", "logging", "lzma", "mailbox",
    "mailcap", "marshal", "math", "mimetypes", "mmap", "modulefinder", "msilib", "msvcrt", "multiprocessing", "netrc",
    "nis", "nntplib", "nt", "ntpath", "nturl2path", "numbers", "opcode", "operator", "optparse", "os", "ossaudiodev",
    "pathlib", "pdb", "pickle", "pickletools", "pipes", "pkgutil", "platform", "plistlib", "poplib", "posix",
    "posixpath", "pprint", "profile", "pstats", "pty", "pwd", "py_compile", "pyclbr", "pydoc", "pydoc_data", "pyexpat",
    "queue", "quopri", "random", "re", "readline", "reprlib", "resource", "rlcompleter", "runpy", "sched", "secrets",
    "select", "selectors", "shelve", "shlex", "shutil", "signal", "site", "smtpd", "smtplib", "sndhdr", "socket",
    "socketserver", "spwd", "sqlite3", "sre_compile", "sre_constants", "sre_parse", "ssl", "stat", "statistics",
    "string", "stringprep", "struct", "subprocess", "sunau", "symtable", "sys", "sysconfig", "syslog", "tabnanny",
    "tarfile", "telnetlib", "tempfile", "termios", "test", "tests", "textwrap", "this", "threading", "time", "timeit",
    "tkinter", "token", "tokenize", "tomllib", "trace", "traceback", "tracemalloc", "tty", "turtle", "turtledemo",
    "types", "typing", "typing_extensions", "unicodedata", "unittest", "urllib", "uu", "uuid", "venv", "warnings",
    "wave", "weakref", "webbrowser", "winreg", "winsound", "wsgiref", "xdrlib", "xml", "xmlrpc", "zipapp", "zipfile",
    "zipimport", "zlib", "zoneinfo",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_names_are_those_of_pypi() {
        let check = |name: &str, good: bool| assert_eq!(is_package_name(name), good, "{name:?}");
        check("bookstore", true);
        check("Acme.Book-store_2", true);
        for bad in ["", "-x", "x-", "2fa", "a b", "../x", "x\"y", "@acme/x"] {
            check(bad, false);
        }
    }

    #[test]
    fn nothing_of_python_is_hidden() {
        let check = |package: &str, name: &str| assert_eq!(package_name(package), name);
        check("bookstore", "bookstore");
        check("book_store", "book-store");
        check("numbers", "numbers-sdk");
        check("class", "class-sdk");
        check("2fa", "sdk-2fa");
    }
}
