//! `pyproject.toml`.

use atlas9_emitters_core::Writer;
use atlas9_emitters_core::sdk::description;

use super::origin;
use crate::Sdk;

/// The file.
pub(super) fn text(sdk: &Sdk<'_>) -> String {
    let shared = &sdk.settings.shared;
    let mut w = Writer::new("    ");
    w.line(origin(sdk));
    w.line("[build-system]");
    w.line("requires = [\"hatchling>=1.27\"]").line("build-backend = \"hatchling.build\"").blank();
    w.line("[project]");
    w.line(format!("name = {}", quoted(&sdk.settings.package)));
    w.line(format!("version = {}", quoted(&sdk.ir.service.version)));
    w.line(format!("description = {}", quoted(&description(sdk.ir))));
    w.line("readme = \"README.md\"");
    // Without one the package may not be used by others, which no expression of SPDX says.
    if shared.is_licensed() {
        w.line(format!("license = {}", quoted(&shared.license)));
    }
    w.line("requires-python = \">=3.10\"");
    w.line("dependencies = [\"httpx>=0.27,<1\"]");
    w.block("classifiers = [", "]", |w| {
        w.line("\"Framework :: AsyncIO\",");
        if !shared.is_licensed() {
            w.line("\"Private :: Do Not Upload\",");
        }
        w.line("\"Programming Language :: Python :: 3 :: Only\",").line("\"Typing :: Typed\",");
    });
    if let Some(repository) = &shared.repository {
        w.blank().line("[project.urls]").line(format!("Repository = {}", quoted(repository)));
    }
    w.blank().line("[tool.hatch.build.targets.wheel]");
    w.line(format!("packages = [{}]", quoted(&format!("src/{}", sdk.settings.module)))).blank();
    w.line("[tool.mypy]").line("strict = true").line("mypy_path = \"src\"").blank();
    w.line("[tool.pyright]").line("typeCheckingMode = \"strict\"").line("extraPaths = [\"src\"]").blank();
    w.line("[tool.ruff]").line("line-length = 120").line("target-version = \"py310\"").blank();
    w.line("[tool.ruff.lint]").line("extend-select = [\"I\"]").blank();
    w.line("[tool.ruff.lint.isort]").line("combine-as-imports = true");
    w.finish()
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut found = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => found.extend(['\\', c]),
            c if c.is_control() => found.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => found.push(c),
        }
    }
    found.push('"');
    found
}
