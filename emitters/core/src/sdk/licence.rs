//! `LICENSE` of a package: the texts of the licences that most packages have. Those of all of SPDX fill megabytes.

use super::Package;

/// What stands in a text for whoever holds the copyright.
const HOLDER: &str = "<holder>";

/// Licences by their identifiers (<https://spdx.org/licenses>), with their texts.
const TEXTS: [(&str, &str); 6] = [
    ("Apache-2.0", include_str!("licences/Apache-2.0.txt")),
    ("BSD-2-Clause", include_str!("licences/BSD-2-Clause.txt")),
    ("BSD-3-Clause", include_str!("licences/BSD-3-Clause.txt")),
    ("ISC", include_str!("licences/ISC.txt")),
    ("MIT", include_str!("licences/MIT.txt")),
    ("MPL-2.0", include_str!("licences/MPL-2.0.txt")),
];

impl Package {
    /// The text of the licence; nothing where one of its licences is not known, or names a holder whom nobody has named.
    pub fn licence_text(&self) -> Option<String> {
        let expression = self.license.as_str();
        let words = expression.split([' ', '(', ')']).filter(|word| !matches!(*word, "" | "OR" | "AND"));
        let texts: Vec<String> = words.map(|word| self.text_of(word)).collect::<Option<_>>()?;
        match texts.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            several => {
                let parts = several.iter().map(|text| format!("\n{}\n\n{text}", "-".repeat(78)));
                Some(format!("This package is licensed under {expression}.\n{}", parts.collect::<String>()))
            }
        }
    }

    fn text_of(&self, licence: &str) -> Option<String> {
        let (_, text) = TEXTS.iter().find(|(known, _)| *known == licence)?;
        match &self.copyright {
            Some(holder) => Some(text.replace(HOLDER, holder)),
            None => (!text.contains(HOLDER)).then(|| (*text).to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(license: &str, copyright: Option<&str>) -> Option<String> {
        let copyright = copyright.map(str::to_owned);
        Package { base_url: None, license: license.to_owned(), repository: None, copyright }.licence_text()
    }

    #[test]
    fn texts_are_known_or_nothing_is_said() {
        let holder = Some("2026 Acme Ltd");
        let mit = text("MIT", holder).unwrap_or_default();
        assert!(mit.contains("\nCopyright (c) 2026 Acme Ltd\n"), "{mit}");
        assert_eq!(text("MIT", None), None);
        assert!(text("Apache-2.0", None).is_some_and(|text| text.contains("Version 2.0, January 2004")));
        let both = text("MIT OR Apache-2.0", holder).unwrap_or_default();
        assert!(
            both.starts_with("This package is licensed under MIT OR Apache-2.0.\n") && both.contains(&mit)
        );
        assert!(text("(MIT OR ISC) AND MPL-2.0", holder).is_some());
        for unknown in ["UNLICENSED", "Apache-2.0 WITH LLVM-exception", "MIT OR GPL-3.0-only", "MIT+", ""] {
            assert_eq!(text(unknown, holder), None, "{unknown}");
        }
    }

    #[test]
    fn every_text_names_its_holder_in_one_way() {
        let named = TEXTS.iter().filter(|(_, text)| text.contains(HOLDER)).map(|(name, _)| *name);
        assert_eq!(named.collect::<Vec<_>>(), ["BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"]);
    }
}
