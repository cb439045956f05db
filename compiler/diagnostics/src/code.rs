//! The codes of the language's errors, each with its page.

/// The code of an error and the page that explains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// `E0123`.
    pub name: &'static str,
    /// The page, Markdown: a heading, what it means, `## Incorrect`, `## Correct`.
    pub page: &'static str,
}

impl Code {
    /// The page's heading, without the code: one line on what is wrong.
    pub fn summary(&self) -> &'static str {
        let heading = self.page.lines().next().unwrap_or("");
        heading.trim_start_matches("# ").trim_start_matches(self.name).trim_start_matches(": ")
    }
}

/// One line a code; its page is `compiler/reference/errors/CODE.md`.
macro_rules! codes {
    ($($code:ident)*) => {
        /// A constant for each code.
        #[expect(missing_docs, reason = "the page is the documentation")]
        pub mod codes {
            use super::Code;
            $(pub const $code: Code = Code {
                name: stringify!($code),
                page: include_str!(concat!("../../reference/errors/", stringify!($code), ".md")),
            };)*
        }

        /// Every code, in order.
        pub const ALL: &[Code] = &[$(codes::$code),*];
    };
}

// E00 files and packages, E01 syntax, E02 names and imports, E03 types and fields, E04 operations,
// E05 errors and rules, E06 versions, E07 emitters: what they cannot express, and those of others, E08 tenants.
codes! {
    E0001 E0002 E0003 E0004 E0005 E0006 E0007 E0008 E0009 E0010 E0011 E0012 E0013
    E0014 E0015 E0016 E0017 E0018 E0019 E0020 E0021 E0022 E0023 E0024 E0025 E0026
    E0027 E0028 E0029 E0030 E0031 E0032 E0033 E0034 E0035 E0036 E0037 E0038 E0039
    E0040 E0041
    E0050 E0051 E0052 E0053 E0054 E0060 E0061 E0062 E0063 E0064
    E0101 E0102 E0103 E0104 E0105 E0106 E0107 E0108 E0109 E0110 E0111 E0112 E0113 E0114
    E0115 E0116 E0117 E0118 E0119 E0120 E0121 E0122 E0123 E0124 E0125 E0126 E0127
    E0201 E0202 E0203 E0204 E0205 E0206 E0207 E0208 E0209 E0210 E0211
    E0212 E0213 E0214 E0215 E0216 E0217 E0218 E0219 E0220
    E0301 E0302 E0303 E0304 E0305 E0306 E0307 E0308 E0309 E0310 E0311 E0312 E0313 E0314
    E0315 E0316 E0317 E0318 E0319 E0320 E0321 E0322 E0323 E0324
    E0325 E0326 E0327 E0328 E0329 E0330 E0331 E0332
    E0333 E0334 E0335 E0336 E0337 E0338 E0339 E0340 E0341 E0342 E0343 E0344
    E0401 E0402 E0403 E0404 E0405 E0406 E0407 E0408 E0409 E0410 E0411 E0412 E0413 E0414
    E0415 E0416 E0417 E0418 E0419 E0420 E0421 E0422 E0423 E0424 E0425 E0426 E0427 E0428 E0429 E0430 E0431 E0432
    E0433 E0434 E0435 E0436 E0437 E0438 E0439 E0440 E0441 E0442 E0443 E0444 E0445
    E0501 E0502 E0503 E0504 E0505 E0506
    E0601 E0602 E0603 E0604 E0605 E0606 E0607 E0608 E0609 E0610 E0611
    E0701 E0702 E0703 E0704 E0705 E0706 E0707 E0708 E0709 E0710 E0711 E0712 E0713 E0714 E0715
    E0801 E0802 E0803 E0804 E0805 E0806
}

/// The code of that name.
pub fn find(name: &str) -> Option<Code> {
    ALL.iter().copied().find(|code| code.name == name)
}
